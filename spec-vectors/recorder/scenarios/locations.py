"""Values of `Location` other than HTTP URLs, in each mode and redirect mode; and characters of URLs."""

from .words import CREDENTIALS, ORIGINS, REDIRECTS, chance, one

# fmt: off
SCHEMES = (
    "ws://{bare}", "wss://{bare}", "ftp://b.test/x", "ftps://b.test/x", "file:///x", "file://b.test/x", "data:,x", "data:text/plain,x",
    "about:blank", "about:config", "about:srcdoc", "about:x", "blob:http://b.test:8102/x", "blob:http://a.test:8101/x", "blob:null/x", "blob:x",
    "filesystem:http://b.test:8102/temporary/x", "filesystem:x", "javascript:0", "view-source:http://b.test:8102/", "view-source:x",
    "chrome://settings/", "chrome:x", "chrome-extension://abcdefghijklmnopabcdefghijklmnop/x", "chrome-untrusted://x/", "chrome-search://x/", "devtools://x/",
    "resource://gre/x", "resource:x", "moz-extension://d0d0d0d0-0000-0000-0000-000000000000/x", "moz-icon://x.txt", "moz-icon:x", "moz-page-thumb://x",
    "jar:http://b.test:8102/x!/y", "jar:x", "safari-web-extension://x/y", "mailto:x", "tel:1", "sms:1", "urn:x:y", "foo:bar", "foo://x/y", "foo:/x",
    "foo:", "web+foo:x", "wyciwyg://x", "intent://x", "android-app://x", "content://x/y", "cid:x", "ssh://x/", "irc://x/", "news:x", "nntp://x/",
    "magnet:?x", "bitcoin:x", "isolated-app://x/", "uuid-in-package:x", "about+x:y", "x-y.z+1:w", "http2://x/", "httpss://x/", "indexeddb://x",
    "page-icon:http://x/", "cached-favicon:http://x/", "moz-anno:favicon:http://x/", "moz-fonttable://x", "moz-src:///x", "view-source+x:y",
    "DATA:,x", "Javascript:0", "ABOUT:blank", "BLOB:null/x", "JAR:x", "WS://{bare}",
)
URLS = (
    "http://u@{bare}", "http://:p@{bare}", "http://[::1", "http://a b/", "http://", "//", "http://{host}:99999/", "", " ", "{url}^x", "{url}?^|", "{url}|x",
    "{url}#x", "{url}?x y", "{url}\x01x", "{url}x\x7f", "{url}\t", "{url}\x0b", "\x01{url}", "{url}?\x1f", "{url}%00", "{url}\x00", "{url}\xe9", "{url}?\xe9",
    "{url}[x]", "{url}`x`", "{url}{x}", "{url}\"x\"", "{url}<x>", "{url}'x'", "{url}\\x", "{url}?\"<>`{}|^'\\[]", "{url}#`^|{}\"<>", "{url}%zz",
)
# fmt: on
CHARACTERS = [chr(n) for n in range(0x20, 0x7F)] + ["\t", "\u00e9", "\u20ac", "%", "%5e", "%7C"]


def make(r, s):
    one(r, (8, lambda r: location), (2, lambda r: fetched), (3, lambda r: of_preflight))(r, s)


def allow(r, origin, credentials):
    lines = [("Access-Control-Allow-Origin", origin)] if chance(r, 0.7) else []
    if credentials == "include":
        lines.append(("Access-Control-Allow-Credentials", "true"))
    return lines


def filled(r, text, url):
    bare = url.removeprefix("http://")
    return text.replace("{url}", url).replace("{bare}", bare).replace("{host}", bare.partition("/")[0])


def location(r, s):
    """A redirect, at the first or the second hop."""
    origin = r.choice(ORIGINS)
    mode = one(r, (5, "cors"), (3, "no-cors"), (2, "same-origin"))
    hosts = ["b.test:8102"] * 3 + ["a.test:8101"]
    if mode == "same-origin" and origin != "null":
        hosts = [origin.removeprefix("http://")]
    credentials = r.choice(CREDENTIALS)
    redirect = one(r, (6, "follow"), (2, "manual"), (2, "error"))
    if mode == "no-cors" and chance(r, 0.8):
        redirect = "follow"
    method = one(r, (4, "GET"), (2, "POST"), (1, "HEAD"), (2, "PUT" if mode != "no-cors" else "GET"))
    status = r.choice(REDIRECTS)
    host = r.choice(hosts)
    hops = one(r, (4, 1), (1, 2))
    for n in range(hops):
        url = s.url(host, n)
        lines = allow(r, origin, credentials)
        asked = [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true"), ("Access-Control-Allow-Methods", "PUT")]
        s.rule(url, "preflight", 204, asked)
        next_host = r.choice(hosts)
        target = s.url(next_host, n + 1)
        if n + 1 == hops:
            words = [filled(r, r.choice(SCHEMES if chance(r, 0.7) else URLS), target)]
            if chance(r, 0.05):
                words.append(one(r, (1, words[0]), (1, target), (1, "")))
        else:
            words = [target]
        s.rule(url, "actual", status, lines + [("Location", word) for word in words])
        host = next_host
    for when in ("preflight", "actual"):
        s.rule(s.url(host, hops), when, 200, [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true"), ("Access-Control-Allow-Methods", "PUT")])
    body = one(r, (1, "x"), (1, None)) if method in ("POST", "PUT") else None
    s.fetch(s.url(s.server[0]["url"].split("/")[2], "0"), origin, method, mode=mode, credentials=credentials, redirect=redirect, body=body)


def fetched(r, s):
    """A URL of the page, with a character that may be percent-encoded."""
    origin = r.choice(ORIGINS)
    odd = "".join(r.choice(CHARACTERS) for _ in range(one(r, (3, 1), (1, 2)))) if chance(r, 0.6) else r.choice("|^`{}'[]\\\"<>~")
    place = one(r, (4, "0{}x"), (1, "0{}/x"), (2, "0?{}x"), (1, "0#{}x"))
    url = s.url("b.test:8102", place.replace("{}", odd))
    if any(part in (".", "..") or part.lower() in ("%2e", "%2e%2e") for part in odd.split("/")) or "/" in odd:
        url = s.url("b.test:8102", "0|x")
    method = one(r, (3, "GET"), (1, "PUT"))
    again = chance(r, 0.2)
    for _ in range(2 if again else 1):
        s.fetch(url, origin, method, mode="cors" if method == "PUT" else one(r, (2, "cors"), (1, "no-cors")))


def of_preflight(r, s):
    """A preflight that redirects: its CORS check, its status, its `Location`."""
    origin = r.choice(ORIGINS)
    credentials = r.choice(CREDENTIALS)
    redirect = one(r, (8, "follow"), (1, "manual"), (1, "error"))
    url, target = s.url("b.test:8102", "0"), s.url(r.choice(("b.test:8102", "a.test:8101", "c.test:8103")), "1")
    asked = []
    if chance(r, 0.6):
        asked.append(("Access-Control-Allow-Origin", one(r, (5, origin), (1, "*"), (1, "null"), (1, "http://c.test:8103"), (1, ""), (0.5, f"{origin}, *"))))
    if chance(r, 0.05):
        asked.append(asked[0] if asked else ("Access-Control-Allow-Origin", ""))
    if chance(r, 0.5):
        asked.append(("Access-Control-Allow-Credentials", one(r, (5, "true"), (1, "True"), (1, "false"))))
    asked.append(("Access-Control-Allow-Methods", "PUT"))
    words = one(
        r,
        (5, [target]), (1, []), (1, [""]), (1, [target, target]), (2, [target, target + "x"]), (1, ["", target]), (1, [target, ""]),
        (2, lambda r: [filled(r, r.choice(URLS), target)]), (3, lambda r: [filled(r, r.choice(SCHEMES), target)]),
    )  # fmt: skip
    status = r.choice(REDIRECTS) if chance(r, 0.9) else r.choice((300, 304, 305, 399, 200, 404))
    s.rule(url, "preflight", status, asked + [("Location", word) for word in words])
    for when in ("preflight", "actual"):
        s.rule(target, when, 200, [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true"), ("Access-Control-Allow-Methods", "PUT")])
    s.rule(url, "actual", 200, [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true")])
    s.fetch(url, origin, "PUT", credentials=credentials, redirect=redirect)
