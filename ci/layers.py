"""The table of `./ci.sh layers`: the server's CPU time for a request by scene, and the ratio to that behind tower-http's layer.

Standard input has one line for each run: scene, layer, microseconds.
"""

import statistics
import sys

runs: dict[str, dict[str, list[float]]] = {}
for line in sys.stdin:
    scene, layer, measured = line.rstrip("\n").split("\t")
    runs.setdefault(scene, {}).setdefault(layer, []).append(float(measured))

layers = ["none", "tower-http", "ours", "reloadable", "hook", "look-up"]
print("| scene | no layer | tower-http | ours | ours / tower-http | reloadable | hook | look-up |")
print("|---|---|---|---|---|---|---|---|")
for scene, by_layer in runs.items():
    median = {layer: statistics.median(by_layer[layer]) for layer in layers}
    ratio = median["ours"] / median["tower-http"]
    cells = [f"{median[layer]:.2f}" for layer in layers[:3]] + [f"{ratio:.2f}"]
    cells += [f"{median[layer]:.2f}" for layer in layers[3:]]
    print(f"| {scene} | " + " | ".join(cells) + " |")
