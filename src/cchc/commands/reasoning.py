"""`explain INDICATOR PERIOD`: how a verdict came about, with the places of everything that it rests on."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cchc.commands.measure import data_of
from cchc.commands.opening import FilesHaveErrors, inside_term, measured, plan_of, source_of
from cchc.commands.typed import typed_period
from cchc.core.agenda import is_over
from cchc.core.diagnostics import KeyPath
from cchc.core.explanation import Explanation, explain
from cchc.core.model import Indicator, Plan, Target
from cchc.core.periods import Period
from cchc.core.report import needed
from cchc.texts import mark
from cchc.workspace import yamltree
from cchc.workspace.load import Loaded, load
from cchc.workspace.yamltree import Document

LISTS = ("indicators", "statistics")


class Place(NamedTuple):
    """A line of a file of the workspace."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Reasoned(NamedTuple):
    """A verdict explained: where each figure stands, by period, where the indicator and where each target stands.

    `over`: the periods of its outlook that are over today; without a figure they are missing, not to come.
    """

    plan: Plan
    period: Period
    found: Explanation
    figures: Mapping[Period, Place]
    defined: Place
    targets: tuple[tuple[Target, Place], ...]
    illustrative: bool
    over: frozenset[Period]


def reason(root: Path, typed: tuple[str, str], today: date, at: str | None = None) -> Reasoned:
    """Return how a verdict came about; FilesHaveErrors while what it rests on has errors."""
    wanted: list[tuple[Indicator, Period]] = []

    def rested(plan: Plan) -> set[Period]:
        period = inside_term(plan, typed_period(typed[1], plan, today))
        wanted.append((measured(plan, typed[0]), period))
        return needed(plan, period) | needed(plan, Period.year(period.last_year))

    loaded = load(source_of(root, at), rested)
    plan = plan_of(loaded)
    indicator, period = wanted[0]
    bad = loaded.errors_in("data/")
    if bad:
        raise FilesHaveErrors(bad, mark("Mend them first: a verdict that rests on files with errors explains nothing."))
    data = data_of(loaded)
    figures = {
        one: Place(file.file, loaded.line_of(file.file, ("measurements", indicator.id)))
        for one, file in data.files.items()
        if indicator.id in file.measurements
    }
    file, path = _defined(loaded, indicator)
    targets = tuple(
        (target, _place(loaded, file, (*path, "targets", number))) for number, target in enumerate(indicator.targets)
    )
    explanation = explain(data, indicator, period)
    remaining = explanation.outlook.remaining if explanation.outlook is not None else ()
    over = frozenset(one for one in remaining if is_over(plan, one, today))
    return Reasoned(plan, period, explanation, figures, _place(loaded, file, path), targets, data.illustrative, over)


def _place(loaded: Loaded, file: str, path: KeyPath) -> Place:
    return Place(file, loaded.line_of(file, path))


def _defined(loaded: Loaded, indicator: Indicator) -> tuple[str, KeyPath]:
    """Return the file of the plan and the key path where an indicator or statistic stands; a good plan has it once."""
    return next(
        (file, (name, number))
        for file, document in loaded.documents.items()
        if file.startswith("plan/")
        for name in LISTS
        for number, id_ in enumerate(_ids(document, name))
        if id_ == indicator.id
    )


def _ids(document: Document, name: str) -> Iterator[str]:
    """Yield the ids of a list of a file, empty where an entry has none."""
    entry = document.root.entries.get(name) if document.root is not None else None
    for item in entry.value.items if entry is not None and isinstance(entry.value, yamltree.Sequence) else ():
        id_ = item.entries.get("id") if isinstance(item, yamltree.Mapping) else None
        yield id_.value.text if id_ is not None and isinstance(id_.value, yamltree.Scalar) else ""
