"""Processes measured from outside: interleaved wall times, peak memory, files opened."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

BENCHMARKS = Path(__file__).parent
CCHC = "from cchc.cli.main import main; main()"  # what the script `cchc` does
FINE = (0, 1)  # with findings, too, a command has done its work
QUIET_WARM_UPS = 2  # the first run compiles, the second finds everything in the system's cache

# A process inherits the peak of the one that starts it, so a bare interpreter stands between.
PEAK = """
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
scale = 1 if sys.platform == "darwin" else 1024
os.write(2, f"\\n{usage.ru_maxrss * scale}".encode())
sys.exit(os.waitstatus_to_exitcode(status))
"""
OPENED = """
import os, sys
opened = []
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, os.PathLike)):
        folder, name = os.path.split(os.fspath(arguments[0]))
        if os.path.basename(folder) == "data" and name.endswith(".yaml"):
            opened.append(name)
sys.addaudithook(hook)
from cchc.cli.main import run
status = run(sys.argv[1:])
sys.stderr.write(f"\\n{len(opened)}")
sys.exit(status)
"""


class Failed(Exception):
    """A command that did not end well, so that there is nothing to measure; a row of the table says it."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(f"failed with exit {status}: {said}")


def python(code: str, *arguments: str) -> list[str]:
    """Return the words of a program for our own interpreter."""
    return [sys.executable, "-c", code, *arguments]


def cchc(*arguments: str) -> list[str]:
    """Return the words of a command of ours."""
    return python(CCHC, *arguments)


def environment() -> dict[str, str]:
    """Return the environment of a user: compiled modules are kept, no setting of ours but the language."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("CCHC_", "PYTHON"))}
    for name in ("CCHC_LANG", "PYTHONPATH"):
        if name in os.environ:
            settings[name] = os.environ[name]
    paths = [str(BENCHMARKS), *filter(None, [settings.get("PYTHONPATH")])]
    return settings | {"PYTHONPATH": os.pathsep.join(paths), "CCHC_TODAY": "2023-06-20"}


def medians(
    commands: Mapping[str, list[str]], runs: int, before: Callable[[], None] = lambda: None
) -> dict[str, float]:
    """Return the median wall time of each command in seconds, their runs interleaved: a b c a b c …

    `before` is called before each run, and not measured.
    """
    settings = environment()
    times: dict[str, list[float]] = {name: [] for name in commands}
    for words in commands.values():
        for _ in range(QUIET_WARM_UPS):
            before()
            _run(words, settings)
    for _ in range(runs):
        for name, words in commands.items():
            before()
            start = time.perf_counter()
            subprocess.run(words, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(taken) for name, taken in times.items()}


def peak_memory(words: list[str]) -> float:
    """Return the largest resident size of a command in MB (10^6 bytes)."""
    return int(_last_line([sys.executable, "-I", "-S", "-c", PEAK, *words])) / 1e6


def opened_data_files(*arguments: str) -> int:
    """Return how many data files a command of ours opens."""
    return int(_last_line(python(OPENED, *arguments)))


def _last_line(words: list[str]) -> str:
    return _run(words, environment()).rpartition("\n")[2]


def _run(words: list[str], settings: Mapping[str, str]) -> str:
    """Run a command that has to end well and return what it said on standard error."""
    done = subprocess.run(words, env=settings, capture_output=True, encoding="utf-8", check=False)
    if done.returncode not in FINE or "Traceback" in done.stderr:
        said = [line for line in done.stderr.splitlines() if line.strip() and not line.isdigit()]
        raise Failed(done.returncode, (said or [""])[0])
    return done.stderr
