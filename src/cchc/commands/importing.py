"""`import`: figures of a table into the files, all or none; everything that is in the way is told by its cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from cchc.commands import batch
from cchc.commands.cells import How, Refusal, TwiceThere, is_empty, record_cells, text_in
from cchc.commands.figure import Beside, NewFigure
from cchc.commands.filling import Filling, record_form
from cchc.commands.formfigures import Notice
from cchc.commands.jsonlines import Lines, MappingOfLines, record_lines
from cchc.commands.mapped import Table, TableFigure, Typed
from cchc.commands.measure import Manner, Message, Outcome, TypedTwice, record
from cchc.commands.opening import FilesHaveErrors, plan_of
from cchc.commands.surveying import AnswersWish, tallied
from cchc.core.cells import EVIDENCE_KEYS, Piece, unguarded
from cchc.core.diagnostics import Finding, nearest
from cchc.core.errors import CommandError, UsageError
from cchc.core.imports import ImportFile
from cchc.core.model import Plan
from cchc.core.progress import Progress, silent, watched
from cchc.core.typed import ValueAmbiguous, ValueUnfit
from cchc.texts import mark
from cchc.workspace import files, tables
from cchc.workspace.files import Disk
from cchc.workspace.formreading import form_rows
from cchc.workspace.load import IMPORTS, load_import, load_plan
from cchc.workspace.sheets import Sheet
from cchc.workspace.tables import STANDARD_INPUT, Given

NOTHING = Beside()
ANSWERS = "Bảng trả lời phiếu khảo sát"  # the title of such a file as evidence, in the language of data files
_VALUES = ("value", "numerator", "text")


class SurveyWish(NamedTuple):
    """That the file is a table of answers: the indicator that they are about, how it is read, whether it is pooled."""

    indicator: str
    answers: AnswersWish
    pool: bool = False


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What is imported and how: the file, the import file by its name, the period where none stands in the file."""

    given: Given
    path: Path | None = None
    mapping: str | None = None
    period: str | None = None
    beside: Beside = NOTHING
    survey: SurveyWish | None = None


class Imported(NamedTuple):
    """What was written, or would be, and of a form what was not taken."""

    outcome: Outcome
    notices: tuple[Notice, ...] = ()


class NoSuchImport(UsageError):
    """An import file that the workspace does not have."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        close = nearest(name, known) or tuple(known)
        remedy = mark("Did you mean: {nearest}?") if close else mark("docs/nhap-so-lieu.md says how to write one.")
        super().__init__(mark("there is no import file plan/imports/{name}.yaml"), remedy, name=name, nearest=close)


class NeedsMapping(UsageError):
    """A table without a head of our columns, and no import file that says what its cells mean."""

    def __init__(self, found: Sequence[str], known: Sequence[str]) -> None:
        super().__init__(
            mark("the first row names no columns that are known: {found}"),
            mark("Say which import file to use with --mapping ({names}), or name the columns: {known}."),
            found=tuple(found),
            names=tuple(known) or ("…",),
            known=batch.COLUMNS,
        )


class PeriodMissing(UsageError):
    """Figures whose period stands neither in the table nor on the command line."""

    def __init__(self) -> None:
        super().__init__(
            mark("nobody says what period the figures are about"),
            mark("Type -p PERIOD, or name its cell in the import file: `period: …`."),
        )


class PeriodInForm(UsageError):
    """A period typed beside a form."""

    def __init__(self) -> None:
        super().__init__(mark("a form says itself which periods its figures are about"), mark("Leave out -p."))


def import_file(
    root: Path, request: ImportRequest, manner: Manner, message: Message | None = None, progress: Progress = silent
) -> Imported:
    """Write the figures of a file, all or none, and return what follows; CellsRefused names every place in the way.

    A form is known by its hidden sheet; what the request says beside figures fills cells that are empty in it. JSON
    lines are known by their name or their first sign.
    """
    plan = plan_of(load_plan(root))
    request = replace(request, given=replace(request.given, progress=progress))
    return Imported(*_record(root, plan, request, How(manner, message, progress)))


def _record(root: Path, plan: Plan, request: ImportRequest, how: How) -> tuple[Outcome, tuple[Notice, ...]]:
    """Write the figures as what the file is says, and return what was written and what was not taken."""
    given = request.given
    if request.survey is not None:
        return _record_survey(root, request, request.survey, how)
    if request.mapping is not None:
        return _record_table(root, _with_mapping(root, plan, request, request.mapping, how), how), ()
    form = tables.form_in(given)
    if form is not None:
        if request.period is not None:
            raise PeriodInForm
        return record_form(Filling(root, plan, request.beside), form_rows(form), how.manner, how.message, how.progress)
    text = tables.json_lines_in(given)
    if text is not None:
        return record_lines(root, Lines(given.name, text), request.period or "", request.beside, how), ()
    return _record_table(root, _with_head(root, request, how.progress), how), ()


class ReadTable(NamedTuple):
    """A table with the figures that were read in it, and what cannot be read."""

    sheet: Sheet
    figures: Sequence[TableFigure]
    refusals: Sequence[Refusal]


def _record_table(root: Path, read: ReadTable, how: How) -> Outcome:
    return record_cells(
        root,
        [one.figure for one in read.figures],
        read.refusals,
        how,
        lambda at, error: _placed(read.sheet, read.figures, at, error),
    )


def _placed(sheet: Sheet, figures: Sequence[TableFigure], at: int, error: CommandError) -> Refusal:
    """Return the refusal of a figure at the cell that it is about, else at the first of the figure."""
    figure = figures[at]
    if isinstance(error, TypedTwice):
        error = TwiceThere(error, sheet.place(*figures[error.line - 1].first))
    finding = error.arguments.get("finding")
    key = str(finding.path[0]) if isinstance(finding, Finding) and finding.path else ""
    if isinstance(error, ValueUnfit | ValueAmbiguous):
        key = next(
            (name for name in _VALUES if name in figure.cells and not is_empty(sheet.at(*figure.cells[name]))), ""
        )
    row, column = figure.cells.get(key, figure.first)
    return Refusal(row, column, sheet.place(row, column), error)


# with an import file


def mapping_names(root: Path) -> tuple[str, ...]:
    """Return the names of the workspace's import files."""
    return tuple(name.rpartition(".")[0] for name in files.names(root, IMPORTS))


def _with_mapping(root: Path, plan: Plan, request: ImportRequest, name: str, how: How) -> ReadTable:
    """Return the figures of a table as an import file says, and what is wrong with it."""
    if request.given.is_named_json_lines:
        raise MappingOfLines
    mapping = _mapping(root, plan, name)
    if mapping.head.period is None and request.period is None:
        raise PeriodMissing
    sheet = tables.sheet_of(request.given, mapping.head.sheet)
    typed = Typed(request.period, _proven(root, request, mapping), how.manner.today)
    table = Table(plan, mapping, sheet, typed).read(how.progress)
    return ReadTable(sheet, table.figures, table.refusals)


def _mapping(root: Path, plan: Plan, name: str) -> ImportFile:
    """Return the import file that is named, with or without its suffix."""
    files_ = {file.rpartition(".")[0]: file for file in files.names(root, IMPORTS)}
    wanted = name.removeprefix(f"{IMPORTS}/").removesuffix(".yaml").removesuffix(".yml")
    if wanted not in files_:
        raise NoSuchImport(wanted, tuple(files_))
    found, problems = load_import(Disk(root), plan, files_[wanted])
    if found is None:
        raise FilesHaveErrors(problems)
    return found


def _proven(root: Path, request: ImportRequest, mapping: ImportFile) -> Beside:
    """Return what stands beside each figure: the source, and the file itself as evidence."""
    beside = request.beside
    evidence = (*beside.evidence, _proof(root, request, mapping.head.title))
    return beside._replace(source=beside.source or mapping.head.source, evidence=evidence)


def _proof(root: Path, request: ImportRequest, title: str) -> Piece:
    """Return the file as a piece of evidence, with its hash."""
    piece = {"title": title, "sha256": files.digest(request.given.data)}
    inside = _inside(root, request.path)
    if inside is not None:
        piece["path"] = inside
    elif request.given.name != STANDARD_INPUT:  # which is no place to look for it
        piece["kept_at"] = request.given.name
    return dict(sorted(piece.items(), key=lambda item: EVIDENCE_KEYS.index(item[0])))


def _inside(root: Path, path: Path | None) -> str | None:
    """Return the path inside the workspace of a file that lies there."""
    if path is None:
        return None
    full = path.resolve()
    return full.relative_to(root.resolve()).as_posix() if full.is_relative_to(root.resolve()) else None


# the answers of a survey


def _record_survey(
    root: Path, request: ImportRequest, wish: SurveyWish, how: How
) -> tuple[Outcome, tuple[Notice, ...]]:
    """Write the tally of a table of answers; the file is its evidence, beside that of the surveys that are there."""
    if request.period is None:
        raise PeriodMissing
    found = tallied(tables.sheet_of(request.given, None), wish.answers, how.progress)
    proof = (_proof(root, request, found.survey.title or ANSWERS),)
    beside = request.beside._replace(surveys=(found.survey,), pool=wish.pool)
    beside = beside._replace(more_evidence=proof) if wish.pool else beside._replace(evidence=proof)
    figure = NewFigure(wish.indicator, "", request.period, beside)
    return record(root, figure, how.manner, how.message), found.notices


# with a head of our columns


def _with_head(root: Path, request: ImportRequest, progress: Progress) -> ReadTable:
    """Return the figures of a table whose first row names our columns, and what is wrong with it."""
    sheet = tables.sheet_of(request.given, None)
    columns = [_head_text(sheet, column) for column in range(len(sheet.rows[0]) if sheet.rows else 0)]
    while columns and not columns[-1]:
        columns.pop()
    if not batch.is_head(columns):
        raise NeedsMapping(columns, mapping_names(root))
    refusals: list[Refusal] = []
    lines = watched(_lines(sheet, columns, refusals), progress, len(sheet.rows) - 1)
    rows, refused = batch.rows_of(lines, request.period or "", request.beside)
    refusals += [Refusal(line, 0, sheet.place(line, 0), error) for line, error in refused]
    if not rows and not refusals:
        raise batch.EmptyBatch
    places = {column: at for at, column in enumerate(columns)}
    return ReadTable(sheet, [TableFigure(row.figure, _cells_of(row.line, places)) for row in rows], refusals)


def _head_text(sheet: Sheet, column: int) -> str:
    value = sheet.at(0, column)
    return value.strip().lower() if isinstance(value, str) else ""


def _cells_of(row: int, places: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    first = places.get("indicator", 0)
    return {"indicator": (row, first), **{column: (row, at) for column, at in places.items()}}


def _lines(sheet: Sheet, columns: Sequence[str], refusals: list[Refusal]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the texts of each row below the head by column; what cannot be meant goes to the refusals."""
    for row in range(1, len(sheet.rows)):
        if all(map(is_empty, sheet.rows[row])):
            continue
        cells: dict[str, str] = {}
        faults = len(refusals)
        for column, value in enumerate(sheet.rows[row]):
            if is_empty(value):
                continue
            try:
                text = text_in(value)
            except UsageError as error:
                refusals.append(Refusal(row, column, sheet.place(row, column), error))
                continue
            if column >= len(columns):
                unnamed = batch.BadRow(mark("more cells than columns"), mark("Delete the cell, or name its column."))
                refusals.append(Refusal(row, column, sheet.place(row, column), unnamed))
                continue
            cells[columns[column]] = unguarded(text)
        if len(refusals) == faults:
            yield row, cells
