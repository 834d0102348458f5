#!/usr/bin/env python3
"""Plays failures of functions and elements in WebKit, and compares its console with what `cors explain` says that it prints.

Whole lines, all of each failure, in their order: `failures.py` and the recordings have the reasons alone.
"""

import http.server
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time

from process import BrowserMissing, Process
from webkit import ENVIRONMENT, FLAGS, WebKit

LIMIT = 180
LINE = re.compile(r"CONSOLE (LOG|SECURITY ERROR|JS ERROR|NETWORK ERROR) (.*)")
MARK = "case: "
OK, PREFLIGHT = "HTTP/1.1 200 OK\n", "HTTP/1.1 204 No Content\n"
ALLOWED = "Access-Control-Allow-Origin: {page}\n"
# What a script does with the URL, and the options of `cors explain` for it.
DOES = {
    "fetch": "fetch(url, init).catch(() => {})",
    "xhr": "const x = new XMLHttpRequest(); x.open(init.method ?? 'GET', url); x.withCredentials = init.credentials === 'include'; x.send()",
    "img": "const e = new Image(); if (init.mode) e.crossOrigin = ''; e.src = url",
    "script": "const e = document.createElement('script'); if (init.mode) e.crossOrigin = ''; e.src = url; document.body.append(e)",
    "module": "const e = document.createElement('script'); e.type = 'module'; e.src = url; document.body.append(e)",
    "style": "const e = document.createElement('link'); e.rel = 'stylesheet'; if (init.mode) e.crossOrigin = ''; e.href = url; document.body.append(e)",
    "event-source": "const e = new EventSource(url); e.onerror = () => e.close()",
    "beacon": "navigator.sendBeacon(url, new Blob(['{}'], {type: 'application/json'}))",
}
# A name, the kind, its argument, the URL (unless it is a path of the other origin), and the answers.
CASES = [
    ("no-header", "fetch", {}, None, [OK]),
    ("not-found", "fetch", {}, None, ["HTTP/1.1 404 Not Found\n"]),
    ("xhr", "xhr", {}, None, [OK]),
    ("mismatch", "fetch", {}, None, [OK + "Access-Control-Allow-Origin: https://b.example\n"]),
    ("two-origins", "fetch", {}, None, [OK + "Access-Control-Allow-Origin: {page}, https://b.example\n"]),
    ("wildcard", "fetch", {"credentials": "include"}, None, [OK + "Access-Control-Allow-Origin: *\n"]),
    ("credentials", "xhr", {"credentials": "include"}, None, [OK + ALLOWED]),
    ("status", "fetch", {"method": "PUT"}, None, ["HTTP/1.1 401 Unauthorized\n" + ALLOWED]),
    ("method", "fetch", {"method": "PUT"}, None, [PREFLIGHT + ALLOWED]),
    ("header", "fetch", {"headers": {"x-a": "1"}}, None, [PREFLIGHT + ALLOWED]),
    ("methods", "fetch", {"method": "PUT"}, None, [PREFLIGHT + ALLOWED + "Access-Control-Allow-Methods: PUT, a b\n"]),
    ("redirect", "fetch", {}, None, ["HTTP/1.1 302 Found\nLocation: /after/redirect\n", OK]),
    ("after", "fetch", {}, None, ["HTTP/1.1 302 Found\nLocation: /after/after\n" + ALLOWED, OK]),
    ("userinfo", "fetch", {}, None, ["HTTP/1.1 302 Found\nLocation: http://u:p@{host}/after/userinfo\n" + ALLOWED]),
    ("scheme", "fetch", {}, None, ["HTTP/1.1 302 Found\nLocation: foo:bar\n" + ALLOWED]),
    ("redirect-error", "fetch", {"redirect": "error"}, None, ["HTTP/1.1 302 Found\nLocation: /after/x\n" + ALLOWED]),
    ("same-origin", "fetch", {"mode": "same-origin"}, None, []),
    ("resource-policy", "fetch", {"mode": "no-cors"}, None, [OK + "Cross-Origin-Resource-Policy: same-origin\n"]),
    ("file", "fetch", {}, "file:///etc/hostname", []),
    ("other-scheme", "xhr", {}, "foo:bar", []),
    ("image", "img", {"mode": "cors"}, None, [OK]),
    ("image-policy", "img", {}, None, [OK + "Cross-Origin-Resource-Policy: same-origin\n"]),
    ("image-after", "img", {"mode": "cors"}, None, ["HTTP/1.1 302 Found\nLocation: /after/image\n" + ALLOWED, OK]),
    ("script", "script", {"mode": "cors"}, None, [OK + "Content-Type: text/javascript\n"]),
    ("script-policy", "script", {}, None, [OK + "Cross-Origin-Resource-Policy: same-origin\n"]),
    ("module", "module", {}, None, [OK + "Content-Type: text/javascript\n"]),
    ("style", "style", {"mode": "cors"}, None, [OK + "Content-Type: text/css\n"]),
    ("events", "event-source", {}, None, [OK + "Content-Type: text/event-stream\n"]),
    ("events-redirect", "event-source", {}, None, ["HTTP/1.1 302 Found\nLocation: /after/events\n"]),
    ("beacon", "beacon", {}, None, [PREFLIGHT]),
    ("readable", "fetch", {}, None, [OK + ALLOWED]),
]


def main():
    cors = sys.argv[1]
    try:
        browser = WebKit()
    except BrowserMissing as error:
        print(f"skipped: {error}")
        return
    page, other = (serve() for _ in range(2))
    places = {"page": f"http://127.0.0.1:{page}", "host": f"127.0.0.1:{other}"}
    Server.places, Server.page = places, page
    heard = listen(browser, f"{places['page']}/")
    wrong = []
    for name, kind, init, url, answers in CASES:
        expected = explained(cors, places, kind, init, url or f"http://{places['host']}/{name}", answers)
        if heard.get(name) != expected:
            wrong.append(f"{name}: it says {heard.get(name)}, and `cors explain` {expected}")
    print("\n".join(wrong + [f"webkit: {len(CASES)} requests, {len(wrong)} with other lines in the console"]))
    sys.exit(1 if wrong else 0)


def explained(cors, places, kind, init, url, answers):
    """The lines that WebKit prints, by `cors explain`."""
    command = [cors, "explain", "--format", "json", "--profile", "webkit", "--http", "1.1", "--origin", places["page"], "--as", kind]
    for option in ("mode", "credentials", "redirect"):
        command += [f"--{option}", init[option]] if option in init else []
    command += ["-X", init["method"]] if "method" in init else []
    command += [f"-H{name}: {value}" for name, value in init.get("headers", {}).items()]
    command += ["-HContent-Type: application/json", "--body", "{}"] if kind == "beacon" else []
    heads = "\n".join(answer.format(**places) for answer in answers)
    run = subprocess.run([*command, url], input=heads, capture_output=True, text=True)
    if run.returncode not in (0, 1, 3):
        sys.exit(run.stderr)
    return (json.loads(run.stdout)["console"]["webkit"] or "").splitlines()


def listen(browser, url):
    """The console lines of each case."""
    shown = browser.show()
    process = Process("webkit", browser.minibrowser)
    profile = process.new_profile()
    process.spawn([*FLAGS, url], environment={**ENVIRONMENT, "DISPLAY": shown, "XDG_RUNTIME_DIR": profile})
    try:
        end = time.monotonic() + LIMIT
        while time.monotonic() < end and f"{MARK}end" not in (said := written(profile)):
            time.sleep(0.3)
    finally:
        process.end(wait=0)
        browser.display.end(wait=0)
    heard, current = {}, []
    for kind, text in LINE.findall(said):
        if kind == "LOG":
            current = heard.setdefault(text.removeprefix(MARK), [])
        else:
            current.append(text)
    return heard


def written(profile):
    with open(os.path.join(profile, "stderr.txt"), errors="replace") as file:
        return file.read()


def serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


class Server(http.server.BaseHTTPRequestHandler):
    """The page, and the next answer of each case."""

    protocol_version = "HTTP/1.1"
    answers = {name: iter(answers) for name, *_, answers in CASES}

    def do_GET(self):
        if self.server.server_port == self.page:
            body = script(self.places).encode()
            head = "HTTP/1.1 200 OK\nContent-Type: text/html\n"
        else:
            name, body = self.path.split("/")[1], b""
            # A path after a redirect gets the last answer of its case.
            head = next(self.answers.get(name, iter(())), OK).format(**self.places)
        length = "" if head.startswith(PREFLIGHT) else f"Content-Length: {len(body)}\n"
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.wfile.write((head + length + "\n").replace("\n", "\r\n").encode() + body)

    do_POST = do_PUT = do_OPTIONS = do_GET

    def log_message(self, *_):
        pass


def script(places):
    lines = []
    for name, kind, init, url, _ in CASES:
        url = url or f"http://{places['host']}/{name}"
        lines.append(f"console.log({MARK + name!r}); {{ const [url, init] = {json.dumps([url, init])}; {DOES[kind]} }} await pause();")
    body = "\n".join(lines)
    return f"""<!doctype html><link rel="icon" href="data:,"><body><script>
const pause = () => new Promise((done) => setTimeout(done, 700));
addEventListener("load", async () => {{ {body} console.log("{MARK}end"); }});
</script>"""


if __name__ == "__main__":
    main()
