#!/usr/bin/env python3
"""Adds the observations of one recording to another of the same scenarios: merge.py INTO FROM (two directories).

A scenario whose rules FROM has otherwise is taken from there as a whole. One that FROM has not is dropped, and named.
"""

import json
import pathlib
import sys


def main():
    into, more = map(pathlib.Path, sys.argv[1:])
    found = {s["id"]: s for file in sorted(more.glob("*.jsonl")) for s in map(json.loads, file.read_text().splitlines())}
    for file in sorted(into.glob("*.jsonl")):
        lines = []
        for scenario in map(json.loads, file.read_text().splitlines()):
            other = found.get(scenario["id"])
            if other is None:
                print(f"{file.name}: {scenario['id']} dropped")
                continue
            if other["server"] != scenario["server"]:
                scenario = other
            for fetch, seen in zip(scenario["fetches"], other["fetches"]):
                fetch["observed"].update(seen["observed"])
            lines.append(json.dumps(scenario, separators=(",", ":")) + "\n")
        file.write_text("".join(lines))
    set_up, seen = into / "meta.json", json.loads((more / "meta.json").read_text())
    meta = json.loads(set_up.read_text()) if set_up.exists() else {}
    for browser, used in seen["browsers"].items():
        meta.setdefault("browsers", {})[browser] = {"date": seen["date"], **used}
    set_up.write_text(json.dumps(meta, indent=1) + "\n")


if __name__ == "__main__":
    main()
