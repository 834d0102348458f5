"""Has Chromium's developer tools export a page as a HAR: their front end is opened beside the page, and asked for it."""

import itertools
import json
import os
import select
import time

from process import BrowserMissing, Process

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests",
    "--remote-debugging-pipe",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
    "about:blank",
]
EXPORT = """(async () => {
  const HAR = await import('./models/har/har.js'), Logs = await import('./models/logs/logs.js');
  const requests = Logs.NetworkLog.NetworkLog.instance().requests();
  return JSON.stringify({log: await HAR.Log.Log.build(requests, {sanitize: %s})});
})()"""


class Pipe:
    """Chromium's protocol over two pipes, one call at a time."""

    def __init__(self, process):
        profile = process.new_profile()
        down_read, self._write = os.pipe()
        self._read, up_write = os.pipe()

        def wire():
            down, up = os.dup(down_read), os.dup(up_write)
            os.dup2(down, 3)
            os.dup2(up, 4)

        process.spawn([f"--user-data-dir={profile}", *FLAGS], preexec_fn=wire, close_fds=False)
        os.close(down_read)
        os.close(up_write)
        self._ids = itertools.count(1)
        self._pending = b""

    def call(self, method, session=None, timeout=120, **params):
        number = next(self._ids)
        message = {"id": number, "method": method, "params": params} | ({"sessionId": session} if session else {})
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._write, data) :]
        deadline = time.monotonic() + timeout
        while True:
            while b"\0" in self._pending:
                raw, self._pending = self._pending.split(b"\0", 1)
                reply = json.loads(raw)
                if reply.get("id") == number:
                    if "error" in reply:
                        raise RuntimeError(f"{method}: {reply['error']['message']}")
                    return reply["result"]
            if not select.select([self._read], [], [], max(0, deadline - time.monotonic()))[0]:
                raise BrowserMissing(f"chromium does not answer {method}")
            received = os.read(self._read, 1 << 20)
            if not received:
                raise BrowserMissing(f"chromium ended before it answered {method}")
            self._pending += received

    def evaluate(self, session, expression):
        result = self.call("Runtime.evaluate", session, expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(str(result["exceptionDetails"])[:500])
        return result["result"].get("value")

    def open(self, url):
        target = self.call("Target.createTarget", url=url)["targetId"]
        return target, self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def close(self):
        for fd in (self._write, self._read):
            os.close(fd)


def export(url):
    """What the page's script got, and the HAR: sanitized, and in full."""
    process = Process("chromium", "chromium")
    pipe = Pipe(process)
    try:
        pipe.call("Browser.getVersion")
        with open(os.path.join(process.profile, "DevToolsActivePort")) as f:
            port = f.readline().strip()
        target, page = pipe.open("about:blank")
        address = f"localhost:{port}"
        _, tools = pipe.open(f"http://{address}/devtools/devtools_app.html?ws={address}/devtools/page/{target}&panel=network")
        wait_for(pipe, tools, "document.readyState === 'complete'")
        # The log must listen before the page begins: it has the blank page, once it does.
        logs = "import('./models/logs/logs.js').then(Logs => Logs.NetworkLog.NetworkLog.instance().requests().length > 0)"
        blank = url + "blank"
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            pipe.call("Page.navigate", page, url=blank)
            time.sleep(1)
            try:
                if pipe.evaluate(tools, logs):
                    break
            except RuntimeError:
                pass
        pipe.call("Page.navigate", page, url=url)
        wait_for(pipe, page, "document.title === 'done'")
        results = json.loads(pipe.evaluate(page, "window.done"))
        time.sleep(1)
        return results, [pipe.evaluate(tools, EXPORT % sanitize) for sanitize in ("true", "false")]
    finally:
        try:
            pipe.call("Browser.close", timeout=5)
        except (BrowserMissing, RuntimeError, OSError):
            pass
        process.end()
        pipe.close()


def wait_for(pipe, session, condition, seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if pipe.evaluate(session, condition):
                return
        except RuntimeError:
            pass
        time.sleep(0.5)
    raise BrowserMissing(f"chromium: never {condition}")
