"""The preflight cache: what is kept, for which requests, how long, and which preflights it saves."""

from .words import CREDENTIALS, MAX_AGES, REDIRECTS, chance, one, origin_and_host

METHODS = ("DELETE", "patch", "PUT", "GET", "POST", "CHICKEN", "PATCH", "HEAD")
NAMES = ("X-A", "X-B", "X-C", "x-a", "Authorization", "Content-Type", "Range", "Accept")
VALUES = {"Content-Type": "application/json", "Range": "bytes=-5", "Accept": "a(b", "Authorization": "x"}
WILDCARDS = ("*", "x-a, *", "*, x-a", "x-a,*,x-b", "*, authorization", "authorization, *", "*, *", "X-A, *, x-a", "*,authorization,x-b", "**", "*, x-b, x-b")
METHOD_WILDCARDS = ("*", "PUT, *", "*, PUT", "DELETE, *, PUT", "*, *", "*, patch", "patch, *", "GET, *")


def make(r, s):
    one(
        r,
        (8, lambda r: mixed), (5, lambda r: wildcard), (3, lambda r: credentials_mix), (4, lambda r: ages), (3, lambda r: refresh),
        (2, lambda r: failures), (1.5, lambda r: moved), (1.5, lambda r: origins), (1, lambda r: urls), (1, lambda r: empties),
        (0.4, lambda r: eviction),
    )(r, s)  # fmt: skip


class Play:
    """A sequence of fetches of one URL, each with the server's answers to it."""

    def __init__(self, r, s):
        self.r = r
        self.s = s
        self.origin, host = origin_and_host(r, same_origin=0)
        self.host = host
        self.url = s.url(host, "0")

    def allow(self, origin=None, credentials=True):
        lines = [("Access-Control-Allow-Origin", origin or self.origin)]
        return lines + ([("Access-Control-Allow-Credentials", "true")] if credentials else [])

    def step(self, method, headers=(), credentials="same-origin", wait_ms=0, origin=None, url=None, **answers):
        """One fetch. `methods`, `names`, `age`: the preflight's answer, None for no such line."""
        n = len(self.s.fetches)
        url = url or self.url
        asked = self.allow(answers.get("allowed", origin))
        for name, key in (("Methods", "methods"), ("Headers", "names")):
            if answers.get(key) is not None:
                asked.append((f"Access-Control-Allow-{name}", answers[key]))
        for age in answers.get("ages", [answers["age"]] if answers.get("age") is not None else []):
            asked.append(("Access-Control-Max-Age", age))
        self.s.rule(url, "preflight", answers.get("preflight_status", 204), asked, n)
        answer = self.allow(answers.get("answer_allowed", answers.get("allowed", origin))) + answers.get("answer", [])
        self.s.rule(url, "actual", answers.get("status", 200), answer, n)
        self.s.fetch(url, origin or self.origin, method, headers, credentials=credentials, wait_ms=wait_ms)


def some_headers(r, names=NAMES, most=2):
    picked = r.sample(names, r.randrange(0, most + 1))
    return [(n, VALUES.get(n, "1")) for n in picked]


def mixed(r, s):
    """Any methods and headers, with one answer for all or one for each."""
    p = Play(r, s)
    credentials = r.choice(CREDENTIALS)
    method = r.choice(METHODS)
    names = r.sample(NAMES, r.randrange(1, 4))

    def answer():
        return {
            "methods": one(r, (4, method), (2, "PUT,put,DELETE,PATCH,patch,GET,POST"), (1, "*"), (1, ""), (1, "GET, HEAD"), (1, None)),
            "names": one(r, (4, ",".join(names).lower()), (2, "x-a,x-b,x-c,authorization,content-type,range,accept"), (1, "*"), (1, "x-a"), (1, None)),
            "age": one(r, (3, None), (3, "60"), (2, "600"), (1, "0"), (0.5, "5")),
        }  # fmt: skip

    same = answer() if chance(r, 0.6) else None
    for n in range(r.randrange(2, 5)):
        headers = [(k, VALUES.get(k, "1")) for k in names[: r.randrange(0, len(names) + 1)]] if chance(r, 0.7) else some_headers(r)
        if n and chance(r, 0.15):
            credentials = r.choice(CREDENTIALS)
        p.step(method if chance(r, 0.7) else r.choice(METHODS), headers, credentials, **(same or answer()))


def wildcard(r, s):
    """A cached `*`, alone or beside names, stored and looked up in either credentials mode."""
    p = Play(r, s)
    stored = one(r, (3, "same-origin"), (3, "include"), (1, "omit"))
    methods = one(r, (2, "PUT"), (2, lambda r: r.choice(METHOD_WILDCARDS)))
    names = one(r, (4, lambda r: r.choice(WILDCARDS)), (1, "x-a"))
    age = one(r, (2, "60"), (1, None))
    first = one(r, (4, [("X-A", "1")]), (1, []), (1, [("Authorization", "x")]), (1, [("X-B", "1")]), (1, [("X-A", "1"), ("Authorization", "x")]))
    p.step(one(r, (4, "PUT"), (1, "DELETE"), (1, "GET"), (1, "patch")), first, stored, methods=methods, names=names, age=age)
    for _ in range(r.randrange(1, 4)):
        headers = one(r, (3, first), (2, [("X-B", "1")]), (1, [("Authorization", "x")]), (1, []), (1, [("*", "1")]), (1, [("X-A", "1"), ("X-C", "1")]))
        credentials = one(r, (2, stored), (1, "same-origin"), (1, "include"))
        again = {"methods": methods, "names": names} if chance(r, 0.8) else {"methods": "PUT, DELETE, patch", "names": "x-a, x-b, x-c, authorization, *"}
        p.step(one(r, (4, "PUT"), (2, "DELETE"), (1, "GET"), (1, "patch"), (0.5, "*")), headers, credentials, age=age, **again)


def credentials_mix(r, s):
    """One URL with and without credentials."""
    p = Play(r, s)
    method, headers = r.choice(METHODS), some_headers(r, ("X-A", "X-B", "Authorization"))
    if method in ("GET", "HEAD", "POST") and not headers:
        headers = [("X-A", "1")]
    answers = {"methods": "PUT,DELETE,PATCH,patch,CHICKEN", "names": "x-a,x-b,authorization", "age": one(r, (1, "60"), (1, None))}
    for _ in range(r.randrange(2, 5)):
        p.step(method, headers, r.choice(("same-origin", "include", "omit", "include")), **answers)


def ages(r, s):
    """Every kind of max-age, in some scenarios looked up after it should have expired."""
    p = Play(r, s)
    age = r.choice(MAX_AGES)
    given = one(r, (6, [age]), (1, [age, age]), (1, [age, "60"]), (1, ["", age]), (1, ["60", ""]), (0.5, []))
    method, headers = r.choice((("PUT", []), ("GET", [("X-A", "1")]), ("DELETE", [("X-A", "1")])))
    answers = {"methods": "PUT,DELETE", "names": "x-a", "ages": given}
    p.step(method, headers, **answers)
    if chance(r, 0.5):
        p.step(method, headers, **answers)
    waits = {"1": 1600, "2": 2600}.get(age, 6000)
    if chance(r, 0.6):
        p.step(method, headers, wait_ms=r.choice((waits, 1500, 6000)), **answers)
    else:
        p.step(method, headers, **answers)


def refresh(r, s):
    """A second preflight of a URL with an entry: what happens to the older names and their time."""
    p = Play(r, s)
    short, long = one(r, (3, ("2", "60")), (2, ("60", "2")), (1, ("60", "0")), (1, ("60", "60")), (1, ("4", "4")), (1, ("60", "abc")))
    names = one(r, (2, ("x-a", "x-a,x-b")), (2, ("x-a", "x-b")), (1, ("x-a,x-b", "x-b")), (1, ("x-a", "*")), (1, ("*", "x-b")))
    methods = one(r, (3, ("PUT", "PUT")), (1, ("PUT", "DELETE")), (1, ("PUT", "PUT,DELETE")), (1, ("PUT", "")), (1, ("*", "PUT")))
    credentials = r.choice(("same-origin", "include"))
    if credentials == "include":
        names = tuple(n.replace("*", "x-a,x-b") for n in names)
        methods = tuple(m.replace("*", "PUT") for m in methods)
    p.step("PUT", [("X-A", "1")], credentials, methods=methods[0], names=names[0], age=short)
    second = {"methods": methods[1], "names": names[1], "age": long}
    p.step(one(r, (3, "PUT"), (1, "DELETE"), (1, "GET")), [("X-B", "1")], credentials, wait_ms=one(r, (3, 0), (1, 1700)), **second)
    for _ in range(r.randrange(1, 3)):
        wait = one(r, (2, 0), (2, 2600), (1, 1700))
        p.step(one(r, (4, "PUT"), (1, "DELETE")), one(r, (2, [("X-A", "1")]), (2, [("X-B", "1")]), (1, [])), credentials, wait_ms=wait, **second)


def failures(r, s):
    """An answer or a preflight that fails between two fetches."""
    p = Play(r, s)
    credentials = r.choice(CREDENTIALS)
    method, headers = r.choice((("PUT", []), ("GET", [("X-A", "1")]), ("DELETE", [("X-A", "1")])))
    good = {"methods": "PUT,DELETE", "names": "x-a", "age": one(r, (3, "60"), (1, None))}
    bad = one(
        r,
        (3, {"answer_allowed": "http://x.test"}), (1, {"status": 404}), (1, {"status": 304}), (1, {"status": 401}),
        (1, {"status": 302, "answer": [("Location", "http://[::1")]}), (1, {"status": 302}),
        (1, {"status": 307, "answer": [("Location", p.s.url("c.test:8103", "9"))]}),
        (2, {"preflight_status": 404}), (2, {"allowed": "http://x.test"}), (1, {"methods": "a b"}), (1, {"names": "a b"}),
    )  # fmt: skip
    bad = {**good, **bad}
    if chance(r, 0.7):
        p.step(method, headers, credentials, **good)
    more = headers + ([("X-B", "1")] if chance(r, 0.4) else [])
    p.step(method, more, credentials, **bad)
    for _ in range(r.randrange(1, 3)):
        p.step(method, headers, credentials, **good)


def moved(r, s):
    """A redirect to or from a URL with an entry."""
    p = Play(r, s)
    other = s.url(r.choice(("b.test:8104", "c.test:8103", "b.test:8102", p.host)), "1")
    credentials = r.choice(("same-origin", "include"))
    answers = {"methods": "PUT,DELETE", "names": "x-a", "age": "60"}
    status = r.choice(REDIRECTS)
    order = one(r, (2, (other, p.url, p.url)), (2, (p.url, p.url, other)), (1, (p.url, other, p.url)))
    for n, url in enumerate(order):
        to = [("Location", other)] if url == p.url else []
        allowed = one(r, (5, None), (1, "*"), (1, "null"))
        step = {**answers, "allowed": None}
        p.step("PUT", [("X-A", "1")], credentials, url=url, **step, status=status if to else 200, answer=to)
        if to:
            rest = p.allow(allowed or p.origin) + [("Access-Control-Allow-Methods", "PUT,GET"), ("Access-Control-Allow-Headers", "x-a"), ("Access-Control-Max-Age", "60")]
            s.rule(other, "preflight", 204, rest, n)
            s.rule(other, "actual", 200, p.allow(allowed or p.origin), n)


def origins(r, s):
    """Two pages, or an opaque one, that fetch the same URL."""
    p = Play(r, s)
    pages = one(r, (3, ("http://a.test:8101", "http://b.test:8102")), (3, ("null", "null")), (2, ("null", "http://a.test:8101")), (1, ("http://a.test:8101", "http://c.test:8103")))
    host = next(h for h in ("c.test:8103", "a.test:8102", "b.test:8104") if f"http://{h}" not in pages)
    p.url = s.url(host, "0")
    credentials = r.choice(("same-origin", "include"))
    star = credentials != "include" and chance(r, 0.4)
    for n in range(r.randrange(2, 5)):
        page = pages[n % 2] if chance(r, 0.8) else r.choice(pages)
        p.step("PUT", some_headers(r, ("X-A",), 1), credentials, origin=page, allowed="*" if star else page, methods="PUT", names="x-a", age=one(r, (3, "60"), (1, None)))


def urls(r, s):
    """URLs that are nearly the same, and long ones."""
    p = Play(r, s)
    base = p.url
    size = r.choice((1000, 1022, 1023, 1024, 1025, 1100, 2100))
    long = base + "?" + "x" * (size - len(base) - 1)
    pairs = one(
        r,
        (3, (long, long)), (1, (base + "#f", base)), (1, (base, base + "#f")), (1, (base + "#f", base + "#g")), (1, (base + "#", base)),
        (1, (base + "?", base)), (1, (base + "?q", base)), (1, (base, base + "/")), (1, (base.replace(".test", ".TEST"), base)),
        (1, (base.replace("/0", "/x/../0"), base)), (1, (base + "#f", base + "#f")),
    )  # fmt: skip
    for url in pairs + (pairs[0],):
        plain = url.split("#")[0].replace("/x/../", "/").replace(".TEST", ".test")
        n = len(s.fetches)
        p.step("PUT", [("X-A", "1")], url=url, methods="PUT", names="x-a", age="60")
        for rule in s.server:
            if rule["fetch"] == n:
                rule["url"] = plain


def empties(r, s):
    """Lists that are empty or absent, also where that allows the method of the preflight."""
    p = Play(r, s)
    first = {"methods": one(r, (1, None), (1, ""), (1, ","), (1, " "), (1, "GET")), "names": one(r, (3, "x-a"), (1, ""), (1, None)), "age": "60"}
    start = r.choice(("GET", "POST", "HEAD"))
    p.step(start, [("X-A", "1")], **{**first, "names": "x-a"})
    p.step(r.choice(("GET", "POST", "HEAD", "PUT")), [("X-A", "1")], **first)
    p.step(r.choice(("GET", "POST", "HEAD", "PUT")), one(r, (2, [("X-A", "1")]), (1, [])), **{**first, "methods": "PUT"})


def eviction(r, s):
    """About as many entries as Firefox keeps; early ones are looked up again, or used meanwhile."""
    p = Play(r, s)
    others = r.choice((98, 99, 100, 101, 102, 110))
    warm = r.choice((None, None, 30, 60))
    # In the other scenarios the later half expires early, and its entries may be evicted before the others.
    dying = range(50, 90) if chance(r, 0.4) else ()
    credentials = r.choice(("same-origin", "include"))

    def ask(n, wait_ms=0):
        age = "1" if n in dying else "600"
        url = s.url(p.host, f"{n}")
        p.step("PUT", credentials=credentials, url=url, wait_ms=wait_ms, methods="PUT", age=age)

    for n in range(others + 1):
        ask(n, 1600 if dying and n == dying[-1] + 1 else 0)
        if n == warm:
            ask(0)
    for n in r.sample((0, 1, 2, 3, others - 1, others), 3):
        ask(n)
