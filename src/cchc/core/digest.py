"""The digest of what a report rests on: stable against order, comments, quoting and formatting of the files.

It is the SHA-256 of the lines that `canonical` returns, as UTF-8 text with LF; docs/audit.md tells how to recompute it
by other means. Closing a period seals it, the sheet carries its beginning, issuing records it.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from cchc.core.fields import SEAL, Record
from cchc.core.model import DataFile, Dataset, Indicator, Measurement, Plan
from cchc.core.periods import Period
from cchc.core.report import rests_on

FORMAT = "cchc-digest/1"
TEXTS_FORMAT = "cchc-texts/1"
SHOWN = 16  # hexadecimal digits that a sheet carries
DEFINITION = (
    "name", "kind", "unit", "item", "numerator", "denominator", "frequency", "aggregation", "factor", "share",
    "amounts", "scale", "phrases", "targets", "baseline", "interpolate", "valid", "reading", "survey", "announced",
)  # fmt: skip
NOT_SAID = frozenset({"provided", "checked", "corrections", "supplement", "public"})  # who vouches is not the figure

Figures = Mapping[tuple[Period, str], Measurement]


def digest(data: Dataset, period: Period) -> str:
    """Return the SHA-256 in hexadecimal of the figures, targets, definitions and readings of a period's report."""
    return sealed(canonical(data, period))


def sealed(lines: Iterable[str]) -> str:
    """Return the SHA-256 in hexadecimal of lines, each with LF at its end."""
    from hashlib import sha256  # noqa: PLC0415  # most comparisons seal nothing

    return sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def texts_digest(data: Dataset, periods: Iterable[Period]) -> str:
    """Return the SHA-256 in hexadecimal of what the files of the periods say of tasks and in remarks."""
    return sealed([TEXTS_FORMAT, *_texts(data, periods)])


def shown(digest_: str) -> str:
    """Return the beginning of a digest in groups of four, as a sheet carries it."""
    return " ".join(digest_[start : start + 4] for start in range(0, SHOWN, 4))


def canonical(data: Dataset, period: Period) -> Iterator[str]:
    """Yield the lines: format, plan and period, definitions by id, then figures in time order."""
    yield from head_lines(data, period)
    yield from figure_lines(figures(data, period))


def identity_lines(plan: Plan, period: Period) -> tuple[str, ...]:
    """Return the lines that say what it is about: format, plan, period, the first year that is assessed."""
    return FORMAT, f"plan {plan.head.id}", f"period {period.label}", f"assessed_from {plan.assessed_from}"


def head_lines(data: Dataset, period: Period) -> Iterator[str]:
    """Yield the lines before the figures: what it is about, whether figures are made up, definitions."""
    plan = data.plan
    yield from identity_lines(plan, period)
    made_up = any(data.files[part].illustrative for part in rests_on(plan, period) if part in data.files)
    yield f"illustrative {'true' if made_up else 'false'}"
    for indicator in sorted(plan.measured.values(), key=lasting_id):
        if is_defined(indicator, period):
            yield definition_line(indicator, period)


def is_defined(indicator: Indicator, period: Period) -> bool:
    """Whether an indicator exists in any month of a period."""
    first, last = indicator.valid.first, indicator.valid.last
    return (first is None or first.first <= period.last) and (last is None or last.last >= period.first)


def definition_line(indicator: Indicator, period: Period) -> str:
    """Return the line of a definition; what comes into force only after the period is left out."""
    return f"definition {lasting_id(indicator)} {_json(_fields(indicator, period))}"


def line_of(indicator: Indicator | None, period: Period) -> str:
    """Return the line of a definition, empty where the indicator does not exist in the period."""
    return definition_line(indicator, period) if indicator is not None and is_defined(indicator, period) else ""


def differing_fields(one: Indicator, other: Indicator, period: Period) -> tuple[str, ...]:
    """Return the fields of two definitions that differ in the digest of a period."""
    first, second = _fields(one, period), _fields(other, period)
    return tuple(key for key in first | second if _json(first.get(key)) != _json(second.get(key)))


def _fields(indicator: Indicator, period: Period) -> dict[str, object]:
    fields: dict[str, object] = {key: getattr(indicator, key) for key in DEFINITION}
    targets = tuple(t for t in indicator.targets if t.first is None or t.first <= period.last_year)
    last = indicator.valid.last
    fields["targets"] = targets
    fields["valid"] = indicator.valid.model_copy(update={"last": last if last and last.last <= period.last else None})
    fields["later"] = True if indicator.targets and not targets else None  # then it is not merely monitored
    return fields


def lasting_id(indicator: Indicator) -> str:
    """Return the id that an indicator had first: it keeps its name in digests when it gets another."""
    return indicator.formerly[0] if indicator.formerly else indicator.id


def figures(data: Dataset, period: Period) -> dict[tuple[Period, str], Measurement]:
    """Return the figures that a period's report rests on, by period and lasting id, in the order of the lines."""
    found: dict[tuple[Period, str], Measurement] = {}
    known = sorted((lasting_id(one), one.id) for one in data.plan.measured.values() if is_defined(one, period))
    for part in sorted(rests_on(data.plan, period), key=lambda one: (one.last, one.first)):
        entries = data.files[part].measurements if part in data.files else {}
        found |= {(part, lasting): entries[key] for lasting, key in known if key in entries}
    return found


def figure_lines(found: Figures) -> Iterator[str]:
    """Yield the lines of figures in their order."""
    return (f"figure {period.label} {key} {content(entry)}" for (period, key), entry in found.items())


def seal(period: Period, indicator: Indicator, entry: Measurement) -> str:
    """Return the seal of one figure: the beginning of the SHA-256 of its line."""
    return sealed(figure_lines({(period, lasting_id(indicator)): entry}))[:SEAL]


def content(entry: Measurement) -> str:
    """Return what a figure's line says of it, for comparing figures too."""
    return _json(entry)


def _texts(data: Dataset, periods: Iterable[Period]) -> Iterator[str]:
    for found in sorted(set(periods), key=lambda one: (one.last, one.first)):
        file = data.files.get(found)
        if file is not None:
            yield from _said(data.plan, file)


def _said(plan: Plan, file: DataFile) -> Iterator[str]:
    for key in plan.tasks_by_id:
        if key in file.tasks:
            yield f"task {file.period.label} {key} {_json(file.tasks[key])}"
    for key in plan.remark_keys:
        if key in file.remarks:
            yield f"remark {file.period.label} {key} {_json(file.remarks[key])}"


def _json(value: object) -> str:
    import json  # noqa: PLC0415  # the same

    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _plain(value: object) -> object:
    """Return lists, objects without their empty keys, booleans and texts; numbers as the shortest decimal text."""
    if isinstance(value, Record):
        names = type(value).model_fields.items()
        fields = {field.alias or name: getattr(value, name) for name, field in names if name not in NOT_SAID}
        return _plain(fields)
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items() if entry is not None and entry != ()}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        text = f"{value:f}"  # every digit counts; `normalize` would round to those of the context
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)
