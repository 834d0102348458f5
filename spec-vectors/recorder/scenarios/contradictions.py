"""Headers that a response has twice although they have one value, and bytes that no value may have."""

from .words import CREDENTIALS, ORIGINS, REDIRECTS, chance, one

# fmt: off
VALUES = {
    "Content-Disposition": ("inline", "attachment", 'attachment; filename="a,b"', "inline, attachment", "INLINE", "", "inline ", "inline,inline", ",", "x;y=1"),
    "Content-Length": ("0", "00", "", "0, 0", "0,", "1", "+0", "x", "-1", "0 "),
    "Location": ("{target}", "{other}", "", "{path}", "{target}#x", "{target},{target}", " ", "http://[::1"),
}
# Headers that may have several lines in every browser, and headers whose several lines only one browser may refuse.
OTHERS = {
    "Content-Type": ("text/plain", "text/html", ""),
    "Content-Encoding": ("identity", "", "x-y"),
    "Access-Control-Max-Age": ("5", "600"),
    "ETag": ('"a"', '"b"'),
    "Last-Modified": ("Sat, 01 Jan 2000 00:00:00 GMT", "Sun, 02 Jan 2000 00:00:00 GMT"),
    "Retry-After": ("1", "2"),
    "Refresh": ("1", "2"),
    "Content-Range": ("bytes 0-0/1", "bytes 0-0/2"),
    "Referrer-Policy": ("no-referrer", "unsafe-url"),
    "X-A": ("1", "2"),
    "Transfer-Encoding": ("identity", "x"),
}
STATUSES = (200, 200, 200, 201, 204, 206, 300, 304, 305, 399, 400, 401, 403, 404, 407, 421, 500, 503, 599) + REDIRECTS * 2
# fmt: on
CONTROLS = [chr(n) for n in range(1, 32) if chr(n) not in "\r\n"] + ["\x7f", "\x00", "\x00", "\u0080", "\u00ff"]


def make(r, s):
    one(r, (6, lambda r: twice), (3, lambda r: controls))(r, s)


def twice(r, s):
    origin = r.choice(ORIGINS)
    mode = one(r, (6, "cors"), (2, "no-cors"), (1, "same-origin"))
    host = origin.removeprefix("http://") if origin != "null" and (mode == "same-origin" or chance(r, 0.1)) else "b.test:8102"
    url = s.url(host, "0")
    credentials = r.choice(CREDENTIALS)
    redirect = one(r, (5, "follow"), (2, "manual"), (2, "error")) if mode != "no-cors" else "follow"
    method = one(r, (4, "GET"), (1, "HEAD"), (1, "POST"), (3, "PUT" if mode == "cors" else "GET"))
    allow = [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true")] if chance(r, 0.8) else []
    on_preflight = method == "PUT" and chance(r, 0.4)
    name = one(r, (3, "Location"), (3, "Content-Disposition"), (3, "Content-Length"), (1, lambda r: r.choice(list(OTHERS))))
    target = s.url(r.choice(("b.test:8102", host)), "1")
    values = VALUES.get(name) or OTHERS[name]
    first = r.choice(values)
    lines = [first, one(r, (3, first), (3, lambda r: r.choice(values)))]
    if chance(r, 0.15):
        lines.append(r.choice(values))
    if chance(r, 0.08):
        lines = lines[:1]
    filled = {"{target}": target, "{other}": s.url("c.test:8103", "1"), "{path}": f"/{s.id}/1"}
    said = []
    for line in lines:
        for word, text in filled.items():
            line = line.replace(word, text)
        said.append((one(r, (6, name), (1, name.lower()), (1, name.upper())), line))
    status = r.choice(REDIRECTS) if name == "Location" and chance(r, 0.6) else r.choice(STATUSES)
    if status in REDIRECTS and name != "Location" and chance(r, 0.7):
        said.append(("Location", target))
    asked = [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true"), ("Access-Control-Allow-Methods", "PUT")]
    plain = list(allow)
    r.shuffle(said)
    s.rule(url, "preflight", one(r, (2, 204), (1, status)) if on_preflight else 204, asked + said if on_preflight else asked)
    s.rule(url, "actual", 200 if on_preflight else status, plain if on_preflight else plain + said)
    for host in ("b.test:8102", "c.test:8103", host):
        for when in ("preflight", "actual"):
            s.rule(s.url(host, "1"), when, 200, asked)
    body = "x" if method == "POST" else None
    api = "xhr" if mode == "cors" and redirect == "follow" and chance(r, 0.15) else "fetch"
    if api == "xhr" and credentials == "omit":
        credentials = "same-origin"
    s.fetch(url, origin, method, api=api, mode=mode, credentials=credentials, redirect=redirect, body=body)


def controls(r, s):
    """A control byte in the value of a header, or in its name."""
    origin = r.choice(ORIGINS)
    mode = one(r, (6, "cors"), (1, "no-cors"))
    credentials = r.choice(CREDENTIALS)
    method = one(r, (4, "GET"), (3, "PUT" if mode == "cors" else "GET"))
    on_preflight = method == "PUT" and chance(r, 0.6)
    url = s.url("b.test:8102", "0")
    byte = r.choice(CONTROLS)
    name = one(
        r, (5, "Access-Control-Allow-Origin"), (1, "Access-Control-Allow-Credentials"), (1, "Access-Control-Allow-Methods"),
        (1, "Access-Control-Allow-Headers"), (1, "Access-Control-Expose-Headers"), (2, "X-A"), (1, "Access-Control-Max-Age"),
    )  # fmt: skip
    asked = {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Allow-Methods": "PUT",
        "Access-Control-Allow-Headers": "x-a",
        "Access-Control-Expose-Headers": "x-a",
        "X-A": "1",
        "Access-Control-Max-Age": "600",
    }
    text = asked[name]
    if name == "Access-Control-Allow-Origin" and chance(r, 0.5):
        text = r.choice(("http://c.test:8103", "https://a.test", "x", "null", "*", "a.test:8101", "http://", "foo:bar", "data:,x", "//x"))
    place = one(r, (3, 0), (3, len(text)), (6, lambda r: r.randrange(len(text) + 1)))
    spoilt = dict(asked)
    spoilt[name] = text[:place] + byte + text[place:]
    s.rule(url, "preflight", 204, list((spoilt if on_preflight else asked).items()))
    s.rule(url, "actual", 200, list((asked if on_preflight else spoilt).items()))
    s.fetch(url, origin, method, [("X-A", "1")] if method == "PUT" and chance(r, 0.3) else [], mode=mode, credentials=credentials)
