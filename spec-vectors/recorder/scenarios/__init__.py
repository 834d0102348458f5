"""Scenarios from a seed, equal on every machine.

Each scenario has a random source of its own, named by seed, family and number, so
that asking for more of them leaves the first ones as they were.
"""

import random

from . import (
    actual,
    bodies,
    cache,
    cache_modes,
    chains,
    classify,
    contradictions,
    locations,
    loops,
    mixtures,
    modes,
    odd,
    preflight,
    redirects,
    repeats,
    retries,
    waits,
    xhr,
)
from .scenario import Scenario

# The letter of the ids, the function that makes a scenario, and its share, in percent.
FAMILIES = {
    "classify": ("c", classify.make, 24),
    "preflight-response": ("p", preflight.make, 19),
    "actual-response": ("a", actual.make, 13),
    "cache": ("k", cache.make, 12),
    "redirects": ("r", redirects.make, 20),
    "modes": ("m", modes.make, 8),
    "xhr": ("x", xhr.make, 4),
    "locations": ("l", locations.make, 12),
    "contradictions": ("n", contradictions.make, 9),
    "retries": ("t", retries.make, 3),
    "loops": ("o", loops.make, 4),
    "repeats": ("q", repeats.make, 4),
    "waits": ("w", waits.make, 4),
    "bodies": ("b", bodies.make, 3),
    "cache-modes": ("d", cache_modes.make, 2),
    "chains": ("h", chains.make, 14),
    "odd": ("y", odd.make, 14),
    "mixtures": ("u", mixtures.make, 20),
}


def generate(seed, count):
    """At least `count` scenarios of all families together."""
    made = []
    for family, (letter, make, share) in FAMILIES.items():
        for n in range(-(-count * share // 100)):
            r = random.Random(f"{seed} {family} {n}")
            scenario = Scenario(f"{letter}{seed}-{n:06}", family)
            make(r, scenario)
            made.append(scenario.as_json())
    return made[:] if count >= 100 else spread(made, count)


def spread(made, count):
    """Some of many, evenly spread."""
    return [made[i * len(made) // count] for i in range(min(count, len(made)))]
