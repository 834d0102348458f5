#!/usr/bin/env python3
"""Plays failures of `spec-vectors/failures` in WebKit, and compares its console with what the cases expect.

The hosts of a case become those of the recorder, and HTTPS becomes HTTP. Left out is what that would change: origins that are not
HTTP(S), mixed content, embedder policies, and responses that no fetch of a page got.
"""

import json
import pathlib
import re
import sys
import tempfile

from live import HERE, lines, record, replay

FAILURES = HERE.parent / "failures"
PAGE, TARGETS = "http://a.test:8101", ("http://b.test:8102", "http://c.test:8103", "http://b.test:8104", "http://a.test:8102")
ORIGIN = re.compile(r"https?://[^/\s,|;\"']+")
LEAST = 10
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
# The recorder's bodies are empty, and it sends their length itself.
OF_THE_BODY = ("content-length", "content-encoding", "transfer-encoding")
SAFELISTED = ("accept", "accept-language", "content-language")


def main():
    scenarios, expected = [], {}
    for case in sorted(FAILURES.iterdir()):
        exchanges = json.loads((case / "case.json").read_text())["exchanges"]
        for number, exchange in enumerate(exchanges):
            wanted = exchange["expected"]["console"].get("webkit")
            if wanted and (scenario := translated(f"{case.name}-{number}", case, exchange)):
                scenarios.append(scenario)
                expected[scenario["id"]] = wanted
    with tempfile.TemporaryDirectory() as out:
        out = pathlib.Path(out)
        (out / "input.txt").write_text("".join(json.dumps(scenario) + "\n" for scenario in scenarios))
        if not record("webkit", ["--input", out / "input.txt"], out):
            print("webkit: skipped, it does not start")
            return
        said = {scenario["id"]: heard(scenario) for scenario in map(json.loads, lines(out))}
        wrong = [f"{name}: expected {wanted!r}, and it says {said.get(name)!r}" for name, wanted in expected.items() if wanted not in said.get(name, "")]
        wrong += replay("webkit", out)
    print("\n".join(wrong + [f"webkit: {len(said)} failures played, {len(wrong)} differ"]))
    sys.exit(1 if wrong or len(said) < LEAST else 0)


def heard(scenario):
    return scenario["fetches"][0]["observed"]["webkit"].get("console") or ""


def translated(name, case, exchange):
    """A scenario of the recorder with the same exchange, if there is one."""
    request = exchange["request"]
    texts = (case / exchange["heads"]).read_text().split("\n\n") if "heads" in exchange else []
    heads = [head(text) for text in texts if text.startswith("HTTP/")]
    origin, url = request["origin"], request["url"]
    if not heads or "embedder_policy" in request or not (ORIGIN.fullmatch(origin) or origin == "null") or not ORIGIN.match(url):
        return None
    locations = [value for _, fields in heads for field, value in fields if field.lower() == "location"]
    if origin.startswith("https:") and any(target.startswith("http:") for target in [url, *locations]):
        return None
    hosts, left = {origin: PAGE} if origin != "null" else {}, list(TARGETS)

    def moved(text, path=""):
        def place(match):
            if match[0] not in hosts and left:
                hosts[match[0]] = left.pop(0)
            return hosts.get(match[0], match[0]) + path
        return ORIGIN.sub(place, text)

    headers = request.get("headers", [])
    first = moved(url, f"/{name}")
    rules, at, heads = [], first, iter(heads)
    for status, fields in heads:
        fields = [[field, moved(value, f"/{name}" if field.lower() == "location" else "")] for field, value in fields]
        asked = needs_preflight(request.get("method", "GET"), headers) and not any(rule["url"] == at for rule in rules)
        rules.append({"url": at, "when": "preflight" if asked else "actual", "status": status, "headers": fields})
        location = next((value for field, value in fields if field.lower() == "location"), "")
        if not asked and ORIGIN.match(location):
            at = location.split("#")[0]
    page = {"origin": PAGE if origin != "null" else origin, "url": first, "headers": headers, "body": "x" if request.get("body") else None}
    given = {member: request[member] for member in ("method", "mode", "credentials") if member in request}
    return {"id": name, "family": "failures", "server": rules, "fetches": [{"request": page | given}]}


def head(text):
    start, *fields = text.strip().splitlines()
    pairs = [field.partition(":") for field in fields if ":" in field]
    return int(start.split()[1]), [[name, value.strip()] for name, _, value in pairs if name.lower() not in OF_THE_BODY]


def needs_preflight(method, headers):
    def safe(name, value):
        return name.lower() in SAFELISTED or name.lower() == "content-type" and value.split(";")[0] in FORM_TYPES
    return method not in ("GET", "HEAD", "POST") or not all(safe(name, value) for name, value in headers)


if __name__ == "__main__":
    main()
