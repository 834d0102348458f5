"""Cache modes: which of them bypass the preflight cache, and what they store in it."""

from .cache import Play
from .words import one

CACHE_MODES = ("default", "no-store", "reload", "no-cache", "force-cache")


def make(r, s):
    p = Play(r, s)
    answers = {"methods": "PUT", "names": "x-a,if-none-match", "age": one(r, (3, "60"), (1, None))}
    credentials = r.choice(("same-origin", "include"))
    for cache in r.choice(([0, 1, 0], [1, 0], [1, 1], [0, 1, 1])):
        headers = one(r, (4, []), (2, [("X-A", "1")]), (1, [("If-None-Match", '"a"')]))
        p.step("PUT", headers, credentials, **answers)
        p.s.fetches[-1]["request"]["cache"] = r.choice(CACHE_MODES[1:]) if cache else "default"
