"""Records a page with many kinds of fetch in each browser, has its developer tools export it, and compares what `cors har` says of
the file with what the page's script got, and the preflights that it predicts with those that reached the server.

    python3 spec-vectors/devtools/recorder/check.py target/debug/cors [--keep DIRECTORY]
"""

import json
import os
import subprocess
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../recorder"))

import chromium_tools  # noqa: E402
import firefox_tools  # noqa: E402
from pages import CASES, Pages  # noqa: E402
from process import BrowserMissing  # noqa: E402

BROWSERS = {"chromium": chromium_tools.export, "firefox": firefox_tools.export}
# What is not in a file: Chromium's tools do not show what is refused before anything is sent.
ABSENT = {"chromium": {"same-origin-mode"}, "firefox": set()}


def expected(name, result):
    if name == "connection-refused":
        return "incomplete"
    return {"error": "refused", "opaque 0": "opaque"}.get(result, "readable")


def compare(browser, har, results, preflights, cors):
    """What is wrong, a line each."""
    run = subprocess.run([cors, "har", "-", "--format", "json"], input=har.encode(), capture_output=True, timeout=300)
    if run.returncode not in (0, 1):
        return [f"cors har ends with {run.returncode}: {run.stderr.decode()}"]
    table = json.loads(run.stdout)
    wrong = []
    for name, *_ in CASES:
        rows = [row for row in table["fetches"] if urllib.parse.urlsplit(row["url"]).path == f"/{name}"]
        if not rows and name not in ABSENT[browser]:
            wrong.append(f"{name}: no fetch of it is found")
        for row in rows:
            verdict, wanted = row["browsers"][browser], expected(name, results[name])
            if verdict != wanted:
                wrong.append(f"{name}: the page got {results[name]!r}, so {wanted}, and not {verdict}")
    counts = table["economics"]["preflights"]
    for what, count in (("recorded", counts["recorded"]), ("predicted", counts["predicted"][browser])):
        if count != preflights:
            wrong.append(f"{preflights} preflights reached the server, and {count} are {what}")
    return wrong


def main():
    cors = os.path.abspath(sys.argv[1])
    keep = sys.argv[3] if sys.argv[2:3] == ["--keep"] else None
    failed = 0
    for browser, export in BROWSERS.items():
        pages = Pages()
        try:
            results, hars = export(pages.origin + "/")
        except BrowserMissing as missing:
            print(f"{browser}: skipped: {missing}")
            continue
        finally:
            pages.close()
        preflights = sum(pages.preflights.values())
        for har, kind in zip(hars, ("sanitized", "full")):
            wrong = compare(browser, har, results, preflights, cors)
            failed += len(wrong)
            kind = f", {kind}" if len(hars) > 1 else ""
            print(f"{browser}{kind}: {len(CASES)} kinds of fetch, {preflights} preflights, {len(wrong)} wrong")
            for line in wrong:
                print(f"  {line}")
            if keep:
                name = os.path.join(keep, f"{browser}{kind.replace(', ', '-')}.har")
                with open(name, "w") as f:
                    f.write(har)
        if keep:
            with open(os.path.join(keep, f"{browser}.results.json"), "w") as f:
                json.dump({"results": results, "preflights": preflights}, f, indent=1, sort_keys=True)
                f.write("\n")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
