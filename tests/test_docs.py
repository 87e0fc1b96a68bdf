"""The documents say what is true: commands run as shown, options and keys are all there, names exist."""

import os
import re
import shlex
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from typer.main import get_command

from cchc.cli.app import program_of
from cchc.core import model
from cchc.core.errors import Exit
from cchc.core.fields import Record


@pytest.fixture(scope="module")
def readme() -> str:
    return (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_walk_runs_as_shown(readme: str, tmp_path: Path) -> None:
    (walk,) = re.findall(r"```console\n(.*?)```", readme, re.DOTALL)
    env = {**os.environ, "CCHC_TODAY": "2023-07-03"}
    folder, output = tmp_path, ""
    for line in walk.splitlines():
        if not line.startswith("$ "):
            assert line.strip() in output, line
            continue
        words = shlex.split(line[2:])
        if words[0] == "cd":
            folder /= words[1]
            continue
        command = [sys.executable, "-m", "cchc", *words[1:]]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        output = done.stdout + done.stderr


def test_every_command_and_option_is_named(readme: str) -> None:
    program = get_command(program_of([]))
    commands = program.commands  # type: ignore[attr-defined]  # it is a group
    names = {f"cchc {name}" for name in commands}
    names |= {option for command in commands.values() for param in command.params for option in param.opts}
    names -= {param.name for command in commands.values() for param in command.params}
    assert {name for name in names if not re.search(rf"{re.escape(name)}(?![a-z-])", readme)} == set()


def test_every_key_of_the_files_is_named(readme: str) -> None:
    records = [value for value in vars(model).values() if isinstance(value, type) and issubclass(value, Record)]
    keys = {field.alias or name for record in records for name, field in record.model_fields.items()}
    assert {key for key in keys if not re.search(rf"\b{key}\b", readme)} == set()


def test_every_exit_status_is_named(readme: str) -> None:
    (sentence,) = re.findall(r"Exit statuses: ([^.]*)\.", readme)
    assert {int(number) for number in re.findall(r"\d+", sentence)} == {int(status) for status in Exit}


def _exists(name: str) -> bool:
    module, _, rest = name.rpartition(".")
    try:
        found = import_module(name)
    except ModuleNotFoundError:
        return hasattr(import_module(module), rest)
    return found is not None


def test_every_name_in_the_architecture_exists(repository: Path) -> None:
    text = (repository / "docs/architecture.md").read_text(encoding="utf-8")
    names = set(re.findall(r"`(cchc\.[\w.]+)`", text))
    assert len(names) > 30
    assert {name for name in names if not _exists(name)} == set()


def test_every_file_in_the_documents_exists(repository: Path) -> None:
    for document in [*repository.glob("docs/*.md"), repository / "README.md"]:
        text = document.read_text(encoding="utf-8")
        paths = re.findall(r"\]\(([\w./-]+)\)", text)
        paths += [f"src/cchc/{path}" for path in re.findall(r"`((?:core|workspace|views|cli)/[\w/]+\.py)", text)]
        for path in paths:
            assert (repository / path).exists() or (document.parent / path).exists(), (document.name, path)
