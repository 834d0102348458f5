"""The values that scenarios are made of, and how often each is chosen."""

HOSTS = ("a.test:8101", "b.test:8102", "c.test:8103", "a.test:8102", "b.test:8104")
ORIGINS = ["http://a.test:8101"] * 16 + ["null"] * 2 + ["http://b.test:8102", "http://c.test:8103"]
OTHER_HOSTS = ["b.test:8102"] * 8 + ["c.test:8103"] * 3 + ["a.test:8102"] * 3 + ["b.test:8104"] * 3
CREDENTIALS = ["same-origin"] * 4 + ["include"] * 4 + ["omit"] * 2
REFERRER_POLICIES = (
    "no-referrer",
    "no-referrer-when-downgrade",
    "origin",
    "origin-when-cross-origin",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
)
REDIRECTS = (301, 302, 303, 307, 308)

PLAIN_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "patch", "CHICKEN", "OPTIONS")
# fmt: off
ODD_METHODS = (
    "get", "Get", "gET", "head", "Head", "post", "pOsT", "put", "Put", "delete", "DeLeTe", "options", "OptIons",
    "Patch", "pATCH", "chicken", "eGg", "query", "QUERY", "REPORT", "PROPFIND", "M-SEARCH", "UNLOCK", "LINK", "*",
    "X-TRACK", "TRACED", "CONNECTX", "GETT", "GE", "G", "POSTS", "null", "!#$%&'*+-.^_`|~0z", "1", "-",
    "TRACE", "TrAcE", "TRACK", "track", "CONNECT", "connect",
    "", " GET", "GET ", "GET\t", "PUT\n", "PUT/1", "(PUT)", "PUT,GET", "P\u00dcT", "P\u0131T", "\u212aPUT",
)
AUTHOR_NAMES = (
    "X-A", "x-a", "X-B", "x-aa", "x-a-b", "X-AB", "X-A1", "x_a", "x_under", "x.dot", "x~a", "x|a", "x!bang", "x^a",
    "x`a", "x'a", "x-", "-", "$", "*", "1num", "~tilde", "Foo", "BAR", "x-Zed", "Authorization", "authorization",
    "Cache-Control", "Pragma", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range",
    "Last-Event-ID", "Content-Disposition", "Content-Encoding", "Content-Location", "Content-MD5",
    "X-Content-Type", "X-Requested-With", "X-Forwarded-For", "Forwarded", "From", "Link", "Location", "Server",
    "ETag", "Age", "Vary", "Warning", "Max-Forwards", "Traceparent", "Early-Data", "Priority", "Accept-Foo",
    "Acceptx", "Accept-Charsets", "Content-Types", "Ranges", "xa", "User-Agent", "Purpose", "Sec", "Proxyx",
    "Access-Control-Allow-Origin", "Access-Control-Max-Age", "Critical-CH", "Ping-From", "Ping-To", "Signature",
    "Upgrade-Insecure-Requests", "X-Http-Methods", "Set-Cookie2", "Cross-Origin-Resource-Policy", "Origin-Agent",
)
FORBIDDEN_NAMES = (
    "Accept-Charset", "Accept-Encoding", "Access-Control-Request-Headers", "Access-Control-Request-Method",
    "Access-Control-Request-Private-Network", "Connection", "Content-Length", "Cookie", "COOKIE", "Cookie2", "Date",
    "DNT", "Expect", "Host", "Keep-Alive", "Origin", "Referer", "Set-Cookie", "TE", "Trailer", "Transfer-Encoding",
    "Upgrade", "Via", "Proxy-X", "proxy-authorization", "Proxy-", "Sec-X", "sec-fetch-mode", "Sec-", "Sec-GPC",
    "Content-Transfer-Encoding",
)
BAD_NAMES = ("", " x", "x ", "a b", "a:b", "x,y", "x{}", "[x]", 'x"', "x=y", "x\n", "x\x00", "\u00e9", "\u0131")
HINTS = (
    "DPR", "Width", "Viewport-Width", "Device-Memory", "Downlink", "RTT", "ECT", "Save-Data", "Content-DPR",
    "Viewport-Height", "Lang", "Intervention", "Sec-CH-UA", "Sec-CH-UA-Mobile", "Sec-CH-UA-Platform", "Sec-CH-UA-Arch",
    "Sec-CH-UA-Model", "Sec-CH-UA-Full-Version", "Sec-CH-DPR", "Sec-CH-Width", "Sec-CH-Viewport-Width",
    "Sec-CH-Viewport-Height", "Sec-CH-Device-Memory", "Sec-CH-Prefers-Color-Scheme",
    "Sec-CH-Prefers-Reduced-Motion", "Sec-CH-Lang", "UA", "UA-Mobile",
)
HINT_VALUES = (
    "1", "0", "2", "100", "1.5", "0.25", "1.", ".5", ".", "1.2.3", "01", "1e3", "+1", "-1", " 1", "1 ", "1,1", "1;x",
    "x", "", "on", "ON", "On", "off", "on,on", "on;x", '"on"', "2g", "3g", "4g", "5g", "slow-2g", "Slow-2G", "3G", "4G",
    "?1", "99999999999999999999", "1" * 128, "1" * 129, "\u00e9", "1\t1", "\u0661", "bytes",
)
METHOD_HEADERS = ("X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override", "x-http-method")
METHOD_VALUES = (
    "GET", "TRACE", "trace", "TRACK", "CONNECT", "GET, track", "GET,TRACE", " TRACE ", "TRACE,", ",TRACE", '"TRACE"',
    "TRACE;q=1", "CONNECT GET", "GET\tTRACE", 'a", TRACE', "", "TRACEX", '"a, TRACE"', '"a", TRACE',
)
SAFELISTED = ("Accept", "Accept-Language", "Content-Language", "Content-Type", "Range")

MAX_AGES = (
    "0", "1", "2", "5", "10", "60", "600", "7200", "7201", "86400", "86401", "00", "00010", "+5", "-0", "-1", " 10 ",
    "\t60", "0 ", "", " ", "abc", "1.5", ".5", "1e3", "0x10", "1 0", "10,20", "10, 20", "10,10", "5,", ",5", ",", "10;",
    '"10"', "'10'", "10s", "\u00b2", "1\u00e9", "2147483647", "2147483648", "4294967295", "4294967296",
    "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616",
    "99999999999999999999", "99999999999999999999999", "-2147483649", "-9223372036854775808",
    "-9223372036854775809", "-99999999999999999999",
)
NUMBERS = (
    "0", "00", "000001", "1", "2", "5", "9", "10", "499", "2147483647", "2147483648", "4294967295", "4294967296",
    "9007199254740991", "9007199254740993", "9223372036854775806", "9223372036854775807", "9223372036854775808",
    "18446744073709551614", "18446744073709551615", "18446744073709551616", "99999999999999999999999", "0" * 100 + "1",
    "9" * 50, "9" * 110,
)
# fmt: on


def one(r, *choices):
    """One of (weight, value) pairs; a callable value is called with `r`."""
    value = r.choices([v for _, v in choices], [w for w, _ in choices])[0]
    return value(r) if callable(value) else value


def chance(r, p):
    return r.random() < p


def recased(r, name):
    return r.choice((name, name.lower(), name.upper()))


def origin_and_host(r, same_origin=0.05):
    origin = r.choice(ORIGINS)
    if origin != "null" and chance(r, same_origin):
        return origin, origin.removeprefix("http://")
    hosts = [h for h in OTHER_HOSTS if "http://" + h != origin]
    return origin, r.choice(hosts + (["a.test:8101"] * 2 if origin != "http://a.test:8101" else []))


def odd_byte(r):
    """A byte that a header's value may have; rarely one that it may not."""
    if chance(r, 0.04):
        return r.choice("\x00\r\n")
    while True:
        c = one(r, (5, lambda r: chr(r.randrange(1, 32))), (6, lambda r: chr(r.randrange(32, 127))), (2, lambda r: chr(r.randrange(127, 256))))
        if c not in "\r\n":
            return c


def list_soup(r, members):
    """A header's list of `members`, in one of many notations."""
    members = list(members)
    odd = one(
        r,
        (10, ""),
        (1, "a b"), (1, "@"), (1, "(x)"), (1, "x{}"), (1, "x-a;q=1"), (1, '"*"'), (1, "x/1"), (1, "[x]"), (1, "x:"),
        (1, "x="), (1, "\u00e9"), (1, "\xff\xfe"), (1, "\x01"), (1, "**"), (1, "*x"),
    )  # fmt: skip
    if odd:
        members.insert(r.randrange(len(members) + 1), odd)
    joint = one(r, (8, ", "), (6, ","), (1, " , "), (1, "\t,\t"), (1, ",,"), (1, ", ,"), (1, " "), (1, ";"))
    text = joint.join(members)
    return one(r, (12, text), (1, "," + text), (1, text + ","), (1, f" {text} "), (1, f"\t{text}"), (1, ", ," + text + ", ,"))


def in_lines(r, name, value):
    """The lines of a header whose list is `value`: one, or several, or with an empty one."""
    lines = [value]
    if chance(r, 0.12) and "," in value:
        lines = value.split(",")
    if chance(r, 0.06):
        lines.insert(r.randrange(len(lines) + 1), one(r, (3, ""), (1, " "), (1, value), (1, ",")))
    return [(one(r, (8, name), (1, name.lower()), (1, name.upper())), line) for line in lines]
