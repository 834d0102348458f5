"""What an answer to a preflight allows."""

from .values import plain_value
from .words import AUTHOR_NAMES, CREDENTIALS, HINTS, MAX_AGES, ODD_METHODS, PLAIN_METHODS, REDIRECTS
from .words import chance, in_lines, list_soup, one, origin_and_host, recased

# fmt: off
OK = (200, 201, 202, 203, 204, 205, 206, 207, 226, 250, 299)
NOT_OK = (300, 304, 305, 306, 399, 400, 401, 403, 404, 405, 407, 410, 418, 429, 451, 499, 500, 501, 502, 503, 511, 599, 600, 700, 999)
# fmt: on


def make(r, s):
    origin, host = origin_and_host(r, same_origin=0)
    url = s.url(host, "0")
    method = one(r, (5, lambda r: r.choice(PLAIN_METHODS)), (2, lambda r: r.choice(ODD_METHODS[:35])))
    headers = []
    for _ in range(one(r, (2, 0), (4, 1), (3, 2), (1, 3))):
        headers.append(one(
            r,
            (5, lambda r: ("X-A", "1")), (2, lambda r: ("x-Zed", "1")), (2, lambda r: ("x-B", "1")), (1, lambda r: ("*", "1")),
            (3, lambda r: (r.choice(("Authorization", "authorization")), "x")),
            (3, lambda r: ("Content-Type", r.choice(("application/json", "text/plain", "text/plain;x=(")))),
            (2, lambda r: ("Range", r.choice(("bytes=-5", "bytes=0-", "bytes=9223372036854775808-")))),
            (2, lambda r: (r.choice(("Accept", "Content-Language", "Accept-Language")), "a(b" * r.choice((1, 50)))),
            (1, lambda r: (r.choice(AUTHOR_NAMES), plain_value(r))),
            (1, lambda r: (r.choice(HINTS), r.choice(("1", "on", "x")))),
        ))  # fmt: skip
    if method in ("GET", "HEAD", "POST", "get", "post") and not headers:
        headers.append(("X-A", "1"))
    content = one(r, (3, None), (1, "x"), (1, "{}")) if method.upper() not in ("GET", "HEAD") else None
    credentials = r.choice(CREDENTIALS)
    redirect = one(r, (18, "follow"), (1, "manual"), (1, "error"))
    s.fetch(url, origin, method, headers, credentials=credentials, body=content, redirect=redirect)

    trouble = r.choice(("origin", "credentials", "methods", "headers", "lists", "status", "max-age", "none", "two", "lines"))
    lines = allow_origin(r, origin, trouble in ("origin", "two"))
    if credentials == "include" or chance(r, 0.4):
        lines += allow_credentials(r, trouble in ("credentials", "two"))
    lines += allow_methods(r, method, credentials, trouble in ("methods", "lists", "two"))
    lines += allow_headers(r, headers, credentials, trouble in ("headers", "lists", "two"))
    if trouble == "max-age" or chance(r, 0.1):
        lines += in_lines(r, "Access-Control-Max-Age", r.choice(MAX_AGES))
    if trouble == "lines":
        repeat(r, lines)
    status = one(r, (5, 204), (5, 200), (3, lambda r: r.choice(OK)))
    if trouble == "status" or chance(r, 0.05):
        status = one(r, (3, lambda r: r.choice(NOT_OK)), (1, lambda r: r.choice(REDIRECTS)))
        if status in REDIRECTS and chance(r, 0.7):
            lines.append(("Location", r.choice((url, s.url(host, "1"), "http://[::1", "", "data:,x", f"/{s.id}/1"))))
    if chance(r, 0.15):
        r.shuffle(lines)
    s.rule(url, "preflight", status, lines)
    answer = allow_origin(r, origin, chance(r, 0.05))
    if credentials == "include":
        answer += allow_credentials(r, chance(r, 0.05))
    s.rule(url, "actual", one(r, (9, 200), (1, 404), (1, 401)), answer)


def allow_origin(r, origin, odd):
    name = "Access-Control-Allow-Origin"
    if not odd:
        return [(name, one(r, (9, origin), (2, "*"), (1, f" {origin}"), (1, f"{origin}  \t")))]
    bare = origin.removeprefix("http://")
    value = one(
        r,
        (4, "*"), (2, "null"), (2, "http://b.test:8102"), (1, ""), (1, " "), (1, origin + "/"), (1, origin + "/x"), (1, bare),
        (1, origin.upper()), (1, origin.title()), (1, origin.replace("http", "HTTP")), (1, origin.replace("http", "https")),
        (1, origin + "0"), (1, origin[:-1]), (1, f"{origin}, {origin}"), (1, f"{origin},{origin}"), (1, f"{origin} {origin}"),
        (1, f"{origin}, *"), (1, f"*, {origin}"), (1, "*,*"), (1, "* *"), (1, "**"), (1, f"{origin},"), (1, f",{origin}"),
        (1, f"{origin};"), (1, f'"{origin}"'), (1, '"*"'), (1, "'*'"), (1, "http://*"), (1, "http://*.test:8101"), (1, "*.test"),
        (1, origin.replace(":8", ":08")), (1, origin + "#"), (1, origin + "?"), (1, "http://u@" + bare), (1, "http://u:p@" + bare),
        (1, "http:// " + bare), (1, "http:/" + bare), (1, "http:" + bare), (1, "//" + bare), (1, "http://a.test"), (1, "http://a.test:80"),
        (1, "http://a.test.:8101"), (1, "http://x." + bare), (1, "data:"), (1, "file://"), (1, "file:///x"), (1, "about:blank"),
        (1, "blob:" + origin), (1, "blob:null"), (1, "Null"), (1, "NULL"), (1, '"null"'), (1, "null,"), (1, "undefined"), (1, "true"),
        (1, "\u00e9"), (1, origin + "\u00e9"), (1, origin + "\x01"), (1, "http://[::1]"), (1, "http://[::1"), (1, "ws://" + bare),
        (1, "http://127.0.0.1:8101"), (1, "chrome-extension://x"), (1, "javascript:0"), (1, "filesystem:" + origin + "/"),
    )  # fmt: skip
    how = one(r, (12, "one"), (1, "none"), (1, "twice"), (1, "with"), (1, "empty before"), (1, "empty after"), (1, "only empty"))
    return {
        "one": [(name, value)],
        "none": [],
        "twice": [(name, origin), (name, origin)],
        "with": [(name, origin), (name.lower(), value)],
        "empty before": [(name, ""), (name, origin)],
        "empty after": [(name, origin), (name, one(r, (2, ""), (1, " ")))],
        "only empty": [(name, ""), (name, "")],
    }[how]


def allow_credentials(r, odd):
    name = "Access-Control-Allow-Credentials"
    if not odd:
        return [(name, one(r, (9, "true"), (1, " true "), (1, "true\t"), (1, "\ttrue")))]
    value = one(
        r,
        (1, "True"), (1, "TRUE"), (1, "false"), (1, ""), (1, "true;"), (1, "true,"), (1, "true,true"), (1, "true, true"), (1, ",true"),
        (1, '"true"'), (1, "1"), (1, "yes"), (1, "*"), (1, "t rue"), (1, "truex"), (1, "true\x01"), (1, "tru\u00e9"), (1, "true true"),
    )  # fmt: skip
    how = one(r, (8, "one"), (2, "none"), (1, "twice"), (1, "empty before"), (1, "empty after"), (1, "with"))
    return {
        "one": [(name, value)],
        "none": [],
        "twice": [(name, "true"), (name, "true")],
        "empty before": [(name, ""), (name, "true")],
        "empty after": [(name, "true"), (name, "")],
        "with": [(name, "true"), (name, value)],
    }[how]


def allow_methods(r, method, credentials, odd):
    name = "Access-Control-Allow-Methods"
    if not odd:
        how = one(r, (3, method), (2, f"{method}, PUT"), (2, f"GET, {method}"), (1, "*"))
        return [(name, how if how != "*" or credentials != "include" else method)]
    others = ["GET", "POST", "PUT", "DELETE", "PATCH", "patch", "REPORT", "*", method.lower(), method.upper(), method.title()]
    members = r.sample(others, r.randrange(0, 4))
    if chance(r, 0.5):
        members.insert(r.randrange(len(members) + 1), method)
    if chance(r, 0.06):
        members = ["DELETE", "GET", "REPORT"] * 40 + members
    if chance(r, 0.1):
        return []
    return in_lines(r, name, list_soup(r, members))


def allow_headers(r, headers, credentials, odd):
    name = "Access-Control-Allow-Headers"
    names = list(dict.fromkeys(n.lower() for n, _ in headers))
    if not odd:
        if not names:
            return [] if chance(r, 0.7) else [(name, "x-a")]
        how = one(r, (6, ",".join(names)), (2, ", ".join(names + ["x-other"])), (1, "*, Authorization"), (1, ", ".join(names).upper()))
        return [(name, how if how[0] != "*" or credentials != "include" else ",".join(names))]
    others = ["x-other", "X-Foo", "y", "x-a", "*", "authorization", "content-type", "range", "accept", "x-a*", "x-"]
    members = r.sample(others, r.randrange(0, 4))
    for n in names:
        if chance(r, 0.6):
            members.insert(r.randrange(len(members) + 1), r.choice((n, n, n.upper(), n.title())))
    if chance(r, 0.06):
        members = ["x-other", "X-Foo", "y"] * 40 + members
    if chance(r, 0.1):
        return []
    return in_lines(r, name, list_soup(r, members))


def repeat(r, lines):
    """Repeats one Access-Control line, unchanged, empty, or with another value."""
    places = [i for i, (name, _) in enumerate(lines) if name.lower().startswith("access-control-")]
    if not places:
        return
    at = r.choice(places)
    name, value = lines[at]
    extra = one(r, (3, ""), (2, value), (1, " "), (1, ","), (1, "*"), (1, "x"), (1, "\t"))
    lines.insert(r.choice((at, at + 1, len(lines))), (recased(r, name), extra))
