"""`export` at the terminal: from the format that was asked for to the bytes that are put out."""

import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cchc.cli import session
from cchc.cli.options import _
from cchc.cli.reporting import BinaryAtTerminal, Misplaced
from cchc.commands.exporting import Exported, ExportRequest, export
from cchc.core.errors import UsageError
from cchc.texts import Language, mark, translator
from cchc.views.present.words import ILLUSTRATIVE
from cchc.views.tables import Table, figures_table, verdicts_table

FORMATS = ("csv", "jsonl", "xlsx", "datapackage")
TABLES = ("figures", "verdicts")
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}
LIST = ".cchc-export.json"
VIETNAMESE = translator(Language.VIETNAMESE)
_SUFFIXES = {"ndjson": "jsonl", "zip": "datapackage", "tsv": "csv"}
_NAMES = {"figures": "so-lieu", "verdicts": "danh-gia", None: "so-lieu-va-danh-gia"}
_LICENSE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*|https://\S+")


class BadLicense(UsageError):
    """A licence that is neither the name of one nor an address."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            mark("“{typed}” is no licence"), mark("Type its name, as CC-BY-4.0, or an https address."), typed=typed
        )


class Asked(NamedTuple):
    """The options of `export` as they were typed."""

    table: str | None
    form: str | None
    output: str
    bom: bool
    delimiter: str | None
    license: str | None


def put_export(root: Path, asked: Asked, request: ExportRequest, today: date) -> Iterator[str]:
    """Write the tables to where it was asked for, and yield what is to be said."""
    form, table = _form(asked), _table(asked)
    delimiter = _delimiter(asked, form)
    _refuse_misplaced(asked, form, table)
    if form in {"csv", "jsonl"}:
        table = table or TABLES[0]
    found = export(root, request, today, verdicts=table != TABLES[0])
    tables = _tables(found, table)
    name = _suggested(found, table, form)
    if form in {"xlsx", "datapackage"} and asked.output == "-" and session.is_terminal(sys.stdout):
        raise BinaryAtTerminal(form, name)
    if form == "datapackage" and _is_folder(asked.output):
        yield _put_folder(Path(asked.output), _package(found, tables, asked.license))
    else:
        file = str(Path(asked.output) / name) if asked.output != "-" and Path(asked.output).is_dir() else asked.output
        session.put(_laid_out(form, found, tables, (delimiter, asked)), file)
        if file != "-":
            yield _(mark("written: {file}")).format(file=file)
    if found.problems:
        yield _(mark("entries with errors that were left out: {count}")).format(count=len(found.problems))


def _form(asked: Asked) -> str:
    """Return the format: -f, else the one that the output's suffix names, else CSV."""
    if asked.form is not None:
        return session.choice("-f", asked.form, FORMATS)
    suffix = Path(asked.output).suffix.lstrip(".").lower() if asked.output != "-" else ""
    suffix = _SUFFIXES.get(suffix, suffix)
    if suffix in {"csv", "jsonl", "xlsx", "datapackage"}:
        return suffix
    if suffix in {"", "txt"} or Path(asked.output).is_dir():
        return "csv"
    raise session.NoSuchChoice("-o", f".{suffix}", ("csv", "tsv", "jsonl", "xlsx", "zip"))


def _table(asked: Asked) -> str | None:
    return None if asked.table is None else session.choice("|".join(TABLES), asked.table, TABLES)


def _delimiter(asked: Asked, form: str) -> str:
    """Return the sign between cells: the one that was typed by name or itself, a tab for a file .tsv, else a comma."""
    if asked.delimiter is None:
        return "\t" if asked.output.lower().endswith(".tsv") else ","
    if form != "csv":
        raise Misplaced("--delimiter", "-f csv")
    if asked.delimiter in DELIMITERS.values():
        return asked.delimiter
    return DELIMITERS[session.choice("--delimiter", asked.delimiter, tuple(DELIMITERS))]


def _refuse_misplaced(asked: Asked, form: str, table: str | None) -> None:
    if asked.bom and form != "csv":
        raise Misplaced("--bom", "-f csv")
    if form == "datapackage" and table is not None:
        raise Misplaced(table, "-f csv|jsonl|xlsx")
    if asked.license is not None:
        if form != "datapackage":
            raise Misplaced("--license", "-f datapackage")
        if not _LICENSE.fullmatch(asked.license):
            raise BadLicense(asked.license)


def _tables(found: Exported, table: str | None) -> list[Table]:
    """Return the table that was named, or both."""
    figures = figures_table(found.plan, found.figures)
    if table == "figures":
        return [figures]
    verdicts = verdicts_table(found.plan, found.verdicts, VIETNAMESE, made_up=found.illustrative)
    return [verdicts] if table == "verdicts" else [figures, verdicts]


def _laid_out(form: str, found: Exported, tables: list[Table], how: tuple[str, Asked]) -> bytes:
    delimiter, asked = how
    if form == "xlsx":
        from cchc.views.exportsheets import tables_workbook  # noqa: PLC0415  # only where it is asked for

        marked = VIETNAMESE(ILLUSTRATIVE) if found.illustrative else ""
        return tables_workbook(found.plan.head.title, marked, tables, VIETNAMESE)
    if form == "datapackage":
        from cchc.views.datapackage import archive  # noqa: PLC0415  # the same

        return archive(_package(found, tables, asked.license))
    from cchc.views.delimited import BOM, csv_text, json_lines  # noqa: PLC0415  # the same

    if form == "jsonl":
        return json_lines(tables[0]).encode("utf-8")
    return f"{BOM if asked.bom else ''}{csv_text(tables[0], delimiter)}".encode()


def _package(found: Exported, tables: list[Table], license_: str | None) -> Mapping[str, str]:
    from cchc.views.datapackage import Package, package_files  # noqa: PLC0415  # only where it is asked for
    from cchc.views.plantables import plan_tables  # noqa: PLC0415

    about = Package(found.plan, found.span or found.plan.term, found.illustrative, license_)
    return package_files(about, [*plan_tables(found.plan, found.selection), *tables], VIETNAMESE)


def _is_folder(output: str) -> bool:
    """Whether a package goes into a folder: it is one, or its name does not end as an archive's does."""
    return output != "-" and (Path(output).is_dir() or Path(output).suffix.lower() != ".zip")


def _put_folder(folder: Path, files: Mapping[str, str]) -> str:
    from cchc.workspace import pages  # noqa: PLC0415  # only where it is asked for

    pages.save_all(folder, files, LIST)
    return _(mark("written: {count} files in {folder}")).format(count=len(files), folder=folder)


def _suggested(found: Exported, table: str | None, form: str) -> str:
    """Return the file name that an export gets in a folder: with the mark of made-up figures."""
    span = f"-{found.span.label}" if found.span is not None else ""
    suffix = "zip" if form == "datapackage" else form
    return f"{_NAMES[table]}{span}{'-gia-dinh' if found.illustrative else ''}.{suffix}"
