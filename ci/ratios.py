"""The table of what was measured in turns: `ratios.py BASE < MEASURED`.

Standard input has a line for each run: scene, subject, microseconds. In each round every subject runs once in every scene. A cell has the
median of the subject's rounds and, but for BASE, the ratio to BASE: the median of the ratios within a round, then the least and the
greatest. What slows the machine down for longer than a round slows both sides of a ratio.
"""

import statistics
import sys

base = sys.argv[1]
runs: dict[str, dict[str, list[float]]] = {}
for line in sys.stdin:
    scene, subject, measured = line.rstrip("\n").split("\t")
    runs.setdefault(scene, {}).setdefault(subject, []).append(float(measured))


def cell(subject: str, by_subject: dict[str, list[float]]) -> str:
    median = f"{statistics.median(by_subject[subject]):.1f}"
    if subject == base:
        return median
    ratios = [measured / of_base for measured, of_base in zip(by_subject[subject], by_subject[base], strict=True)]
    return f"{median}: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


# Rounds alternate their order. The first one is in the order of the columns.
subjects = list(next(iter(runs.values())))
print("| scene | " + " | ".join(subjects) + " |")
print("|---" * (len(subjects) + 1) + "|")
for scene, by_subject in runs.items():
    print(f"| {scene} | " + " | ".join(cell(subject, by_subject) for subject in subjects) + " |")
