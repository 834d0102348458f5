#!/usr/bin/env python3
"""Records what real browsers do with CORS scenarios; see README.md."""

import argparse
import datetime
import json
import multiprocessing
import os
import pathlib
import signal
import sys

from chromium import Chromium
from firefox import Firefox
from given import BadInput, read
from hosts import LITERALS, NAMES, VARIABLE, placed
from process import BrowserMissing
from recording import record
from scenarios import FAMILIES, generate
from webkit import WebKit

BROWSERS = {"chromium": Chromium, "firefox": Firefox, "webkit": WebKit}
BAD_INPUT = 2
CANNOT_START = 3


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--seed", type=int, help="generate scenarios from this seed")
    source.add_argument("--input", type=pathlib.Path, help="record the scenarios of this JSON-lines file")
    parser.add_argument("--scenarios", type=int, default=300, help="how many to generate")
    parser.add_argument("--families", help="of the generated scenarios, those of these families (with commas)")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="directory to write")
    parser.add_argument("--browsers", default="chromium,firefox,webkit", help="those to record, with commas: %(default)s")
    parser.add_argument(
        "--default-settings", action="store_true", help="cookies, local networks and HTTPS as each browser comes"
    )
    parser.add_argument(
        "--ip-literals", action="store_true", help="hosts are loopback addresses; the browsers run one after the other"
    )
    parser.add_argument("--dry", action="store_true", help="write the scenarios, record nothing")
    options = parser.parse_args()
    names = options.browsers.split(",")
    if not set(names) <= set(BROWSERS):
        parser.error(f"--browsers: of {', '.join(BROWSERS)}")

    if options.input:
        try:
            scenarios = read(options.input)
        except BadInput as error:
            print(f"record.py: {error}", file=sys.stderr)
            sys.exit(BAD_INPUT)
    else:
        scenarios = generate(options.seed, options.scenarios)
        if options.families:
            wanted = options.families.split(",")
            if not set(wanted) <= set(FAMILIES):
                parser.error(f"--families: of {', '.join(FAMILIES)}")
            scenarios = [s for s in scenarios if s["family"] in wanted]
    if options.ip_literals:
        os.environ[VARIABLE] = "1"
        scenarios = json.loads(placed(json.dumps(scenarios)))
    for scenario in scenarios:
        end_resets(scenario)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.dry:
        write(options.out, scenarios)
        return

    meta = {"date": datetime.date.today().isoformat(), "python": sys.version.split()[0]}
    if options.seed is not None:
        meta.update(seed=options.seed, scenarios=options.scenarios)
    else:
        meta.update(input=options.input.name, scenarios=len(scenarios))
    if options.ip_literals:
        meta["hosts"] = dict(zip(NAMES, LITERALS))
    signal.signal(signal.SIGTERM, leave)  # so that the workers are ended, too
    with multiprocessing.get_context("spawn").Pool(1 if options.ip_literals else len(names), stoppable) as pool:
        results = pool.map(in_one, [(name, scenarios, options.default_settings) for name in names], chunksize=1)
        pool.close()
        pool.join()
    for result in results:
        if isinstance(result, str):
            print(f"record.py: {result}", file=sys.stderr)
            sys.exit(CANNOT_START)

    whole = []
    for s in scenarios:
        if all(s["id"] in kept for kept, _, _ in results):
            for i, fetch in enumerate(s["fetches"]):
                fetch["observed"] = {name: kept[s["id"]][i] for name, (kept, _, _) in zip(names, results)}
            whole.append(s)
    meta["kept"] = len(whole)
    meta["browsers"] = {}
    for name, (_, report, set_up) in zip(names, results):
        meta["browsers"][name] = set_up
        meta.setdefault("dropped", {})[name] = {k: report[k] for k in ("unlike", "unended")}
        contrast = options.out / f"unlike-{name}.json"
        contrast.unlink(missing_ok=True)
        if report["contrast"]:
            contrast.write_text(json.dumps(report["contrast"], indent=1) + "\n")
        rate = len(scenarios) / max(report["seconds"][0], 0.1)
        print(
            f"{name}: {len(scenarios)} scenarios, {len(report['unlike'])} not alike in two runs, "
            f"{len(report['unended'])} not ended, runs of {report['seconds']} s ({rate:.0f}/s)"
        )
    write(options.out, whole)
    (options.out / "meta.json").write_text(json.dumps(meta, indent=1) + "\n")
    print(f"kept {len(whole)} of {len(scenarios)} in {options.out}")


def leave(*_):
    sys.exit(1)


def stoppable():
    """Ends a worker's browser before the worker ends."""
    signal.signal(signal.SIGTERM, leave)


def in_one(job):
    """Plays all scenarios in one browser, in a process of its own."""
    name, scenarios, default_settings = job
    try:
        browser = BROWSERS[name](default_settings)
        kept, report = record(browser, scenarios)
        return kept, report, browser.set_up
    except BrowserMissing as error:
        return str(error)
    except SystemExit:
        return "stopped"


def end_resets(scenario):
    """Adds a length of 0 to a 205 (RFC 9110, 15.3.6), because WebKit waits for the body of one without."""
    for rule in scenario["server"]:
        if rule["status"] == 205 and not any(name.lower() == "content-length" for name, _ in rule["headers"]):
            rule["headers"].append(["Content-Length", "0"])


def write(out, scenarios):
    families = {}
    for s in scenarios:
        families.setdefault(s["family"], []).append(json.dumps(s, separators=(",", ":")) + "\n")
    for family, lines in families.items():
        (out / f"{family}.jsonl").write_text("".join(lines))


if __name__ == "__main__":
    main()
