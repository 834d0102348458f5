"""Status 421, after which browsers try again on a new connection."""

from .words import CREDENTIALS, ORIGINS, REDIRECTS, chance, one


def make(r, s):
    origin = r.choice(ORIGINS)
    mode = one(r, (6, "cors"), (1, "no-cors"), (1, "same-origin"))
    host = origin.removeprefix("http://") if origin != "null" and (mode == "same-origin" or chance(r, 0.15)) else "b.test:8102"
    url = s.url(host, "0")
    credentials = r.choice(CREDENTIALS)
    method = one(r, (3, "GET"), (1, "HEAD"), (2, "POST"), (4, "PUT" if mode == "cors" else "POST"), (1, "DELETE" if mode == "cors" else "GET"))
    headers = [("X-A", "1")] if mode == "cors" and chance(r, 0.2) else []
    body = one(r, (1, None), (2, "x"), (1, {"urlencoded": "a=1"}), (1, {"blob": "x", "type": "text/plain"})) if method in ("POST", "PUT") else None
    allow = [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true")]
    asked = allow + [("Access-Control-Allow-Methods", "PUT, DELETE"), ("Access-Control-Allow-Headers", "x-a")]
    if chance(r, 0.3):
        asked.append(("Access-Control-Max-Age", one(r, (1, "0"), (1, "60"))))
    refusal = one(r, (2, []), (3, allow))
    times = one(r, (4, 1), (3, 2), (1, 3))
    if chance(r, 0.5):
        s.rule(url, "preflight", 421, one(r, (1, []), (2, asked)), times=times if chance(r, 0.7) else 1)
    else:
        s.rule(url, "actual", 421, refusal + ([("Location", s.url(host, "1"))] if chance(r, 0.1) else []), times=times)
    s.rule(url, "preflight", one(r, (9, 204), (1, 403)), asked)
    if chance(r, 0.3):
        target = s.url(one(r, (1, host), (1, "c.test:8103")), "1")
        s.rule(url, "actual", r.choice(REDIRECTS), allow + [("Location", target)])
        if chance(r, 0.5):
            s.rule(target, "actual", 421, refusal, times=one(r, (2, 1), (1, 2)))
        s.rule(target, "preflight", 204, asked)
        s.rule(target, "actual", 200, allow)
    else:
        s.rule(url, "actual", one(r, (5, 200), (1, 404)), one(r, (6, allow), (1, [])))
    api = "xhr" if mode == "cors" and credentials != "omit" and chance(r, 0.3) else "fetch"
    listener = api == "xhr" and chance(r, 0.3)
    for _ in range(2 if chance(r, 0.2) else 1):
        s.fetch(url, origin, method, headers, api=api, mode=mode, credentials=credentials, body=body, upload_listener=listener)
