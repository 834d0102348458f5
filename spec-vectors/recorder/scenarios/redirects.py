"""Chains of redirects: what each hop sends, checks and drops."""

from .preflight import allow_credentials, allow_origin
from .words import CREDENTIALS, HOSTS, ORIGINS, REDIRECTS, REFERRER_POLICIES, chance, odd_byte, one

HEADERS = (
    [("X-A", "1")],
    [("Authorization", "x")],
    [("Content-Type", "application/json")],
    [("Content-Type", "text/plain")],
    [("Content-Language", "en(")],
    [("Content-Language", "en"), ("Content-Encoding", "x"), ("Content-Location", "x")],
    [("Range", "bytes=-5")],
    [("Range", "bytes=0-9223372036854775808")],
    [("Accept", "a(b")],
    [("Authorization", "x"), ("X-A", "1")],
    [("Content-Type", "application/json"), ("Authorization", "x")],
    [("DPR", "1")],
    [("Content-Language", "en"), ("Accept-Language", "en")],
)


def make(r, s):
    origin = r.choice(ORIGINS)
    method = one(r, (5, "GET"), (5, "POST"), (3, "PUT"), (1, "HEAD"), (1, "OPTIONS"), (1, "PATCH"), (1, "DELETE"), (2, "CHICKEN"), (0.5, "patch"))
    headers = r.choice(HEADERS) if chance(r, 0.5) else []
    content = one(r, (4, "x"), (2, "{}"), (1, {"urlencoded": "a=1"}), (1, {"blob": "x", "type": "text/plain"}), (3, None))
    if method in ("GET", "HEAD"):
        content = None
    credentials = r.choice(CREDENTIALS)
    redirect = one(r, (16, "follow"), (3, "manual"), (2, "error"))
    policy = r.choice(REFERRER_POLICIES) if chance(r, 0.2) else ""
    hops = one(r, (10, 1), (6, 2), (3, 3), (1, 4), (0.2, 19), (0.3, 20), (0.2, 21))
    if hops > 10:
        hosts = one(r, (3, ["b.test:8102"]), (1, ["b.test:8102", "c.test:8103"]), (1, ["a.test:8101"]))
        path = [hosts[i % len(hosts)] for i in range(hops + 1)]
    else:
        path = [one(r, (4, "b.test:8102"), (3, "a.test:8101"), (1.5, lambda r: r.choice(HOSTS))) for _ in range(hops + 1)]
    chain(r, s, origin, path, credentials)
    s.fetch(
        s.url(path[0], one(r, (15, "0"), (1, "0#f"))), origin, method, headers, credentials=credentials, body=content,
        redirect=redirect, referrer_policy=policy,
    )  # fmt: skip


def chain(r, s, origin, path, credentials, odd=True):
    """Rules for `path`, the hosts of the hops. A few of the rules have a mistake."""
    odd_at = r.randrange(len(path)) if odd and chance(r, 0.5) else None
    shown = origin
    for n, host in enumerate(path):
        here = f"http://{host}"
        url = s.url(host, n)
        if shown != "null" and n >= 2 and f"http://{path[n - 1]}" not in (origin, here):
            shown = "null"
        allow = allow_origin(r, shown, n == odd_at and chance(r, 0.3)) if chance(r, 0.97) else []
        if n and chance(r, 0.04):
            allow = [("Access-Control-Allow-Origin", r.choice((origin, "null", "*", here)))]
        if credentials == "include" or chance(r, 0.2):
            allow += allow_credentials(r, n == odd_at and chance(r, 0.2))
        asked = list(allow)
        if chance(r, 0.95):
            methods = "GET, PUT, POST, PATCH, DELETE, CHICKEN, OPTIONS, patch" if chance(r, 0.94) else r.choice(("GET", "*", "", "PUT"))
            names = "x-a,authorization,content-type,content-language,content-encoding,content-location,range,accept,dpr"
            if chance(r, 0.08):
                names = r.choice(("x-a", "*", "*,authorization", "authorization", "content-type", ""))
            asked += [("Access-Control-Allow-Methods", methods), ("Access-Control-Allow-Headers", names)]
        s.rule(url, "preflight", one(r, (40, 204), (1, 404), (0.5, 307), (3, 200)), asked)
        answer = list(allow)
        if n + 1 < len(path):
            status = r.choice(REDIRECTS)
            if len(path) > 10:
                status = r.choice((307, 308))
            target = s.url(path[n + 1], n + 1)
            lines = [target]
            if path[n + 1] == host and chance(r, 0.3):
                lines = [f"/{s.id}/{n + 1}"]
            if n == odd_at and chance(r, 0.75):
                lines = odd_location(r, s, target, here, n)
                if chance(r, 0.04):
                    status = r.choice((300, 304, 305, 306, 399, 200, 201, 404))
            answer += [("Location", line) for line in lines]
            if chance(r, 0.12):
                answer.append(("Referrer-Policy", r.choice(REFERRER_POLICIES + ("", "nonsense", "no-referrer, unsafe-url", "unsafe-url, x", "never"))))
            if chance(r, 0.08):
                r.shuffle(answer)
            s.rule(url, "actual", status, answer)
        else:
            s.rule(url, "actual", one(r, (20, 200), (1, 404), (1, 304), (1, 300), (1, 307), (1, 401), (0.5, 407)), answer)


def odd_location(r, s, target, here, n):
    """The `Location` lines of an unusual redirect."""
    bare = target.removeprefix("http://")
    host, _, rest = bare.partition("/")
    name, _, port = host.partition(":")
    other = s.url("b.test:8104", n + 1)
    # fmt: off
    return one(
        r,
        (2, [target, target]), (1, [target, target, target]), (2, [target, other]), (1, [target, ""]), (1, ["", target]), (1, ["", ""]),
        (1, [target, f"/{rest}"]), (1, [target, target + "#f"]), (1, [f" {target}", target]), (1, [f"{target}, {target}"]),
        (1, [f"{target},{other}"]), (1, []), (1, [""]), (1, [" "]),
        (2, [f"http://u:p@{bare}"]), (1, [f"http://u@{bare}"]), (1, [f"http://:p@{bare}"]), (1, [f"http://@{bare}"]), (1, [f"http://:@{bare}"]),
        (1, [f"//u:p@{bare}"]), (1, [f"http://u:p@{here.removeprefix('http://')}/{s.id}/{n + 1}"]), (1, [f"http://{name}@{bare}"]),
        (1, [f"//{bare}"]), (1, [f"///{bare}"]), (1, [f"\\\\{bare}"]), (1, [f"/\\{bare}"]), (1, [f"http:\\\\{bare}"]), (1, [f"http:/{bare}"]),
        (1, [f"http:{bare}"]), (1, [f"http:{n + 1}"]), (1, [f"{n + 1}"]), (1, [f"./{n + 1}"]), (1, [f"../{s.id}/{n + 1}"]), (1, [f"?{n + 1}"]), (1, [f"#{n + 1}"]),
        (1, [f"x/../{n + 1}"]), (1, [f"%2e/{n + 1}"]), (1, [f"{n + 1}#f"]), (1, [target + "#frag"]), (1, [target + "?q"]), (1, [target + "?#"]),
        (1, [target.upper()]), (1, [f"HTTP://{bare}"]), (1, [f"http://{host.upper()}/{rest}"]),
        (1, [f"http://{name}:0{port}/{rest}"]), (1, [f"http://%61.test:{port}/{rest}"]),
        (1, [f" {target} "]), (1, [f"\t{target}"]), (1, [f"{target}\t"]), (1, [f"http://{host}/{s.id}/{odd_byte(r).strip(chr(0) + chr(10) + chr(13)) or '1'}"]),
        (1, [f"{target}\u00e9"]), (1, [f"{target}\u00e9?\u00e9"]), (1, [f"{target}\xff"]), (1, [f"{target} x"]), (1, [f"{target}\\x"]), (1, [f"{target}\x01"]), (1, [f"{target}%"]),
        (1, [f"{target}|x"]), (1, [f'{target}"<>`{{}}']), (1, [f"{target}?'\"<>"]),
        (1, ["http://"]), (1, ["http:"]), (1, ["http://[::1"]), (1, ["http://a b/"]), (1, [f"http://{name}:x/{s.id}/1"]), (1, [f"http://{name}:99999/{s.id}/1"]),
        (1, [f"http://{name}:-1/{s.id}/1"]), (1, [f"http://exa%00mple/{s.id}/1"]), (1, [f"http://<x>/{s.id}/1"]), (1, [f"http://^/{s.id}"]), (1, ["//"]),
        (1, [f"http://{name}:1/{s.id}/1"]), (1, [f"http://{name}:22/{s.id}/1"]),
        (1, ["data:,x"]), (1, ["data:text/plain,x"]), (1, ["about:blank"]), (1, ["javascript:0"]), (1, ["foo:bar"]), (1, ["foo://x/y"]), (1, ["mailto:x"]),
        (1, ["file:///x"]), (1, ["ftp://a.test/x"]), (1, [f"ws://{bare}"]), (1, ["blob:http://a.test:8101/x"]), (1, ["blob:null/x"]), (1, ["filesystem:x"]),
        (1, ["view-source:x"]), (1, [f"<{target}>"]), (1, [f'"{target}"']), (1, [f"url={target}"]),
    )
    # fmt: on
