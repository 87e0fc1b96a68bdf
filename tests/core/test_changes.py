"""What changed between two states, matched by key, and which verdicts are others because of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from cchc.core import digest
from cchc.core.changes import About, Change, Difference, State, What, difference, figure_changed
from cchc.core.looks import Look
from cchc.core.model import Area, Closing, Dataset, Funding, Identity, IssuedReport, Owner, Plan
from cchc.core.period_forms import parse_period
from cchc.core.results import Status

Texts = dict[str, Any]
JUNE, Q2 = parse_period("2023-06"), parse_period("2023Q2")
BASE: Texts = {"numerator": "412", "denominator": "418"}
LATER: Texts = {"numerator": "400", "denominator": "418"}
AT_LEAST_98 = [{"from": "2021", "at_least": "98"}]
CORRECTED = LATER | {
    "corrections": [{"old": BASE, "on": "2023-06-25", "by": "van-phong", "reason": "Đếm trùng", "document": "30/TB"}]
}
SUPPLEMENTED = BASE | {"supplement": {"on": "2023-06-25", "by": "van-phong", "document": "31/TB"}}


def data_of(build: Any, raw: Texts | None = None, *, period: str = "2023-06", **fields: Any) -> Dataset:
    """Return a dataset of one indicator with a target, and a figure."""
    indicator = build.indicator(**({"targets": AT_LEAST_98} | fields))
    data: Dataset = build.dataset(indicator, figures={period: {indicator.id: raw}} if raw is not None else {})
    return data


def closed(data: Dataset, label: str = "2023-06") -> Closing:
    period = parse_period(label)
    made: Texts = {"period": period, "on": date(2023, 6, 20), "by": "van-phong", "digest": digest.digest(data, period)}
    return Closing.model_construct(**made)


def issued(label: str = "2023Q2", number: str = "45/BC", **more: Any) -> IssuedReport:
    return IssuedReport.model_validate({"period": label, "number": number, "date": "2023-06-20", **more})


def between(before: Dataset | State, after: Dataset | State) -> Difference:
    """Return what changed; bare data have the closings and reports of the state before."""
    first = before if isinstance(before, State) else State(before)
    return difference(first, after if isinstance(after, State) else State(after, first.closings, first.reports))


def only(found: Difference) -> Change:
    (change,) = found.changes
    return change


def said(found: Difference) -> list[tuple[str, str, str]]:
    return [(str(change.about), change.key, str(change.what)) for change in found.changes]


def effects(found: Difference) -> list[tuple[str, str, Status | None, Status | None]]:
    return [
        (
            one.indicator.id,
            one.period.label,
            one.before.status if one.before else None,
            one.after.status if one.after else None,
        )
        for one in found.effects
    ]


# figures


def test_nothing_changed_is_no_change(build: Any) -> None:
    before, after = data_of(build, BASE), data_of(build, BASE)
    assert between(before, after) == Difference((), (), (before.plan, after.plan))


@pytest.mark.parametrize(
    ("old", "new", "what", "fields", "looks"),
    [
        (None, BASE, What.ADDED, (), ()),
        (BASE, None, What.REMOVED, (), (Look.REMOVED,)),
        (BASE, LATER, What.CHANGED, ("numerator",), ()),
        (BASE, CORRECTED, What.CORRECTED, ("numerator", "corrections"), ()),
        (None, SUPPLEMENTED, What.SUPPLEMENTED, (), ()),
        (CORRECTED, LATER, What.CHANGED, ("corrections",), (Look.TRACE,)),
        (BASE, BASE | {"quality": "provisional"}, What.CHANGED, ("quality",), (Look.PROVISIONAL,)),
        (BASE | {"evidence": ["a.pdf"]}, BASE, What.CHANGED, ("evidence",), (Look.EVIDENCE,)),
        (BASE, BASE | {"checked": {"by": "van-phong"}}, What.CHANGED, ("checked",), ()),
        (BASE | {"numerator": "410"}, CORRECTED, What.CHANGED, ("numerator", "corrections"), ()),
    ],
)
def test_a_figure_is_told_by_what_was_done_to_it(
    build: Any, old: Texts | None, new: Texts | None, what: What, fields: tuple[str, ...], looks: tuple[Look, ...]
) -> None:
    change = only(between(data_of(build, old), data_of(build, new)))
    assert (change.about, change.key, change.period, change.what) == (About.FIGURE, "chi-tieu", JUNE, what)
    assert tuple(field.name for field in change.fields) == fields
    assert change.looks == looks
    assert change.closed == ()


@pytest.mark.parametrize(
    ("old", "new", "looks"),
    [
        (BASE, LATER, (Look.CLOSED,)),
        (BASE, None, (Look.REMOVED, Look.CLOSED)),
        (BASE, BASE | {"note": "x"}, (Look.CLOSED,)),
        (BASE, CORRECTED | {"numerator": "399", "corrections": []}, (Look.CLOSED,)),
        (BASE, CORRECTED, ()),
        (BASE, CORRECTED | {"note": "x"}, (Look.CLOSED,)),
        (None, BASE, (Look.CLOSED,)),
        (None, SUPPLEMENTED, ()),
        (BASE, BASE | {"provided": {"by": "van-phong"}}, ()),
    ],
)
def test_a_closed_figure_deserves_a_look_unless_it_has_its_trace(
    build: Any, old: Texts | None, new: Texts | None, looks: tuple[Look, ...]
) -> None:
    before = data_of(build, old)
    change = only(between(State(before, (closed(before), closed(before, "2023Q2"))), data_of(build, new)))
    assert change.looks == looks
    touched = change.what in {What.CORRECTED, What.SUPPLEMENTED} or Look.CLOSED in looks
    assert change.closed == ((JUNE, Q2) if touched else ())


def test_a_closing_that_was_opened_again_holds_nothing(build: Any) -> None:
    before = data_of(build, BASE)
    opened = closed(before).model_copy(update={"reopened": object()})
    assert only(between(State(before, (opened,)), State(data_of(build, LATER), (opened,)))).looks == ()


@pytest.mark.parametrize(
    ("old", "new", "looks"),
    [
        (BASE, LATER, (Look.AFTER_REPORT,)),
        (BASE, CORRECTED, (Look.AFTER_REPORT,)),
        (BASE, BASE | {"checked": {"by": "van-phong"}}, ()),
        (None, BASE, ()),
    ],
)
def test_a_figure_that_changes_after_its_report_deserves_a_look(
    build: Any, old: Texts | None, new: Texts | None, looks: tuple[Look, ...]
) -> None:
    reports = (issued(), issued("2022Q2", "40/BC"))
    found = between(State(data_of(build, old), (), reports), State(data_of(build, new), (), reports))
    assert only(found).looks == looks
    outside = State(data_of(build, BASE, period="2023-07"), (), reports)
    assert only(between(outside, State(data_of(build, LATER, period="2023-07"), (), reports))).looks == ()


def test_a_change_of_what_stands_beside_is_none_of_the_figure(build: Any) -> None:
    assert not figure_changed(only(between(data_of(build, BASE), data_of(build, BASE | {"note": "x"}))))
    assert figure_changed(only(between(data_of(build, BASE), data_of(build, LATER))))
    assert figure_changed(only(between(data_of(build), data_of(build, LATER))))


def test_an_indicator_with_another_id_keeps_its_figures(build: Any) -> None:
    before = data_of(build, BASE)
    after = data_of(build, LATER, id="ten-moi", formerly=["chi-tieu"])
    renamed, figure = between(State(before, (closed(before),)), after).changes
    assert (renamed.about, renamed.key, renamed.what) == (About.INDICATOR, "ten-moi", What.CHANGED)
    assert [field.name for field in renamed.fields] == ["id", "formerly"]
    assert (renamed.looks, renamed.closed) == ((), ())
    assert (figure.key, figure.what, figure.looks) == ("ten-moi", What.CHANGED, (Look.CLOSED,))


def test_changes_stand_in_the_order_of_time_and_of_the_plan(build: Any) -> None:
    plan = (build.indicator(id="b"), build.indicator(id="a"))
    before = build.dataset(*plan, build.indicator(id="cu"), figures={"2023-05": {"cu": BASE}})
    after = build.dataset(*plan, figures={"2023-06": {"a": BASE, "b": BASE}, "2023-04": {"a": BASE}})
    figures = [(one.period and one.period.label, one.key) for one in between(before, after).changes[1:]]
    assert figures == [("2023-04", "a"), ("2023-05", "cu"), ("2023-06", "b"), ("2023-06", "a")]


# the plan


@pytest.mark.parametrize(
    ("fields", "looks"),
    [
        ({"targets": [{"from": "2021", "at_least": "90"}]}, (Look.TARGET_LOWERED,)),
        ({"targets": [{"from": "2021", "at_least": "99"}]}, ()),
        ({"targets": [*AT_LEAST_98, {"from": "2024", "at_least": "99"}]}, ()),
        ({"valid": {"from": "2021-02"}}, (Look.VALIDITY,)),
        ({"share": "false"}, (Look.SHARE,)),
        ({"aggregation": "last"}, (Look.AGGREGATION,)),
        ({"reading": "x"}, (Look.READING,)),
        ({"baseline": {"year": "2020", "value": "90"}}, (Look.BASELINE,)),
        ({"numerator": "n"}, (Look.DEFINITION,)),
        ({"name": "Tên khác"}, (Look.DEFINITION,)),
        ({"owner": "khac"}, ()),
    ],
)
def test_a_definition_deserves_its_look_and_one_more_where_a_closed_period_rests_on_it(
    build: Any, fields: Texts, looks: tuple[Look, ...]
) -> None:
    before, after = data_of(build), data_of(build, **fields)
    assert only(between(before, after)).looks == looks
    change = only(between(State(before, (closed(before), closed(before, "2022-06"))), after))
    sealed = "owner" not in fields and not (looks == () and len(fields.get("targets", ())) > 1)
    assert change.looks == (*looks, *((Look.CLOSED,) if sealed else ()))
    assert [period.label for period in change.closed] == (["2023-06", "2022-06"] if sealed else [])


def test_an_indicator_that_came_or_went_touches_closed_periods_in_which_it_existed(build: Any) -> None:
    both = build.dataset(build.indicator(), build.indicator(id="khac", valid={"from": "2023-06"}))
    one = build.dataset(build.indicator())
    gone = only(between(State(both, (closed(both), closed(both, "2023-05"))), one))
    assert (gone.key, gone.what, gone.looks) == ("khac", What.REMOVED, (Look.REMOVED, Look.CLOSED))
    assert gone.closed == (JUNE,)
    come = only(between(State(one, (closed(one),)), both))
    assert (come.what, come.looks, come.indicator and come.indicator.id) == (What.ADDED, (Look.CLOSED,), "khac")


def with_plan(data: Dataset, **parts: Any) -> Dataset:
    """Return a dataset with other parts of the plan."""
    names = ("head", "owners", "areas", "solutions", "funding", "statistics", "identities")
    return Dataset(Plan(**{name: parts.get(name, getattr(data.plan, name)) for name in names}), data.files)


def test_everything_else_in_the_plan_is_told_by_its_key(build: Any) -> None:
    before = build.dataset(build.indicator(), tasks=(build.task(), build.task(id="bo")))
    after = build.dataset(build.indicator(), tasks=(build.task(title="Khác"), build.task(id="them")))
    count = {"kind": "count", "unit": None}
    before = with_plan(
        before,
        owners=(Owner.model_validate({"id": "a", "name": "A"}),),
        funding=(Funding.model_validate({"ref": "IV.1", "text": "x"}),),
        statistics=(build.indicator(id="tong", **count), build.indicator(id="mat", **count)),
        identities=(Identity.model_validate({"whole": "tong", "parts": ["a", "b"]}),),
    )
    after = with_plan(
        after,
        owners=(Owner.model_validate({"id": "a", "name": "B"}),),
        funding=(Funding.model_validate({"ref": "IV.1", "text": "y"}),),
        statistics=(build.indicator(id="tong", reading="x", **count),),
        identities=(Identity.model_validate({"whole": "tong", "parts": ["a"]}),),
    )
    assert said(between(before, after)) == [
        ("statistic", "tong", "changed"),
        ("statistic", "mat", "removed"),
        ("task", "viec", "changed"),
        ("task", "bo", "removed"),
        ("task", "them", "added"),
        ("owner", "a", "changed"),
        ("identity", "tong", "changed"),
        ("funding", "IV.1", "changed"),
    ]


def test_areas_are_told_without_what_stands_in_them(build: Any) -> None:
    data = build.dataset(build.indicator())
    (area,) = data.plan.areas
    other = with_plan(data, areas=(area._replace(title="Tên khác", owner="b"), Area("moi", None, "Mới", None, (), ())))
    changed, added = between(data, other).changes
    assert (changed.about, changed.key, [field.name for field in changed.fields]) == (
        About.AREA, "thu", ["title", "owner"],
    )  # fmt: skip
    assert (added.key, added.what) == ("moi", What.ADDED)
    assert said(between(other, data))[-1] == ("area", "moi", "removed")


def test_the_head_of_the_plan_deserves_a_look_where_years_are_no_longer_assessed(build: Any) -> None:
    before = build.dataset(build.indicator(targets=AT_LEAST_98), figures={"2022-06": {"chi-tieu": BASE}})
    after = build.dataset(
        build.indicator(targets=AT_LEAST_98), figures={"2022-06": {"chi-tieu": BASE}}, assessed_from=2023
    )
    found = between(before, after)
    change = only(found)
    assert (change.about, change.key, change.looks) == (About.PLAN, "thu", (Look.ASSESSMENT,))
    assert ("chi-tieu", "2022-06", Status.MET, Status.NOT_ASSESSED) in effects(found)
    assert found.second_look == (change,)


# files, tasks, remarks, ledgers


def test_made_up_figures_that_became_real_deserve_a_look(build: Any) -> None:
    real = data_of(build, BASE)
    made_up = Dataset(real.plan, {key: file._replace(illustrative=True) for key, file in real.files.items()})
    change = only(between(made_up, real))
    assert (change.about, change.key, change.period) == (About.FILE, "2023-06", JUNE)
    assert [(field.name, field.old, field.new) for field in change.fields] == [("illustrative", True, False)]
    assert change.looks == (Look.ILLUSTRATIVE,)
    assert between(made_up, Dataset(real.plan, {})).changes[0].about is About.FIGURE


def test_tasks_and_remarks_are_told_by_period_and_key(build: Any) -> None:
    def said_of(state: str, results: str | None) -> Dataset:
        remarks = {"2023Q2": {"thu": {"results": results}}} if results else {}
        reports = {"2023Q2": {"viec": {"state": state}}}
        data: Dataset = build.dataset(build.indicator(), tasks=(build.task(),), task_reports=reports, remarks=remarks)
        return data

    found = between(said_of("in_progress", None), said_of("done", "x"))
    assert said(found) == [("task_report", "viec", "changed"), ("remark", "thu", "added")]
    assert [change.period for change in found.changes] == [Q2, Q2]
    assert [field.name for field in found.changes[0].fields] == ["state"]


def test_closings_that_are_touched_deserve_a_look_new_ones_do_not(build: Any) -> None:
    data = data_of(build, BASE)
    made = closed(data)
    opened = made.model_copy(update={"reopened": object()})
    forged = made.model_copy(update={"digest": "0" * 64})
    come = only(between(data, State(data, (made,))))
    assert (come.about, come.key, come.what, come.looks) == (About.CLOSING, "2023-06 2023-06-20", What.ADDED, ())
    for other, what in (((opened,), What.CHANGED), ((forged,), What.CHANGED), ((), What.REMOVED)):
        change = only(between(State(data, (made,)), State(data, other)))
        assert (change.what, change.period, change.looks, change.closed) == (what, JUNE, (Look.CLOSED,), (JUNE,))


def test_two_closings_of_one_day_are_two(build: Any) -> None:
    data = data_of(build, BASE)
    opened = closed(data).model_copy(update={"reopened": object()})
    again = closed(data)
    found = between(State(data, (closed(data),)), State(data, (opened, again)))
    assert said(found) == [
        ("closing", "2023-06 2023-06-20", "changed"),
        ("closing", "2023-06 2023-06-20 #2", "added"),
    ]
    forged = opened.model_copy(update={"digest": "0" * 64})
    change = only(between(State(data, (opened, again)), State(data, (forged, again))))
    assert (change.key, change.looks) == ("2023-06 2023-06-20", (Look.CLOSED,))


def test_the_record_of_an_issued_report_that_changes_deserves_a_look(build: Any) -> None:
    data = data_of(build, BASE)
    come = only(between(data, State(data, (), (issued(),))))
    assert (come.about, come.key, come.what, come.looks) == (About.REPORT, "2023Q2 45/BC", What.ADDED, ())
    changed = only(between(State(data, (), (issued(),)), State(data, (), (issued(signed_by="B"),))))
    assert (changed.what, changed.period, changed.looks) == (What.CHANGED, Q2, (Look.REPORT,))
    gone = only(between(State(data, (), (issued(),)), State(data)))
    assert (gone.what, gone.looks) == (What.REMOVED, (Look.REPORT,))


# verdicts


def months(numerators: Mapping[str, int]) -> dict[str, dict[str, Texts]]:
    return {
        month: {"chi-tieu": {"numerator": str(number), "denominator": "100"}} for month, number in numerators.items()
    }


def test_only_verdicts_that_are_others_are_told_of_month_quarter_and_year(build: Any) -> None:
    indicator = build.indicator(targets=AT_LEAST_98)
    before = build.dataset(indicator, figures=months({"2023-04": 99, "2023-05": 99, "2023-06": 97}))
    after = build.dataset(indicator, figures=months({"2023-04": 99, "2023-05": 99, "2023-06": 90}))
    assert effects(between(before, after)) == [
        ("chi-tieu", "2023Q2", Status.MET, Status.MISSED),
        ("chi-tieu", "2023", Status.MET, Status.MISSED),
    ]
    better = build.dataset(indicator, figures=months({"2023-04": 99, "2023-05": 99, "2023-06": 98}))
    assert effects(between(before, better)) == [("chi-tieu", "2023-06", Status.MISSED, Status.MET)]
    same = build.dataset(indicator, figures=months({"2023-04": 99, "2023-05": 99, "2023-06": 96}))
    assert effects(between(before, same)) == []


def test_a_verdict_that_becomes_complete_is_another(build: Any) -> None:
    indicator = build.indicator(targets=AT_LEAST_98)
    before = build.dataset(indicator, figures=months({"2023-04": 99, "2023-05": 99}))
    after = build.dataset(indicator, figures=months({"2023-04": 99, "2023-05": 99, "2023-06": 99}))
    found = between(before, after).effects
    complete = [(one.period.label, *(side and side.complete for side in (one.before, one.after))) for one in found]
    assert complete == [
        ("2023-06", False, True), ("2023Q2", False, True),
    ]  # fmt: skip


def test_a_lowered_target_tells_the_verdicts_of_every_year_with_figures(build: Any) -> None:
    figures = months({"2022-06": 97, "2023-06": 97})
    before = build.dataset(build.indicator(targets=AT_LEAST_98), figures=figures)
    after = build.dataset(build.indicator(targets=[{"from": "2021", "at_least": "95"}]), figures=figures)
    found = effects(between(before, after))
    assert [(period, old, new) for _, period, old, new in found] == [
        (period, Status.MISSED, Status.MET) for period in ("2022-06", "2022Q2", "2022", "2023-06", "2023Q2", "2023")
    ]


def test_an_indicator_that_came_or_went_has_a_verdict_on_one_side_only(build: Any) -> None:
    one = build.dataset(build.indicator(targets=AT_LEAST_98), figures=months({"2023-06": 99}))
    none = build.dataset(build.indicator(id="khac"), figures={"2023-06": {"khac": BASE}})
    gone = [one for one in effects(between(one, none)) if one[1] == "2023-06"]
    assert gone == [("khac", "2023-06", None, Status.MONITORED), ("chi-tieu", "2023-06", Status.MET, None)]


def test_another_id_alone_changes_no_verdict(build: Any) -> None:
    before = data_of(build, BASE)
    after = data_of(build, BASE, id="ten-moi", formerly=["chi-tieu"])
    assert effects(between(before, after)) == []
    worse = data_of(build, LATER, id="ten-moi", formerly=["chi-tieu"])
    assert effects(between(before, worse)) == [
        ("ten-moi", period, Status.MET, Status.MISSED) for period in ("2023-06", "2023Q2", "2023")
    ]


def test_an_indicator_that_became_a_statistic_has_no_verdict_any_more(build: Any) -> None:
    before = data_of(build, BASE)
    after = build.dataset(statistics=(build.indicator(),), figures={"2023-06": {"chi-tieu": BASE}})
    found = between(before, after)
    assert said(found) == [("indicator", "chi-tieu", "removed"), ("statistic", "chi-tieu", "added")]
    assert ("chi-tieu", "2023-06", Status.MET, None) in effects(found)


def test_periods_outside_both_terms_have_no_verdict(build: Any) -> None:
    figures = months({"2025-06": 97})
    before = build.dataset(build.indicator(targets=AT_LEAST_98), figures=figures)
    after = build.dataset(
        build.indicator(targets=[{"from": "2021", "at_least": "95"}]), figures=figures, term=(2021, 2023)
    )
    shorter = build.dataset(build.indicator(targets=AT_LEAST_98), figures=figures, term=(2021, 2023))
    assert effects(between(shorter, after)) == []
    assert {period for _, period, _, _ in effects(between(before, after))} >= {"2025-06", "2025Q2", "2025"}
