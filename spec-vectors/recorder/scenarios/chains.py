"""Chains with cookies and `Authorization`, loops, opaque pages, many methods: what a later hop keeps of the first."""

from .words import CREDENTIALS, HOSTS, REDIRECTS, REFERRER_POLICIES, chance, one

ORIGINS = ["http://a.test:8101"] * 5 + ["null"] * 4 + ["http://b.test:8102"]
METHODS = ("GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "PATCH", "patch", "QUERY", "query", "OPTIONS", "TRACES", "Foo")
HEADERS = (
    [("Authorization", "Basic dTpw")],
    [("authorization", "x"), ("X-A", "1")],
    [("X-A", "1")],
    [("Content-Type", "application/json")],
    [("Content-Type", "text/plain"), ("Authorization", "x")],
    [("Content-Type", "application/json"), ("Content-Language", "en"), ("X-A", "1")],
    [("Cookie", "own=1"), ("X-A", "1")],
)  # fmt: skip


def make(r, s):
    origin = r.choice(ORIGINS)
    mode = one(r, (7, "cors"), (2, "no-cors"), (1, "same-origin"))
    credentials = r.choice(CREDENTIALS)
    method = r.choice(METHODS) if mode == "cors" else r.choice(("GET", "POST", "HEAD"))
    headers = r.choice(HEADERS) if chance(r, 0.7) else []
    content = one(r, (2, "x"), (1, {"urlencoded": "a=1"}), (1, None)) if method.upper() not in ("GET", "HEAD") else None
    redirect = one(r, (12, "follow"), (1, "manual"), (1, "error"))
    hops = one(r, (4, 1), (5, 2), (3, 3), (1, 5))
    loop = chance(r, 0.12)
    path = [one(r, (4, "b.test:8102"), (4, "a.test:8101"), (2, lambda r: r.choice(HOSTS))) for _ in range(hops + 1)]
    for n, host in enumerate(path):
        here = f"http://{host}"
        allow = one(r, (8, shown(origin, path, n)), (2, "*"), (1, origin), (1, "null"), (0.3, here), (0.5, None))
        answer = [] if allow is None else [("Access-Control-Allow-Origin", allow)]
        if credentials == "include" or chance(r, 0.3):
            answer.append(("Access-Control-Allow-Credentials", one(r, (15, "true"), (1, "True"))))
        methods = one(r, (12, ", ".join(dict.fromkeys(METHODS))), (1, "*"), (1, "PUT"))
        names = one(r, (12, "authorization,x-a,content-type,content-language"), (1, "*"), (1, "x-a"), (1, "*,authorization"))
        asked = answer + [("Access-Control-Allow-Methods", methods), ("Access-Control-Allow-Headers", names)]
        if chance(r, 0.15):
            asked.append(("Access-Control-Max-Age", one(r, (2, "0"), (2, "600"), (1, "+600"), (1, "-1"))))
        s.rule(s.url(host, n), "preflight", one(r, (30, 204), (5, 200), (1, 404), (0.5, 302)), asked)
        if chance(r, 0.4):
            answer += [("Set-Cookie", f"s{n}=1; Path=/{s.id}"), ("Set-Cookie", f"s{n}=1; Path=/{s.id}; SameSite=None; Secure")]
        if chance(r, 0.06):
            answer.append(("Referrer-Policy", r.choice(REFERRER_POLICIES)))
        last = n == hops
        if last and not loop:
            s.rule(s.url(host, n), "actual", one(r, (10, 200), (1, 401), (1, 403), (1, 404), (1, 204)), answer)
            continue
        to, number = (r.choice(path[: n + 1]), None) if last else (path[n + 1], n + 1)
        number = path.index(to) if number is None else number
        userinfo = one(r, (20, ""), (1, "u:p@"), (1, "u@"))
        location = f"http://{userinfo}{to}/{s.id}/{number}{one(r, (12, ''), (1, '#f'), (1, '?q'))}"
        if location.endswith("?q"):
            location = location[:-2]
        s.rule(s.url(host, n), "actual", r.choice(REDIRECTS), answer + [("Location", location)])
    for _ in range(2 if chance(r, 0.2) else 1):
        s.fetch(
            s.url(path[0], one(r, (9, "0"), (1, "0#f"))), origin, method, headers, mode=mode, credentials=credentials,
            redirect=redirect, body=content, api="xhr" if mode == "cors" and credentials != "omit" and redirect == "follow" and chance(r, 0.15) else "fetch",
        )  # fmt: skip


def shown(origin, path, n):
    """The `Origin` of the request for `path[n]`: `null` after another origin has redirected to a third."""
    hosts = [f"http://{host}" for host in path[: n + 1]]
    tainted = any(before not in (origin, after) for before, after in zip(hosts, hosts[1:]))
    return "null" if tainted else origin
