"""beancount in an environment of its own, so that its dependencies are none of ours."""

import os
import subprocess
import sys
from pathlib import Path

ENVIRONMENT = Path(__file__).parents[1] / "build" / "bench-venv"
PACKAGE = "beancount>=3"


def bean_check(environment: Path = ENVIRONMENT) -> Path | None:
    """Return the program, installed when it is missing; None when it cannot be had."""
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    program = scripts / ("bean-check.exe" if os.name == "nt" else "bean-check")
    if not program.exists() and not _installed(environment, scripts / "python"):
        return None
    return program


def _installed(environment: Path, python: Path) -> bool:
    pip: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE]
    steps: tuple[list[str | Path], ...] = ([sys.executable, "-m", "venv", environment], pip)
    return all(subprocess.run(step, stdout=sys.stderr, check=False).returncode == 0 for step in steps)
