"""A real pseudo-terminal with our program at its other end, as an official sits before it."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

SECONDS = 20
_OWN_TERMINAL = """
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl-C and hanging up reach the program
os.execv(sys.executable, [sys.executable, "-m", "cchc", *sys.argv[1:]])
"""


class Terminal:
    """A terminal of so many columns; what is typed is sent when the program says what it is waited for."""

    def __init__(self, *words: str, cwd: Path, columns: int = 80, **env: str) -> None:
        self._leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self._running = subprocess.Popen(
            [sys.executable, "-c", _OWN_TERMINAL, *words],
            cwd=cwd, stdin=follower, stdout=follower, stderr=follower, env={**os.environ, "TERM": "dumb", **env},
        )  # fmt: skip
        os.close(follower)
        self._said = b""
        self._read = 0  # of what was said, what has been waited for

    @property
    def screen(self) -> str:
        """All that was shown so far, what was typed with it."""
        return self._said.decode("utf-8", "replace").replace("\r\n", "\n")

    def wait(self, text: str) -> None:
        """Wait until the program says a text that was not waited for yet."""
        wanted = text.encode()
        end = time.monotonic() + SECONDS
        while (found := self._said.find(wanted, self._read)) < 0:
            if time.monotonic() > end or not self._more(1):
                self._running.kill()
                self._running.wait()
                raise AssertionError((text, self.screen[-2000:]))
        self._read = found + len(wanted)

    def type(self, line: str, after: str = "Giá trị") -> None:
        """Type a line once the program has asked for it."""
        self.wait(after)
        self.wait(": ")
        os.write(self._leader, f"{line}\n".encode())

    def press(self, key: bytes, after: str = "Giá trị") -> None:
        """Press a key once the program has asked for something."""
        self.wait(after)
        self.wait(": ")
        os.write(self._leader, key)

    def hang_up(self) -> int:
        """Close the terminal, as when its window is closed or a line breaks, and return how the program ended."""
        os.close(self._leader)
        return self._running.wait(SECONDS)

    def end(self) -> int:
        """Wait for the program to end by itself and return its exit status."""
        while self._more(SECONDS):
            pass
        os.close(self._leader)
        return self._running.wait(SECONDS)

    def _more(self, seconds: float) -> bool:
        """Read what is there, waiting so long for it; whether the program still has the terminal open."""
        ready, _, _ = select.select([self._leader], [], [], seconds)
        if not ready:
            return self._running.poll() is None
        try:
            data = os.read(self._leader, 65536)
        except OSError:  # Linux says so when nobody has the other end open
            return False
        self._said += data
        return bool(data)


CTRL_C, CTRL_D = b"\x03", b"\x04"
HANGED_UP = -signal.SIGHUP
