#!/usr/bin/env python3
"""Records new scenarios from a seed and replays them under each browser's own profile.

A browser that cannot start is skipped. What is predicted otherwise is recorded once more; if it differs again, that is a
failure where the browser's version is that of the repository's recordings, and a report where it is another.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CANNOT_START = 3


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--scenarios", type=int, default=100)
    options = parser.parse_args()
    recorded = json.loads((HERE.parent / "browsers/seed-1/meta.json").read_text())["browsers"]
    failed = False
    with tempfile.TemporaryDirectory() as out:
        for browser in ("chromium", "firefox", "webkit"):
            failed |= differs(browser, recorded[browser]["version"], options, pathlib.Path(out) / browser)
    sys.exit(1 if failed else 0)


def differs(browser, recorded_version, options, out):
    """Whether the browser differs from its profile twice, and has the version that the profile models."""
    seed = ["--seed", str(options.seed), "--scenarios", str(options.scenarios)]
    if not record(browser, seed, out):
        print(f"{browser}: skipped, it does not start")
        return False
    version = json.loads((out / "meta.json").read_text())["browsers"][browser]["version"]
    first = replay(browser, out)
    if not first:
        print(f"{browser}: as predicted ({version})")
        return False
    wanted = {line.split()[1] for line in first}
    again = out / "again.jsonl"
    again.write_text("".join(line for line in lines(out) if json.loads(line)["id"] in wanted))
    twice = first
    if record(browser, ["--input", str(again)], out / "again"):
        second = replay(browser, out / "again")
        twice = [line for line in first if line in second]
    for line in twice:
        print(f"{browser}: {line}")
    if version != recorded_version:
        print(f"{browser}: {len(twice)} differences, in {version}; the recordings are of {recorded_version}")
        return False
    return bool(twice)


def record(browser, arguments, out):
    command = [sys.executable, HERE / "record.py", *arguments, "--out", out, "--browsers", browser]
    status = subprocess.run(command).returncode
    if status not in (0, CANNOT_START):
        sys.exit(f"{browser}: recording ended with status {status}")
    return status == 0


def replay(browser, out):
    """The lines about differences."""
    command = "cargo run --quiet --release --features url --example replay --".split()
    command += ["--profile", browser, "--against", browser, "--ids", *sorted(out.glob("*.jsonl"))]
    run = subprocess.run(command, cwd=HERE, stdout=subprocess.PIPE, text=True)
    if run.returncode not in (0, 1):
        sys.exit(f"{browser}: replay ended with status {run.returncode}")
    print(f"{browser}: {run.stdout.splitlines()[-1]}")
    return [line for line in run.stdout.splitlines() if line.startswith("DIFF ")]


def lines(out):
    return [line for file in sorted(out.glob("*.jsonl")) for line in file.read_text().splitlines(keepends=True)]


if __name__ == "__main__":
    main()
