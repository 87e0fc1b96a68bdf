"""What each command imports: the gate of start-up time without its noise; the times themselves are in benchmarks/.

Typer brings modules of its own, and so do the libraries that a command needs; they are taken off, so that what is left
is imported by us.
"""

import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

COMMAND = """
import json, sys
from cchc.cli.main import run
status = run(json.loads(sys.argv[1]))
sys.stderr.write("\\n" + json.dumps([status, sorted(sys.modules)]))
"""
LIBRARIES = """
import importlib, json, sys, typer
app = typer.Typer(add_completion=False, rich_markup_mode=None)
@app.command()
def empty(word: str = ""):
    for name in json.loads(word or "[]"):
        importlib.import_module(name)
    if "pydantic" in sys.modules:
        sys.modules["pydantic"].TypeAdapter(int)
app(json.loads(sys.argv[1]), standalone_mode=False)
sys.stderr.write("\\n" + json.dumps([0, sorted(sys.modules)]))
"""
HEAVY = frozenset({
    "asyncio", "concurrent", "ctypes", "difflib", "email", "filelock", "http", "importlib.metadata",
    "importlib.resources", "jinja2", "logging", "multiprocessing", "pydantic", "rich", "sqlite3", "unittest",
    "urllib.request", "xml", "yaml",
})  # fmt: skip
RECORDS = ("pydantic", "yaml")
HELP = ("--help",)  # an empty Typer program that shows its help does less than one that runs
ADDED = ("add-measure", "ho-so-dung-han", "412/418", "-p", "2023-07", "--illustrative")
NEEDS = (  # a command and the libraries that it may import
    (("--version",), HELP),
    (("--help",), HELP),
    (("-h",), HELP),
    (("report", "--help"), ()),
    (("init", "new"), RECORDS),
    (("validate",), RECORDS),
    (("validate", "-f", "json"), RECORDS),
    (("validate", "-f", "github"), RECORDS),
    (("validate", "-f", "sarif"), RECORDS),
    (("report", "2023Q2", "-f", "json"), RECORDS),
    (("report", "2023Q2", "-f", "md"), (*RECORDS, "jinja2")),
    (("report", "2023Q2", "-f", "html"), (*RECORDS, "jinja2")),
    (("report", "2023Q2", "-f", "xlsx", "-o", "a.xlsx"), (*RECORDS, "xlsxwriter")),
    (("form", "2023-07", "-o", "a.xlsx"), (*RECORDS, "xlsxwriter")),
    (("template", "list"), RECORDS),
    (("site", "-o", "site"), (*RECORDS, "jinja2")),
    (("status",), RECORDS),
    (("status", "--remind", "all"), RECORDS),
    (("status", "-f", "md"), (*RECORDS, "jinja2")),
    (("status", "-f", "json"), RECORDS),
    (("list", "tasks"), (*RECORDS, "rich")),
    (("list", "indicators", "-f", "json"), RECORDS),
    (ADDED, (*RECORDS, "filelock")),
    (("schema",), (*RECORDS, "filelock")),
    (("schema", "data"), RECORDS),
    (("export",), RECORDS),
    (("export", "-o", "a.xlsx"), (*RECORDS, "xlsxwriter")),
    (("export", "-o", "a.zip"), RECORDS),
    (("completion", "bash"), RECORDS),
    (("_complete", "bash", ":"), HELP),
    (("_complete", "bash", ":add-measure", ":"), ("yaml",)),
    (("_complete", "bash", ":report", ":"), ("yaml",)),
    (("_complete", "bash", ":status", ":--fail-on", ":"), HELP),
    (("_complete", "bash", ":diff", ":"), HELP),
)
NOT_FOR_HELP = ("cchc.commands", "cchc.workspace", "cchc.views", "cchc.core.model", "cchc.core.periods")
NOT_FOR_CHECKS = ("cchc.core.evaluate", "cchc.views.present", "cchc.views.jsonview", "cchc.views.terminal")


@pytest.fixture
def workspace(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a copy of the real plan and its data."""
    for folder in ("plan", "data"):
        shutil.copytree(repository / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _modules(code: str, *words: str) -> tuple[int, frozenset[str]]:
    done = subprocess.run([sys.executable, "-c", code, json.dumps(words)], capture_output=True, text=True, check=True)
    status, modules = json.loads(done.stderr.rpartition("\n")[2])
    return status, frozenset(modules)


@cache
def _theirs(libraries: tuple[str, ...]) -> frozenset[str]:
    """Return the modules of an empty Typer program: one that shows its help, or one that imports the libraries."""
    words = libraries if libraries == HELP else ("--word", json.dumps(libraries))
    return _modules(LIBRARIES, *words)[1]


@pytest.mark.parametrize(("words", "libraries"), NEEDS, ids=[" ".join(words) for words, _ in NEEDS])
@pytest.mark.usefixtures("workspace")
def test_a_command_imports_only_the_libraries_that_it_needs(words: tuple[str, ...], libraries: tuple[str, ...]) -> None:
    status, loaded = _modules(COMMAND, *words)
    assert status == 0
    assert (loaded & HEAVY) - _theirs(libraries) == set()


@pytest.mark.parametrize(
    ("words", "needless"),
    [(("--version",), NOT_FOR_HELP), (("--help",), NOT_FOR_HELP), (("validate",), NOT_FOR_CHECKS)],
)
@pytest.mark.usefixtures("workspace")
def test_a_command_imports_only_what_it_needs_of_us(words: tuple[str, ...], needless: tuple[str, ...]) -> None:
    _, loaded = _modules(COMMAND, *words)
    assert {name for name in loaded if name.startswith(needless)} == set()
