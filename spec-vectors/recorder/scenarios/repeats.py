"""Request headers that a page sets two or three times, in XMLHttpRequest and `fetch()`; and one that Chromium does not send."""

from .words import chance, one

NAMES = (
    "Authorization", "Authorization", "Authorization", "Content-Type", "Content-Type", "Accept", "Accept-Language", "Content-Language", "X-A", "Range",
    "If-None-Match", "If-Modified-Since", "If-Match", "If-Range", "User-Agent", "Cache-Control", "Pragma", "Last-Event-ID", "Content-Location",
    "Content-Encoding", "From", "Max-Forwards", "ETag", "Last-Modified", "Server", "Location", "Age", "Retry-After", "Content-Disposition", "Upgrade-Insecure-Requests",
    "Available-Dictionary", "Available-Dictionary", "Dictionary-ID", "Use-As-Dictionary",
)  # fmt: skip
VALUES = {
    "Content-Type": ("text/plain", "application/json", "text/plain;charset=utf-8", "application/x-www-form-urlencoded", ""),
    "Accept": ("text/html", "*/*", "a(b"),
    "Accept-Language": ("en", "de", ""),
    "Content-Language": ("en", "de", ""),
    "Range": ("bytes=0-", "bytes=0-5", "bytes=-5"),
    "Available-Dictionary": (":x:", "x", "", ":pZGm1Av0IEBKARczz7exkNYsZb8LzaMrV7J32a2fFG4=:"),
}


def make(r, s):
    origin = one(r, (6, "http://a.test:8101"), (1, "null"))
    api = one(r, (3, "xhr"), (2, "fetch"))
    host = one(r, (4, "b.test:8102"), (2, "a.test:8101"))
    method = one(r, (2, "GET"), (2, "POST"), (1, "PUT"))
    body = one(r, (2, "x"), (1, None), (1, {"urlencoded": "a=1"}), (1, {"blob": "x", "type": "text/plain"})) if method != "GET" else None
    headers = []
    for name in [r.choice(NAMES) for _ in range(one(r, (4, 1), (1, 2)))]:
        for _ in range(one(r, (1, 1), (4, 2), (1, 3))):
            headers.append((one(r, (6, name), (1, name.lower())), r.choice(VALUES.get(name, ("a", "b", "b", ""))).replace("\u00e9", "e")))
    if chance(r, 0.2):
        r.shuffle(headers)
    credentials = one(r, (2, "same-origin"), (1, "include"))
    mode = one(r, (5, "cors"), (1, "no-cors" if api == "fetch" and method != "PUT" else "cors"), (1, "same-origin" if host == "a.test:8101" and origin != "null" and api == "fetch" else "cors"))
    names = ",".join(dict.fromkeys(n.lower() for n, _ in headers))
    allow = [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true")]
    asked = allow + [("Access-Control-Allow-Methods", "PUT"), ("Access-Control-Allow-Headers", names)]
    hops = one(r, (5, 0), (1, 1))
    hosts = [host, one(r, (1, "b.test:8102"), (1, "c.test:8103"))]
    for n in range(hops + 1):
        url = s.url(hosts[n], n)
        s.rule(url, "preflight", 204, asked)
        if n < hops:
            s.rule(url, "actual", one(r, (1, 307), (1, 302)), allow + [("Location", s.url(hosts[n + 1], n + 1))])
        else:
            s.rule(url, "actual", 200, allow)
    s.fetch(s.url(host, "0"), origin, method, headers, api=api, mode=mode, credentials=credentials, body=body)
