"""What a closing seals, what may change afterwards, and how a change without a trace shows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.core import closing, digest
from cchc.core.closing import State, at_closing, changed_definitions, changed_figures, check, holds, is_traced, states
from cchc.core.fields import Kind, Shape
from cchc.core.model import Closing, Dataset, Measurement, Owner, Plan
from cchc.core.period_forms import parse_period
from cchc.core.periods import Period

JUNE, Q2 = parse_period("2023-06"), parse_period("2023Q2")
DAY = date(2023, 6, 20)
RATIO = Shape(Kind.RATIO)
RELAXED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
Texts = dict[str, Any]


def entry(figure: str | None = None, shape: Shape = RATIO, **more: Any) -> Measurement:
    """Return an entry: `entry("412/418")`."""
    numerator, denominator = figure.split("/") if figure else (None, None)
    raw = {"numerator": numerator, "denominator": denominator, **more}
    return Measurement.model_validate({key: value for key, value in raw.items() if value is not None}, context=shape)


def correction(old: str, on: str, **more: Any) -> Texts:
    """Return a correction as it stands in a file: what stood there, and the day."""
    numerator, denominator = old.split("/")
    figure = {"numerator": numerator, "denominator": denominator, **more}
    return {"old": figure, "on": on, "by": "van-phong", "reason": "Đếm trùng", "document": "30/TB"}


def supplement(on: str) -> Texts:
    return {"on": on, "by": "van-phong", "document": "31/TB"}


def june(
    build: Any, raw: Mapping[str, Any] | None, *, figures: Mapping[str, Any] | None = None, **fields: Any
) -> Dataset:
    """Return a dataset of one indicator with a figure about June 2023."""
    entries = {"2023-06": {"chi-tieu": raw}} if raw is not None else {}
    data: Dataset = build.dataset(build.indicator(**fields), figures={**entries, **(figures or {})})
    return data


def close(data: Dataset, period: Period = JUNE, on: date = DAY, **more: Any) -> Closing:
    """Return the closing of a period."""
    made: Texts = {"period": period, "on": on, "by": "van-phong", "digest": digest.digest(data, period)} | more
    return Closing.model_construct(**made)


BASE = {"numerator": "412", "denominator": "418"}
LATER = {"numerator": "411", "denominator": "418"}


# which closings there are


def test_a_closing_is_in_force_until_it_was_opened_again(build: Any) -> None:
    data = june(build, BASE)
    opened = close(data, reopened=object())
    second = close(data)
    other = close(data, Q2)
    assert closing.standing([opened, second, other]) == (second, other)
    assert closing.closing_of([opened, second, other], JUNE) is second
    assert closing.closing_of([opened, other], JUNE) is None


@pytest.mark.parametrize(
    ("period", "closed"),
    [
        ("2023-06", True),
        ("2023-05", True),  # the quarter's report rests on all of its months
        ("2023-07", False),
        ("2022-06", True),  # it stands beside as that of the year before
        ("2021-06", False),
    ],
)
def test_a_closing_reaches_every_figure_that_its_report_rests_on(build: Any, period: str, *, closed: bool) -> None:
    data = june(build, BASE)
    made = close(data, Q2)
    found = closing.closings_over(data.plan, [made], "chi-tieu", parse_period(period))
    assert found == ((made,) if closed else ())


def test_a_closing_does_not_reach_an_indicator_that_did_not_exist_then(build: Any) -> None:
    data = june(build, BASE)
    made = close(data)
    later = june(build, None, valid={"from": "2023-07"}).plan
    ended = june(build, None, valid={"to": "2023-05"}).plan
    open_end = june(build, None, valid={"from": "2023-06"}).plan
    assert [len(closing.closings_over(plan, [made], "chi-tieu", JUNE)) for plan in (later, ended, open_end)] == [
        0,
        0,
        1,
    ]


# what was missing


def test_absent_provisional_and_unconfirmed_figures_are_recorded_by_indicator(build: Any) -> None:
    ok = BASE | {"checked": {"by": "van-phong"}}
    data = build.dataset(
        build.indicator(),
        build.indicator(id="day-du"),
        build.indicator(id="nam", frequency="year"),
        statistics=(build.indicator(id="thong-ke", kind="count", unit=None),),
        figures={
            "2023-04": {"chi-tieu": BASE | {"quality": "provisional"}, "day-du": ok},
            "2023-05": {"chi-tieu": ok, "day-du": ok},
            "2023-06": {"day-du": ok, "thong-ke": {"value": "5"}},
        },
    )
    found = {
        one.id: tuple(" ".join(p.label for p in part) for part in (one.absent, one.provisional, one.unconfirmed))
        for one in closing.incomplete(data, Q2)
    }
    assert found == {
        "chi-tieu": ("2023-06", "2023-04", "2023-04"),
        "thong-ke": ("2023-04 2023-05", "", "2023-06"),
    }


# what a figure was


def test_an_entry_without_traces_has_always_been_so() -> None:
    plain = entry("412/418")
    assert states(plain) == (State(plain, None),)


def test_corrections_are_undone_from_the_last_to_the_first() -> None:
    now = entry(
        "410/418",
        note="x",
        corrections=[correction("412/418", "2023-06-21"), correction("411/418", "2023-06-25")],
    )
    found = states(now)
    assert [(one.entry and one.entry.numerator, str(one.since)) for one in found] == [
        (412, "None"), (411, "2023-06-21"), (410, "2023-06-25"),
    ]  # fmt: skip
    assert all(one.entry is not None and one.entry.note == "x" for one in found)


def test_before_a_supplement_there_was_nothing() -> None:
    now = entry("411/418", supplement=supplement("2023-06-22"), corrections=[correction("412/418", "2023-06-25")])
    assert [(one.entry and one.entry.numerator, str(one.since)) for one in states(now)] == [
        (None, "None"), (412, "2023-06-22"), (411, "2023-06-25"),
    ]  # fmt: skip


def test_quality_changes_back_only_where_a_correction_says_so() -> None:
    now = entry(
        "412/418",
        corrections=[correction("412/418", "2023-06-21", quality="provisional"), correction("413/418", "2023-06-22")],
    )
    assert [str(one.entry.quality) for one in states(now) if one.entry] == ["provisional", "final", "final"]


def test_a_correction_gives_back_the_old_figure_of_every_kind() -> None:
    rank = Measurement.model_validate(
        {
            "value": "4", "of": "17", "points": "83.5",
            "corrections": [{"old": {"value": "5", "of": "17"}, "on": "2023-06-21", "by": "a", "reason": "x"}],
        },
        context=Shape(Kind.RANK),
    )  # fmt: skip
    before = states(rank)[0].entry
    assert before is not None
    assert (before.value, before.of, before.points) == (5, 17, None)
    tally = dict.fromkeys(("very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied"), "1")
    survey = entry(
        "3/5", corrections=[{"old": {"survey": tally}, "on": "2023-06-21", "by": "a", "reason": "x"}]
    )  # fmt: skip
    first = states(survey)[0].entry
    assert first is not None
    assert (first.numerator, first.denominator, first.counts) == (None, None, (2, 5))


@pytest.mark.parametrize(
    ("day", "possible"),
    [
        ("2023-06-19", [None]),
        ("2023-06-20", [None, 412]),  # the day of the supplement: before it or after it
        ("2023-06-21", [412]),
        ("2023-06-22", [412, 411]),
        ("2023-06-25", [411, 410]),
        ("2023-06-30", [410]),
    ],
)
def test_at_a_closing_a_figure_was_what_stood_on_that_day(day: str, possible: list[int | None]) -> None:
    now = entry(
        "410/418",
        supplement=supplement("2023-06-20"),
        corrections=[correction("412/418", "2023-06-22"), correction("411/418", "2023-06-25")],
    )
    assert [one and one.numerator for one in at_closing(now, date.fromisoformat(day))] == possible


def test_several_corrections_of_the_day_of_a_closing_leave_every_state_of_that_day_possible() -> None:
    now = entry("410/418", corrections=[correction("412/418", "2023-06-20"), correction("411/418", "2023-06-20")])
    assert [one and one.numerator for one in at_closing(now, DAY)] == [412, 411, 410]


# does a closing hold


def test_a_closing_holds_while_nothing_changes(build: Any) -> None:
    data = june(build, BASE)
    assert holds(data, close(data))
    assert closing.stands(data, close(data))


def test_an_honest_correction_or_supplement_keeps_a_closing(build: Any) -> None:
    made = close(june(build, BASE))
    assert holds(june(build, LATER | {"corrections": [correction("412/418", "2023-06-25")]}), made)
    assert holds(june(build, LATER | {"corrections": [correction("412/418", "2023-06-20")]}), made)
    absent = close(june(build, None))
    assert holds(june(build, BASE | {"supplement": supplement("2023-06-25")}), absent)
    assert holds(june(build, BASE | {"supplement": supplement("2023-06-20")}), absent)


def test_corrections_of_the_day_before_or_after_a_closing_may_be_mixed(build: Any) -> None:
    early = {"2023-05": {"chi-tieu": LATER | {"corrections": [correction("412/418", "2023-06-20")]}}}
    made = close(june(build, BASE, figures=early))
    assert holds(june(build, LATER | {"corrections": [correction("412/418", "2023-06-20")]}, figures=early), made)


def test_a_closing_holds_however_many_figures_were_corrected_on_its_day(build: Any) -> None:
    many = [build.indicator(id=f"chi-tieu-{number}") for number in range(20)]
    corrected = LATER | {"corrections": [correction("412/418", "2023-06-20")]}
    before, after = (
        build.dataset(*many, figures={"2023-06": {one.id: raw for one in many}}) for raw in (BASE, corrected)
    )
    assert holds(after, close(before))
    assert holds(after, close(after))
    assert len(list(closing._readings(after, close(after)))) == closing.MOST_READINGS + 2


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (LATER, "tampered"),
        (LATER | {"corrections": [correction("410/418", "2023-06-25")]}, "the old figure forged"),
        (LATER | {"corrections": [correction("412/418", "2023-06-19")]}, "dated before the closing"),
        (LATER | {"supplement": supplement("2023-06-25")}, "said to have been absent"),
        (BASE | {"quality": "provisional"}, "final turned provisional"),
        (BASE | {"note": "x"}, "a note"),
        (BASE | {"source": "x"}, "a source"),
        (BASE | {"evidence": ["a.pdf"]}, "evidence"),
        (None, "removed"),
    ],
)
def test_any_other_change_of_a_sealed_figure_breaks_it(build: Any, raw: Texts | None, what: str) -> None:
    assert not holds(june(build, raw), close(june(build, BASE))), what


def test_removing_the_trace_of_a_correction_shows_as_a_change_of_the_figure(build: Any) -> None:
    made = close(june(build, BASE))
    assert not holds(june(build, LATER), made)
    absent = close(june(build, None))
    assert not holds(june(build, BASE), absent)


@pytest.mark.parametrize(
    "fields",
    [
        {"targets": [{"from": "2021", "at_least": "90"}]},
        {"targets": []},
        {"targets": [{"from": "2021", "at_least": "98", "as_written": "từ 98% trở lên"}]},
        {"targets": [{"from": "2023", "at_least": "98"}]},
        {"targets": [{"from": "2021", "at_least": "98"}, {"by": "2025", "at_least": "99"}]},
        {"reading": "x"},
        {"aggregation": "last"},
        {"valid": {"from": "2023-01"}},
        {"share": "false"},
        {"baseline": {"year": "2020", "value": "90"}},
        {"unit": "‰", "factor": "1000"},
        {"numerator": "n"},
        {"factor": "1000"},
        {"survey": "true"},
        {"item": "hồ sơ"},
        {"name": "Tên khác"},
        {"announced": {"by": "Huyện"}},
        {"valid": {"to": "2023-06"}},
    ],
)
def test_any_change_of_a_definition_target_in_force_or_reading_breaks_it(build: Any, fields: Texts) -> None:
    sealed: Texts = {"targets": [{"from": "2021", "at_least": "98"}]}
    made = close(june(build, BASE, **sealed))
    changed = june(build, BASE, **(sealed | fields))
    assert not holds(changed, made)
    assert changed_definitions(june(build, BASE, **sealed).plan, changed.plan, JUNE) == {"chi-tieu": tuple(fields)}


@pytest.mark.parametrize(
    "fields",
    [
        {"targets": [{"from": "2021", "at_least": "98"}, {"from": "2024", "at_least": "50"}]},
        {"valid": {"to": "2024-12"}},
        {"owner": "tu-phap"},
        {"beside": ["khac"]},
        {"note": "x"},
        {"id": "ten-moi", "formerly": ["chi-tieu"]},
    ],
)
def test_later_targets_owners_and_ids_leave_a_closing_alone(build: Any, fields: Texts) -> None:
    sealed: Texts = {"targets": [{"from": "2021", "at_least": "98"}]}
    before = june(build, BASE, **sealed)
    key = fields.get("id", "chi-tieu")
    after = build.dataset(build.indicator(**(sealed | fields)), figures={"2023-06": {key: BASE}})
    assert holds(after, close(before))
    assert changed_definitions(before.plan, after.plan, JUNE) == {}
    assert list(changed_figures(before, after, close(before))) == []


def test_order_who_vouches_and_later_files_leave_a_closing_alone(build: Any) -> None:
    first, second = build.indicator(), build.indicator(id="khac")
    before = build.dataset(first, second, figures={"2023-06": {"chi-tieu": BASE, "khac": LATER}})
    vouched = BASE | {"checked": {"by": "van-phong"}, "provided": {"by": "van-phong"}, "public": "true"}
    after = build.dataset(
        second, first, figures={"2023-07": {"chi-tieu": BASE}, "2023-06": {"khac": LATER, "chi-tieu": vouched}}
    )
    assert holds(after, close(before))


def test_whether_figures_are_made_up_is_sealed(build: Any) -> None:
    real = june(build, BASE)
    made_up = Dataset(real.plan, {key: file._replace(illustrative=True) for key, file in real.files.items()})
    assert not holds(made_up, close(real))
    assert not holds(real, close(made_up))
    assert holds(made_up, close(made_up))


def test_a_target_that_comes_later_makes_an_indicator_more_than_monitored(build: Any) -> None:
    later = [{"from": "2024", "at_least": "98"}]
    made = close(june(build, BASE, targets=later))
    assert not holds(june(build, BASE), made)
    assert holds(june(build, BASE, targets=[{"from": "2025", "at_least": "50"}]), made)


def test_fields_that_differ_are_those_that_are_sealed() -> None:
    old, new = entry("412/418", note="x"), entry("412/418", note="y", source="z", checked={"by": "a"})
    assert closing.differing_fields(old, new) == ("source", "note")


def test_a_closing_that_was_opened_again_is_the_same_closing(build: Any) -> None:
    made = close(june(build, BASE))
    assert closing.is_same(made, made.model_copy(update={"reopened": object()}))
    assert not closing.is_same(made, made.model_copy(update={"on": date(2023, 6, 21)}))


def test_numbers_are_sealed_as_numbers_whatever_their_spelling(build: Any) -> None:
    first, second = (june(build, {"value": text}, kind="number", unit=None) for text in ("12.50", "12.5"))
    assert holds(second, close(first))


def test_numbers_of_any_length_are_sealed_to_their_last_digit(build: Any) -> None:
    long = "123456789012345678.12345678901234567"
    first, second = (june(build, {"value": f"{long}{digit}"}, kind="number", unit=None) for digit in "78")
    assert not holds(second, close(first))


# seals of corrections and supplements


def traced(build: Any, raw: Texts, seal: str | None = None) -> Dataset:
    """Return June's figure with a correction of 25 June that seals it, or says it does."""
    indicator = build.indicator()
    sealed = seal or digest.seal(JUNE, indicator, Measurement.model_validate(raw, context=RATIO))
    return june(build, raw | {"corrections": [correction("412/418", "2023-06-25") | {"seal": sealed}]})


def test_a_corrected_figure_that_changes_again_without_a_trace_is_found(build: Any) -> None:
    made = close(june(build, BASE))
    honest = traced(build, LATER)
    assert closing.stands(honest, made)
    (entry_,) = honest.files[JUNE].measurements.values()
    tampered = traced(build, {"numerator": "400", "denominator": "418"}, entry_.corrections[0].seal)
    assert holds(tampered, made)  # undone it is what was sealed
    assert not closing.stands(tampered, made)
    assert list(closing.unsealed(tampered, [JUNE, Q2])) == [(JUNE, "chi-tieu", date(2023, 6, 25))]
    assert [(one.code, one.file, one.path) for one in check(tampered, [])] == [
        ("E606", "data/2023-06.yaml", ("measurements", "chi-tieu"))
    ]


def test_a_trace_without_a_seal_proves_nothing(build: Any) -> None:
    data = june(build, LATER | {"corrections": [correction("412/418", "2023-06-25")]})
    assert list(closing.unsealed(data, [JUNE])) == []


# traces between two states


@pytest.mark.parametrize(
    ("old", "new", "is_one"),
    [
        (None, entry("412/418", supplement=supplement("2023-06-25")), True),
        (None, entry("412/418"), False),
        (entry("412/418"), entry("411/418", corrections=[correction("412/418", "2023-06-25")]), True),
        (entry("412/418"), entry("411/418", corrections=[correction("410/418", "2023-06-25")]), False),
        (entry("412/418"), entry("411/418"), False),
        (entry("412/418"), entry("412/418", note="x"), False),
        (entry("412/418"), entry("412/418", checked={"by": "a"}), True),
        (
            entry("411/418", corrections=[correction("412/418", "2023-06-21")]),
            entry("410/418", corrections=[correction("412/418", "2023-06-21"), correction("411/418", "2023-06-25")]),
            True,
        ),
        (
            entry("411/418", corrections=[correction("412/418", "2023-06-21")]),
            entry("410/418", corrections=[correction("413/418", "2023-06-21"), correction("411/418", "2023-06-25")]),
            False,
        ),
        (entry("411/418", corrections=[correction("412/418", "2023-06-21")]), entry("411/418"), False),
    ],
)
def test_a_change_is_traced_when_undone_it_is_what_was_there(
    old: Measurement | None, new: Measurement, *, is_one: bool
) -> None:
    assert is_traced(old, new) is is_one


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ("2023-06", "2023H1 2023-9T 2023-06 2023Q2 2023 2021..2025"),
        ("2023-05", "2023H1 2023-9T 2023-05 2023Q2 2023 2021..2025"),
        ("2023Q4", "2023H2 2023-12 2023Q4 2023 2021..2025"),
        ("2023", "2023H2 2023-12 2023Q4 2023 2021..2025"),
    ],
)
def test_reports_of_their_own_hold_a_reference_period(build: Any, period: str, found: str) -> None:
    plan = june(build, None).plan
    assert [one.label for one in closing.reporting_periods(plan, parse_period(period))] == found.split()


@pytest.mark.parametrize(
    ("raw", "days"),
    [
        (BASE, None),
        (BASE | {"supplement": supplement("2023-06-22")}, "2023-06-22"),
        (BASE | {"corrections": [correction("1/2", "2023-06-25"), correction("1/2", "2023-06-23")]}, "2023-06-25"),
        (None, None),
    ],
)
def test_the_last_change_is_the_latest_day_of_a_trace(build: Any, raw: Texts | None, days: str | None) -> None:
    found = closing.last_change(june(build, raw), Q2)
    assert (found and str(found)) == days


# checks


def owned(data: Dataset, *ids: str) -> Dataset:
    """Return a dataset whose plan has owners."""
    plan = data.plan
    owners = tuple(Owner.model_validate({"id": one, "name": one}) for one in ids)
    return Dataset(
        Plan(plan.head, owners, plan.areas, plan.solutions, plan.funding, plan.statistics, plan.identities), data.files
    )


def reopened(on: str, by: str = "van-phong") -> Any:
    return Closing.model_validate(
        {
            "period": "2023-06", "on": "2023-06-20", "by": "van-phong", "digest": "0" * 64,
            "reopened": {"on": on, "by": by, "reason": "x"},
        }
    )  # fmt: skip


def test_checks_say_what_is_wrong_with_closings_and_where(build: Any) -> None:
    data = owned(june(build, BASE), "van-phong")
    good = close(data)
    bad = close(data, Q2, digest="0" * 64)
    found = check(
        data,
        [
            reopened("2023-06-21"),
            reopened("2023-06-19"),
            reopened("2023-06-20", "ai-do"),
            good,
            close(data, by="ai-do"),
            bad,
        ],
    )
    assert [(one.code, one.file, one.path) for one in found] == [
        ("E605", "data/closed.yaml", ("closed", 1, "reopened", "on")),
        ("E304", "data/closed.yaml", ("closed", 2, "reopened", "by")),
        ("E304", "data/closed.yaml", ("closed", 4, "by")),
        ("E602", "data/closed.yaml", ("closed", 4, "period")),
        ("E601", "data/closed.yaml", ("closed", 5, "digest")),
    ]
    assert list(check(data, [good])) == []


# what changed since, from the files as they were


def test_figures_that_are_others_are_told_and_corrections_are_not(build: Any) -> None:
    month = {label: {"chi-tieu": BASE} for label in ("2023-01", "2023-02", "2023-03", "2023-04")}
    before = build.dataset(build.indicator(), figures=month)
    after = build.dataset(
        build.indicator(id="moi", formerly=["chi-tieu"]),
        figures={
            "2023-01": {"moi": LATER},
            "2023-02": {"moi": LATER | {"corrections": [correction("412/418", "2023-06-25")]}},
            "2023-04": {"moi": BASE | {"checked": {"by": "van-phong"}}},
            "2023-05": {"moi": BASE},
            "2023-06": {"moi": BASE | {"supplement": supplement("2023-06-25")}},
        },
    )
    found = [
        (period.label, key, old and old.numerator, new and new.numerator)
        for period, key, old, new in changed_figures(before, after, close(before))
    ]
    assert found == [
        ("2023-01", "moi", 412, 411),
        ("2023-03", "moi", 412, None),
        ("2023-05", "moi", None, 412),
    ]


def test_definitions_that_came_or_went_have_no_fields(build: Any) -> None:
    before = build.dataset(build.indicator(), build.indicator(id="cu"), build.indicator(id="hep")).plan
    after = build.dataset(
        build.indicator(targets=[{"from": "2021", "at_least": "98"}], reading="x"),
        build.indicator(id="moi"),
        build.indicator(id="hep", valid={"from": "2024-01"}),
    ).plan
    assert changed_definitions(before, after, JUNE) == {
        "chi-tieu": ("targets", "reading"), "cu": (), "hep": (), "moi": (),
    }  # fmt: skip


# a property


@st.composite
def histories(draw: st.DrawFn) -> tuple[str | None, list[tuple[str, str]]]:
    """Draw a figure at the closing, or none, and the corrections and supplements made through the rules since."""
    figures = st.integers(1, 99).map(lambda number: f"{number}/99")
    start = draw(st.none() | figures)
    days = draw(st.lists(st.integers(20, 30), min_size=0, max_size=5).map(sorted))
    steps = [(draw(figures), f"2023-06-{day}") for day in days]
    return start, steps


def follow(start: str | None, steps: list[tuple[str, str]]) -> Texts | None:
    """Return the entry after the steps, each made as `correct` and `add-measure --document` make it."""
    raw: Texts | None = None
    if start is not None:
        raw = dict(zip(("numerator", "denominator"), start.split("/"), strict=True))
    for figure, day in steps:
        numerator, denominator = figure.split("/")
        now: Texts = {"numerator": numerator, "denominator": denominator}
        if raw is None:
            raw = {**now, "supplement": supplement(day)}
            continue
        made = correction(f"{raw['numerator']}/{raw['denominator']}", day)
        raw = {**raw, **now, "corrections": [*raw.get("corrections", []), made]}
    return raw


OTHER = {
    "note": lambda raw: raw | {"note": "x"},
    "quality": lambda raw: raw | {"quality": "provisional"},
    "evidence": lambda raw: raw | {"evidence": ["a.pdf"]},
    "source": lambda raw: raw | {"source": "x"},
}
PLANS: tuple[Texts, ...] = (
    {"targets": [{"from": "2023", "at_least": "97.9"}]},
    {"targets": []},
    {"reading": "x"},
    {"aggregation": "last"},
    {"share": "false"},
    {"valid": {"from": "2021-02"}},
)
SEALED: Texts = {"targets": [{"from": "2021", "at_least": "98"}]}


@RELAXED
@given(histories())
def test_whatever_is_done_by_the_rules_a_closing_holds(build: Any, history: Any) -> None:
    start, steps = history
    made = close(june(build, follow(start, []), **SEALED))
    assert holds(june(build, follow(start, steps), **SEALED), made)


@RELAXED
@given(histories(), st.sampled_from(sorted(OTHER)), st.sampled_from(PLANS), st.integers(1, 98))
def test_whatever_else_is_done_breaks_it(build: Any, history: Any, other: str, plan: Texts, number: int) -> None:
    start, steps = history
    made = close(june(build, follow(start, []), **SEALED))
    after = follow(start, steps)
    assert not holds(june(build, after, **(SEALED | plan)), made)
    if after is None:
        assert not holds(june(build, BASE, **SEALED), made)
        return
    if start is not None:
        assert not holds(june(build, OTHER[other](after), **SEALED), made)
        assert not holds(june(build, None, **SEALED), made)
        first = after.get("corrections", [{"old": after}])[0]["old"]
        if str(number) != first["numerator"]:
            assert not holds(june(build, follow(f"{number}/99", steps), **SEALED), made)
    elif "supplement" in after:
        bare = {key: value for key, value in after.items() if key != "supplement"}
        assert not holds(june(build, bare, **SEALED), made)
