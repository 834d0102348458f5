"""XMLHttpRequest: upload listeners, bodies, and names that it refuses."""

from .redirects import chain
from .preflight import allow_credentials, allow_origin
from .scenario import token
from .values import author_header, body
from .words import BAD_NAMES, FORBIDDEN_NAMES, HOSTS, ODD_METHODS, chance, one, origin_and_host


def make(r, s):
    origin, host = origin_and_host(r, same_origin=0.1)
    url = s.url(host, "0")
    method = one(
        r,
        (5, "POST"), (3, "GET"), (2, "HEAD"), (1, "PUT"), (1, "DELETE"), (1, "patch"), (0.5, "post"), (0.5, "CHICKEN"),
        (1.5, lambda r: r.choice(ODD_METHODS)),
    )  # fmt: skip
    headers = [author_header(r) for _ in range(one(r, (5, 0), (3, 1), (1, 2)))]
    if chance(r, 0.1):
        headers.append((r.choice(BAD_NAMES + FORBIDDEN_NAMES), "1"))
    content = body(r) if chance(r, 0.6) else None
    credentials = one(r, (1, "include"), (1, "same-origin"))
    if chance(r, 0.2):
        path = [host] + [r.choice(HOSTS) for _ in range(one(r, (3, 1), (1, 2)))]
        chain(r, s, origin, path, credentials)
    else:
        allow = allow_origin(r, origin, chance(r, 0.2))
        if credentials == "include":
            allow += allow_credentials(r, chance(r, 0.15))
        names = list(dict.fromkeys([n.lower() for n, _ in headers if token(n)] + ["content-type"]))
        methods = [m for m in dict.fromkeys((method, method.upper())) if token(m)]
        asked = allow + [("Access-Control-Allow-Methods", ", ".join(methods)), ("Access-Control-Allow-Headers", ",".join(names))]
        if chance(r, 0.1):
            asked = allow + [("Access-Control-Allow-Methods", "*"), ("Access-Control-Allow-Headers", "*, Authorization")]
        s.rule(url, "preflight", one(r, (9, 204), (1, 404), (1, 500), (1, 200)), asked)
        answer = list(allow)
        if chance(r, 0.6):
            answer += [("X-A", "1"), ("x-b", "2")]
        if chance(r, 0.3):
            answer.append(("Access-Control-Expose-Headers", r.choice(("*", "X-A", "x-b,", "X-A, a b"))))
        if chance(r, 0.15):
            answer += [("Set-Cookie", f"s=1; Path=/{s.id}"), ("Set-Cookie", f"s=1; Path=/{s.id}; SameSite=None; Secure")]
        s.rule(url, "actual", one(r, (7, 200), (1, 404), (1, 500), (1, 204), (1, 304), (1, 401)), answer)
    listener = chance(r, 0.6)
    s.fetch(url, origin, method, headers, api="xhr", credentials=credentials, body=content, upload_listener=listener)
