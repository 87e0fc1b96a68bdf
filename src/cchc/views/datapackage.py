"""A Frictionless Data Package (version 1): figures, verdicts, what explains them; equal inputs give equal bytes."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

from cchc.core.model import Plan
from cchc.core.periods import Period
from cchc.texts import Translate, mark
from cchc.views.delimited import csv_text
from cchc.views.jsonview import dumps
from cchc.views.present.words import ILLUSTRATIVE
from cchc.views.tables import Column, Table, Type

DESCRIPTOR = "datapackage.json"
_CREATED = (1980, 1, 1, 0, 0, 0)  # of files in the archive: the earliest day that it can say
_READABLE = 0o644 << 16
PERIOD = r"\d{4}(-\d{2}|Q[1-4]|H[12]|-9T)?"

Json = Mapping[str, object]


class Package(NamedTuple):
    """What a package is about; `license`: its name, or an address where it can be read."""

    plan: Plan
    span: Period
    made_up: bool
    license: str | None = None


def package_files(about: Package, tables: Iterable[Table], _: Translate) -> dict[str, str]:
    """Return the files of a package by name; texts in it are those of the translator."""
    files: dict[str, str] = {}
    resources = []
    for table in tables:
        text = csv_text(table)
        files[f"{table.name}.csv"] = text
        resources.append(_resource(table, text, _))
    return {DESCRIPTOR: dumps(_descriptor(about, resources, _)), **files}


def archive(files: Mapping[str, str]) -> bytes:
    """Return files as one archive. It is not compressed: libraries differ, and with them would the bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, _CREATED)
            info.create_system = 3  # one system's for all
            info.external_attr = _READABLE
            package.writestr(info, text.encode("utf-8"))
    return written.getvalue()


def _descriptor(about: Package, resources: list[Json], _: Translate) -> Json:
    plan = about.plan
    said = [
        _(ILLUSTRATIVE) + "." if about.made_up else "",
        _(mark("Figures and verdicts of {unit} for {period}: {plan}.")).format(
            unit=plan.head.unit.name, period=about.span.label, plan=plan.head.title
        ),
        _(mark("A text that a spreadsheet would take for a formula has an apostrophe before it.")),
    ]
    found: dict[str, object] = {
        "profile": "tabular-data-package",
        "name": f"{plan.head.id}-so-lieu",
        "title": plan.head.title,
        "description": " ".join(filter(None, said)),
        "illustrative": about.made_up,
    }
    if about.license is not None:
        key = "path" if "://" in about.license else "name"
        found["licenses"] = [{key: about.license}]
    return {**found, "resources": resources}


def _resource(table: Table, text: str, _: Translate) -> Json:
    data = text.encode("utf-8")
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": _(table.title),
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [_field(column, table, _) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": name, "reference": {"resource": "" if other == table.name else other, "fields": "id"}}
                for name, other in table.refers.items()
            ],
        },
    }


def _field(column: Column[object], table: Table, _: Translate) -> Json:
    rules: dict[str, object] = {}
    if column.needed:
        rules["required"] = True
    if column.choices:
        rules["enum"] = list(column.choices)
    if (column.name,) == table.key:
        rules["unique"] = True
    if column.name == "period":
        rules["pattern"] = PERIOD
    field: dict[str, object] = {"name": column.name, "type": column.type, "description": _(column.meaning)}
    if column.type is Type.NUMBER:
        field["decimalChar"] = "."
    return {**field, **({"constraints": rules} if rules else {})}


def codebook(tables: Iterable[Table], _: Translate) -> list[tuple[str, str, str]]:
    """Return the columns of tables with their meanings, for those who read no descriptor."""
    return [(_(table.title), column.name, _(column.meaning)) for table in tables for column in table.columns]
