"""What is worth another look at what is being entered: what `validate` would say of it, told on the spot.

The rules are those of `reviews`, and the identities of the checks: what they say of the data with the figures and not
of the data without them, in the files of the figures.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from cchc.core.checks import identities_hold
from cchc.core.diagnostics import Problem
from cchc.core.entering import Due, with_entries
from cchc.core.model import DataFile, Measurement
from cchc.core.periods import Period
from cchc.core.reviews import HISTORY, SAME, Reviewed, review

ASKED = frozenset({"W501", "W505", "W506", "W508", "W509", "W517", "W518"})  # the figure itself may be wrong
OF_HISTORY = frozenset({"W505", "W506"})  # what they say takes every figure that there is
_OF_PERIOD = "W515"  # about the whole period: said once, not beside every figure
NEAR = SAME - 1  # reference periods before a figure's own in which the same figure is told
ENOUGH = HISTORY + 1  # earlier reference periods among which a figure can stand out, though one has none


def doubts(seen: Reviewed, due: Due, entry: Measurement) -> tuple[Problem, ...]:
    """Return what the figure makes worth another look in its own file; `seen` are the data in which it is not yet."""
    found = doubts_of(replace(seen, data=with_entries(seen.data, [(due, entry)])), [due])
    return tuple(problem for problem in found if problem.code != _OF_PERIOD)


def doubts_of(seen: Reviewed, entered: Collection[Due]) -> tuple[Problem, ...]:
    """Return what figures make worth another look in their own files; `seen` are the data in which they are."""
    ids: dict[Period, set[str]] = defaultdict(set)
    for due in entered:
        ids[due.period].add(due.indicator.id)
    without = replace(seen, data=with_entries(seen.data, [(due, None) for due in entered]))
    known = list(_of_files(without, ids))
    own = {(seen.data.files[period].file, id_) for period, keys in ids.items() for id_ in keys}
    found = (
        problem
        for problem in _of_files(seen, ids)
        if problem not in known and (problem.code not in OF_HISTORY or (problem.file, problem.path[1]) in own)
    )
    return tuple(_once(found))


def looked_back(period: Period, read: Collection[Period]) -> Iterator[Period]:
    """Yield the reference periods before one that tell, with those that are read anyway, whether a figure is usual."""
    known = sum(one.frequency is period.frequency and one.first < period.first for one in read)
    earlier, step = period.previous(), 0
    while earlier is not None and (step < NEAR or known < ENOUGH):
        if earlier not in read:
            yield earlier
            known += 1
        earlier, step = earlier.previous(), step + 1


def doubts_about(seen: Reviewed, file: DataFile, section: str, key: str) -> tuple[Problem, ...]:
    """Return what is worth another look at the entry of a task or of remarks in a file."""
    alone = replace(seen, data=replace(seen.data, files={file.period: file._replace(measurements={})}))
    return tuple(problem for problem in review(alone) if problem.path[:2] == (section, key))


def _of_files(seen: Reviewed, periods: Collection[Period]) -> Iterator[Problem]:
    """Yield what is worth another look in the files of some periods."""
    files = {file.file: file for period, file in seen.data.files.items() if period in periods}
    for file in files.values():
        yield from identities_hold(seen.data.plan, file)
    yield from (problem for problem in review(seen) if problem.file in files)


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems, one about a whole period only the first time."""
    said: set[str] = set()
    for problem in problems:
        if problem.code == _OF_PERIOD:
            if problem.file in said:
                continue
            said.add(problem.file)
        yield problem
