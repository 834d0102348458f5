"""`Access-Control-Max-Age`: a second fetch after more than 5 seconds, for which a response without it is kept."""

from .words import chance, one

# fmt: off
AGES = (
    "600", "+600", "+0", "+7", "++7", "+-7", "-+7", "-7", "+ 7", "7 +", "0007", "+0007", "7.0", "7,", ",7", "7;", "7 7", "7\t", "\t7", " 7 ", "\x0b7", "7\x0b", "\x0c7", "7\xa0",
    "\xa07", "0x7", "7e1", "\xb27", "\u0667", "7_0", "7'0", "1_000", '"7"', "seven", "", " ", "+", "-", "5", "6", "7", "9", "4294967295", "4294967296", "9223372036854775807",
    "9223372036854775808", "+9223372036854775807", "+9223372036854775808", "18446744073709551615", "18446744073709551616", "99999999999999999999999999", "0" * 40 + "600",
    "+" + "0" * 40 + "600", "-0", "-600", "-9223372036854775808", "-9223372036854775809", "-99999999999999999999999999", "2147483647", "2147483648", "86400", "86401",
    "9223372036854", "9223372036855", "9223372036854776", "184467440737095", "-1.5", "1e400", "NaN", "Infinity",
)
# fmt: on


def make(r, s):
    age = r.choice(AGES)
    origin = "http://a.test:8101"
    url = s.url(one(r, (1, "b.test:8102"), (1, "c.test:8103")), "0")
    lines = one(r, (8, [age]), (1, [age, age]), (1, [age, r.choice(AGES)]))
    allow = [("Access-Control-Allow-Origin", origin)]
    asked = allow + [("Access-Control-Allow-Methods", "PUT")] + [("Access-Control-Max-Age", line) for line in lines]
    s.rule(url, "preflight", 204, asked)
    s.rule(url, "actual", 200, allow)
    s.fetch(url, origin, "PUT")
    if chance(r, 0.5):
        s.fetch(url, origin, "PUT")
    s.fetch(url, origin, "PUT", wait_ms=one(r, (4, 6500), (1, 8000)))
