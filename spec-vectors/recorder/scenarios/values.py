"""Values, usual and odd, that a page may give to safelisted headers."""

from .words import AUTHOR_NAMES, BAD_NAMES, FORBIDDEN_NAMES, HINT_VALUES, HINTS, METHOD_HEADERS, METHOD_VALUES
from .words import NUMBERS, SAFELISTED, chance, odd_byte, one, recased

ESSENCES = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")
# fmt: off
OTHER_TYPES = (
    "application/json", "text/xml", "text/html", "text/javascript", "multipart/mixed", "*/*", "a", "/", "/plain", "text/",
    "text", "text/plainx", "xtext/plain", "text/plain/x", "text /plain", "text/ plain", "text\t/plain", "text//plain",
    "text/pl\u00e4in", "text/plain+x", "application/csp-report", "application/reports+json", "application/expect-ct-report+json",
    "application/ocsp-request", "application/octet-stream", "", " ", ";text/plain", ",text/plain", "text/plain x",
    "text/plain, application/json", "application/json, text/plain", "text/plain,text/plain", "text/plain,", "text/plain\x0c",
    "text/plain\x0b", "text/plain:", "text/plain\\", '"text/plain"', "(text/plain)", "text/plain (x)",
)
PARAMETERS = (
    ";", ";;", "; ;", ";charset=utf-8", ";CHARSET=UTF-8", "; charset=utf-8", " ; charset=utf-8", ";charset", ";charset=",
    ";charset=;", ";=", ";=x", ";charset =utf-8", ";charset= utf-8", ';charset="utf-8"', ';charset="utf-8', ';charset=""',
    ';charset="\\u"', ';a="b;c"', ';a="b,c"', ";a='b'", ';a=b"c', ';a="b"c', ";a=b,c", ";a=b c", ";a=b=c", ";a=b;a=c",
    ";a/b=c", ";a b=c", ";@=c", ";a=@", ";\u00e9=x", ";x=\u00e9", ";x=\xff", ";boundary=x", ';boundary="a b"', "; boundary=----x",
    ";charset=utf-8,", ";charset=utf-8, text/plain", ",;charset=utf-8", ";charset=windows-1252", ";charset=x-unknown", ";a=(b)",
    ";a={b}", ";a=<b>", ";a=[b]", ";a=b/c", ";a=b?c", ";a=b:c", ";a=b\\c", ";a=\t", ";\ta=b", ";a\t=b", ";a=b\t", ";a=\"b\tc\"",
)
PIECES = (";", ";", "=", "=", '"', "\\", ",", " ", "\t", "a", "b", "charset", "utf-8", "x", "/", "\u00e9", "(", ")", "'", "text/plain")
ACCEPTS = (
    "*/*", "text/html", "text/html;q=0.9,*/*;q=0.8", "application/json, text/plain", "image/*", "a b", ",", ";q=1", "", " ",
    'text/html; charset="x"', "text/html ", "\u00e9", "a,b", "[a]", "{a}", "a@b", "a:b", "(a)", "<a>", "a?b", "a\\b",
)
LANGUAGES = (
    "en", "EN", "en-US", "en-US,en;q=0.9", "de;q=0.5", "*", "zh-Hant.TW", "0123456789", "en_US", "en/US", "en us", "en+", "en =",
    "en, de", "en; q=0.8", "en@", "en!", "en'us", 'en"', "en(x)", "en:de", "en&de", "en|de", "~", "%65n", "\u00e9", "", " ", "x\x01",
)
RANGES = (
    "bytes=0-", "bytes=0-5", "bytes=-5", "bytes=-", "bytes=", "bytes", "bytes=0", "bytes=5-2", "bytes=2-2", "bytes=10-9",
    "bytes=9-10", "Bytes=0-", "BYTES=0-5", "bytes =0-5", "bytes = 0-", "bytes= 0-5", "bytes=0 - 5", "bytes=0- 5", "bytes=0 -5",
    "bytes\t=0-", "bytes=0-\t5", " bytes=0-5", "bytes=0-5 ", "bytes=0-5,", "bytes=0-1,2-3", "bytes=0-1, 2-3", "bytes==0-5",
    "bytes:0-5", "=0-5", "items=0-5", "bytes=a-b", "bytes=0x1-0x2", "bytes=+1-2", "bytes=1-+2", "bytes=0--1", "bytes=-0",
    "bytes=1-10;x", "bytes=1-2\u00e9", "bytes=1.0-2", "bytes=1_0-20", "bytes=\u0661-", "", " ", "a", "bytes=0-5\x01",
)
# fmt: on
LENGTHS = (1, 31, 60, 100, 126, 127, 128, 129, 130, 200, 256, 512, 1024, 1025)


def content_type(r):
    def soup(r):
        return r.choice(ESSENCES) + ";" + "".join(r.choice(PIECES) for _ in range(r.randrange(1, 8)))

    return one(
        r,
        (4, lambda r: recased(r, r.choice(ESSENCES))),
        (5, lambda r: r.choice(ESSENCES[:2]) + r.choice(PARAMETERS)),
        (2, lambda r: r.choice(ESSENCES) + r.choice(PARAMETERS) + r.choice(PARAMETERS)),
        (4, soup),
        (5, lambda r: r.choice(OTHER_TYPES)),
        (3, lambda r: f"text/plain;x=a{odd_byte(r)}b"),
        (2, lambda r: f"text/plain{odd_byte(r)}"),
        (1, lambda r: f"{odd_byte(r)}text/plain"),
        (1, lambda r: f'text/plain;x="a{odd_byte(r)}b"'),
        (1, lambda r: f"text/plain;{odd_byte(r)}=b"),
        (2, lambda r: "text/plain;a=" + "a" * (r.choice((100, 127, 128, 129, 150)) - 13)),
        (1, lambda r: "text/plain" + ";" * r.choice((100, 118, 119))),
    )


def byte_range(r):
    return one(
        r,
        (8, lambda r: r.choice(RANGES)),
        (4, lambda r: f"bytes={r.choice(NUMBERS)}-{r.choice(NUMBERS)}"),
        (2, lambda r: f"bytes={r.choice(NUMBERS)}-"),
        (1, lambda r: f"bytes=-{r.choice(NUMBERS)}"),
        (2, lambda r: f"bytes=0-5{odd_byte(r)}"),
        (1, lambda r: f"bytes={odd_byte(r)}0-5"),
        (1, lambda r: f"bytes=0{odd_byte(r)}-5"),
    )


def safelisted_value(r, name):
    name = name.lower()
    if name == "content-type":
        return content_type(r)
    if name == "range":
        return byte_range(r)
    words = ACCEPTS if name == "accept" else LANGUAGES
    return one(
        r,
        (6, lambda r: r.choice(words)),
        (5, lambda r: f"a{odd_byte(r)}b"),
        (2, lambda r: odd_byte(r)),
        (1, lambda r: f"a{odd_byte(r)}"),
        (3, lambda r: "a" * r.choice(LENGTHS)),
    )


def plain_value(r):
    return one(
        r,
        (8, "1"), (2, "2"), (1, ""), (1, " "), (1, "a b"), (1, "\t abc \t"), (1, "\u00e9"), (1, "a" * 200),
        (0.3, "a\nb"), (0.3, "a\r\nb"), (0.3, "abc\r\n"), (0.3, "\nabc"), (0.3, "a\x00b"), (0.3, "\u0161"), (0.5, "a\x01b"),
    )  # fmt: skip


def author_header(r):
    def safelisted(r):
        name = r.choice(SAFELISTED)
        return recased(r, name), safelisted_value(r, name)

    return one(
        r,
        (12, safelisted),
        (6, lambda r: (r.choice(AUTHOR_NAMES), plain_value(r))),
        (5, lambda r: (recased(r, r.choice(HINTS)), r.choice(HINT_VALUES))),
        (1.5, lambda r: (r.choice(FORBIDDEN_NAMES), plain_value(r))),
        (1, lambda r: (r.choice(METHOD_HEADERS), r.choice(METHOD_VALUES))),
        (0.5, lambda r: (r.choice(BAD_NAMES), "1")),
    )


def author_headers(r):
    """A list of (name, value), in some scenarios with repeated names."""
    if chance(r, 0.05):
        return long_total(r)
    headers = [author_header(r) for _ in range(one(r, (1, 0), (8, 1), (6, 2), (4, 3), (2, 4)))]
    if headers and chance(r, 0.15):
        name, value = r.choice(headers)
        if name.lower() in (n.lower() for n in SAFELISTED):
            value = safelisted_value(r, name)
        headers.append((recased(r, name), value))
    return headers


def long_total(r):
    """Safelisted values whose lengths add up to about 1024."""
    headers, total = [], 0
    aim = r.choice((1000, 1022, 1023, 1024, 1025, 1026, 1100))
    names = r.sample(SAFELISTED[:3], r.randrange(1, 4))
    while total < aim:
        size = min(r.choice((100, 127, 128)), aim - total)
        headers.append((r.choice(names), "a" * size))
        total += size
    if chance(r, 0.3):
        headers.append(("X-A", "1"))
    return headers


def body(r):
    return one(
        r,
        (6, "x"), (2, "{}"), (2, ""), (1, "some text"), (2, lambda r: {"urlencoded": "a=1"}), (1, lambda r: {"urlencoded": ""}),
        (5, lambda r: {"blob": "x", "type": r.choice(BLOB_TYPES)}),
    )  # fmt: skip


# fmt: off
BLOB_TYPES = (
    "", "text/plain", "TEXT/HTML", "nonsense", "application/json", "application/x-www-form-urlencoded", "multipart/form-data",
    "multipart/form-data; boundary=x", "text/plain;charset=utf-8", "text/plain;", "text/plain,", "a/b;c", "text/pl\u00e4in",
)
# fmt: on
