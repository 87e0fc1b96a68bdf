"""A plan that is being read: every record with its place, before it is known whether the plan is good."""

from dataclasses import dataclass, field

from cchc.core.diagnostics import Placed, Problem
from cchc.core.fields import FORMAT
from cchc.core.model import Area, AreaHead, Funding, Identity, Indicator, Owner, Plan, PlanFile, Task
from cchc.core.period_forms import FIRST_YEAR, LAST_YEAR


def _any_head() -> PlanFile:
    """Return a head that stands in for one that could not be read: nothing lies outside its term."""
    term = {"from": str(FIRST_YEAR), "to": str(LAST_YEAR)}
    unit = {"name": "–", "authority": "–"}
    return PlanFile.model_validate({"format": FORMAT, "id": "x", "title": "–", "term": term, "unit": unit})


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
        return self.as_known() if self.head is not None else None

    def as_known(self) -> Plan:
        """Return what data files can be checked against, also where the head could not be read: then of any year."""
        return Plan(
            head=self.head.record if self.head is not None else _any_head(),
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
            within=head.within,
            indicators=tuple(entry.record for entry in self.indicators if entry.record.area == head.area),
            tasks=tuple(entry.record for entry in self.tasks if entry.record.area == head.area),
        )
