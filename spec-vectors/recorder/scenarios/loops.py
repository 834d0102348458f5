"""Redirects back to a URL that has answered a preflight, and long chains with `keepalive`."""

from .words import CREDENTIALS, chance, one


def make(r, s):
    one(r, (5, lambda r: loop), (2, lambda r: keepalive))(r, s)


def loop(r, s):
    origin = one(r, (6, "null"), (2, "http://a.test:8101"))
    credentials = r.choice(CREDENTIALS)
    method = one(r, (4, "PUT"), (2, "DELETE"), (2, "GET"), (1, "POST"), (1, "patch"))
    headers = [("X-A", "1")] if method in ("GET", "POST") or chance(r, 0.3) else []
    body = one(r, (1, None), (1, "x")) if method in ("PUT", "POST") else None
    status = one(r, (4, 307), (3, 308), (1, 302), (1, 303), (1, 301))
    hosts = one(r, (5, ["b.test:8102"]), (1, ["b.test:8102", "c.test:8103"]), (1, ["b.test:8102", "a.test:8102"]))
    nodes = one(r, (4, 1), (3, 2), (2, 3))
    urls = [s.url(hosts[n % len(hosts)], n) for n in range(nodes)]
    rounds = one(r, (5, 1), (3, 2), (1, 3), (0.5, 20))
    shown = one(r, (4, origin), (1, "*"))
    allow = [("Access-Control-Allow-Origin", shown)]
    if shown != "*" and chance(r, 0.7) or credentials == "include":
        allow.append(("Access-Control-Allow-Credentials", "true"))
    for n, url in enumerate(urls):
        asked = allow + [("Access-Control-Allow-Methods", one(r, (4, "PUT, DELETE, patch"), (1, "*"))), ("Access-Control-Allow-Headers", one(r, (4, "x-a"), (1, "*"), (1, "x-a, x-b")))]
        age = one(r, (6, "600"), (2, None), (1, "0"), (1, "-1"))
        if age is not None:
            asked.append(("Access-Control-Max-Age", age))
        s.rule(url, "preflight", 204, asked)
        s.rule(url, "actual", status, allow + [("Location", urls[(n + 1) % nodes])], times=rounds)
    for url in urls:
        s.rule(url, "actual", one(r, (5, 200), (1, 404)), allow)
    for _ in range(one(r, (2, 1), (2, 2), (1, 3))):
        s.fetch(r.choice(urls) if chance(r, 0.3) else urls[0], origin, method, headers, credentials=credentials, body=body, wait_ms=0)


def keepalive(r, s):
    origin = one(r, (3, "http://a.test:8101"), (1, "null"))
    mode = one(r, (3, "cors"), (1, "no-cors"), (1, "same-origin" if origin != "null" else "cors"))
    hosts = one(r, (3, ["b.test:8102"]), (1, ["b.test:8102", "c.test:8103"]), (2, ["a.test:8101"]))
    if mode == "same-origin":
        hosts = ["a.test:8101"]
    hops = one(r, (1, 0), (1, 1), (1, 2), (2, 18), (4, 19), (4, 20), (2, 21))
    method = one(r, (4, "GET"), (2, "POST"), (1, "PUT" if mode == "cors" else "POST"))
    allow = [("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "*")]
    for n in range(hops + 1):
        url = s.url(hosts[n % len(hosts)], n)
        s.rule(url, "preflight", 204, allow)
        if n < hops:
            s.rule(url, "actual", one(r, (3, 307), (1, 302)), allow + [("Location", s.url(hosts[(n + 1) % len(hosts)], n + 1))])
        else:
            s.rule(url, "actual", 200, allow)
    redirect = one(r, (8, "follow"), (1, "manual" if mode != "no-cors" else "follow"))
    more = {"keepalive": True} if chance(r, 0.85) else {}
    s.fetch(s.url(hosts[0], 0), origin, method, mode=mode, redirect=redirect, credentials="omit", body="x" if method == "POST" else None, **more)
