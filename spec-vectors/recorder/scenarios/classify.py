"""Which requests are preflighted, and what the preflight asks for. The server allows everything."""

from .scenario import token
from .values import author_headers, body
from .words import CREDENTIALS, ODD_METHODS, PLAIN_METHODS, chance, one, origin_and_host


def make(r, s):
    origin, host = origin_and_host(r)
    url = s.url(host, "0")
    method = one(r, (5, "GET"), (4, "POST"), (1, "HEAD"), (4, lambda r: r.choice(PLAIN_METHODS)), (4, lambda r: r.choice(ODD_METHODS)))
    headers = author_headers(r) if chance(r, 0.85) else []
    content = None
    if method not in ("GET", "HEAD", "get", "head", "Get", "gET", "Head") and chance(r, 0.35) or chance(r, 0.01):
        content = body(r)
    credentials = r.choice(CREDENTIALS)
    s.fetch(url, origin, method, headers, credentials=credentials, body=content)
    permit(r, s, url, s.fetches[0]["request"])


def permit(r, s, url, request, status=204):
    """Rules that allow `request` as far as headers can."""
    allow = [("Access-Control-Allow-Origin", request["origin"])]
    if request["credentials"] == "include" or chance(r, 0.3):
        allow.append(("Access-Control-Allow-Credentials", "true"))
    method = request["method"]
    methods = [m for m in dict.fromkeys((method, method.upper(), "PUT")) if token(m)]
    names = [n.lower() for n, _ in request["headers"] if token(n)]
    if request["body"] is not None:
        names.append("content-type")
    names = list(dict.fromkeys(names))
    asked = [("Access-Control-Allow-Methods", ", ".join(methods))]
    if names:
        asked.append(("Access-Control-Allow-Headers", ",".join(names)))
    s.rule(url, "preflight", one(r, (3, status), (1, 200)), allow + asked)
    s.rule(url, "actual", 200, allow + [("Content-Type", "text/plain")])
