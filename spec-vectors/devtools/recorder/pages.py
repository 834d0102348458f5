"""A page with many kinds of fetch to another origin, and the server that answers them and counts preflights."""

import json
import socket
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Stands for the page's origin in the answers below.
ORIGIN = "ORIGIN"
ALLOW_ORIGIN = ("Access-Control-Allow-Origin", ORIGIN)
ALLOW_CREDENTIALS = ("Access-Control-Allow-Credentials", "true")
METHODS = ("Access-Control-Allow-Methods", "PUT, DELETE")
HEADERS = ("Access-Control-Allow-Headers", "x-a, content-type, authorization")

PUT = "fetch(url, {method: 'PUT', headers: {'x-a': '1'}})"
XHR = """new Promise((resolve, reject) => {
  const xhr = new XMLHttpRequest(); xhr.open('POST', url); %s
  xhr.onload = () => resolve({type: 'cors', status: xhr.status}); xhr.onerror = () => reject(new Error('xhr')); xhr.send('a');
})"""
IMAGE = """new Promise((resolve, reject) => {
  const image = new Image(); image.crossOrigin = 'anonymous';
  image.onload = () => resolve({type: 'cors', status: 200}); image.onerror = () => reject(new Error('image')); image.src = url;
})"""

# The name, which is the path too; what the page does with `url`; the answer to the preflight and that to the request, each a
# status and header lines.
CASES = [
    ("plain-allowed", "fetch(url)", None, (200, [ALLOW_ORIGIN])),
    ("plain-missing", "fetch(url)", None, (200, [])),
    ("plain-wildcard", "fetch(url)", None, (200, [("Access-Control-Allow-Origin", "*")])),
    ("plain-other-origin", "fetch(url)", None, (200, [("Access-Control-Allow-Origin", "https://other.example")])),
    ("plain-two-lines", "fetch(url)", None, (200, [ALLOW_ORIGIN, ALLOW_ORIGIN])),
    ("plain-404", "fetch(url)", None, (404, [ALLOW_ORIGIN])),
    ("credentials-wildcard", "fetch(url, {credentials: 'include'})", None, (200, [("Access-Control-Allow-Origin", "*")])),
    ("credentials-allowed", "fetch(url, {credentials: 'include'})", None, (200, [ALLOW_ORIGIN, ALLOW_CREDENTIALS])),
    ("credentials-not-allowed", "fetch(url, {credentials: 'include'})", None, (200, [ALLOW_ORIGIN])),
    ("put-allowed", PUT, (204, [ALLOW_ORIGIN, METHODS, HEADERS]), (200, [ALLOW_ORIGIN])),
    ("put-status-403", PUT, (403, [ALLOW_ORIGIN, METHODS, HEADERS]), (200, [ALLOW_ORIGIN])),
    ("put-without-headers", PUT, (204, [ALLOW_ORIGIN, METHODS]), (200, [ALLOW_ORIGIN])),
    ("put-without-methods", PUT, (204, [ALLOW_ORIGIN, HEADERS]), (200, [ALLOW_ORIGIN])),
    ("put-preflight-redirects", PUT, (302, [ALLOW_ORIGIN, ("Location", "/plain-allowed")]), (200, [ALLOW_ORIGIN])),
    ("put-then-missing", PUT, (204, [ALLOW_ORIGIN, METHODS, HEADERS]), (200, [])),
    ("put-wildcards", PUT, (204, [("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "*"), ("Access-Control-Allow-Headers", "*")]), (200, [ALLOW_ORIGIN])),
    ("put-kept", f"{PUT}.then(() => {PUT})", (204, [ALLOW_ORIGIN, METHODS, HEADERS, ("Access-Control-Max-Age", "600")]), (200, [ALLOW_ORIGIN])),
    ("put-not-kept", f"{PUT}.then(() => {PUT})", (204, [ALLOW_ORIGIN, METHODS, HEADERS, ("Access-Control-Max-Age", "0")]), (200, [ALLOW_ORIGIN])),
    ("delete-with-credentials", "fetch(url, {method: 'DELETE', credentials: 'include', headers: {authorization: 'Bearer a'}})", (204, [ALLOW_ORIGIN, ALLOW_CREDENTIALS, METHODS, HEADERS]), (200, [ALLOW_ORIGIN, ALLOW_CREDENTIALS])),
    ("patch-in-lower-case", "fetch(url, {method: 'patch'})", (204, [ALLOW_ORIGIN, ("Access-Control-Allow-Methods", "PATCH")]), (200, [ALLOW_ORIGIN])),
    ("post-json", "fetch(url, {method: 'POST', headers: {'content-type': 'application/json'}, body: '{}'})", (204, [ALLOW_ORIGIN, HEADERS]), (200, [ALLOW_ORIGIN])),
    ("post-form", "fetch(url, {method: 'POST', body: new URLSearchParams({a: 1})})", None, (200, [ALLOW_ORIGIN])),
    ("redirect-allowed", "fetch(url)", None, (302, [ALLOW_ORIGIN, ("Location", "/after-redirect")])),
    ("redirect-missing", "fetch(url)", None, (302, [("Location", "/after-refused-redirect")])),
    ("redirect-then-missing", "fetch(url)", None, (302, [ALLOW_ORIGIN, ("Location", "/after-redirect-missing")])),
    ("no-cors", "fetch(url, {mode: 'no-cors'})", None, (200, [])),
    ("same-origin-mode", "fetch(url, {mode: 'same-origin'})", None, (200, [])),
    ("xhr-json", XHR % "xhr.setRequestHeader('content-type', 'application/json');", (204, [ALLOW_ORIGIN]), (200, [ALLOW_ORIGIN])),
    ("xhr-upload-listener", XHR % "xhr.upload.onprogress = () => {};", (204, [ALLOW_ORIGIN]), (200, [ALLOW_ORIGIN])),
    ("image-missing", IMAGE, None, (200, [])),
    ("connection-refused", "fetch(nobody)", None, (200, [])),
]
ANSWERS = {name: (preflight, answer) for name, _, preflight, answer in CASES} | {
    "after-redirect": (None, (200, [ALLOW_ORIGIN])),
    "after-redirect-missing": (None, (200, [])),
    "after-refused-redirect": (None, (200, [ALLOW_ORIGIN])),
}

PAGE = """<!doctype html><meta charset=utf-8><title>begun</title><script>
const results = {}, nobody = 'http://localhost:%d/connection-refused';
window.done = (async () => {
  for (const [name, run] of %s) {
    const url = 'http://localhost:%d/' + name;
    try { const response = await eval(run); results[name] = response.type + ' ' + response.status; }
    catch (error) { results[name] = 'error'; }
  }
  document.title = 'done';
  return JSON.stringify(results);
})();
</script>"""


class Pages:
    """The page's server and the other origin's, each on a port of its own."""

    def __init__(self):
        self.preflights = Counter()
        with socket.create_server(("localhost", 0)) as free:
            # A port where nobody listens, once this one is closed.
            self.nobody = free.getsockname()[1]
        outer = self

        class Page(Handler):
            def answer(self):
                runs = json.dumps([[name, run] for name, run, _, _ in CASES])
                body = (PAGE % (outer.nobody, runs, outer.other.server_port)).encode() if self.path == "/" else b""
                self.write(200, [("Content-Type", "text/html"), ("Set-Cookie", "a=b")], body)

        class Other(Handler):
            def answer(self):
                asks = self.headers.get("Access-Control-Request-Method")
                name = self.path.lstrip("/")
                preflight, answer = ANSWERS.get(name, (None, (404, [])))
                if self.command == "OPTIONS" and asks:
                    outer.preflights[name] += 1
                status, lines = (preflight or (200, [])) if self.command == "OPTIONS" and asks else answer
                self.write(status, [(name, outer.origin if value == ORIGIN else value) for name, value in lines], b"x")

        self.page = ThreadingHTTPServer(("localhost", 0), Page)
        self.other = ThreadingHTTPServer(("localhost", 0), Other)
        for server in (self.page, self.other):
            threading.Thread(target=server.serve_forever, daemon=True).start()

    @property
    def origin(self):
        return f"http://localhost:{self.page.server_port}"

    def close(self):
        self.page.shutdown()
        self.other.shutdown()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_any(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.answer()

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_patch = do_any

    def write(self, status, lines, body):
        body = b"" if status == 204 else body
        self.send_response(status)
        for name, value in lines:
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass
