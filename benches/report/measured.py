"""What `./ci.sh report` has measured, as it is in `measured.tsv`."""

import csv
import pathlib
import sys
import tomllib
from collections import defaultdict

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent

OURS = ["fetch-cors, pairs", "fetch-cors, HeaderMap", "fetch-cors, tower"]
PEERS = ["tower-http", "actix-cors", "poem", "warp"]
LIMITS = {"fetch-cors, pairs": "limit, pairs", "fetch-cors, HeaderMap": "limit, HeaderMap"}

# The prefixes of scenes that are points of a curve.
ORIGINS, BYTES, HEADERS = "origins: ", "bytes asked for: ", "request headers: "


def rows(file):
    with open(file, newline="") as opened:
        return list(csv.reader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))


class Measured:
    def __init__(self):
        self.about = {}
        # What is measured, of which scene and peer: without the peer, and with it.
        self.counts = defaultdict(dict)
        # The scenes and peers with the same headers as this crate.
        self.same = set()
        for kind, *rest in rows(HERE / "measured.tsv"):
            if kind == "about":
                self.about[rest[0]] = rest[1]
            elif kind == "headers":
                scene, peer, reported = rest
                self.same |= {(scene, peer)} if reported == "same" else set()
            else:
                scene, peer, bare, with_peer = rest
                self.counts[kind][scene, peer] = (float(bare), float(with_peer))
        self.scenes = list(dict.fromkeys(scene for scene, _ in self.counts["instructions"]))

    def cost(self, kind, scene, peer):
        """What the peer adds to the service alone."""
        counts = self.counts[kind].get((scene, peer))
        return counts and counts[1] - counts[0]

    def table_scenes(self):
        return [scene for scene in self.scenes if not scene.startswith((ORIGINS, BYTES, HEADERS))]

    def curve(self, prefix, peer):
        scenes = [scene for scene in self.scenes if scene.startswith(prefix)]
        points = [(int(scene[len(prefix):]), self.cost("instructions", scene, peer)) for scene in scenes]
        return [point for point in points if point[1] is not None]

    def same_headers(self, scene, peer):
        return (scene, peer) in self.same


def normal(headers):
    """The headers that have to do with CORS; lists are compared as sets, without regard to case."""
    kept = {}
    for name, values in headers.items():
        if name in ("vary", "access-control-allow-methods", "access-control-allow-headers", "access-control-expose-headers"):
            kept[name] = sorted({item.strip().lower() for value in values for item in value.split(",")})
        elif name.startswith("access-control-"):
            kept[name] = sorted(values)
    return kept


def versions():
    """Of the peers, as they are locked."""
    locked = tomllib.loads((ROOT / "Cargo.lock").read_text())["package"]
    found = {package["name"]: package["version"] for package in locked if package["name"] in PEERS + ["actix-web", "http"]}
    return found


def collect_headers(file):
    """Prints whose answers carry the same headers as this crate's, as rows of `measured.tsv`."""
    answers = defaultdict(lambda: defaultdict(list))
    for scene, peer, name, value in rows(file):
        answers[scene, peer][name].append(value)
    for (scene, peer), headers in answers.items():
        same = normal(headers) == normal(answers[scene, OURS[1]])
        print(f"headers\t{scene}\t{peer}\t{'same' if same else 'other'}")


if __name__ == "__main__":
    {"headers": collect_headers}[sys.argv[1]](sys.argv[2])
