"""What is worth another look at a figure that is being entered, said before it is written.

The rules are those of `reviews`, and the identities of the checks: what they say of the data with the figure and not of
the data without it.
"""

from collections.abc import Iterator
from dataclasses import replace

from cchc.core.checks import identities_hold
from cchc.core.diagnostics import Problem
from cchc.core.entering import Due, with_entry
from cchc.core.model import Measurement
from cchc.core.reviews import Reviewed, review

ASKED = frozenset({"W501", "W505", "W506", "W508", "W509", "W517", "W518"})  # the figure itself may be wrong
_UNSAID = frozenset({"W515"})  # about the whole period: said once, not beside every figure


def doubts(seen: Reviewed, due: Due, entry: Measurement) -> tuple[Problem, ...]:
    """Return what the figure makes worth another look in its own file; `seen` are the data in which it is not yet."""
    without = _of_file(replace(seen, data=with_entry(seen.data, due, None)), due)
    known = list(without)
    found = _of_file(replace(seen, data=with_entry(seen.data, due, entry)), due)
    return tuple(problem for problem in found if problem not in known and problem.code not in _UNSAID)


def _of_file(seen: Reviewed, due: Due) -> Iterator[Problem]:
    """Yield what is worth another look in the file of a figure."""
    file = seen.data.files[due.period]
    yield from identities_hold(seen.data.plan, file)
    yield from (problem for problem in review(seen) if problem.file == file.file)
