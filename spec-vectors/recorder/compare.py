#!/usr/bin/env python3
"""Lists where two recordings of the same scenarios differ: compare.py A.jsonl B.jsonl"""

import json
import sys


def load(path):
    with open(path) as f:
        return {s["id"]: s for s in map(json.loads, f)}


def differences(a, b):
    """(browser, fetch, key, in a, in b) of one scenario."""
    for i, (x, y) in enumerate(zip(a["fetches"], b["fetches"])):
        for browser in sorted(x["observed"].keys() & y["observed"].keys()):
            one, two = x["observed"][browser], y["observed"][browser]
            for key in sorted(one.keys() | two.keys()):
                if one.get(key) != two.get(key):
                    yield browser, i, key, one.get(key), two.get(key)


def main():
    a, b = load(sys.argv[1]), load(sys.argv[2])
    both = [i for i in a if i in b]
    unlike = 0
    for name in both:
        found = list(differences(a[name], b[name]))
        unlike += bool(found)
        for browser, i, key, one, two in found:
            print(f"{name} fetch {i} {browser} {key}\n  - {json.dumps(one)}\n  + {json.dumps(two)}")
    print(f"{len(both)} in both, {unlike} differ")
    sys.exit(bool(unlike))


if __name__ == "__main__":
    main()
