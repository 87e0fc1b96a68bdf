"""A file that is to be imported, to tables: the sheets of a workbook, or the lines of a CSV file; or to JSON lines.

The rows of a CSV table are the lines of its file, so that a place in it is a line and a column.
"""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from cchc.core.errors import UsageError
from cchc.core.progress import Progress, silent
from cchc.texts import mark
from cchc.workspace import sheets
from cchc.workspace.formreading import is_form
from cchc.workspace.sheets import Sheet, Value, Workbook

STANDARD_INPUT = "stdin"  # the name of what came without one
DELIMITERS = (",", ";", "\t")
MAX_LINES = 200_000
MOST_LOOKED_AT = 1_000  # lines that tell what stands between cells
UTF8 = "utf-8-sig"
JSON_LINES = frozenset({".jsonl", ".ndjson"})
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class UnknownEncoding(UsageError):
    """An encoding that nobody knows, or that is none of texts."""

    def __init__(self, encoding: str) -> None:
        super().__init__(
            mark("--encoding: “{encoding}” is not known"),
            mark("Type for example utf-8, utf-16 or windows-1258."),
            encoding=encoding,
        )


class NotInEncoding(UsageError):
    """Bytes that are no text in the encoding."""

    def __init__(self, encoding: str) -> None:
        super().__init__(
            mark("the file is no text in {encoding}"),
            mark("Name its encoding with --encoding, as utf-16 or windows-1258, or save it as CSV UTF-8."),
            encoding=encoding,
        )


class NotCsv(UsageError):
    """A text that is no CSV."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(mark("line {line} is not CSV: {reason}"), "", line=line, reason=reason)


class TooManyLines(UsageError):
    """A text with more lines than anybody imports."""

    def __init__(self) -> None:
        super().__init__(mark("the file has more than {limit} lines"), mark("Import it in parts."), limit=MAX_LINES)


@dataclass(frozen=True)
class Given:
    """A file as it was given: its name, its bytes, the encoding that was typed, and who is told how far it is read."""

    name: str
    data: bytes
    encoding: str | None = None
    progress: Progress = silent

    @property
    def is_workbook(self) -> bool:
        """Whether it is a workbook, by what stands in it: names say little."""
        return self.encoding is None and (
            self.data.startswith(_WORKBOOKS) or self._suffix in {".xlsx", ".xlsm", ".xls", ".ods"}
        )

    @property
    def is_named_json_lines(self) -> bool:
        """Whether its name says that it holds JSON lines."""
        return self._suffix in JSON_LINES

    @property
    def _suffix(self) -> str:
        return PurePath(self.name).suffix.lower()

    @cached_property
    def book(self) -> Workbook | None:
        """The workbook that it is, None where it is none; raises UsageError for one that cannot be read."""
        return sheets.read_workbook(self.data, self.progress) if self.is_workbook else None


def text_of(given: Given) -> str:
    """Return the text of a file that is no workbook; UnknownEncoding or NotInEncoding."""
    encoding = given.encoding or UTF8
    try:
        text = given.data.decode(encoding)
    except LookupError:
        raise UnknownEncoding(encoding) from None
    except UnicodeError:
        raise NotInEncoding(given.encoding or "UTF-8") from None
    except ValueError:  # a name with signs that no name has
        raise UnknownEncoding(encoding) from None
    if "\0" in text or (given.encoding is None and given.data.startswith(_WIDE)):
        raise NotInEncoding(given.encoding or "UTF-8")
    return text.removeprefix("\ufeff")


def json_lines_in(given: Given) -> str | None:
    """Return the text of JSON lines, known by the name or, as on standard input, by the first sign; else None."""
    if given.is_workbook:
        return None
    text = text_of(given)
    if not given.is_named_json_lines and not text.lstrip().startswith("{"):
        return None
    if text.count("\n") > MAX_LINES:
        raise TooManyLines
    return text


def delimiter_of(text: str) -> str:
    """Return what stands between cells: the one of comma, semicolon and tab that most lines have equally often."""
    lines = text.split("\n", MOST_LOOKED_AT)[:MOST_LOOKED_AT]

    def score(delimiter: str) -> tuple[int, int]:
        counts = Counter(count for line in lines if (count := line.count(delimiter)))
        return max(((times, count) for count, times in counts.items()), default=(0, 0))

    return max(DELIMITERS, key=score)


def csv_sheet(name: str, text: str) -> Sheet:
    """Return a CSV text as a sheet; a record over several lines stands on its first, with empty rows below."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    rows: list[list[Value]] = []
    try:
        for cells in reader:
            rows.append([cell.strip() or None for cell in cells])
            rows.extend([] for _ in range(reader.line_num - len(rows)))
            if len(rows) > MAX_LINES:
                raise TooManyLines
    except csv.Error as error:
        raise NotCsv(reader.line_num, str(error)) from None
    return Sheet(name, hidden=False, rows=rows, lines=True)


class NoSheet(UsageError):
    """A workbook of which nobody can say which sheet is meant."""

    def __init__(self, known: tuple[str, ...]) -> None:
        super().__init__(
            mark("the workbook has several sheets, or none that is not hidden"),
            mark("Name the sheet in the import file: `sheet: …`. The workbook has: {known}."),
            known=known,
        )


def form_in(given: Given) -> list[Sheet] | None:
    """Return the sheets of a form that was filled in, None for every other file; of these hidden sheets alone are read.

    Only a workbook with several visible sheets, which is no table, is looked through for a hidden sheet that is shown.
    """
    book = given.book
    if book is None:
        return None
    visible = len(book.names) - len(book.hidden)
    looked = [book.sheet(name) for name in book.names if visible > 1 or name in book.hidden]
    return list(book.sheets) if is_form(looked) else None


def sheet_of(given: Given, wanted: str | None) -> Sheet:
    """Return the table that is meant: of a workbook the sheet by its name or position, else the only visible one."""
    book = given.book
    if book is None:
        return csv_sheet(given.name, text_of(given))
    if wanted is None:
        visible = [name for name in book.names if name not in book.hidden]
        if len(visible) != 1:
            raise NoSheet(book.names)
        return book.sheet(visible[0])
    if wanted not in book.names and wanted.isascii() and wanted.isdecimal() and 0 < int(wanted) <= len(book.names):
        return book.sheet(book.names[int(wanted) - 1])
    return book.sheet(wanted)
