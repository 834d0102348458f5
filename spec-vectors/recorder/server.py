"""The loopback server: answers scenarios byte for byte, and gives the pages their work.

One `Server` serves one browser. Ports 8101 to 8104 carry the scenarios, 8105 the
talk with the pages, so that no connection limit of a browser is shared by the two.
"""

import asyncio
import http.client
import json
import pathlib
import re

from hosts import addresses, placed
from process import BrowserMissing

PORTS = (8101, 8102, 8103, 8104)
CONTROL_PORT = 8105
HUBS = tuple(map(placed, ("http://a.test:8101", "http://b.test:8102", "http://c.test:8103")))
NO_LENGTH = (204, 205, 304)
PAGE = placed(pathlib.Path(__file__).with_name("page.html").read_text()).encode()

KEPT = {
    "origin",
    "access-control-request-method",
    "access-control-request-headers",
    "content-type",
    "content-language",
    "content-encoding",
    "content-location",
    "range",
    "authorization",
    "cookie",
    "referer",
}


class Run:
    """One scenario while it is being played."""

    def __init__(self, scenario):
        self.scenario = scenario
        self.step = 0
        self.exchanges = [[] for _ in scenario["fetches"]]
        self.outcomes = [None] * len(scenario["fetches"])
        self.begun = [0] * len(scenario["fetches"])
        self.ended = None
        self.answered = [0] * len(scenario["server"])

    def rule(self, url, when):
        for n, rule in enumerate(self.scenario["server"]):
            if rule["url"] != url or rule["when"] != when or rule.get("fetch", self.step) != self.step:
                continue
            if self.answered[n] == rule.get("times"):
                continue
            self.answered[n] += 1
            return rule
        return None

    def note(self, method, url, headers, body):
        """Records the parts of a request that the schema has."""
        preflight = method == "OPTIONS" and any(n == "access-control-request-method" for n, _ in headers)
        kept = KEPT | {n.lower() for n, _ in self.scenario["fetches"][self.step]["request"]["headers"]}
        if preflight:
            kept.add("accept")
        exchange = {
            "method": method,
            "url": url,
            "headers": [[n, v] for n, v in headers if n in kept],
        }
        if body:
            exchange["body_len"] = len(body)
        self.exchanges[self.step].append(exchange)
        return self.rule(url, "preflight" if preflight else "actual")


class Server:
    def __init__(self, address):
        self.address = address
        self.runs = {}  # by scenario id: those being played
        self.alone = None  # the one that also gets requests without any id
        self.stray = 0
        self._listeners = []
        self._clients = set()
        self._queues = {hub: asyncio.Queue() for hub in HUBS}
        self._ready = {hub: asyncio.Event() for hub in HUBS}
        self._waiting = {}

    async def start(self):
        for port in PORTS + (CONTROL_PORT,):
            try:
                listener = await asyncio.start_server(self._client, addresses(self.address), port, limit=1 << 20, backlog=512)
            except OSError as error:
                raise BrowserMissing(f"no server at {self.address}:{port}: {error.strerror}") from None
            self._listeners.append(listener)

    async def stop(self):
        for listener in self._listeners:
            listener.close()
        for task in list(self._clients):
            task.cancel()
        await asyncio.gather(*self._clients, return_exceptions=True)

    def forget_pages(self):
        """Resets the pages before a new browser starts."""
        for hub in HUBS:
            self._queues[hub] = asyncio.Queue()
            self._ready[hub].clear()
        self._waiting.clear()

    async def pages_ready(self, seconds):
        await asyncio.wait_for(asyncio.gather(*(e.wait() for e in self._ready.values())), seconds)

    async def play(self, slot, run, step, seconds):
        """Runs one fetch in a frame of `slot`. Returns the page's report."""
        fetch = run.scenario["fetches"][step]
        origin = fetch["request"]["origin"]
        hub = HUBS[0] if origin == "null" else origin
        key = f"{run.scenario['id']} {step}"
        self._waiting[key] = asyncio.get_running_loop().create_future()
        frame = f"{'n' if origin == 'null' else 's'}{slot}"
        self._queues[hub].put_nowait(
            {"key": key, "frame": frame, "api": fetch["api"], "request": fetch["request"]}
        )
        try:
            return await asyncio.wait_for(self._waiting[key], seconds)
        finally:
            self._waiting.pop(key, None)

    async def _client(self, reader, writer):
        task = asyncio.current_task()
        self._clients.add(task)
        try:
            while True:
                head = await reader.readexactly(1)
                if head == b"\x16":  # TLS, which nothing here speaks
                    return
                head += await reader.readuntil(b"\r\n\r\n")
                lines = head.decode("latin-1").split("\r\n")
                method, target, _ = lines[0].split(" ", 2)
                headers = []
                for line in lines[1:]:
                    if line:
                        name, _, value = line.partition(":")
                        headers.append((name.lower(), value.strip(" \t")))
                length = int(dict(headers).get("content-length") or 0)
                body = await reader.readexactly(length) if length else b""
                port = writer.get_extra_info("sockname")[1]
                if port == CONTROL_PORT:
                    answer = await self._control(target, body)
                else:
                    answer = self._answer(method, target, headers, body)
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, ValueError, asyncio.CancelledError):
            pass
        finally:
            self._clients.discard(task)
            writer.close()

    def _answer(self, method, target, headers, body):
        host = dict(headers).get("host", "")
        if target == "/__page":
            sid = f"sid={host[:1]}; Path=/"
            cookies = [("Set-Cookie", sid), ("Set-Cookie", f"{sid}; SameSite=None; Secure")]
            return message(200, cookies + [("Content-Type", "text/html; charset=utf-8")], PAGE)
        url = f"http://{host}{target}"
        run = self._find(target)
        if run is None:
            self.stray += target != "/favicon.ico"
            return message(404, [])
        rule = run.note(method, url, headers, body)
        if rule is None:
            return message(404, [])
        return message(rule["status"], rule["headers"])

    def _find(self, target):
        for part in re.split(r"[/?#]", target):
            if part in self.runs:
                return self.runs[part]
        return self.alone

    async def _control(self, target, body):
        allow = [("Access-Control-Allow-Origin", "*"), ("Content-Type", "application/json")]
        what, _, argument = target.partition("?")
        reply = b""
        if what == "/ready":
            self._ready[argument].set()
        elif what == "/done":
            report = json.loads(body)
            waiting = self._waiting.get(report["key"])
            if waiting and not waiting.done():
                waiting.set_result(report)
        elif what == "/poll":
            queue = self._queues[argument]
            steps = []
            try:
                steps.append(await asyncio.wait_for(queue.get(), 15))
                while not queue.empty():
                    steps.append(queue.get_nowait())
            except asyncio.TimeoutError:
                pass
            reply = json.dumps(steps).encode()
        return message(200, allow, reply)


def message(status, headers, body=b""):
    """A response. Header lines are sent as given."""
    lines = [f"HTTP/1.1 {status} {http.client.responses.get(status, 'Status')}"]
    lines += [f"{name}: {value}" for name, value in headers]
    if status not in NO_LENGTH:
        lines.append(f"Content-Length: {len(body)}")
    lines.append("Connection: keep-alive")
    if not any(name.lower() == "cache-control" for name, _ in headers):
        lines.append("Cache-Control: no-store")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body
