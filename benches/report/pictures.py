"""Draws what was measured."""

import math
from statistics import mean

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plot
from matplotlib.patches import Patch
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, NullFormatter, NullLocator

from measured import BYTES, HEADERS, HERE, LIMITS, ORIGINS, OURS, PEERS

# Legible on white and on black.
TEXT, GRID = "#768390", "#76839040"
COLORS = {
    "fetch-cors, pairs": "#54aeff",
    "fetch-cors, HeaderMap": "#1f6feb",
    "fetch-cors, tower": "#8250df",
    "tower-http": "#e16f24",
    "actix-cors": "#d4a72c",
    "poem": "#2da44e",
    "warp": "#e85aad",
    "limit, HeaderMap": TEXT,
}
plot.rcParams.update({
    "svg.fonttype": "none",
    "svg.hashsalt": "fetch-cors",
    "font.family": "sans-serif",
    "font.sans-serif": ["Helvetica", "Arial", "DejaVu Sans"],
    "font.size": 9,
    "text.color": TEXT,
    "axes.labelcolor": TEXT,
    "axes.edgecolor": GRID,
    "axes.titlecolor": TEXT,
    "xtick.color": TEXT,
    "ytick.color": TEXT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 0.6,
})

BARS = [
    ("two origins", "GET, one of two origins"),
    ("two origins, refused", "GET, refused"),
    ("credentials, two exposed", "GET, credentials, two exposed"),
    ("upstream with its own CORS headers", "GET, upstream with CORS headers"),
    ("10,000 origins", "GET, one of 10,000 origins"),
    ("10,000 wildcards", "GET, one of 10,000 wildcards"),
    ("preflight", "preflight"),
    ("preflight, mirrored", "preflight, mirrored"),
    ("preflight, 64 KiB: one name again and again", "preflight, asked for 64 KiB"),
]


def short(number, _=None):
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            shown = number / size
            return f"{shown:.0f}{letter}" if shown >= 10 or shown == int(shown) else f"{shown:.1f}{letter}"
    return f"{number:.0f}"


def save(figure, name):
    path = HERE / f"{name}.svg"
    figure.savefig(path, transparent=True, metadata={"Date": None, "Creator": None})
    # Trailing blanks are the library's.
    path.write_text("\n".join(line.rstrip() for line in path.read_text().splitlines()) + "\n")
    plot.close(figure)


def bars(measured):
    figure, axes = plot.subplots(3, 3, figsize=(10, 7.4), sharey=True)
    names = OURS + PEERS
    low, high = 30, 60_000_000
    for axis, (scene, title) in zip(axes.flat, BARS):
        for place, name in enumerate(names):
            cost = measured.cost("instructions", scene, name)
            if cost is None:
                axis.text(low * 1.3, place, "no such setting", va="center", fontsize=7.5, style="italic")
                continue
            same = name in OURS or measured.same_headers(scene, name)
            axis.barh(place, cost - low, left=low, height=0.68, color=COLORS[name] if same else "none",
                      edgecolor=COLORS[name], hatch=None if same else "/////", linewidth=0.8)
            limit = measured.cost("instructions", scene, LIMITS.get(name))
            axis.text(max(cost, low, limit or 0) * 1.25, place, f"{cost:,.0f}", va="center", fontsize=7.5)
            if limit:
                axis.plot([limit, limit], [place - 0.42, place + 0.42], color=TEXT, linewidth=1.6, solid_capstyle="butt")
        axis.set_title(title, fontsize=9, loc="left", weight="bold")
        axis.set_xscale("log")
        axis.set_xlim(low, high)
        axis.xaxis.set_major_formatter(FuncFormatter(short))
        axis.set_xticks([100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000], minor=False)
        axis.xaxis.set_minor_locator(NullLocator())
        axis.grid(axis="x", color=GRID, linewidth=0.6)
        axis.set_axisbelow(True)
        axis.spines["bottom"].set_visible(False)
        axis.tick_params(length=0)
        axis.set_yticks(range(len(names)), names)
        axis.set_ylim(len(names) - 0.4, -0.6)
    legend = [
        Patch(facecolor=TEXT, edgecolor=TEXT, label="the answer carries the same headers as fetch-cors'"),
        Patch(facecolor="none", edgecolor=TEXT, hatch="/////", label="it carries others"),
        Line2D([], [], color=TEXT, linewidth=1.6, marker="|", linestyle="none", markersize=10, markeredgewidth=1.6,
               label="the least code that sends it"),
    ]
    figure.legend(handles=legend, loc="lower center", ncols=3, frameon=False, fontsize=8.5)
    figure.suptitle("Instructions that CORS adds to a request (logarithmic)", x=0.01, ha="left", fontsize=11, weight="bold")
    figure.tight_layout(rect=(0, 0.035, 1, 1), h_pad=1.6)
    save(figure, "bars")


def apart(places, gap):
    """Moves sorted labels apart to at least the gap, as little as possible. A group of neighbours is centred on the mean of its places."""
    groups = []
    for number, place in enumerate(places):
        groups.append([place - number * gap])
        while len(groups) > 1 and mean(groups[-2]) > mean(groups[-1]):
            last = groups.pop()
            groups[-1] += last
    wanted = [mean(group) for group in groups for _ in group]
    return [place + number * gap for number, place in enumerate(wanted)]


def curve(measured, prefix, name, title, label, logarithmic):
    figure, axis = plot.subplots(figsize=(7.2, 3.9))
    lines = [(peer, measured.curve(prefix, peer)) for peer in OURS + PEERS + ["limit, HeaderMap"]]
    lines = [(peer, points) for peer, points in lines if points]
    for peer, points in lines:
        ours, limit = peer in OURS, peer.startswith("limit")
        axis.plot(*zip(*points), clip_on=False, color=COLORS[peer], linewidth=2.4 if ours else 1.5, marker=None if limit else "o",
                  markersize=4.5 if ours else 3.5, linestyle=":" if limit else "-", zorder=3 if ours else 2)
    least = min(cost for _, points in lines for _, cost in points)
    most = max(cost for _, points in lines for _, cost in points)
    if logarithmic:
        axis.set_xscale("log")
        axis.set_yscale("log")
        axis.set_ylim(10 ** math.floor(math.log10(least)), most * 1.6)
    else:
        axis.set_ylim(0, most * 1.08)
    scale = math.log10 if logarithmic else float
    bottom, top = (scale(edge) for edge in axis.get_ylim())
    lines.sort(key=lambda line: line[1][-1][1])
    ends = [(scale(points[-1][1]) - bottom) / (top - bottom) for _, points in lines]
    for (peer, points), end, place in zip(lines, ends, apart(ends, 0.062)):
        axis.plot([1.0, 1.03], [end, place], transform=axis.transAxes, color=COLORS[peer], linewidth=0.7, clip_on=False)
        axis.annotate(f"{peer}  {short(points[-1][1])}", (1.04, place), xycoords="axes fraction", va="center",
                      color=COLORS[peer], fontsize=8.5, weight="bold" if peer in OURS else "normal", annotation_clip=False)
    first, last = scale(lines[0][1][0][0]), scale(lines[0][1][-1][0])
    edge = first - (last - first) * 0.04
    axis.set_xlim(10**edge if logarithmic else edge, lines[0][1][-1][0])
    xs = [x for x, _ in lines[0][1]]
    axis.set_xticks(xs, [short(x) if prefix == ORIGINS else f"{x:,}" if x < 1024 or prefix == HEADERS else f"{x // 1024} KiB" for x in xs])
    axis.xaxis.set_minor_formatter(NullFormatter())
    axis.xaxis.set_minor_locator(NullLocator())
    axis.yaxis.set_major_formatter(FuncFormatter(short))
    axis.yaxis.set_minor_locator(NullLocator())
    axis.tick_params(length=0)
    axis.grid(color=GRID, linewidth=0.6)
    axis.set_axisbelow(True)
    axis.set_xlabel(label)
    axis.set_ylabel("instructions")
    axis.set_title(title, fontsize=10.5, loc="left", weight="bold")
    figure.tight_layout(rect=(0, 0, 0.995, 1))
    figure.subplots_adjust(right=0.7)
    save(figure, name)


def draw(measured):
    bars(measured)
    curve(measured, ORIGINS, "origins", "A request, by the number of origins in the policy", "origins in the policy", True)
    curve(measured, BYTES, "bytes", "A preflight, by the length of what it asks for",
          "bytes of Access-Control-Request-Headers: one allowed name again and again", True)
    curve(measured, HEADERS, "headers", "A request, by the number of its headers", "request headers", False)
