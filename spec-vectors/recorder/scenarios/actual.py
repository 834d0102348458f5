"""What a response allows, and which of its headers a script can read."""

from .preflight import allow_credentials, allow_origin, repeat
from .words import CREDENTIALS, chance, in_lines, list_soup, one, origin_and_host

# fmt: off
STATUSES = (
    200, 200, 200, 200, 201, 202, 203, 204, 205, 206, 207, 226, 299, 300, 304, 304, 305, 306, 399, 400, 401, 401, 402, 403, 404, 405, 406,
    407, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 422, 423, 424, 426, 428, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 511,
    599, 600, 999,
)
SHOWN = (
    ("X-A", "1"), ("x-b", "2"), ("X-C", "3"), ("X-Custom", "v"), ("x_under", "1"), ("Content-Type", "application/json"),
    ("Content-Language", "en"), ("Cache-Control", "no-cache"), ("Cache-Control", "max-age=0"), ("Expires", "0"), ("Pragma", "no-cache"),
    ("Last-Modified", "Sat, 01 Jan 2000 00:00:00 GMT"), ("Date", "Sat, 01 Jan 2000 00:00:00 GMT"), ("ETag", '"x"'), ("Server", "x"),
    ("Age", "1"), ("Vary", "Origin"), ("Vary", "*"), ("Retry-After", "1"), ("Content-Location", "/x"), ("Content-Disposition", "inline"),
    ("Content-Range", "bytes 0-0/1"), ("Accept-Ranges", "bytes"), ("Location", "/x"), ("Set-Cookie2", "a=b"), ("Timing-Allow-Origin", "*"),
    ("X-Content-Type-Options", "nosniff"), ("X-Powered-By", "x"), ("Referrer-Policy", "no-referrer"), ("Access-Control-Foo", "1"),
    ("Authorization", "x"), ("WWW-Authenticate", "Custom"), ("X-A", "again"), ("x-empty", ""), ("X-Byte", "\u00e9"), ("*", "1"),
    ("Cross-Origin-Resource-Policy", "cross-origin"), ("Server-Timing", "x"), ("Link", "<x>"), ("Trailer", "x"), ("Via", "1.1 x"),
)
EXPOSED = (
    "*", "**", " * ", '"*"', "*, x-a", "x-a, *", "*X-A", "*, authorization", "X-A", "x-a", "x-b", "X-A, x-b", "X-A,x-b,X-C", "X-A,,x-b",
    ",X-A,", "X-A,\tX-C\t", "X-A x-b", "X-A\tx-b", "X-A;x-b", "X-A=1", "X-A:", '"X-A"', "'X-A'", "(X-A)", "X-A, (x-b)", "a b", "X-A, a b",
    "X-A, \u00e9", "\u00e9, X-A", "", ",", " ", "x-missing", "x_under", "age", "vary", "connection", "cache-control", "content-length", "authorization",
    "set-cookie", "Set-Cookie, X-A", "set-cookie2", "Set-Cookie2, Set-Cookie", "ETag, Server, Date", "access-control-foo", "Access-Control-Allow-Origin",
    "access-control-expose-headers", "content-disposition, x-powered-by", "X-Custom", "location", "x-empty", "X-Byte", "x-b, *, X-C",
    "www-authenticate", "X-A, @", "@", "X-A\x01", "x-a,x-a", "timing-allow-origin, server-timing",
)
# fmt: on


def make(r, s):
    origin, host = origin_and_host(r, same_origin=0.07)
    credentials = r.choice(CREDENTIALS)
    url = s.url(host, "0")
    method = one(r, (11, "GET"), (4, "POST"), (3, "HEAD"), (1, "PUT"))
    headers = one(r, (7, []), (2, [("Accept", "text/html")]), (1, [("X-A", "1")]), (1, [("Range", "bytes=0-")]))
    content = one(r, (1, "x"), (1, None)) if method in ("POST", "PUT") else None
    answer = [(n, v) for n, v in r.sample(SHOWN, r.randrange(0, 6))]
    answer += allow_origin(r, origin, chance(r, 0.45))
    if credentials == "include" or chance(r, 0.25):
        answer += allow_credentials(r, chance(r, 0.3))
    if chance(r, 0.75):
        value = list_soup(r, ["X-A", "x-b"]) if chance(r, 0.2) else r.choice(EXPOSED)
        answer += in_lines(r, one(r, (4, "Access-Control-Expose-Headers"), (1, "access-control-expose-headers")), value)
        if chance(r, 0.1):
            answer.append(("Access-Control-Expose-Headers", r.choice(EXPOSED)))
    if chance(r, 0.1):
        repeat(r, answer)
    if chance(r, 0.1):
        answer += [("Set-Cookie", f"s=1; Path=/{s.id}"), ("Set-Cookie", f"s=1; Path=/{s.id}; SameSite=None; Secure")]
    r.shuffle(answer)
    status = one(r, (3, 200), (7, lambda r: r.choice(STATUSES)), (1, 204))
    if method == "PUT" or headers[:1] == [("X-A", "1")] or chance(r, 0.05):
        allow = [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true")]
        allow += [("Access-Control-Allow-Methods", "PUT"), ("Access-Control-Allow-Headers", "x-a")]
        s.rule(url, "preflight", 204, allow + ([("Access-Control-Max-Age", "0")] if chance(r, 0.3) else []))
    s.rule(url, "actual", status, answer)
    for _ in range(2 if chance(r, 0.12) else 1):
        s.fetch(url, origin, method, headers, credentials=credentials, body=content)
