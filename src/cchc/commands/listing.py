"""`list`: what the plan holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cchc.commands.opening import plan_of, source_of
from cchc.core.model import Area, Indicator, Owner, Plan, Task
from cchc.workspace.load import load_plan


class Listed(StrEnum):
    """What can be listed."""

    INDICATORS = "indicators"
    STATISTICS = "statistics"
    TASKS = "tasks"
    OWNERS = "owners"
    AREAS = "areas"


Entries = tuple[Indicator, ...] | tuple[Task, ...] | tuple[Owner, ...] | tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Entries of one kind in the plan's order."""

    what: Listed
    entries: Entries
    plan: Plan


_ENTRIES: Mapping[Listed, Callable[[Plan], Entries]] = {
    Listed.INDICATORS: lambda plan: plan.indicators,
    Listed.STATISTICS: lambda plan: plan.statistics,
    Listed.TASKS: lambda plan: plan.tasks,
    Listed.OWNERS: lambda plan: plan.owners,
    Listed.AREAS: lambda plan: plan.areas,
}


def list_entries(root: Path, what: Listed, at: str | None = None) -> Listing:
    """Return the plan's entries of a kind, as they are or as a revision has them."""
    plan = plan_of(load_plan(source_of(root, at)))
    return Listing(what, _ENTRIES[what](plan), plan)
