#!/usr/bin/env python3
"""Weighs the library beside a peer: what it adds to a server, and how long it takes to build.

    probes/weigh.py server     bytes that each library adds to `hello`, stripped, in the stock release profile
    probes/weigh.py thin       the same with thin LTO
    probes/weigh.py build      seconds of CPU to build each library alone, one job; dependencies are built before

Bytes repeat for one compiler, seconds do not.
"""

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

PROBES = Path(__file__).resolve().parent
HELLO = PROBES / "hello"
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", PROBES.parent / "target")) / "hello"

# The name of a row, and the features of `hello`.
SERVERS = [("fetch-cors, a `const` policy", "fetch-cors"), ("tower-http, `cors`", "tower-http")]

# The name of a row, the features of `hello`, and the package that is built.
BUILDS = [
    ("fetch-cors, `tower`", ["--features", "fetch-cors"], "fetch-cors"),
    ("fetch-cors, `tower` and `config`", ["--features", "config"], "fetch-cors"),
    ("fetch-cors, `tower` and `browser`", ["--features", "browser"], "fetch-cors"),
    ("tower-http, `cors`", ["--features", "tower-http"], "tower-http"),
]

# A build is measured this many times, and the least time counts: other work can only add to it.
TIMES = 3


def cargo(*words, target=TARGET, **settings):
    environment = dict(os.environ, CARGO_TARGET_DIR=str(target), **settings)
    subprocess.run(["cargo", *words], cwd=HELLO, env=environment, check=True)


def stripped(features, lto):
    """The bytes of the program without its symbols."""
    target, settings = (TARGET / "thin", {"CARGO_PROFILE_RELEASE_LTO": "thin"}) if lto else (TARGET, {})
    cargo("build", "--quiet", "--release", "--locked", "--features", features, target=target, **settings)
    copy = target / "stripped"
    subprocess.run(["strip", "-o", copy, target / "release" / "hello"], check=True)
    return copy.stat().st_size


def server(lto=False):
    without = stripped("", lto)
    for name, features in SERVERS:
        print(name, stripped(features, lto) - without, sep="\t")


def seconds_of_children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def forget(package):
    """Has cargo build this package again, and nothing that it depends on: `cargo clean --package` took a file of `tower` along."""
    for fingerprint in (TARGET / "release" / ".fingerprint").glob(f"{package}-*"):
        shutil.rmtree(fingerprint)


def build():
    for name, features, package in BUILDS:
        words = ["build", "--quiet", "--release", "--locked", "-j", "1", "--lib", *features]
        cargo(*words)
        least = float("inf")
        for _ in range(TIMES):
            forget(package)
            before = seconds_of_children()
            cargo(*words)
            least = min(least, seconds_of_children() - before)
        print(name, f"{least:.1f}", sep="\t")


def main():
    tasks = {"server": server, "thin": lambda: server(lto=True), "build": build}
    if len(sys.argv) != 2 or sys.argv[1] not in tasks:
        sys.exit(__doc__)
    tasks[sys.argv[1]]()


main()
