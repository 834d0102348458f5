"""Bodies whose `Content-Type` XMLHttpRequest rewrites, and streams."""

from .words import chance, one

ESSENCES = ("text/plain", "Text/Plain", "application/x-www-form-urlencoded", "text/html", "application/json", "multipart/form-data", "text", "text/plain ")
CHARSETS = ("latin1", '"latin1"', "UTF-8", "utf-8", '"utf-8"', '"UTF\\-8"', "", '""', " utf-8", "utf8", '"a b"', '"latin1', '"latin1"x', "a,b", "utf-8 ")
MORE = ("", ";a=b c", ";a=b", ';A="b"', ";charset=x", ";a=", ";a", ';a="\\"\\\\"', ";a=b;A=c", ";=x", "; b=1 ;c=(", ";a=\u00e9", ";a=" + "x" * 120, ";;a=b")
BODIES = (
    (5, "text"), (3, {"urlencoded": [["a", "b"]]}), (2, {"document": "text/html"}), (2, {"document": "application/xml"}),
    (1, {"blob": "x", "type": "text/plain;charset=latin1"}), (0.5, None),
)  # fmt: skip


def content_type(r):
    charset = f";{r.choice(('charset', 'Charset', 'charset ', ' charset'))}={r.choice(CHARSETS)}" if chance(r, 0.9) else ""
    parts = [charset, r.choice(MORE)]
    if chance(r, 0.3):
        parts.reverse()
    return r.choice(ESSENCES[:4] if chance(r, 0.7) else ESSENCES) + "".join(parts)


def make(r, s):
    origin = "http://a.test:8101"
    url = s.url("b.test:8102", "0")
    allow = [("Access-Control-Allow-Origin", origin)]
    s.rule(url, "preflight", 204, allow + [("Access-Control-Allow-Headers", "content-type")])
    s.rule(url, "actual", 200, allow)
    if chance(r, 0.1):
        headers = [("Content-Type", r.choice(("text/plain", "text/plain;charset=latin1;a=b c")))] if chance(r, 0.4) else []
        s.fetch(url, origin, "POST", headers, api=r.choice(("fetch", "xhr")), body={"stream": "text"})
        return
    headers = [("Content-Type", content_type(r))]
    if chance(r, 0.1):
        headers.append(("content-type", r.choice(("", "a=b", ";charset=x", '"'))))
    if chance(r, 0.1):
        headers = []
    s.fetch(url, origin, "POST", headers, api=one(r, (9, "xhr"), (1, "fetch")), body=one(r, *BODIES))
