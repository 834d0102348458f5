"""Drives Firefox over Marionette and collects the messages of its console service."""

import json
import os
import re
import socket
import time

from hosts import ARE_LITERALS
from process import BrowserMissing, Process
from server import HUBS

ADDRESS = "127.0.0.2"
PREFS = {
    # The hosts, and no other network.
    "network.dns.forceResolve": ADDRESS,
    "network.dns.disableIPv6": True,
    "network.dnsCacheExpiration": 86400,
    "network.dnsCacheExpirationGracePeriod": 86400,
    "network.trr.mode": 5,
    "network.proxy.type": 0,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.prefetch-next": False,
    "network.http.speculative-parallel-limit": 0,
    # Plain HTTP, no checks of local networks, and third-party cookies.
    "dom.security.https_first": False,
    "dom.security.https_first_schemeless": False,
    "dom.security.https_only_mode": False,
    "network.lna.enabled": False,
    "network.lna.blocking": False,
    "network.cookie.cookieBehavior": 0,
    "network.cookie.cookieBehavior.pbmode": 0,
    "privacy.trackingprotection.enabled": False,
    "privacy.trackingprotection.annotate_channels": False,
    "privacy.query_stripping.enabled": False,
    # No throttling, and no random delays.
    "privacy.reduceTimerPrecision": False,
    "network.http.throttle.enable": False,
    "network.http.tailing.enabled": False,
    "network.http.rcwn.enabled": False,
    "network.http.max-persistent-connections-per-server": 16,
    "dom.min_background_timeout_value": 4,
    "dom.timeout.enable_budget_timer_throttling": False,
    # One page after the other, and no services of the vendor.
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.tabs.unloadOnLowMemory": False,
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "extensions.update.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "services.settings.server": "data:,",
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.healthreport.uploadEnabled": False,
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.unified": False,
    "toolkit.cosmeticAnimations.enabled": False,
    "fission.autostart": True,
    "marionette.port": 0,
}
if ARE_LITERALS:
    for name in ("network.dns.forceResolve", "network.dns.disableIPv6"):
        del PREFS[name]
# Preferences that a page would notice.
SETTINGS = (
    "dom.security.https_first",
    "dom.security.https_first_schemeless",
    "dom.security.https_only_mode",
    "network.lna.enabled",
    "network.lna.blocking",
    "network.cookie.cookieBehavior",
    "network.cookie.cookieBehavior.pbmode",
    "privacy.trackingprotection.enabled",
    "privacy.trackingprotection.annotate_channels",
    "privacy.query_stripping.enabled",
)
FLAGS = ["--headless", "--no-remote", "--marionette", "--remote-allow-system-access"]

LISTEN = """
const heard = [];
const listener = {
  observe(m) {
    if (m instanceof Ci.nsIScriptError) heard.push([m.timeStamp, m.category, m.errorMessage]);
  },
};
Services.console.registerListener(listener);
globalThis.__recorder = { heard, listener };
const principal = Services.scriptSecurityManager.getSystemPrincipal();
const win = Services.wm.getMostRecentWindow("navigator:browser");
for (const url of arguments[0]) win.gBrowser.addTab(url, { triggeringPrincipal: principal });
return Services.appinfo.version + " " + Services.appinfo.appBuildID;
"""
DRAIN = "return globalThis.__recorder.heard.splice(0);"

# Ids whose message quotes a wrong value, and which quotation in the reason it is.
QUOTES = {
    "CORSAllowOriginNotMatchingOrigin": -1,
    "CORSInvalidAllowMethod": 0,
    "CORSInvalidAllowHeader": 0,
    "CORSMissingAllowHeaderFromPreflight": 0,
}


class Firefox:
    name = "firefox"
    address = ADDRESS

    def __init__(self, default_settings=False):
        self.process = Process("firefox", "firefox-esr")
        self.prefs = {k: v for k, v in PREFS.items() if not (default_settings and k in SETTINGS)}
        self.set_up = {"version": self.process.version(), "flags": FLAGS, "prefs": self.prefs}

    def start(self):
        profile = self.process.new_profile()
        with open(os.path.join(profile, "user.js"), "w") as f:
            for name, value in self.prefs.items():
                f.write(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n")
        self.process.spawn([*FLAGS, "--profile", profile])
        self._number = 0
        self._heard = []
        self._socket = None
        try:
            self._connect(os.path.join(profile, "MarionetteActivePort"))
            self.call("WebDriver:NewSession", {"capabilities": {}})
            self.call("Marionette:SetContext", {"value": "chrome"})
            self._script(LISTEN, [f"{hub}/__page" for hub in HUBS])
        except (OSError, RuntimeError) as error:
            said = self.process.last_words()
            self.stop()
            raise BrowserMissing(f"firefox did not start: {error}; {said}") from None

    def _connect(self, port_file):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self.process.child.poll() is not None:
                break
            try:
                with open(port_file) as f:
                    port = int(f.read())
                self._socket = socket.create_connection(("127.0.0.1", port), 30)
                self._stream = self._socket.makefile("rb")
                self._receive()
                return
            except (OSError, ValueError):
                time.sleep(0.1)
        raise OSError("no Marionette")

    def _receive(self):
        length = b""
        while not length.endswith(b":"):
            byte = self._stream.read(1)
            if not byte:
                raise OSError("Marionette has gone")
            length += byte
        return json.loads(self._stream.read(int(length[:-1])))

    def call(self, name, params):
        self._number += 1
        data = json.dumps([0, self._number, name, params]).encode()
        self._socket.sendall(b"%d:" % len(data) + data)
        while True:
            kind, number, error, result = self._receive()
            if (kind, number) == (1, self._number):
                if error:
                    raise RuntimeError(error.get("message", str(error)))
                return result

    def _script(self, script, *arguments):
        params = {"script": script, "args": list(arguments), "sandbox": "recorder", "newSandbox": False}
        return self.call("WebDriver:ExecuteScript", params)["value"]

    def stop(self):
        if self._socket:
            try:
                self.call("Marionette:Quit", {"flags": ["eForceQuit"]})
            except (OSError, RuntimeError):
                pass
            self._socket.close()
        self.process.end()

    def settle(self):
        self._heard += self._script(DRAIN)

    def reported(self, scenario, begun, until):
        """What the browser reported about the failed fetch that ran from `begun` to `until` (ms)."""
        mark = re.compile(rf"[/?#]{re.escape(scenario)}\b", re.IGNORECASE)  # a `Location` may be in upper case
        seen = {"cors_error": None, "failed_parameter": None}
        for at, category, text in self._heard:
            if not (begun - 5 <= at < until - 5 and mark.search(text)):
                continue
            if category == "CORSAllowHeaderFromPreflightDeprecation":
                continue  # a warning, of requests that pass
            if category.startswith("CORS"):
                if seen["cors_error"] is None:
                    name = category.rstrip("0123456789")
                    seen["cors_error"] = name
                    if name in QUOTES:
                        seen["failed_parameter"] = quoted(text)[QUOTES[name]]
            elif text.startswith("Security Error: ") and "console" not in seen:
                seen["console"] = re.sub(r"moz-nullprincipal:{[^}]*}", "moz-nullprincipal:", text)
        return seen

    def forget(self):
        self.settle()
        self._heard.clear()


def quoted(text):
    return re.findall("‘(.*?)’", text.partition("(Reason: ")[2], re.S)
