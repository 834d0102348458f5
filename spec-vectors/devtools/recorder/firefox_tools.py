"""Has Firefox's developer tools export a page as a HAR: Marionette opens their network panel, and asks it for it."""

import json
import os
import socket
import time

from process import BrowserMissing, Process

PREFS = {
    "devtools.toolbox.selectedTool": "netmonitor",
    "devtools.chrome.enabled": True,
    "browser.shell.checkDefaultBrowser": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.lna.enabled": False,
    "services.settings.server": "data:,",
    "app.update.enabled": False,
    "marionette.port": 0,
}
OPEN = """const done = arguments[arguments.length - 1]; (async () => {
  const {require} = ChromeUtils.importESModule("resource://devtools/shared/loader/Loader.sys.mjs");
  const {gDevTools} = require("devtools/client/framework/devtools");
  window.tools = await gDevTools.showToolboxForTab(gBrowser.selectedTab, {toolId: "netmonitor"});
  await window.tools.getPanelWhenReady("netmonitor");
})().then(() => done("open"), error => done("error: " + error));"""
EXPORT = """const done = arguments[arguments.length - 1];
window.tools.getHARFromNetMonitor().then(har => done(JSON.stringify({log: har.log || har})), error => done("error: " + error));"""


class Marionette:
    def __init__(self, port):
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.settimeout(120)
        self._pending = b""
        self._number = 0
        self._receive()

    def _receive(self):
        while b":" not in self._pending:
            self._read()
        length, self._pending = self._pending.split(b":", 1)
        while len(self._pending) < int(length):
            self._read()
        message, self._pending = self._pending[: int(length)], self._pending[int(length) :]
        return json.loads(message)

    def _read(self):
        received = self._socket.recv(1 << 16)
        if not received:
            raise BrowserMissing("firefox closed its connection")
        self._pending += received

    def call(self, command, **parameters):
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._receive()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result

    def script(self, context, script):
        self.call("Marionette:SetContext", value=context)
        value = self.call("WebDriver:ExecuteAsyncScript", script=script, args=[])["value"]
        if isinstance(value, str) and value.startswith("error: "):
            raise RuntimeError(value)
        return value


def export(url):
    """What the page's script got, and the HAR."""
    process = Process("firefox", "firefox-esr")
    profile = process.new_profile()
    with open(os.path.join(profile, "user.js"), "w") as f:
        for name, value in PREFS.items():
            f.write(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n")
    flags = ["--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile", profile, "about:blank"]
    process.spawn(flags, environment={"MOZ_DISABLE_CONTENT_SANDBOX": "1"})
    try:
        firefox = Marionette(port_in(process, profile))
        firefox.call("WebDriver:NewSession")
        firefox.call("WebDriver:SetTimeouts", script=110_000)
        firefox.script("chrome", OPEN)
        firefox.call("Marionette:SetContext", value="content")
        firefox.call("WebDriver:Navigate", url=url)
        results = firefox.script("content", "window.done.then(arguments[arguments.length - 1])")
        time.sleep(1)
        har = firefox.script("chrome", EXPORT)
        return json.loads(results), [har]
    finally:
        process.end(wait=0)


def port_in(process, profile):
    """The port is in a file of the profile, once Marionette listens."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.alive():
        try:
            with open(os.path.join(profile, "MarionetteActivePort")) as f:
                return int(f.read())
        except (OSError, ValueError):
            time.sleep(0.3)
    raise BrowserMissing(f"firefox did not start: {process.last_words()}")
