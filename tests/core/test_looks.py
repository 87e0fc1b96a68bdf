"""What deserves a second look when plan or figures change, each by its own example."""

from dataclasses import replace
from typing import Any

import pytest

from cchc.core.fields import Kind, Shape
from cchc.core.looks import Look, is_lowered, of_figure, of_head, of_indicator
from cchc.core.model import Calendar, Measurement
from cchc.core.period_forms import parse_period

TERM = parse_period("2021..2025")
Texts = dict[str, Any]
AT_LEAST: Texts = {"from": "2021", "at_least": "98"}


# targets


LOWERED = (
    ("at_least", {"from": "2021", "at_least": "98"}, {"from": "2021", "at_least": "97"}),
    ("at_most", {"from": "2021", "at_most": "6"}, {"from": "2021", "at_most": "7"}),
    ("at_most gone", {"from": "2021", "at_most": "6"}, {"from": "2021", "at_least": "1"}),
    ("equal to less", {"from": "2021", "equal_to": "100"}, {"from": "2021", "equal_to": "99"}),
    ("equal to more", {"from": "2021", "equal_to": "5"}, {"from": "2021", "equal_to": "6"}),
    ("equal to at_least", {"from": "2021", "equal_to": "100"}, {"from": "2021", "at_least": "100"}),
    ("between, below", {"from": "2021", "between": ["90", "95"]}, {"from": "2021", "between": ["89", "95"]}),
    ("between, above", {"from": "2021", "between": ["90", "95"]}, {"from": "2021", "between": ["90", "96"]}),
    ("between to at_least", {"from": "2021", "between": ["90", "95"]}, {"from": "2021", "at_least": "90"}),
    ("between to at_most", {"from": "2021", "between": ["90", "95"]}, {"from": "2021", "at_most": "95"}),
    ("another operator", {"from": "2021", "at_least": "98"}, {"from": "2021", "at_most": "98"}),
    ("from a year later", {"from": "2021", "at_least": "98"}, {"from": "2022", "at_least": "98"}),
    ("by a year later", {"by": "2024", "at_least": "98"}, {"by": "2025", "at_least": "98"}),
    ("by beyond the term", {"by": "2025", "at_least": "98"}, {"by": "2026", "at_least": "98"}),
    ("by less", {"by": "2025", "at_least": "98"}, {"by": "2025", "at_least": "97.99"}),
    ("removed", {"from": "2021", "at_least": "98"}, None),
)
KEPT = (
    ("raised", {"from": "2021", "at_least": "98"}, {"from": "2021", "at_least": "99"}),
    ("ceiling lowered", {"from": "2021", "at_most": "6"}, {"from": "2021", "at_most": "5"}),
    ("narrowed", {"from": "2021", "between": ["90", "95"]}, {"from": "2021", "between": ["91", "94"]}),
    ("at_least to equal", {"from": "2021", "at_least": "98"}, {"from": "2021", "equal_to": "99"}),
    ("at_least to between", {"from": "2021", "at_least": "98"}, {"from": "2021", "between": ["98", "99"]}),
    ("from earlier", {"from": "2022", "at_least": "98"}, {"from": "2021", "at_least": "98"}),
    ("by earlier", {"by": "2025", "at_least": "98"}, {"by": "2024", "at_least": "98"}),
    ("by to from", {"by": "2025", "at_least": "98"}, {"from": "2021", "at_least": "98"}),
    ("other spelling", {"from": "2021", "at_least": "98"}, {"from": "2021", "at_least": "98.00"}),
    ("other words", {"from": "2021", "at_least": "98"}, {"from": "2021", "at_least": "98", "as_written": "98%"}),
    ("after the term", {"from": "2026", "at_least": "98"}, {"from": "2026", "at_least": "1"}),
    ("new", None, {"from": "2021", "at_least": "1"}),
)


@pytest.mark.parametrize(("what", "old", "new"), LOWERED)
def test_a_target_is_lowered_when_more_is_good_enough(
    build: Any, what: str, old: Texts | None, new: Texts | None
) -> None:
    one, other = (build.indicator(targets=[target] if target else []) for target in (old, new))
    assert is_lowered(TERM, one, other), what
    assert list(of_indicator(TERM, one, other)) == [Look.TARGET_LOWERED]


@pytest.mark.parametrize(("what", "old", "new"), KEPT)
def test_a_target_that_asks_as_much_is_not_lowered(build: Any, what: str, old: Texts | None, new: Texts | None) -> None:
    one, other = (build.indicator(targets=[target] if target else []) for target in (old, new))
    assert not is_lowered(TERM, one, other), what
    assert list(of_indicator(TERM, one, other)) == []


@pytest.mark.parametrize(
    ("fields", "old", "new", "lowered"),
    [
        ({"kind": "yes_no"}, {"equal_to": "có"}, {"equal_to": "không"}, True),
        ({"kind": "yes_no"}, {"equal_to": "có"}, {"equal_to": "yes"}, False),
        ({"kind": "grade", "scale": ["yếu", "khá", "tốt"]}, {"at_least": "tốt"}, {"at_least": "khá"}, True),
        ({"kind": "grade", "scale": ["yếu", "khá", "tốt"]}, {"at_least": "khá"}, {"at_least": "TỐT"}, False),
        ({"kind": "grade", "scale": ["yếu", "khá", "tốt"]}, {"between": ["khá", "tốt"]}, {"at_least": "yếu"}, True),
        ({"kind": "rank"}, {"at_most": "6"}, {"at_most": "10"}, True),
        ({"kind": "rank"}, {"at_most": "6"}, {"at_most": "5"}, False),
    ],
)
def test_grades_ranks_and_yes_compare_by_their_own_order(
    build: Any, fields: Texts, old: Texts, new: Texts, *, lowered: bool
) -> None:
    one, other = (build.indicator(unit=None, targets=[{"from": "2021", **t}], **fields) for t in (old, new))
    assert is_lowered(TERM, one, other) is lowered


def test_a_target_that_one_year_alone_asks_less_is_lowered(build: Any) -> None:
    steps = [{"from": "2021", "at_least": "90"}, {"from": "2023", "at_least": "95"}]
    one = build.indicator(targets=steps)
    assert is_lowered(TERM, one, build.indicator(targets=[steps[0]]))
    assert is_lowered(TERM, one, build.indicator(targets=[steps[0], {"from": "2024", "at_least": "95"}]))
    assert not is_lowered(TERM, one, build.indicator(targets=[*steps, {"from": "2025", "at_least": "99"}]))


# definitions


@pytest.mark.parametrize(
    ("fields", "look"),
    [
        ({"baseline": {"year": "2020", "value": "90"}}, Look.BASELINE),
        ({"interpolate": "linear"}, Look.BASELINE),
        ({"kind": "number"}, Look.DEFINITION),
        ({"numerator": "n"}, Look.DEFINITION),
        ({"denominator": "d"}, Look.DEFINITION),
        ({"frequency": "quarter"}, Look.DEFINITION),
        ({"amounts": "decimal"}, Look.DEFINITION),
        ({"factor": "1"}, Look.DEFINITION),
        ({"phrases": {"yes": "a", "no": "b"}}, Look.DEFINITION),
        ({"survey": "true"}, Look.DEFINITION),
        ({"measured_over": "civil"}, Look.DEFINITION),
        ({"name": "x"}, Look.DEFINITION),
        ({"item": "x"}, Look.DEFINITION),
        ({"announced": {"by": "x"}}, Look.DEFINITION),
        ({"reading": "x"}, Look.READING),
        ({"aggregation": "last"}, Look.AGGREGATION),
        ({"valid": {"to": "2024-12"}}, Look.VALIDITY),
        ({"share": "false"}, Look.SHARE),
    ],
)
def test_each_part_of_a_definition_has_a_look_of_its_own(build: Any, fields: Texts, look: Look) -> None:
    found = set(of_indicator(TERM, build.indicator(), build.indicator(**fields)))
    assert look in found
    assert found - {look} <= ({Look.AGGREGATION} if "kind" in fields else set())


@pytest.mark.parametrize("fields", [{}, {"owner": "x"}, {"note": "x"}, {"beside": ["x"]}, {"formerly": ["x"]}])
def test_owners_and_notes_deserve_none(build: Any, fields: Texts) -> None:
    assert list(of_indicator(TERM, build.indicator(), build.indicator(**fields))) == []


def test_an_indicator_that_came_deserves_none_one_that_went_does(build: Any) -> None:
    one = build.indicator(targets=[AT_LEAST])
    assert list(of_indicator(TERM, None, one)) == []
    assert list(of_indicator(TERM, one, None)) == [Look.REMOVED]


@pytest.mark.parametrize(
    ("before", "after", "looks"),
    [
        ({}, {}, ()),
        ({"assessed_from": 2022}, {"assessed_from": 2023}, (Look.ASSESSMENT,)),
        ({}, {"assessed_from": 2022}, (Look.ASSESSMENT,)),
        ({"assessed_from": 2023}, {"assessed_from": 2022}, ()),
        ({"term": (2021, 2025)}, {"term": (2021, 2024)}, (Look.ASSESSMENT,)),
        ({"term": (2021, 2025)}, {"term": (2021, 2026)}, ()),
    ],
)
def test_years_that_are_no_longer_assessed_deserve_a_look(
    build: Any, before: Texts, after: Texts, looks: tuple[Look, ...]
) -> None:
    one, other = (build.dataset(build.indicator(), **fields).plan for fields in (before, after))
    assert of_head(one, other) == looks


def test_months_that_begin_on_another_day_deserve_a_look(build: Any) -> None:
    plan = build.dataset(build.indicator()).plan
    calendar = Calendar.model_validate({"month_starts_on": "15"})
    assert of_head(plan, replace(plan, head=plan.head.model_copy(update={"calendar": calendar}))) == (Look.CALENDAR,)


# figures


def figure(**fields: Any) -> Measurement:
    return Measurement.model_validate({"value": "5", **fields}, context=Shape(Kind.RANK))


CORRECTION = {"old": {"value": "4"}, "on": "2023-06-21", "by": "a", "reason": "x"}
SUPPLEMENT = {"on": "2023-06-21", "by": "a", "document": "1"}


@pytest.mark.parametrize(
    ("old", "new", "looks"),
    [
        ({}, {}, []),
        ({}, {"value": "6"}, []),
        ({}, {"quality": "provisional"}, [Look.PROVISIONAL]),
        ({"quality": "provisional"}, {}, []),
        ({"of": "17"}, {"of": "18"}, [Look.OF]),
        ({"of": "17"}, {}, [Look.OF]),
        ({"evidence": ["a.pdf", "b.pdf"]}, {"evidence": ["b.pdf", "c.pdf"]}, [Look.EVIDENCE]),
        ({"evidence": ["a.pdf"]}, {"evidence": ["b.pdf", "a.pdf"]}, []),
        ({"corrections": [CORRECTION]}, {}, [Look.TRACE]),
        ({"corrections": [CORRECTION]}, {"corrections": [CORRECTION | {"reason": "y"}]}, [Look.TRACE]),
        ({"corrections": [CORRECTION]}, {"corrections": [CORRECTION, CORRECTION]}, []),
        ({"supplement": SUPPLEMENT}, {}, [Look.TRACE]),
        ({"supplement": SUPPLEMENT}, {"supplement": SUPPLEMENT | {"document": "2"}}, [Look.TRACE]),
        ({}, {"supplement": SUPPLEMENT}, []),
    ],
)
def test_what_happened_to_a_figure_has_its_look(old: Texts, new: Texts, looks: list[Look]) -> None:
    assert list(of_figure(figure(**old), figure(**new))) == looks


def test_a_new_figure_deserves_none_a_removed_one_does() -> None:
    assert list(of_figure(None, figure())) == []
    assert list(of_figure(figure(), None)) == [Look.REMOVED]
