"""Writes `benches/README.md` and its pictures from what was measured: `./ci.sh pictures`."""

from collections import defaultdict

from measured import HERE, LIMITS, OURS, PEERS, Measured, versions
from pictures import draw


def table(head, lines):
    rows = [head, ["---"] + ["--:"] * (len(head) - 1), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def costs(measured, kind, names, form="{:,.0f}"):
    scenes = [scene for scene in measured.table_scenes() if measured.cost(kind, scene, OURS[1]) is not None]
    lines = []
    for scene in scenes:
        cells = []
        for name in names:
            cost = measured.cost(kind, scene, name)
            mark = "" if name in OURS or name.startswith("limit") or measured.same_headers(scene, name) else " °"
            cells.append("–" if cost is None else form.format(cost) + mark)
        lines.append([scene, *cells])
    return table(["", *names], lines)


def times(measured, kind, names):
    """What each costs in time, as a multiple of what the function over `HeaderMap` costs in the same run."""
    lines = []
    for scene in measured.table_scenes():
        ours = measured.cost(kind, scene, OURS[1])
        if not ours or ours <= 0:
            continue
        costs = [measured.cost(kind, scene, name) for name in names]
        multiples = ["–" if cost is None else f"{cost / ours:.2f}" for cost in costs]
        lines.append([scene, f"{ours:,.0f} ns", *multiples])
    return table(["", f"{OURS[1]}", *names], lines)


def against_limit(measured):
    lines = []
    for scene in measured.table_scenes():
        cells = []
        for ours, limit in LIMITS.items():
            cost, least = (measured.cost("instructions", scene, name) for name in (ours, limit))
            cells += [f"{cost:,.0f}", f"{least:,.0f}", f"{cost / least:.2f}" if least > 0 else "–"]
        lines.append([scene, *cells])
    return table(["", "pairs", "limit", "times", "HeaderMap", "limit", "times"], lines)


def dearer(measured):
    """Where a peer whose answer carries the same headers takes fewer instructions."""
    found = []
    for scene in measured.table_scenes():
        ours = measured.cost("instructions", scene, OURS[1])
        for peer in PEERS:
            theirs = measured.cost("instructions", scene, peer)
            if theirs is not None and measured.same_headers(scene, peer) and theirs <= ours:
                found.append(f"{scene}: {peer} takes {theirs:,.0f}, `HeaderMap` {ours:,.0f}")
    return found


def readme(measured):
    found = versions()
    peers = ", ".join(f"{name} {found[name]}" for name in PEERS)
    loses = dearer(measured)
    verdict = (
        "In every scene `HeaderMap` takes fewer instructions than each peer whose answer carries the same headers."
        if not loses
        else "Peers whose answers carry the same headers and take fewer instructions than `HeaderMap`, or as many:\n\n"
        + "\n".join(f"- {sentence}" for sentence in loses)
    )
    return f"""# What an answer costs

`./ci.sh report` measures and writes this page anew; `./ci.sh pictures` writes it from what is committed in
`report/measured.tsv`. Measured on {measured.about["day"]} with {measured.about["rustc"]},
{measured.about["valgrind"]}, on {measured.about["machine"]}.

![Bars of instructions by scene and peer](report/bars.svg)

{verdict}

## How it is measured

Peers: {peers}.

Each is around the same service and gets the same requests, nine headers as browsers send them and those of CORS, in the
types of its own framework. The service answers at once. What the service alone costs is subtracted: what is reported is what
CORS adds, and below zero where a peer answers without asking the service. Requests are made ready outside of what is measured;
answering, and dropping request and response, is inside. Futures are polled once. All are built by one command, in the stock release
profile; where it says *LTO*, with `lto = "thin"` and one codegen unit.

- **Instructions** are counted by callgrind, of 32 calls after 8. Sets of the standard library have random seeds, so peers
  that have such differ by 1 or 2 % from run to run.
- **Allocations** are counted by an allocator, in an executable of its own.
- **Time** is by the clock of the thread. All peers take turns in each of 400 rounds of 128 requests, and what is reported is the
  ratio of their medians: the machine does other things too, and slows all of them down.

This crate is measured in three ways: byte pairs read and written, `http::HeaderMap` read and written (a plain function), and its
layer for tower. The *limit* is the least code that we could write that sends the same (`peers/least.rs`): run by the same
command, which fails where it sends something else.

What peers are set to is in `peers/`, one file each: their defaults, and what the scene says. Where a peer has no patterns of
origins, it gets a function that compares ends one by one. What the service has set itself is left by peers; this crate removes
it, which can be chosen.

Scenes with *3 headers* have a service that answers with `Content-Type`, `Content-Length` and `ETag`, others one that answers
without any. *Mirrored* is a policy with credentials that grants what is asked for. A *predicate* is a function of the server's own. A
scene in KiB has an
`Access-Control-Request-Headers` of that length: of commas, of names that are not allowed, of an allowed name again and again, of
one long name.

°: the answer carries other headers than this crate's; no judgement, for the standard leaves a server much freedom.
`cargo bench -p fetch-cors-benches --features peers --bench peers -- show` prints all answers. –: the peer has no such setting.

## Instructions

{costs(measured, "instructions", [*OURS, *PEERS])}

### With LTO

{costs(measured, "instructions-lto", [*OURS, *PEERS])}

### And the least code that could do it

{against_limit(measured)}

## How it grows

![By the number of origins](report/origins.svg)

![By the length of what a preflight asks for](report/bytes.svg)

![By the number of request headers](report/headers.svg)

## Allocations

{costs(measured, "allocations", [*OURS, *PEERS])}

The map itself allocates as it grows; so does the limit's: {allocations_of_limit(measured)}.

### Bytes

{costs(measured, "bytes", [*OURS, *PEERS])}

## Time

As multiples of what the function over `HeaderMap` takes, which is in nanoseconds.

{times(measured, "nanoseconds", [OURS[0], OURS[2], *PEERS])}

### With LTO

{times(measured, "nanoseconds-lto", [OURS[0], OURS[2], *PEERS])}
"""


def allocations_of_limit(measured):
    other = [
        scene
        for scene in measured.table_scenes()
        if measured.cost("allocations", scene, OURS[1]) != measured.cost("allocations", scene, LIMITS[OURS[1]])
    ]
    return "the same number in every scene" if not other else "another number in: " + "; ".join(other)


if __name__ == "__main__":
    measured = Measured()
    draw(measured)
    (HERE.parent / "README.md").write_text(readme(measured))
