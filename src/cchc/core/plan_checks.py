"""Rules about more than one field of the plan: each a sentence; PLAN_CHECKS is the table of contents."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from cchc.core.diagnostics import At, KeyPath, Nearest, Placed, Problem, Word, amount
from cchc.core.draft import Draft
from cchc.core.fields import AGGREGATIONS, Kind
from cchc.core.model import Indicator, Target, Task
from cchc.core.periods import Period
from cchc.core.scalars import Number
from cchc.texts import mark

PlanCheck = Callable[[Draft], Iterator[Problem]]

BOUNDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.RATIO: ("at_least", "at_most", "equal_to", "between"),
    Kind.COUNT: ("at_least", "at_most", "equal_to", "between"),
    Kind.NUMBER: ("at_least", "at_most", "equal_to", "between"),
    Kind.YES_NO: ("equal_to",),
    Kind.RANK: ("at_most",),
    Kind.GRADE: ("at_least", "at_most", "equal_to", "between"),
    Kind.NARRATIVE: (),
}
_ONLY: Mapping[str, Kind] = {
    "scale": Kind.GRADE,
    "phrases": Kind.YES_NO,
    "numerator": Kind.RATIO,
    "denominator": Kind.RATIO,
}
_NEEDED: tuple[tuple[Kind, str], ...] = (
    (Kind.GRADE, "scale"),
    (Kind.YES_NO, "phrases"),
    (Kind.RATIO, "numerator"),
    (Kind.RATIO, "denominator"),
)


def _entries(draft: Draft) -> list[Placed[Indicator | Task]]:
    """Return everything that has an id and an owner, in the plan's order."""
    return [*draft.indicators, *draft.statistics, *draft.tasks, *draft.solutions]


def ids_are_unique(draft: Draft) -> Iterator[Problem]:
    """No two indicators, statistics or tasks share an id; nor two areas, nor two owners."""
    yield from _twice(((entry.record.id, entry, ("id",)) for entry in _entries(draft)), "E401")
    yield from _twice(((entry.record.area, entry, ("area",)) for entry in draft.areas), "E401")
    yield from _twice(((entry.record.id, entry, ("id",)) for entry in draft.owners), "E401")


def refs_are_unique(draft: Draft) -> Iterator[Problem]:
    """No two indicators share a ref, nor two tasks (a task's second places count), nor two lines of funding."""
    measured = [*draft.indicators, *draft.statistics]
    yield from _twice(((entry.record.ref, entry, ("ref",)) for entry in measured if entry.record.ref), "E402")
    yield from _twice((place for task in [*draft.tasks, *draft.solutions] for place in _task_refs(task)), "E402")
    yield from _twice(((entry.record.ref, entry, ("ref",)) for entry in draft.funding), "E402")


def _task_refs(task: Placed[Task]) -> Iterator[tuple[str, Placed[Task], KeyPath]]:
    yield task.record.ref, task, ("ref",)
    for index, ref in enumerate(task.record.also):
        yield ref, task, ("also", index)


def _twice(names: Iterable[tuple[str, Placed[object], KeyPath]], code: str) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name, entry, path in names:
        if name in first:
            yield entry.problem(code, *path, id=name, ref=name, file=first[name])
        first.setdefault(name, entry.file)


def owners_exist(draft: Draft) -> Iterator[Problem]:
    """Every owner that is named stands in plan/owners.yaml."""
    known = {owner.record.id for owner in draft.owners} | draft.broken
    for area in draft.areas:
        if area.record.owner:
            yield from _owner(area, area.record.owner, ("owner",), known)
    inherited = {area.record.area: area.record.owner for area in draft.areas}
    for entry in _entries(draft):
        record = entry.record
        if record.owner and record.owner != inherited.get(record.area or ""):
            yield from _owner(entry, record.owner, ("owner",), known)
        for index, owner in enumerate(record.joining):
            yield from _owner(entry, owner, ("with", index), known)


def _owner(entry: Placed[object], owner: str, path: KeyPath, known: set[str]) -> Iterator[Problem]:
    if owner not in known:
        yield entry.problem("E304", *path, id=owner, nearest=Nearest(owner, known))


def everything_is_owned(draft: Draft) -> Iterator[Problem]:
    """Every indicator, statistic and task has an owner of its own or of its area."""
    for entry in _entries(draft):
        if not entry.record.owner:
            yield entry.problem("E414", "id", id=entry.record.id)


def areas_exist(draft: Draft) -> Iterator[Problem]:
    """A statistic's area is one of the plan's."""
    known = {area.record.area for area in draft.areas} | draft.broken
    for entry in draft.statistics:
        area = entry.record.area
        if area and area not in known:
            yield entry.problem("E305", "area", id=area, nearest=Nearest(area, known))


def measured_ids_exist(draft: Draft) -> Iterator[Problem]:
    """What stands beside an indicator, and what an identity adds up, is an indicator or a statistic."""
    known = {entry.record.id for entry in (*draft.indicators, *draft.statistics)} | draft.broken
    for entry in (*draft.indicators, *draft.statistics):
        for index, other in enumerate(entry.record.beside):
            yield from _measured(entry, other, ("beside", index), known)
    for identity in draft.identities:
        yield from _measured(identity, identity.record.whole, ("whole",), known)
        for index, part in enumerate(identity.record.parts):
            yield from _measured(identity, part, ("parts", index), known)


def _measured(entry: Placed[object], other: str, path: KeyPath, known: set[str]) -> Iterator[Problem]:
    if other not in known:
        yield entry.problem("E310", *path, id=other, nearest=Nearest(other, known))


def kinds_have_their_keys(draft: Draft) -> Iterator[Problem]:
    """A grade has a scale, a yes/no its phrases, a ratio its two definitions; and no other kind has them."""
    for entry in (*draft.indicators, *draft.statistics):
        record = entry.record
        for kind, key in _NEEDED:
            if record.kind is kind and not getattr(record, key):
                yield entry.problem("E411", key, at=At.KEY, key=key, kind=kind)
        for key, owner in _ONLY.items():
            if record.kind is not owner and getattr(record, key):
                yield entry.problem("E416", key, at=At.KEY, key=key, kind=record.kind)


def aggregations_fit(draft: Draft) -> Iterator[Problem]:
    """An aggregation is one that the kind knows."""
    for entry in (*draft.indicators, *draft.statistics):
        record = entry.record
        known = AGGREGATIONS[record.kind]
        if record.aggregation not in known:
            yield entry.problem("E410", "aggregation", text=record.aggregation, kind=record.kind, known=known)


def targets_are_whole(draft: Draft) -> Iterator[Problem]:
    """A target has one bound that fits the kind, and either `from` or `by`."""
    for entry, index, target in _targets(draft):
        kind = entry.record.kind
        bounds = target.bounds
        if len(bounds) != 1:
            yield entry.problem("E407", "targets", index)
        for key in bounds:
            if key not in BOUNDS[kind]:
                known = BOUNDS[kind] or (Word(mark("no target")),)
                yield entry.problem("E409", "targets", index, key, at=At.KEY, key=key, kind=kind, known=known)
        if (target.first is None) == (target.by is None):
            yield entry.problem("E408", "targets", index)


def bounds_are_in_order(draft: Draft) -> Iterator[Problem]:
    """`between` has two bounds, the smaller one first."""
    for entry, index, target in _targets(draft):
        if target.between is None:
            continue
        if len(target.between) != 2:  # noqa: PLR2004  # between has two ends
            yield entry.problem("E407", "targets", index, "between")
            continue
        low, high = target.between
        if entry.record.kind is Kind.GRADE:
            ordered = entry.record.scale.index(str(low)) <= entry.record.scale.index(str(high))
        else:
            ordered = low <= high  # type: ignore[operator]  # numbers, by the kind
        if not ordered:
            yield entry.problem("E405", "targets", index, "between", low=_shown(low), high=_shown(high))


def _shown(bound: object) -> object:
    return amount(bound) if isinstance(bound, Number) else bound


def target_years_differ(draft: Draft) -> Iterator[Problem]:
    """No two targets of an indicator are in force from one year, or due by one year."""
    for entry in draft.indicators:
        for key, attribute, code in (("from", "first", "E403"), ("by", "by", "E404")):
            seen: set[int] = set()
            for index, target in enumerate(entry.record.targets):
                year = getattr(target, attribute)
                if year in seen:
                    yield entry.problem(code, "targets", index, key, year=year)
                if year is not None:
                    seen.add(year)


def years_lie_in_the_term(draft: Draft) -> Iterator[Problem]:
    """The years of targets and tasks lie in the plan's term."""
    if draft.head is None:
        return
    term = draft.head.record.term
    for entry, path, year in _years(draft):
        if not term.first <= year <= term.last:
            yield entry.problem("E406", *path, year=year, term=f"{term.first}–{term.last}")


def _years(draft: Draft) -> Iterator[tuple[Placed[object], KeyPath, int]]:
    for entry, index, target in _targets(draft):
        for key, year in (("from", target.first), ("by", target.by)):
            if year is not None:
                yield entry, ("targets", index, key), year
    for task in (*draft.tasks, *draft.solutions):
        for key, year in (("from", task.record.first), ("due", task.record.due)):
            if year is not None:
                yield task, (key,), year
    if draft.head is not None and draft.head.record.assessed_from is not None:
        yield draft.head, ("assessed_from",), draft.head.record.assessed_from


def headings_exist(draft: Draft) -> Iterator[Problem]:
    """The areas that reports put into part I, or under another's heading, are there; headings are not put further."""
    areas = {area.record.area: area.record for area in draft.areas}
    named: list[tuple[Placed[Any], KeyPath, str | None]] = [
        (area, ("within",), area.record.within) for area in draft.areas
    ]
    if draft.head is not None and draft.head.record.report is not None:
        named.insert(0, (draft.head, ("report", "steering"), draft.head.record.report.steering))
    for entry, path, id_ in named:
        if id_ is None or id_ in draft.broken:
            continue
        if id_ not in areas:
            yield entry.problem("E305", *path, id=id_, nearest=Nearest(id_, tuple(areas)))
        elif areas[id_].within is not None:
            yield entry.problem("E417", *path, id=id_, other=areas[id_].within)


def ends_follow_beginnings(draft: Draft) -> Iterator[Problem]:
    """Term, validity, a task's years and a signatory's months end after they begin."""
    if draft.head is not None:
        term = draft.head.record.term
        if term.first > term.last:
            yield draft.head.problem("E413", "term", "to", low=term.first, high=term.last)
        for index, signatory in enumerate(draft.head.record.report.signatories if draft.head.record.report else ()):
            yield from _months(draft.head, signatory.first, signatory.last, ("report", "signatories", index, "to"))
    for entry in (*draft.indicators, *draft.statistics):
        valid = entry.record.valid
        yield from _months(entry, valid.first, valid.last, ("valid", "to"))
    for task in (*draft.tasks, *draft.solutions):
        first, due = task.record.first, task.record.due
        if first is not None and due is not None and first > due:
            yield task.problem("E413", "due", low=first, high=due)


def _months(entry: Placed[object], first: Period | None, last: Period | None, path: KeyPath) -> Iterator[Problem]:
    if first is not None and last is not None and first > last:
        yield entry.problem("E413", *path, low=first, high=last)


def interpolation_has_a_course(draft: Draft) -> Iterator[Problem]:
    """`interpolate` needs a baseline before the year of a target with `by` and at_least or at_most."""
    for entry in draft.indicators:
        record = entry.record
        if record.interpolate is None:
            continue
        by = [target for target in record.targets if target.by is not None]
        fits = all(target.at_least is not None or target.at_most is not None for target in by)
        baseline = record.baseline
        if not by or not fits or baseline is None or any(baseline.year >= (target.by or 0) for target in by):
            yield entry.problem("E412", "interpolate")


def tasks_have_a_time(draft: Draft) -> Iterator[Problem]:
    """A task repeats or is due, not both and not neither."""
    for task in (*draft.tasks, *draft.solutions):
        if (task.record.repeats is None) == (task.record.due is None):
            yield task.problem("E415", "id")


def statistics_have_no_targets(draft: Draft) -> Iterator[Problem]:
    """A statistic is listed without a verdict."""
    for entry in draft.statistics:
        if entry.record.targets:
            yield entry.problem("E416", "targets", at=At.KEY, key="targets", kind=Word(mark("statistic")))


def document_is_recorded(draft: Draft) -> Iterator[Problem]:
    """The plan's own number and date are known; else a warning, never an invention."""
    if draft.head is None:
        return
    document = draft.head.record.document
    if document.number is None or document.date is None:
        yield draft.head.problem("W502", "document", at=At.KEY)


PLAN_CHECKS: tuple[PlanCheck, ...] = (
    ids_are_unique,
    refs_are_unique,
    owners_exist,
    everything_is_owned,
    areas_exist,
    measured_ids_exist,
    kinds_have_their_keys,
    aggregations_fit,
    targets_are_whole,
    bounds_are_in_order,
    target_years_differ,
    years_lie_in_the_term,
    headings_exist,
    ends_follow_beginnings,
    interpolation_has_a_course,
    tasks_have_a_time,
    statistics_have_no_targets,
    document_is_recorded,
)


def _targets(draft: Draft) -> Iterator[tuple[Placed[Indicator], int, Target]]:
    for entry in draft.indicators:
        for index, target in enumerate(entry.record.targets):
            yield entry, index, target
