"""Odd statuses and methods, several `Location` lines, schemes by mode, and max-ages with signs."""

from .words import CREDENTIALS, chance, one

ORIGINS = ["http://a.test:8101"] * 6 + ["null"] * 2 + ["http://c.test:8103"]
STATUSES = (
    200, 204, 205, 206, 208, 226, 299, 300, 304, 305, 306, 309, 310, 350, 399, 400, 401, 403, 405, 407, 408, 417, 425, 426, 429,
    431, 451, 499, 500, 501, 503, 507, 511, 599, 600, 799, 999,
)  # fmt: skip
METHODS = (
    "PATCH", "patch", "Patch", "QUERY", "query", "REPORT", "MKCOL", "TRACES", "TRACER", "CONNECTED", "get", "pOsT", "Put", "DELETE",
    "delete", "head", "OPTIONS", "foo", "FOO", "X-1",
)  # fmt: skip
SCHEMES = (
    "data:,x", "data:text/html,x", "about:blank", "about:srcdoc", "blob:http://a.test:8101/x", "blob:http://b.test:8102/x",
    "blob:null/x", "file:///x", "ftp://a.test/x", "foo:bar", "foo://a.test/x", "javascript:0", "mailto:x", "ws://a.test:8101/x",
    "wss://a.test:8101/x", "view-source:http://a.test:8101/x", "filesystem:http://a.test:8101/x", "chrome://x", "resource://x", "tel:1",
    "http:", "http://", "http://[", "//", "http://a.test:99999/", "http://a b/",
)  # fmt: skip
AGES = (
    "+5", "+600", "+0", "-0", "-1", "-600", "+", "-", "++5", "+-5", "--5", "5+", "0x10", "1e1", "5.0", "5;x", "5 5", "\x0b5", "5\x0b",
    "\x0c5", "00", "0005", "9223372036854775807", "9223372036854775808", "+9223372036854775808", "-9223372036854775808",
    "-9223372036854775809", "18446744073709551616", "", "5, 5",
)  # fmt: skip


def make(r, s):
    r.choices((statuses, methods, locations, schemes, ages), (4, 3, 4, 4, 3))[0](r, s)


def start(r):
    origin = r.choice(ORIGINS)
    host = one(r, (5, "b.test:8102"), (3, "a.test:8101"), (1, "c.test:8103"))
    credentials = r.choice(CREDENTIALS)
    allow = [("Access-Control-Allow-Origin", one(r, (9, origin), (1, "*"), (1, "http://x.test")))] if chance(r, 0.93) else []
    if credentials == "include" or chance(r, 0.2):
        allow.append(("Access-Control-Allow-Credentials", "true"))
    return origin, host, credentials, allow


def statuses(r, s):
    origin, host, credentials, allow = start(r)
    mode = one(r, (5, "cors"), (2, "no-cors"), (1, "same-origin"))
    redirect = one(r, (5, "follow"), (2, "manual"), (2, "error"))
    method = one(r, (5, "GET"), (3, "POST"), (1, "HEAD"), (2, "PUT")) if mode == "cors" else one(r, (3, "GET"), (2, "POST"))
    url, target = s.url(host, "0"), s.url(one(r, (2, host), (1, "c.test:8103")), "1")
    if chance(r, 0.5):
        asked, status = 204, r.choice(STATUSES)
    else:
        asked, status = r.choice(STATUSES), 200
    more = [("Location", one(r, (4, target), (1, ""), (1, "1")))] if chance(r, 0.5) else []
    if chance(r, 0.1):
        more.append((one(r, (1, "WWW-Authenticate"), (1, "Proxy-Authenticate")), one(r, (1, "Custom"), (1, "Bearer"))))
    s.rule(url, "preflight", asked, allow + [("Access-Control-Allow-Methods", "PUT")] + more)
    s.rule(url, "actual", status, allow + more)
    for when in ("preflight", "actual"):
        s.rule(target, when, 200, [("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "PUT")])
    s.fetch(url, origin, method, [], mode=mode, credentials=credentials, redirect=redirect)


def methods(r, s):
    origin, host, credentials, allow = start(r)
    method = r.choice(METHODS)
    granted = one(r, (4, method), (2, method.upper()), (1, method.lower()), (1, "*"), (1, f"PUT, {method}"), (1, None))
    url, target = s.url(host, "0"), s.url(one(r, (1, host), (2, "c.test:8103")), "1")
    asked = allow + ([("Access-Control-Allow-Methods", granted)] if granted else [])
    redirects = chance(r, 0.5)
    s.rule(url, "preflight", 204, asked)
    s.rule(url, "actual", one(r, (1, 301), (1, 302), (2, 303), (1, 307), (1, 308)) if redirects else 200, allow + ([("Location", target)] if redirects else []))
    s.rule(target, "preflight", 204, [("Access-Control-Allow-Origin", one(r, (2, origin), (1, "null"), (1, "*")))] + asked[len(allow) :])
    s.rule(target, "actual", 200, [("Access-Control-Allow-Origin", one(r, (2, origin), (1, "null"), (1, "*"))), ("Access-Control-Allow-Credentials", "true")])
    body = one(r, (1, "x"), (1, None)) if method.upper() not in ("GET", "HEAD") else None
    api = "xhr" if credentials != "omit" and chance(r, 0.25) else "fetch"
    for _ in range(2 if chance(r, 0.3) else 1):
        s.fetch(url, origin, method, [], credentials=credentials, body=body, api=api)


def locations(r, s):
    origin, host, credentials, allow = start(r)
    url, target, other = s.url(host, "0"), s.url(host, "1"), s.url("c.test:8103", "2")
    lines = [one(r, (4, target), (2, other), (2, ""), (1, "1"), (1, "#f"), (1, "?q"), (1, "2")) for _ in range(one(r, (5, 2), (2, 3)))]
    mode, redirect = one(r, (4, "cors"), (1, "no-cors")), one(r, (5, "follow"), (1, "manual"), (1, "error"))
    s.rule(url, "actual", one(r, (3, 302), (1, 307), (1, 200)), allow + [("Location", line) for line in lines])
    for where in (target, other):
        s.rule(where, "actual", 200, [("Access-Control-Allow-Origin", one(r, (2, origin), (1, "*"), (1, "null")))])
    s.fetch(url, origin, mode=mode, credentials=credentials, redirect=redirect)


def schemes(r, s):
    origin, host, credentials, allow = start(r)
    mode, redirect = one(r, (4, "cors"), (3, "no-cors"), (2, "same-origin")), one(r, (5, "follow"), (1, "manual"), (1, "error"))
    method = one(r, (3, "GET"), (1, "PUT")) if mode == "cors" else one(r, (3, "GET"), (1, "POST"))
    url, target = s.url(host, "0"), s.url("b.test:8104", "1")
    asked = allow + [("Access-Control-Allow-Methods", "PUT")]
    s.rule(url, "preflight", 204, asked)
    scheme = r.choice(SCHEMES)
    if chance(r, 0.3):
        s.rule(url, "actual", 307, allow + [("Location", target)])
        s.rule(target, "preflight", 204, asked)
        s.rule(target, "actual", one(r, (1, 302), (1, 307)), allow + [("Location", scheme)])
    else:
        s.rule(url, "actual", one(r, (1, 302), (1, 307), (0.5, 303)), allow + [("Location", scheme)])
    s.fetch(url, origin, method, mode=mode, credentials=credentials, redirect=redirect)


def ages(r, s):
    origin, host, credentials, allow = start(r)
    url = s.url("b.test:8102" if origin != "http://b.test:8102" else host, "0")
    s.rule(url, "preflight", 204, allow + [("Access-Control-Allow-Methods", "PUT"), ("Access-Control-Max-Age", r.choice(AGES))])
    s.rule(url, "actual", 200, allow)
    s.fetch(url, origin, "PUT", credentials=credentials)
    s.fetch(url, origin, "PUT", credentials=credentials, wait_ms=one(r, (2, 0), (2, 1500), (1, 5800)))
