"""The parts of a scenario: rules of the server and fetches of a page."""

import re

TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")


def token(text):
    return TOKEN.fullmatch(text) is not None


# The defaults of a request.
PLAIN = {
    "method": "GET",
    "mode": "cors",
    "credentials": "same-origin",
    "redirect": "follow",
    "referrer_policy": "",
    "headers": [],
    "body": None,
    "cache": "default",
    "upload_listener": False,
}


class Scenario:
    def __init__(self, name, family):
        self.id = name
        self.family = family
        self.server = []
        self.fetches = []

    def url(self, host, path):
        return f"http://{host}/{self.id}/{path}"

    def rule(self, url, when, status, headers, fetch=None, times=None):
        """An answer; `times`: to this many requests. After them the next rule that matches answers."""
        rule = {"url": url.split("#")[0], "when": when, "status": status, "headers": [list(h) for h in headers]}
        if fetch is not None:
            rule["fetch"] = fetch
        if times is not None:
            rule["times"] = times
        self.server.append(rule)

    def fetch(self, url, origin, method="GET", headers=(), api="fetch", wait_ms=0, **more):
        request = {"origin": origin, "url": url, **PLAIN, "method": method, "headers": [list(h) for h in headers], **more}
        self.fetches.append({"api": api, "wait_ms": wait_ms, "request": request})

    def as_json(self):
        return {"id": self.id, "family": self.family, "server": self.server, "fetches": self.fetches}
