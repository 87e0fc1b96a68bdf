"""A workbook as the zip of XML parts that it is: bounded before anything else looks at it, and what cells show.

The reader of workbooks tells values alone. Which of them are shown as percentages, which cells hold errors or formulas
that nobody has calculated, and how far a sheet reaches, is read from the parts here.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat  # the parts are bounded first, and declarations of entities are refused

from cchc.core.errors import UsageError
from cchc.core.progress import Progress, silent, watched
from cchc.texts import mark

MAX_UNPACKED = 256 << 20
MAX_PARTS = 5_000
MAX_ROWS = 200_000
MAX_COLUMNS = 1_024
MAX_CELLS = 3_000_000  # of the rectangle that a sheet's cells span
PIECE = 1 << 18  # bytes of a part that are parsed before it is told how far that is
NOTHING = b"<none/>"  # a part that is not there
_MACROS = ("vbaproject.bin", "vbadata.xml")
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_PERCENT_FORMATS = frozenset({9, 10})  # the two that every workbook knows
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
Place = tuple[int, int]  # row and column, from 0


class NotAWorkbook(UsageError):
    """A file that cannot be read as an .xlsx workbook."""

    def __init__(self, reason: str, remedy: str, **args: object) -> None:
        super().__init__(reason, remedy, **args)


class SheetTooLarge(UsageError):
    """A sheet with cells so far out that nobody means to import it."""

    def __init__(self, sheet: str) -> None:
        super().__init__(
            mark("the sheet “{sheet}” is larger than {rows} rows, {columns} columns or {cells} cells"),
            mark("Delete the rows and columns beyond the table, or import it in parts."),
            sheet=sheet,
            rows=MAX_ROWS,
            columns=MAX_COLUMNS,
            cells=MAX_CELLS,
        )


class Marks(NamedTuple):
    """What a sheet's cells show beyond their values, by place."""

    percent: frozenset[Place]
    errors: Mapping[Place, str]
    uncalculated: frozenset[Place]


def damaged() -> NotAWorkbook:
    """Return the refusal of a workbook that is not whole."""
    return NotAWorkbook(
        mark("this is no workbook, or it is damaged"), mark("Open it in Excel and save it again as .xlsx.")
    )


def parts(data: bytes, progress: Progress = silent) -> dict[str, bytes]:
    """Return the parts of a workbook by name, none of them larger than what was really unpacked under the limit."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise _bomb()
            if any(entry.filename.lower().rpartition("/")[2] in _MACROS for entry in entries):
                raise NotAWorkbook(
                    mark("the workbook holds macros"), mark("Save it without them, as .xlsx, and import that.")
                )
            return _unpacked(archive, watched(entries, progress, len(entries)))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise damaged() from None


def _unpacked(archive: zipfile.ZipFile, entries: Iterable[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Return what the entries hold: never more than the directory says, so that one that lies loses what it hides."""
    found: dict[str, bytes] = {}
    for entry in entries:
        if entry.is_dir():
            continue
        found[entry.filename.replace("\\", "/").lstrip("/")] = archive.read(entry)
    return found


def _bomb() -> NotAWorkbook:
    return NotAWorkbook(
        mark("the workbook unpacks to more than {limit} MiB or {parts} parts"),
        mark("Copy the table alone into a new workbook and import that."),
        limit=MAX_UNPACKED >> 20,
        parts=MAX_PARTS,
    )


def packed(found: Mapping[str, bytes]) -> bytes:
    """Return the parts as a zip that holds just these bytes, so that no reader unpacks anything else."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name, held in found.items():
            archive.writestr(name, held)
    return written.getvalue()


def sheet_files(found: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Return each sheet of the workbook with the part that holds it, empty where it has none."""
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for name, attributes in _elements(found.get("xl/_rels/workbook.xml.rels", NOTHING))
        if name == "Relationship"
    }
    sheets = []
    for name, attributes in _elements(found.get("xl/workbook.xml", NOTHING)):
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            target = targets.get(relation, "")
            file = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            sheets.append((attributes.get("name", ""), file if file in found else ""))
    return sheets


def percent_styles(found: Mapping[str, bytes]) -> frozenset[int]:
    """Return the numbers of the cell styles that show a value as a percentage."""
    formats = set(_PERCENT_FORMATS)
    styles: list[int] = []
    inside = False
    for name, attributes in _elements(found.get("xl/styles.xml", NOTHING)):
        if name == "numFmt" and "%" in _LITERAL.sub("", attributes.get("formatCode", "")):
            formats.add(_number(attributes.get("numFmtId")))
        elif name in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            styles.append(_number(attributes.get("numFmtId", "0")))
    return frozenset(index for index, form in enumerate(styles) if form in formats)


def marks(sheet: str, data: bytes, percents: frozenset[int], progress: Progress = silent) -> Marks:
    """Return what a sheet's part says of its cells; SheetTooLarge before anybody makes room for it.

    `progress` is told in pieces of the part.
    """
    reading = _SheetReading(sheet, percents)
    _parse(data, reading.start, reading.end, reading.text, progress)
    return Marks(frozenset(reading.percent), reading.errors, frozenset(reading.uncalculated))


class _SheetReading:
    """The state of one reading of a sheet's part."""

    def __init__(self, sheet: str, percents: frozenset[int]) -> None:
        self.sheet, self.percents = sheet, percents
        self.percent: set[Place] = set()
        self.errors: dict[Place, str] = {}
        self.uncalculated: set[Place] = set()
        self.row, self.column = -1, -1
        self.last_row, self.last_column = 0, 0
        self.kind, self.style, self.formula, self.value, self.in_value = "", 0, False, "", False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if name == "c":
            self._cell(attributes)
        elif name == "v":
            self.in_value = True
        elif name == "f":
            self.formula = True
        elif name == "row":
            self.row = _number(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1

    def _cell(self, attributes: Mapping[str, str]) -> None:
        if "r" in attributes:
            self.row, self.column = place_of(attributes["r"])
        else:
            self.column += 1
        self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)
        rows, columns = self.last_row + 1, self.last_column + 1
        if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
            raise SheetTooLarge(self.sheet)
        self.kind, self.style = attributes.get("t", "n"), _number(attributes["s"]) if "s" in attributes else 0
        self.formula, self.value, self.in_value = False, "", False

    def text(self, text: str) -> None:
        """Take text; only that of values matters."""
        if self.in_value:
            self.value += text

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "v":
            self.in_value = False
        elif name == "c":
            place = self.row, self.column
            if self.kind == "e":
                self.errors[place] = self.value or "#?"
            elif self.formula and not self.value and self.kind != "str":
                self.uncalculated.add(place)
            elif self.kind == "n" and self.style in self.percents:
                self.percent.add(place)


def place_of(reference: str) -> Place:
    """Return row and column of a cell's name, from 0."""
    match = _CELL.fullmatch(reference)
    if match is None:
        raise damaged()
    return int(match[2]) - 1, column_of(match[1])


@lru_cache(maxsize=MAX_COLUMNS)
def column_of(letters: str) -> int:
    """Return the number of a column, from 0, by its letters."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def column_name(column: int) -> str:
    """Return the letters of a column that is counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return a cell's name, `A1` for row 0 and column 0."""
    return f"{column_name(column)}{row + 1}"


def _number(text: str | None) -> int:
    if text is None or not (text.isascii() and text.isdecimal()) or len(text) > 9:  # noqa: PLR2004  # no part counts further
        raise damaged()
    return int(text)


def _elements(data: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a small part, names without prefixes."""
    found: list[tuple[str, dict[str, str]]] = []
    _parse(data, lambda name, attributes: found.append((name, dict(attributes))))
    return found


def _parse(data: bytes, start: object, end: object = None, text: object = None, progress: Progress = silent) -> None:
    """Parse a part; names lose their prefixes, and a part that declares a document type is refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise damaged()

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)  # type: ignore[operator]
    if callable(end):
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if callable(text):
        parser.CharacterDataHandler = text
    try:
        pieces = range(0, len(data), PIECE)
        for at in watched(pieces, progress, len(pieces)):
            parser.Parse(data[at : at + PIECE])
        parser.Parse(b"", True)  # noqa: FBT003  # the library's own way to say that this is all
    except expat.ExpatError:
        raise damaged() from None
