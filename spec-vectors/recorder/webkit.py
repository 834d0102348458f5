"""Drives WebKitGTK's MiniBrowser under Xvfb and collects the lines that its console writes to standard error.

Nothing here talks to the browser: its pages take their work from the server. WebKit cannot map hosts to addresses, so
MiniBrowser runs in a mount namespace with its own `/etc/hosts`; without root that is in a user namespace, too.
"""

import glob
import os
import re
import select
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time

from process import BrowserMissing, Process
from server import HUBS

ADDRESS = "127.0.0.3"
HOSTS = f"{ADDRESS} a.test b.test c.test control.test\n127.0.0.1 localhost\n"
# Third-party cookies are allowed. `--private` or `--automation` would switch the console off.
FLAGS = ["--cookies-policy=always", "--enable-write-console-messages-to-stdout=true"]
ENVIRONMENT = {
    "GDK_BACKEND": "x11",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "NO_AT_BRIDGE": "1",
    "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
    # The sandbox needs namespaces of its own. Root and user namespaces do not get them everywhere.
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
}
MINIBROWSERS = ("/usr/lib/*/webkit2gtk-4.1/MiniBrowser", "/usr/lib*/webkit2gtk-4.1/MiniBrowser", "/usr/libexec/webkit2gtk-4.1/MiniBrowser")
# If only loopback has addresses, glibc resolves no name for GLib (`AI_ADDRCONFIG`). This address, for documentation, helps.
SPARE_ADDRESS = "192.0.2.1/32"
IN_OWN_HOSTS = 'mount --bind "$1" /etc/hosts && shift && exec "$@"'
VERSIONS = """
import ctypes
for name, library, function in (("WebKitGTK", "libwebkit2gtk-4.1.so.0", "webkit_get_"), ("libsoup", "libsoup-3.0.so.0", "soup_get_")):
    library = ctypes.CDLL(library)
    print(name, ".".join(str(getattr(library, f"{function}{part}_version")()) for part in ("major", "minor", "micro")))
"""
CREDENTIALS = struct.Struct("iII")  # of the sender of a packet: its process, user and group
REASON = "SECURITY ERROR "
# The line after each reason. Without a reason it is the only line.
CANNOT_LOAD = re.compile(r"JS ERROR (?:Fetch API|XMLHttpRequest) cannot load (.*?)(?: due to access control checks)?\.$")


class WebKit:
    name = "webkit"
    address = ADDRESS

    def __init__(self, default_settings=False):
        self.flags = FLAGS[1:] if default_settings else FLAGS
        found = [path for place in MINIBROWSERS for path in glob.glob(place)]
        if not found:
            raise BrowserMissing("webkit: no `MiniBrowser` of WebKitGTK (Debian: `webkit2gtk-driver`)")
        self.minibrowser = found[0]
        self.display = Process("webkit", "Xvfb")
        self.process = Process("webkit", "unshare")
        self.namespace = ["--mount"] if os.geteuid() == 0 else ["--mount", "--map-root-user"]
        for tool in ("mount", "sh"):
            if not shutil.which(tool):
                raise BrowserMissing(f"webkit: no `{tool}` on the PATH")
        tried = subprocess.run([self.process.path, *self.namespace, "true"], capture_output=True, text=True)
        if tried.returncode != 0:
            raise BrowserMissing(f"webkit: no mount namespace for its `/etc/hosts`: {tried.stderr.strip()}")
        versions = subprocess.run([sys.executable, "-c", VERSIONS], capture_output=True, text=True).stdout
        self.set_up = {
            "version": ", ".join(versions.splitlines()),
            "flags": self.flags,
            "environment": ENVIRONMENT,
            "hosts": HOSTS,
        }
        self.spare_address = False

    def start(self):
        self._have_an_address()
        shown = self.show()
        profile = self.process.new_profile()
        hosts = os.path.join(profile, "hosts")
        with open(hosts, "w") as f:
            f.write(HOSTS)
        self._lines = []  # failures: (time in ms, reason, the line of the load)
        self._reasons = {}  # by process
        # A pipe would mix the lines of processes. Each packet of this socket has the id of its sender.
        read, write = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        read.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        environment = {**ENVIRONMENT, "DISPLAY": shown, "XDG_RUNTIME_DIR": profile}
        pages = [f"{hub}/__page" for hub in HUBS]
        self.process.spawn(
            [*self.namespace, "sh", "-c", IN_OWN_HOSTS, "sh", hosts, self.minibrowser, *self.flags, *pages],
            environment=environment,
            stderr=write,
        )
        write.close()
        self._reader = threading.Thread(target=self._listen, args=[read], daemon=True)
        self._reader.start()

    def show(self):
        """Starts the display, and returns its name."""
        number, write = os.pipe()
        self.display.new_profile()
        self.display.spawn(
            ["-displayfd", str(write), "-screen", "0", "800x600x24", "-nolisten", "tcp"], pass_fds=[write]
        )
        os.close(write)
        with open(number, "rb") as number:
            shown = number.readline().strip() if select.select([number], [], [], 30)[0] else b""
        if not shown:
            said = self.display.last_words()
            self.stop()
            raise BrowserMissing(f"webkit: Xvfb did not start: {said}")
        return f":{shown.decode()}"

    def stop(self):
        self.process.end(wait=0)
        self.display.end(wait=0)
        if self.spare_address:
            subprocess.run(["ip", "address", "delete", SPARE_ADDRESS, "dev", "lo"], capture_output=True)
            self.spare_address = False

    def _have_an_address(self):
        try:
            socket.getaddrinfo("localhost", 80, socket.AF_INET, socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
            return
        except socket.gaierror:
            pass
        try:
            command = ["ip", "address", "add", SPARE_ADDRESS, "dev", "lo"]
            self.spare_address = subprocess.run(command, capture_output=True).returncode == 0
        except OSError:
            pass
        if not self.spare_address:
            raise BrowserMissing(f"webkit: no address but loopback's here, so it resolves no name; `{' '.join(command)}` helps")

    def _listen(self, read):
        pending = {}
        with read, open(os.path.join(self.process.profile, "stderr.txt"), "wb") as kept:
            while True:
                data, ancillary, _, _ = read.recvmsg(1 << 16, socket.CMSG_SPACE(CREDENTIALS.size))
                if not data:
                    return
                process = CREDENTIALS.unpack(ancillary[0][2])[0] if ancillary else 0
                *lines, pending[process] = (pending.get(process, b"") + data).split(b"\n")
                for line in lines:
                    self._hear(process, line.decode(errors="replace"))
                kept.write(data)
                kept.flush()

    def _hear(self, process, line):
        _, console, said = line.partition("CONSOLE ")
        if not console:
            return
        reason = self._reasons.pop(process, None)
        if said.startswith(REASON):
            self._reasons[process] = said.removeprefix(REASON)
        elif CANNOT_LOAD.match(said):
            self._lines.append((time.time() * 1000, reason, said))

    def settle(self):
        """Waits for lines that were written before the page reported its failure."""
        time.sleep(0.1)

    def reported(self, scenario, begun, until):
        """What the browser reported about the failed fetch that ran from `begun` to `until` (ms)."""
        mark = re.compile(rf"[/?#]{re.escape(scenario)}\b", re.IGNORECASE)  # a `Location` may be in upper case
        seen = {"cors_error": None, "failed_parameter": None}
        for at, reason, line in list(self._lines):
            if begun - 5 <= at < until - 5 and mark.search(line):
                seen["console"] = reason or line
                break
        return seen

    def forget(self):
        self._lines.clear()
