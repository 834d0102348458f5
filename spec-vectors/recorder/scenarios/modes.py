"""Modes, redirect modes and referrer policies, combined."""

from .actual import STATUSES
from .redirects import chain
from .scenario import token
from .values import ACCEPTS, BLOB_TYPES, LANGUAGES, content_type
from .words import CREDENTIALS, HOSTS, REFERRER_POLICIES, chance, one

ORIGINS = ["http://a.test:8101"] * 5 + ["null"] * 2 + ["http://b.test:8102"]


def make(r, s):
    origin = r.choice(ORIGINS)
    mode = one(r, (5, "no-cors"), (3, "same-origin"), (3, "cors"))
    redirect = one(r, (8, "follow"), (2, "manual"), (2, "error"))
    policy = r.choice(REFERRER_POLICIES) if chance(r, 0.5) else ""
    credentials = r.choice(CREDENTIALS)
    method = one(
        r,
        (4, "GET"), (5, "POST"), (2, "HEAD"), (1, "post"), (0.5, "Get"), (0.3, "PUT"), (0.3, "DELETE"), (0.3, "PATCH"),
        (0.2, "OPTIONS"), (0.2, "eGg"), (0.2, "head"),
    )  # fmt: skip
    content = None
    if method.upper() not in ("GET", "HEAD"):
        content = one(r, (2, None), (3, "x"), (3, {"urlencoded": "a=1"}), (1, "{}"), (1, ""), (2, lambda r: {"blob": "x", "type": r.choice(BLOB_TYPES)}))
    headers = [header(r) for _ in range(one(r, (6, 0), (3, 1), (1, 2), (1, 3)))]
    hops = one(r, (7, 0), (3, 1), (1, 2))
    path = []
    for n in range(hops + 1):
        same = (n == 0 and mode != "cors" or chance(r, 0.3)) and origin != "null"
        path.append(origin.removeprefix("http://") if same and chance(r, 0.6) else r.choice(HOSTS))
    if hops:
        chain(r, s, origin, path, credentials, odd=chance(r, 0.5))
    else:
        alone(r, s, origin, s.url(path[0], "0"), method, headers, credentials)
    s.fetch(
        s.url(path[0], "0"), origin, method, headers, mode=mode, credentials=credentials, redirect=redirect, body=content,
        referrer_policy=policy,
    )  # fmt: skip


def header(r):
    return one(
        r,
        (4, lambda r: ("Accept", r.choice(ACCEPTS))),
        (2, lambda r: (r.choice(("Accept-Language", "Content-Language")), r.choice(LANGUAGES))),
        (4, lambda r: ("Content-Type", content_type(r))),
        (3, lambda r: ("X-A", "1")),
        (1, lambda r: ("Range", r.choice(("bytes=0-", "bytes=-5")))),
        (2, lambda r: (r.choice(("Authorization", "Cache-Control", "X-Requested-With", "DPR", "Save-Data", "*")), "1")),
    )


def alone(r, s, origin, url, method, headers, credentials):
    allow = [("Access-Control-Allow-Origin", one(r, (6, origin), (1, "*"), (1, "http://c.test:8103"), (1, "null")))] if chance(r, 0.9) else []
    if credentials == "include" and chance(r, 0.8):
        allow.append(("Access-Control-Allow-Credentials", "true"))
    names = ",".join(dict.fromkeys([n.lower() for n, _ in headers if token(n)] + ["content-type"]))
    asked = allow + [("Access-Control-Allow-Methods", f"{method}, {method.upper()}"), ("Access-Control-Allow-Headers", names)]
    s.rule(url, "preflight", 204, asked)
    answer = list(allow)
    if chance(r, 0.4):
        answer.append(("X-A", "1"))
    if chance(r, 0.2):
        answer.append(("Access-Control-Expose-Headers", r.choice(("*", "X-A"))))
    if chance(r, 0.15):
        answer.append(("Cross-Origin-Resource-Policy", r.choice(("same-origin", "same-site", "cross-origin", "x", "SAME-ORIGIN", "same-origin, same-site"))))
    if chance(r, 0.25):
        answer += [("Set-Cookie", f"s=1; Path=/{s.id}"), ("Set-Cookie", f"s=1; Path=/{s.id}; SameSite=None; Secure")]
    s.rule(url, "actual", one(r, (2, 200), (3, lambda r: r.choice(STATUSES))), answer)
