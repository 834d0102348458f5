"""Drives Chromium over `--remote-debugging-pipe` and collects what it reports about failures."""

import itertools
import json
import os
import queue
import re
import threading

from hosts import ARE_LITERALS
from process import BrowserMissing, Process
from server import HUBS, PORTS

ADDRESS = "127.0.0.1"
SECURE = ",".join(f"http://{h}.test:{p}" for h in "abc" for p in PORTS)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,TrackingProtection3pcd,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,Translate,OptimizationHints,MediaRouter",
    f"--host-resolver-rules=MAP *.test {ADDRESS}, MAP * ~NOTFOUND",
    f"--unsafely-treat-insecure-origin-as-secure={SECURE}",
    "--remote-debugging-pipe",
    "about:blank",
]
if ARE_LITERALS:
    # The defaults: no host is mapped, and local networks are checked.
    FLAGS = [flag.replace("LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,", "") for flag in FLAGS]
    FLAGS = [flag for flag in FLAGS if not flag.startswith(("--host-resolver-rules", "--unsafely-treat"))]
# Third-party cookies are allowed.
PREFERENCES = {"profile": {"cookie_controls_mode": 0, "block_third_party_cookies": False}}
# The start of a console line about a failed fetch. Other lines are about something else.
SAID = ("Failed to load resource: net::", "Fetch API cannot load ", "Unsafe attempt to load URL ")


class Chromium:
    name = "chromium"
    address = ADDRESS

    def __init__(self, default_settings=False):
        self.process = Process("chromium", "chromium")
        self.preferences = {} if default_settings else PREFERENCES
        self.set_up = {"version": self.process.version(), "flags": FLAGS, "preferences": self.preferences}

    def start(self):
        profile = self.process.new_profile()
        os.mkdir(os.path.join(profile, "Default"))
        with open(os.path.join(profile, "Default", "Preferences"), "w") as f:
            json.dump(self.preferences, f)
        down_read, self._write = os.pipe()
        self._read, up_write = os.pipe()

        def wire():
            a, b = os.dup(down_read), os.dup(up_write)
            os.dup2(a, 3)
            os.dup2(b, 4)

        self.process.spawn([f"--user-data-dir={profile}", *FLAGS], preexec_fn=wire, close_fds=False)
        os.close(down_read)
        os.close(up_write)
        self._ids = itertools.count(1)
        self._order = itertools.count()
        self._lock = threading.Lock()
        self._replies = {}
        self._requests = {}  # (session, requestId) -> what is known of it
        self._lines = []  # console lines: (time in ms, text, request)
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        try:
            self.call("Browser.getVersion", timeout=60)
            self.call("Target.setDiscoverTargets", {"discover": True})
            self.call("Target.setAutoAttach", ATTACH)
            for hub in HUBS:
                self.call("Target.createTarget", {"url": f"{hub}/__page"})
        except (queue.Empty, OSError):
            said = self.process.last_words()
            self.stop()
            raise BrowserMissing(f"chromium did not start: {said}") from None

    def stop(self):
        try:
            self._send("Browser.close", {}, None)
        except OSError:
            pass
        self.process.end()
        for fd in (self._write, self._read):
            os.close(fd)

    def _send(self, method, params, session):
        number = next(self._ids)
        message = {"id": number, "method": method, "params": params or {}}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        with self._lock:
            while data:
                data = data[os.write(self._write, data) :]
        return number

    def call(self, method, params=None, timeout=20):
        waiting = queue.Queue()
        with self._lock:
            number = next(self._ids)
            self._replies[number] = waiting
            data = json.dumps({"id": number, "method": method, "params": params or {}}).encode() + b"\0"
            while data:
                data = data[os.write(self._write, data) :]
        return waiting.get(timeout=timeout)

    def _listen(self):
        pending = b""
        while True:
            try:
                data = os.read(self._read, 1 << 16)
            except OSError:
                return
            if not data:
                return
            *messages, pending = (pending + data).split(b"\0")
            for raw in messages:
                message = json.loads(raw)
                if "id" in message:
                    waiting = self._replies.pop(message["id"], None)
                    if waiting:
                        waiting.put(message)
                else:
                    self._event(message["method"], message["params"], message.get("sessionId"))

    def _event(self, method, p, session):
        if method == "Target.attachedToTarget":
            child = p["sessionId"]
            for name in ("Network.enable", "Log.enable"):
                self._send(name, {}, child)
            self._send("Target.setAutoAttach", ATTACH, child)
            self._send("Runtime.runIfWaitingForDebugger", {}, child)
        elif method == "Network.requestWillBeSent":
            key = (session, p["requestId"])
            if key not in self._requests and p.get("type") in ("Fetch", "XHR", "Preflight", "Other"):
                self._requests[key] = {"url": p["request"]["url"], "at": p["wallTime"] * 1000}
        elif method == "Network.loadingFailed":
            request = self._requests.get((session, p["requestId"]))
            if request is not None and "failed" not in request:
                # The first event counts: a blocked request is cancelled afterwards.
                request.update(failed=p, order=next(self._order))
        elif method == "Log.entryAdded":
            entry = p["entry"]
            if entry["text"].startswith(SAID):
                key = (session, entry.get("networkRequestId"))
                self._lines.append((entry["timestamp"], entry["text"], self._requests.get(key)))

    def settle(self):
        """Waits until all messages sent so far have been read."""
        self.call("Browser.getVersion")

    def reported(self, scenario, begun, until):
        """What the browser reported about the failed fetch that ran from `begun` to `until` (ms)."""
        mark = re.compile(rf"[/?#]{re.escape(scenario)}([/?#]|$)")
        seen = {"cors_error": None, "failed_parameter": None}
        failed = [
            request
            for request in self._requests.values()
            if begun - 5 <= request["at"] < until - 5 and mark.search(request["url"]) and "failed" in request
        ]
        for request in failed:
            status = request["failed"].get("corsErrorStatus")
            if status and seen["cors_error"] is None:
                seen["cors_error"] = status["corsError"]
                seen["failed_parameter"] = status["failedParameter"] or None
        if seen["cors_error"] is None:
            for at, text, request in self._lines:
                if request is not None:
                    mine = request in failed
                else:
                    mine = begun - 5 <= at < until - 5 and re.search(rf"/{re.escape(scenario)}\b", text)
                if mine:
                    seen["console"] = text
                    break
        if failed:
            # A preflight that failed in the network has an event of its own, which may come late.
            failed.sort(key=lambda request: (request["failed"]["type"] != "Preflight", request["order"]))
            seen["net_error"] = failed[0]["failed"]["errorText"]
            if failed[0]["failed"].get("blockedReason"):
                seen["blocked_reason"] = failed[0]["failed"]["blockedReason"]
        return seen

    def forget(self):
        self._requests.clear()
        self._lines.clear()


ATTACH = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}
