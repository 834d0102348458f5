"""A browser's process: started in its own group and profile, ended by its id."""

import os
import shutil
import signal
import subprocess
import tempfile
import time


class BrowserMissing(Exception):
    """A browser cannot be used here. The message is one line."""


class Process:
    def __init__(self, name, binary):
        self.name = name
        self.path = shutil.which(binary)
        if not self.path:
            raise BrowserMissing(f"{name}: no `{binary}` on the PATH")
        self.profile = None
        self.child = None

    def version(self):
        try:
            out = subprocess.run([self.path, "--version"], capture_output=True, text=True, timeout=60).stdout
        except (OSError, subprocess.TimeoutExpired) as error:
            raise BrowserMissing(f"{self.name} tells no version: {error}") from None
        return out.strip().splitlines()[-1] if out.strip() else ""

    def new_profile(self):
        self.profile = tempfile.mkdtemp(prefix="recorder-")
        return self.profile

    def spawn(self, arguments, environment=(), stderr=None, **more):
        env = dict(os.environ, HOME=self.profile, MOZ_CRASHREPORTER_DISABLE="1") | dict(environment)
        with open(os.path.join(self.profile, "stderr.txt"), "wb") as kept:
            self.child = subprocess.Popen(
                [self.path, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=kept if stderr is None else stderr,
                start_new_session=True,
                env=env,
                **more,
            )

    def alive(self):
        return self.child is not None and self.child.poll() is None

    def last_words(self):
        try:
            with open(os.path.join(self.profile, "stderr.txt"), errors="replace") as f:
                lines = [line.strip() for line in f if line.strip()]
            return lines[-1] if lines else "it said nothing"
        except OSError:
            return "it said nothing"

    def end(self, wait=5):
        """Waits this many seconds for the process to end, then ends its group."""
        if self.child:
            try:
                self.child.wait(wait)
            except subprocess.TimeoutExpired:
                pass
            for sign in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(self.child.pid, sign)
                except ProcessLookupError:
                    break
                time.sleep(0.3)
            self.child.wait()
            self.child = None
        if self.profile:
            shutil.rmtree(self.profile, ignore_errors=True)
            self.profile = None
