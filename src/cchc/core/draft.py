"""A plan that is being read: every record with its place, before it is known whether the plan is good."""

from dataclasses import dataclass, field

from cchc.core.diagnostics import Placed, Problem
from cchc.core.model import (
    Area,
    AreaHead,
    Funding,
    Identity,
    Indicator,
    Owner,
    Plan,
    PlanFile,
    Task,
)


@dataclass
class Draft:
    """What plan/ holds, in reading order, with the problems of its form and the ids of what could not be read."""

    head: Placed[PlanFile] | None = None
    owners: list[Placed[Owner]] = field(default_factory=list)
    areas: list[Placed[AreaHead]] = field(default_factory=list)
    indicators: list[Placed[Indicator]] = field(default_factory=list)
    tasks: list[Placed[Task]] = field(default_factory=list)
    solutions: list[Placed[Task]] = field(default_factory=list)
    funding: list[Placed[Funding]] = field(default_factory=list)
    statistics: list[Placed[Indicator]] = field(default_factory=list)
    identities: list[Placed[Identity]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def plan(self) -> Plan | None:
        """Return the plan as far as it could be read, or None without a head; of an id used twice the first counts."""
        if self.head is None:
            return None
        return Plan(
            head=self.head.record,
            owners=tuple(owner.record for owner in self.owners),
            areas=tuple(self._area(area.record) for area in self.areas),
            solutions=tuple(task.record for task in self.solutions),
            funding=tuple(entry.record for entry in self.funding),
            statistics=tuple(entry.record for entry in self.statistics),
            identities=tuple(entry.record for entry in self.identities),
        )

    def _area(self, head: AreaHead) -> Area:
        return Area(
            id=head.area,
            ref=head.ref,
            title=head.title,
            owner=head.owner,
            indicators=tuple(entry.record for entry in self.indicators if entry.record.area == head.area),
            tasks=tuple(entry.record for entry in self.tasks if entry.record.area == head.area),
        )
