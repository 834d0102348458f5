#!/usr/bin/env python3
"""Records the `Origin` of requests that no script sends: form navigations, elements with `crossorigin`, HTTPS pages' requests
to HTTP. Writes one JSON object: versions, and the cases; see README.md.

    python3 navigations.py OUT.json
"""

import http.server
import json
import os
import ssl
import subprocess
import sys
import tempfile
import threading

import chromium
import firefox
import webkit
from process import BrowserMissing
from scenarios.words import REFERRER_POLICIES

SECURE_PORT = 8443
PAGE = "http://a.test:8101"
SECURE_PAGE = f"https://a.test:{SECURE_PORT}"
TARGETS = {"same-origin": PAGE, "same-site": "http://a.test:8102", "cross-site": "http://b.test:8102"}
STEP_MS = 150
ELEMENTS = {
    "img": '<img {} src="{}">',
    "script": '<script {} src="{}"></script>',
    "module": '<script type="module" {} src="{}"></script>',
    "style": '<link rel="stylesheet" {} href="{}">',
    "video": '<video preload="auto" {} src="{}"></video>',
    "font": '<style>@font-face{{font-family:x;src:url("{1}")}}</style><p style="font-family:x">x',
}


def cases():
    """Each case with its page and its content."""
    for policy in ("",) + REFERRER_POLICIES:
        for name, target in TARGETS.items():
            for page in (PAGE, SECURE_PAGE):
                base = {"page": page, "referrer_policy": policy, "target": target, "method": "POST"}
                scheme = "https" if page == SECURE_PAGE else "http"
                rest = f"{scheme}-{policy or 'none'}-{name}"
                yield {**base, "id": f"form-{rest}", "kind": "form"}
                yield {**base, "id": f"fetch-{rest}", "kind": "fetch"}
    for element in ELEMENTS:
        for name, target in TARGETS.items():
            for attribute in ("", "anonymous", "use-credentials"):
                if element == "font" and attribute:
                    continue
                base = {"page": PAGE, "referrer_policy": "", "target": target, "method": "GET"}
                yield {**base, "id": f"{element}-{attribute or 'none'}-{name}", "kind": element, "crossorigin": attribute}


CASES = {case["id"]: case for case in cases()}


def document(case):
    url = f"{case['target']}/t/{case['id']}"
    if case["kind"] == "form":
        return f'<form method="post" action="{url}"><input name="a" value="b"></form><script>document.forms[0].submit()</script>'
    if case["kind"] == "fetch":
        return f'<script>fetch("{url}", {{ method: "POST", mode: "no-cors" }}).catch(() => {{}})</script>'
    attribute = f'crossorigin="{case["crossorigin"]}"' if case["crossorigin"] else ""
    return ELEMENTS[case["kind"]].format(attribute, url)


def hub():
    steps = json.dumps([[case["page"], name] for name, case in CASES.items()])
    return f"""<!doctype html><script>
addEventListener("DOMContentLoaded", async () => {{
  for (const [page, name] of {steps}) {{
    const frame = document.createElement("iframe");
    frame.src = page + "/case/" + name;
    document.body.append(frame);
    await new Promise((done) => setTimeout(done, {STEP_MS}));
  }}
  await new Promise((done) => setTimeout(done, 2000));
  await fetch("/done", {{ method: "POST" }});
}});
</script><body></body>"""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen = {}
    done = threading.Event()

    def answer(self):
        length = int(self.headers.get("content-length") or 0)
        self.rfile.read(length)
        what, _, name = self.path.lstrip("/").partition("/")
        headers, body = {"Content-Type": "text/html"}, ""
        if what == "__page":
            body = hub() if self.headers["host"] == "a.test:8101" else ""
        elif what == "done":
            self.done.set()
        elif what == "case":
            body = document(CASES[name])
            if CASES[name]["referrer_policy"]:
                headers["Referrer-Policy"] = CASES[name]["referrer_policy"]
        elif what == "t":
            request = {"method": self.command, "origin": self.headers["origin"]}
            request["mode"] = self.headers["sec-fetch-mode"]
            self.seen.setdefault(name, request)
            headers = {"Access-Control-Allow-Origin": self.headers["origin"] or "*", "Access-Control-Allow-Credentials": "true"}
        self.send_response(200)
        for header in headers.items():
            self.send_header(*header)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    do_GET = do_POST = do_OPTIONS = answer

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass


def certificate(folder):
    key, chain = os.path.join(folder, "key.pem"), os.path.join(folder, "chain.pem")
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=a.test -addext subjectAltName=DNS:a.test -keyout {key} -out {chain}"
    subprocess.run(command.split(), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    return context


class Firefox(firefox.Firefox):
    def call(self, name, params):
        if name == "WebDriver:NewSession":
            params = {"acceptInsecureCerts": True}
        return super().call(name, params)


def recorded(browser, context):
    Handler.seen, Handler.done = {}, threading.Event()
    servers = [Server((browser.address, port), Handler) for port in (8101, 8102, 8103, SECURE_PORT)]
    servers[-1].socket = context.wrap_socket(servers[-1].socket, server_side=True)
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    browser.start()
    try:
        if not Handler.done.wait(400):
            raise BrowserMissing(f"{browser.name} did not come to the end")
    finally:
        browser.stop()
        for server in servers:
            server.shutdown()
            server.server_close()
    return dict(Handler.seen)


def main():
    chromium.FLAGS[:0] = ["--ignore-certificate-errors", "--allow-running-insecure-content"]
    firefox.PREFS.update({"security.mixed_content.block_active_content": False, "security.warn_submit_secure_to_insecure": False})
    webkit.FLAGS += ["--ignore-tls-errors", "--features=+AllowRunningOfInsecureContent,+AllowDisplayOfInsecureContent,-UpgradeMixedContent"]
    browsers, seen = [chromium.Chromium(), Firefox(), webkit.WebKit()], {}
    with tempfile.TemporaryDirectory() as folder:
        context = certificate(folder)
        for browser in browsers:
            seen[browser.name] = recorded(browser, context)
    lines = []
    for case in CASES.values():
        observed = {name: requests[case["id"]] for name, requests in seen.items() if case["id"] in requests}
        lines.append(json.dumps({**case, "observed": observed}))
    versions = {browser.name: browser.set_up["version"] for browser in browsers}
    with open(sys.argv[1], "w") as out:
        out.write('{"versions": ' + json.dumps(versions) + ', "cases": [\n' + ",\n".join(lines) + "\n]}\n")


if __name__ == "__main__":
    main()
