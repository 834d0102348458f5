"""Plays scenarios in one browser and records what happens."""

import asyncio
import random
import time

from process import BrowserMissing
from server import Run, Server

SLOTS = 24  # as in page.html
SINGLES = 16  # scenarios of one fetch at a time
SEQUENCES = 6  # scenarios of several fetches at a time: few, as the preflight cache is one for all
BATCH = 60  # fetches of the scenarios that wait at the same time
ENTRIES = 900  # preflights of sequences in one browser's life (Chromium's cache holds 1024)
LONG = 20  # more fetches than this and a scenario is played alone
SETTLE_MS = 60  # after a failed fetch, for the browser's words to arrive
FETCH_SECONDS = 30


def alone(scenario):
    """Whether a request may come without an id, or the cache may become full."""
    if len(scenario["fetches"]) > LONG:
        return True
    urls = [rule["url"] for rule in scenario["server"]] + [f["request"]["url"] for f in scenario["fetches"]]
    for rule in scenario["server"]:
        urls += [value for name, value in rule["headers"] if name.lower() == "location" and leaves(value)]
    return any(scenario["id"] not in url for url in urls)


def leaves(location):
    """Whether it may lead to another path of one of our servers."""
    location = location.strip(" \t").lower()
    return location.startswith(("/", "\\", "http:/", "http:\\")) or ".." in location


def phases(scenarios):
    """Groups of (scenarios, how many at a time). Each group gets a new browser."""
    lone, waiting, sequences, singles = [], [], [], []
    for s in scenarios:
        if alone(s):
            lone.append(s)
        elif any(f["wait_ms"] for f in s["fetches"]):
            waiting.append(s)
        elif len(s["fetches"]) > 1:
            sequences.append(s)
        else:
            singles.append(s)
    waiting.sort(key=lambda s: sum(f["wait_ms"] for f in s["fetches"]))
    steps = [([s], 1) for s in lone]
    batch = []
    for s in waiting + [None]:
        if batch and (s is None or len(batch) == SLOTS or sum(len(b["fetches"]) for b in batch + [s]) > BATCH):
            steps.append((batch, SLOTS))
            batch = []
        if s:
            batch.append(s)
    steps += [(sequences[i : i + 50], SEQUENCES) for i in range(0, len(sequences), 50)]
    lives, life, entries = [], [], 0
    for step in steps:
        size = sum(r["when"] == "preflight" for s in step[0] for r in s["server"])
        if life and entries + size > ENTRIES:
            lives.append(life)
            life, entries = [], 0
        life.append(step)
        entries += size
    if singles:
        life.append((singles, SINGLES))
    lives.append(life)
    return lives


class Recorder:
    def __init__(self, browser):
        self.browser = browser
        self.server = Server(browser.address)

    async def record(self, scenarios, turn):
        """Observations by scenario id; None for a scenario that did not end."""
        seen = {}
        order = list(scenarios)
        if turn:
            random.Random(turn).shuffle(order)
        try:
            await self.server.start()
            for life in phases(order):
                self.server.forget_pages()
                await asyncio.to_thread(self.browser.start)
                try:
                    await self._pages()
                    for group, width in life:
                        await self._group(group, width, seen)
                finally:
                    await asyncio.to_thread(self.browser.stop)
        finally:
            await self.server.stop()
        return seen

    async def _pages(self):
        try:
            await self.server.pages_ready(60)
        except asyncio.TimeoutError:
            raise BrowserMissing(f"{self.browser.name} started, but did not load its pages") from None

    async def _group(self, scenarios, width, seen):
        slots = asyncio.Queue()
        for slot in range(min(width, SLOTS)):
            slots.put_nowait(slot)
        runs = []

        async def one(scenario, slot):
            run = Run(scenario)
            runs.append(run)
            try:
                await self._play(run, slot, width == 1)
            finally:
                slots.put_nowait(slot)

        tasks = []
        for scenario in scenarios:
            slot = await slots.get()
            tasks.append(asyncio.create_task(one(scenario, slot)))
        await asyncio.gather(*tasks)
        await asyncio.sleep(0.3 if width > 1 else 0.1)
        await asyncio.to_thread(self.browser.settle)
        for run in runs:
            seen[run.scenario["id"]] = self._observed(run)
        await asyncio.to_thread(self.browser.forget)

    async def _play(self, run, slot, lonely):
        scenario = run.scenario
        self.server.runs[scenario["id"]] = run
        if lonely:
            self.server.alone = run
        try:
            for step, fetch in enumerate(scenario["fetches"]):
                if fetch["wait_ms"]:
                    await asyncio.sleep(fetch["wait_ms"] / 1000)
                run.step = step
                try:
                    report = await self.server.play(slot, run, step, FETCH_SECONDS)
                except asyncio.TimeoutError:
                    if not self.browser.process.alive():
                        raise BrowserMissing(f"{self.browser.name} ended while it was at work") from None
                    return
                run.begun[step] = report["begun"]
                run.outcomes[step] = report["outcome"]
                if report["outcome"] is None:
                    return
                if report["outcome"]["type"] == "error":
                    await asyncio.sleep(SETTLE_MS / 1000)
            run.ended = time.time() * 1000
        finally:
            del self.server.runs[scenario["id"]]
            self.server.alone = None

    def _observed(self, run):
        if run.ended is None:
            return None
        seen = []
        until = run.begun[1:] + [run.ended + 1000]
        for exchanges, outcome, begun, end in zip(run.exchanges, run.outcomes, run.begun, until):
            observed = {"exchanges": exchanges, "outcome": outcome, "cors_error": None, "failed_parameter": None}
            if outcome["type"] == "error" and not outcome["thrown_before_network"]:
                observed.update(self.browser.reported(run.scenario["id"], begun, end))
            seen.append(observed)
        return seen


def record(browser, scenarios):
    """Runs twice. Returns what both runs agree on, the counts of what was dropped, and the time."""
    recorder = Recorder(browser)
    begun = time.monotonic()
    first = asyncio.run(recorder.record(scenarios, 0))
    halfway = time.monotonic()
    second = asyncio.run(Recorder(browser).record(scenarios, 1))
    kept, unlike, contrast, unended = {}, [], [], []
    for s in scenarios:
        a, b = first.get(s["id"]), second.get(s["id"])
        if a is None or b is None:
            unended.append(s["id"])
        elif a != b:
            unlike.append(s["id"])
            contrast.append({"id": s["id"], "first": a, "second": b})
        else:
            kept[s["id"]] = a
    report = {
        "unlike": unlike,
        "unended": unended,
        "contrast": contrast,
        "seconds": [round(halfway - begun, 1), round(time.monotonic() - halfway, 1)],
        "stray_requests": recorder.server.stray,
    }
    return kept, report
