"""One door an outside thing: only one module knows each library, the disk, the clock and other processes."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

DOORS: dict[str, set[str]] = {
    "yaml": {"workspace/yamltree.py"},
    "jinja2": {"views/documents.py"},
    "markupsafe": {"views/documents.py"},
    "docxtpl": {"views/documents.py"},
    "xlsxwriter": {"views/sheets.py"},
    "python_calamine": {"workspace/sheets.py"},
    "zipfile": {"views/datapackage.py", "views/documents.py", "workspace/sheetparts.py"},
    "xml": {"workspace/sheetparts.py"},
    "rich": {"views/terminal.py"},
    "filelock": {"workspace/writing.py"},
    "typer": {
        "cli/app.py",
        "cli/completing.py",
        "cli/options.py",
        "cli/usage.py",
        *(
            f"cli/apps/{name}.py"
            for name in (
                *("checking", "entering", "exporting", "forming", "importing", "keeping", "merging"),
                *("publishing", "sealing", "trail", "viewing"),
            )
        ),
    },
    "pydantic": {
        "core/fields.py",
        "core/imports.py",
        "core/model.py",
        "core/surveys.py",
        "workspace/decode.py",
        "workspace/datafiles.py",
    },
    "subprocess": {"workspace/git.py"},
    "click": set(),
    "socket": set(),
    "urllib": {"views/findings.py"},  # quotes a path
}
CALLS: dict[str, set[str]] = {
    "now": {"cli/session.py"},
    "today": set(),
    "open": {
        "workspace/files.py",
        "workspace/writing.py",
        "texts/catalogue.py",
        "cli/main.py",
    },  # the catalogue is ours; main opens the null device
    "write_text": set(),
    "write_bytes": set(),
    "read_text": set(),
    "unlink": {"workspace/writing.py"},
    "float": set(),
}


def _modules(repository: Path) -> Iterator[tuple[str, ast.Module]]:
    source = repository / "src/cchc"
    for path in source.rglob("*.py"):
        yield path.relative_to(source).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def _called(tree: ast.Module) -> set[str]:
    functions = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "") for function in functions
    }


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_its_doors(repository: Path, library: str) -> None:
    assert {name for name, tree in _modules(repository) if library in _imported(tree)} == DOORS[library]


@pytest.mark.parametrize("call", CALLS)
def test_disk_and_clock_have_their_doors_and_no_figure_is_a_float(repository: Path, call: str) -> None:
    assert {name for name, tree in _modules(repository) if call in _called(tree)} == CALLS[call]
