"""All that other families vary one by one, together: any page and any request, with a few URLs that redirect to each other."""

from .actual import SHOWN
from .odd import AGES, METHODS
from .odd import STATUSES as ALL_STATUSES
from .preflight import allow_credentials, allow_headers, allow_methods, allow_origin, repeat
from .redirects import HEADERS, odd_location
from .scenario import token
from .values import author_headers, body
from .words import CREDENTIALS, HOSTS, ORIGINS, PLAIN_METHODS, REDIRECTS, REFERRER_POLICIES, chance, one

# After a 408 Chromium sends a request again as long as it has open connections, so two runs differ.
STATUSES = tuple(status for status in ALL_STATUSES if status != 408)
CACHE_MODES = ("no-store", "reload", "no-cache", "force-cache")


def make(r, s):
    origin = r.choice(ORIGINS + ["null"] * 4)
    fetches = [request(r, origin) for _ in range(one(r, (6, 1), (3, 2), (1, 3)))]
    if chance(r, 0.5):
        fetches = fetches[:1] * len(fetches)
    own = origin.removeprefix("http://") if origin != "null" else "a.test:8101"
    hosts = [one(r, (3, own), (4, "b.test:8102"), (2, lambda r: r.choice(HOSTS))) for _ in range(one(r, (3, 1), (4, 2), (4, 3), (2, 4)))]
    for n, host in enumerate(hosts):
        answers(r, s, origin, fetches[0], hosts, n, host)
    for fetch in fetches:
        start = 0 if chance(r, 0.85) else r.randrange(len(hosts))
        s.fetch(s.url(hosts[start], one(r, (12, f"{start}"), (1, f"{start}#f"))), wait_ms=one(r, (60, 0), (1, 1200)), **fetch)


def request(r, origin):
    """A request that a page can make: its API, and the arguments."""
    api = one(r, (4, "fetch"), (1, "xhr"))
    mode = one(r, (7, "cors"), (2, "no-cors"), (1, "same-origin")) if api == "fetch" else "cors"
    odd = [method for method in METHODS if token(method)]
    method = one(r, (6, lambda r: r.choice(("GET", "POST", "PUT", "DELETE"))), (2, lambda r: r.choice(PLAIN_METHODS)), (2, lambda r: r.choice(odd)))
    if mode == "no-cors":
        method = one(r, (4, "GET"), (4, "POST"), (1, "HEAD"), (0.3, "PUT"))
    headers = one(r, (5, []), (5, lambda r: r.choice(HEADERS)), (2, author_headers))
    content = body(r) if method.upper() not in ("GET", "HEAD") and chance(r, 0.6) else None
    credentials = r.choice(CREDENTIALS)
    fetch = {"api": api, "origin": origin, "method": method, "headers": headers, "body": content}
    if api == "xhr":
        return fetch | {"credentials": "include" if credentials == "include" else "same-origin", "upload_listener": chance(r, 0.4)}
    return fetch | {
        "mode": mode,
        "credentials": credentials,
        "redirect": one(r, (10, "follow"), (1, "manual"), (1, "error")),
        "referrer_policy": r.choice(REFERRER_POLICIES) if chance(r, 0.2) else "",
        "cache": r.choice(CACHE_MODES) if chance(r, 0.1) else "default",
    }


def answers(r, s, origin, fetch, hosts, n, host):
    """How one URL answers preflights and requests: it redirects some times, always, or never."""
    url = s.url(host, n)
    shown = one(r, (8, origin), (3 if n > 1 else 1, "null"), (2, "*"), (0.5, f"http://{host}"))
    odd = chance(r, 0.15)
    allow = allow_origin(r, shown, odd and chance(r, 0.5)) if chance(r, 0.95) else []
    if fetch["credentials"] == "include" or chance(r, 0.4):
        allow += allow_credentials(r, odd and chance(r, 0.5))
    asked = list(allow)
    if chance(r, 0.95):
        methods = ", ".join(dict.fromkeys((fetch["method"].upper(), fetch["method"], "GET", "PUT")))
        asked += allow_methods(r, fetch["method"], fetch["credentials"], odd) if chance(r, 0.4) else [("Access-Control-Allow-Methods", methods)]
        asked += allow_headers(r, [(name, value) for name, value in fetch["headers"] if token(name)] + [("content-type", "")], fetch["credentials"], odd)
    if chance(r, 0.3):
        asked.append(("Access-Control-Max-Age", one(r, (3, "0"), (3, "60"), (2, lambda r: r.choice(AGES)))))
    status = one(r, (20, 204), (5, 200), (1, lambda r: r.choice(STATUSES)), (1, lambda r: r.choice(REDIRECTS)))
    if status in REDIRECTS or chance(r, 0.03):
        asked.append(("Location", s.url(hosts[-1], len(hosts) - 1)))
    if chance(r, 0.05):
        repeat(r, asked)
    s.rule(url, "preflight", status, asked)

    answer = allow + [line for line in r.sample(SHOWN, one(r, (3, 0), (1, 2)))]
    if chance(r, 0.3):
        answer += [("Set-Cookie", f"s{n}=1; Path=/{s.id}"), ("Set-Cookie", f"s{n}=1; Path=/{s.id}; SameSite=None; Secure")]
    if chance(r, 0.06):
        answer.append((one(r, (1, "WWW-Authenticate"), (1, "Proxy-Authenticate")), one(r, (1, "Custom"), (1, "Bearer"))))
    if chance(r, 0.05):
        answer.append(("Cross-Origin-Resource-Policy", r.choice(("same-origin", "same-site", "cross-origin"))))
    if chance(r, 0.05):
        answer.append(("Access-Control-Expose-Headers", r.choice(("*", "x-a, x-b"))))
    last = n + 1 == len(hosts)
    if not last or chance(r, 0.3):
        to = r.randrange(len(hosts)) if last or chance(r, 0.15) else n + 1
        redirects(r, s, url, answer, s.url(hosts[to], to), host, to, always=not last)
    s.rule(url, "actual", one(r, (6, 200), (3, lambda r: r.choice(STATUSES))), answer)


def redirects(r, s, url, answer, target, host, to, always):
    bare = target.removeprefix("http://")
    lines = one(
        r,
        (24, [target]), (1, [f"http://u:p@{bare}"]), (1, [f"http://u@{bare}"]), (1, [target + "#f"]), (1, [f"//{bare}"]), (1, [f"/{s.id}/{to}"]),
        (2, lambda r: odd_location(r, s, target, f"http://{host}", to - 1)),
    )  # fmt: skip
    policy = [("Referrer-Policy", r.choice(REFERRER_POLICIES))] if chance(r, 0.06) else []
    status = one(r, (30, lambda r: r.choice(REDIRECTS)), (1, lambda r: r.choice(STATUSES)))
    times = None if always and chance(r, 0.7) else one(r, (3, 1), (2, 2), (1, 3))
    s.rule(url, "actual", status, answer + policy + [("Location", line) for line in lines], times=times)
