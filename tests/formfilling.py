"""Forms as the person who fills them in: made by the program, opened and saved by another."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cchc.cli.main import run

_made: dict[tuple[str, ...], bytes] = {}  # forms by what they are made of: making one takes longest


def _form(root: Path, file: Path, period: str, words: tuple[str, ...]) -> bytes:
    """Return the form that the program makes of a workspace."""
    held = [
        path.read_text(encoding="utf-8") for part in ("plan", "data") for path in sorted((root / part).rglob("*.yaml"))
    ]
    key = (period, *words, *held)
    if key not in _made:
        assert run(["form", period, "-o", str(file), "-q", "--replace", "-C", str(root), *words]) == 0
        _made[key] = file.read_bytes()
    return _made[key]


class FilledIn:
    """A form of a period: cells are named by the key of their row and the mark of their column."""

    def __init__(self, root: Path, period: str, *words: str) -> None:
        self.file = root / f"bieu-{period}.xlsx"
        self.file.write_bytes(_form(root, self.file, period, words))
        self.book: Workbook = load_workbook(self.file)
        self.sheet: Worksheet = self.book["Số liệu"]
        self.columns = {str(cell.value).removeprefix("cchc:"): at for at, cell in enumerate(self.sheet[1], start=1)}

    def _row(self, key: str) -> int:
        column = self.columns["key"]
        (found,) = [row for row in range(2, self.sheet.max_row + 1) if self.sheet.cell(row, column).value == key]
        return found

    def cell(self, key: str, name: str) -> Any:
        """Return a cell."""
        return self.sheet.cell(self._row(key), self.columns[name])

    def place(self, key: str, name: str) -> str:
        """Return the name of a cell."""
        return f"{self.sheet.title}!{self.cell(key, name).coordinate}"

    def put(self, key: str, **values: Any) -> "FilledIn":
        """Fill in cells of a row; a text stays one, whatever it begins with."""
        for name, value in values.items():
            cell = self.cell(key, name)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
        return self

    def head(self, by: str | None = None, on: Any = None) -> "FilledIn":
        """Fill in the inputs that count for every row."""
        return self.put("head", reading=by, unit=on)

    def saved(self, change: Callable[[Path], Path] | None = None) -> Path:
        """Return the file as it was saved, or as another program saved it after that."""
        self.book.save(self.file)
        return change(self.file) if change is not None else self.file


def copied(root: Path, folder: Path) -> Path:
    """Return a copy of a workspace's plan and data."""
    for part in ("plan", "data"):
        if (root / part).exists():
            shutil.copytree(root / part, folder / part)
    return folder
