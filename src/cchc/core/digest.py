"""The digest of what a report rests on: stable against order, comments, quoting and formatting of the files.

It is the SHA-256 of the lines that `canonical` returns, as UTF-8 text with LF; docs/reports.md tells how to
recompute it by other means.
"""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from hashlib import sha256

from cchc.core.fields import Record
from cchc.core.model import DataFile, Dataset, Indicator
from cchc.core.periods import Period

FORMAT = "cchc-digest/1"
SHOWN = 16  # hexadecimal digits that a sheet carries
_DEFINITION = (
    "kind", "unit", "item", "numerator", "denominator", "frequency", "aggregation", "factor", "share", "amounts",
    "scale", "phrases", "targets", "baseline", "interpolate", "valid", "reading", "survey",
)  # fmt: skip
_NOT_SAID = frozenset({"provided", "checked", "corrections", "public"})  # who vouches for a figure is not the figure


def digest(data: Dataset, period: Period, periods: Iterable[Period]) -> str:
    """Return the SHA-256 in hexadecimal of a period's report, which rests on the files of `periods`."""
    text = "".join(f"{line}\n" for line in canonical(data, period, periods))
    return sha256(text.encode()).hexdigest()


def shown(digest_: str) -> str:
    """Return the beginning of a digest in groups of four, as a sheet carries it."""
    return " ".join(digest_[start : start + 4] for start in range(0, SHOWN, 4))


def canonical(data: Dataset, period: Period, periods: Iterable[Period]) -> Iterator[str]:
    """Yield the lines: format, plan and period, definitions in the plan's order, then figures, tasks and remarks."""
    plan = data.plan
    yield FORMAT
    yield f"plan {plan.head.id}"
    yield f"period {period.label}"
    yield f"assessed_from {plan.assessed_from}"
    for indicator in plan.measured.values():
        yield f"definition {indicator.id} {_json(_definition(indicator))}"
    for found in sorted(set(periods), key=lambda one: (one.last, one.first)):
        file = data.files.get(found)
        if file is not None:
            yield from _file(data, file)


def _definition(indicator: Indicator) -> object:
    return {key: getattr(indicator, key) for key in _DEFINITION}


def _file(data: Dataset, file: DataFile) -> Iterator[str]:
    for word, known, entries in (
        ("figure", data.plan.measured, file.measurements),
        ("task", data.plan.tasks_by_id, file.tasks),
        ("remark", data.plan.remark_keys, file.remarks),
    ):
        for key in known:
            if key in entries:
                yield f"{word} {file.period.label} {key} {_json(entries[key])}"


def _json(value: object) -> str:
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _plain(value: object) -> object:
    """Return lists, objects without their empty keys, booleans and texts; numbers as the shortest decimal text."""
    if isinstance(value, Record):
        names = type(value).model_fields.items()
        fields = {field.alias or name: getattr(value, name) for name, field in names if name not in _NOT_SAID}
        return _plain(fields)
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items() if entry is not None and entry != ()}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
