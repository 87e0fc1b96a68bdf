"""Issued reports in force, who signs, and the digest of what a report rests on."""

from datetime import date
from typing import Any

import pytest

from cchc.core import digest as digests
from cchc.core.course import whole_course
from cchc.core.model import IssuedReport, PlanFile
from cchc.core.paper import Signing, current, month_of, numbered, signing
from cchc.core.period_forms import parse_period
from cchc.core.periods import Period
from cchc.core.public import public
from cchc.core.surveys import LEVELS

Q2 = parse_period("2023Q2")
JUNE = parse_period("2023-06")
HEAD = {
    "format": "cchc/1", "id": "thu", "title": "Kế hoạch", "term": {"from": "2021", "to": "2025"},
    "unit": {"name": "Xã Thử", "authority": "Ủy ban nhân dân xã Thử"},
}  # fmt: skip


def issued(number: str, day: str = "2023-06-20", **more: Any) -> IssuedReport:
    return IssuedReport.model_validate({"period": "2023Q2", "number": number, "date": day, **more})


def plan(build: Any, *signatories: dict[str, str]) -> Any:
    data = build.dataset(build.indicator())
    head = PlanFile.model_validate({**HEAD, "report": {"symbol": "BC-UBND", "signatories": signatories}})
    return type(data.plan)(head, *[getattr(data.plan, name) for name in (
        "owners", "areas", "solutions", "funding", "statistics", "identities")])  # fmt: skip


CHIEF = {"authority": "TM. UBND", "position": "CHỦ TỊCH", "name": "A", "from": "2021-01", "to": "2023-05"}
NEXT = {"authority": "TM. UBND", "position": "CHỦ TỊCH", "name": "B", "from": "2023-06"}
DEPUTY = {"authority": "TM. UBND", "for": "CHỦ TỊCH", "position": "PHÓ CHỦ TỊCH", "name": "C"}


def test_the_report_in_force_is_the_one_that_no_other_replaces() -> None:
    first, second = issued("05/BC-UBND"), issued("47/BC-UBND", "2023-07-02", replaces="05/BC-UBND")
    assert current([first], Q2) == first
    assert current([first, second], Q2) == second
    assert current([first], JUNE) is None
    assert numbered([first], "05/BC-UBND", 2023) == first
    assert numbered([first], "05/BC-UBND", 2024) is None


@pytest.mark.parametrize(
    ("month", "deputy", "said"),
    [
        ("2023-05", False, "TM. UBND / CHỦ TỊCH / A"),
        ("2023-06", False, "TM. UBND / CHỦ TỊCH / B"),
        ("2023-06", True, "TM. UBND / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / C"),
    ],
)
def test_who_is_in_office_signs(build: Any, month: str, said: str, *, deputy: bool) -> None:
    block = signing(plan(build, CHIEF, NEXT, DEPUTY), parse_period(month), deputy=deputy)
    assert block is not None
    assert block.record == said
    assert Signing.of_record(said) == block


def test_a_deputy_that_the_plan_does_not_name_signs_under_the_laws_lines_with_a_blank_name(build: Any) -> None:
    block = signing(plan(build, NEXT), JUNE, deputy=True)
    assert block == Signing(("TM. UBND", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "")
    assert block.record.endswith("/ –")
    assert Signing.of_record(block.record) == block


def test_nobody_in_office_signs_nothing(build: Any) -> None:
    assert signing(plan(build, CHIEF), JUNE) is None
    assert signing(plan(build), JUNE, deputy=True) is None
    assert signing(build.dataset(build.indicator()).plan, JUNE) is None


def test_a_month_of_office_is_the_calendars() -> None:
    assert month_of(date(2023, 6, 20)) == JUNE


# the digest


def seal(data: Any, period: Period = Q2) -> str:
    return digests.digest(data, period)


def data_of(build: Any, entry: dict[str, Any], **more: Any) -> Any:
    return build.dataset(build.indicator(), figures={"2023-05": {"chi-tieu": entry}}, **more)


BASE: dict[str, Any] = {"numerator": "412", "denominator": "418"}
FIGURES = {"2023-05": {"chi-tieu": BASE}}


def test_the_digest_follows_figures_and_definitions(build: Any) -> None:
    base = seal(data_of(build, BASE))
    others = [
        seal(data_of(build, BASE | {"numerator": "411"})),
        seal(data_of(build, BASE | {"note": "x"})),
        seal(data_of(build, BASE | {"quality": "provisional"})),
        seal(data_of(build, BASE, assessed_from=2022)),
        seal(data_of(build, BASE), JUNE),
        seal(build.dataset(build.indicator(targets=[{"from": "2021", "at_least": "98"}]), figures=FIGURES)),
        seal(build.dataset(build.indicator(reading="x"), figures=FIGURES)),
    ]  # fmt: skip
    assert len({base, *others}) == len(others) + 1


def test_the_digest_does_not_follow_who_vouches_nor_what_the_report_does_not_rest_on(build: Any) -> None:
    base = seal(data_of(build, BASE))
    assert seal(data_of(build, BASE | {"provided": {"by": "van-phong"}, "checked": {"by": "van-phong"}})) == base
    later = build.dataset(build.indicator(), figures={"2023-05": {"chi-tieu": BASE}, "2023-07": {"chi-tieu": BASE}})
    assert seal(later) == base


def test_texts_have_a_digest_of_their_own(build: Any) -> None:
    plain, said = data_of(build, BASE), data_of(build, BASE, remarks={"2023Q2": {"thu": {"results": "x"}}})
    assert seal(plain) == seal(said)
    assert digests.texts_digest(plain, [Q2]) != digests.texts_digest(said, [Q2])
    task = build.task()
    told = build.dataset(build.indicator(), tasks=(task,), task_reports={"2023Q2": {"viec": {"state": "done"}}})
    assert digests.texts_digest(told, [Q2]) not in {digests.texts_digest(one, [Q2]) for one in (plain, said)}


def test_texts_are_those_of_the_files_that_are_there_and_of_what_they_say(build: Any) -> None:
    data = build.dataset(
        build.indicator(),
        tasks=(build.task(), build.task(id="khac")),
        task_reports={"2023Q2": {"khac": {"state": "done"}}},
        remarks={"2023Q2": {"general": {"results": "x"}}},
    )
    assert list(digests._texts(data, [Q2, Q2, JUNE])) == [
        'task 2023Q2 khac {"state":"done"}',
        'remark 2023Q2 general {"results":"x"}',
    ]


def test_the_digest_stays_when_an_indicator_gets_another_id_or_place(build: Any) -> None:
    one, other = build.indicator(), build.indicator(id="so", kind="number", unit="km")
    base = seal(build.dataset(one, other, figures=FIGURES))
    assert seal(build.dataset(other, one, figures=FIGURES)) == base
    renamed = build.indicator(id="ten-moi", formerly=["chi-tieu"])
    assert seal(build.dataset(renamed, other, figures={"2023-05": {"ten-moi": BASE}})) == base


def test_later_targets_and_indicators_leave_the_digest_of_an_earlier_period_alone(build: Any) -> None:
    base = seal(build.dataset(build.indicator(targets=[{"from": "2021", "at_least": "98"}]), figures=FIGURES))
    later = build.indicator(targets=[{"from": "2021", "at_least": "98"}, {"from": "2025", "at_least": "99"}])
    new = build.indicator(id="moi", valid={"from": "2024-01"})
    gone = build.indicator(id="cu", valid={"to": "2022-12"})
    assert seal(build.dataset(later, new, gone, figures=FIGURES)) == base


def test_the_canonical_lines_are_as_documented(build: Any) -> None:
    figures = {"2023-05": {"chi-tieu": {**BASE, "source": "Sổ"}, "so": {"value": "1.50"}, "co": {"value": "yes"}}}
    indicators = (
        build.indicator(),
        build.indicator(id="so", kind="number", unit="km"),
        build.indicator(id="co", kind="yes_no", unit=None),
    )
    data = build.dataset(*indicators, figures=figures)
    lines = list(digests.canonical(data, Q2))
    assert lines[:4] == ["cchc-digest/1", "plan thu", "period 2023Q2", "assessed_from 2021"]
    assert lines[4] == "illustrative false"
    assert lines[5].startswith('definition chi-tieu {"aggregation":"pooled","amounts":"whole","factor":"100"')
    assert lines[-3:] == [
        'figure 2023-05 chi-tieu {"denominator":"418","numerator":"412","quality":"final","source":"Sổ"}',
        'figure 2023-05 co {"quality":"final","value":true}',
        'figure 2023-05 so {"quality":"final","value":"1.5"}',
    ]


def test_a_sheet_carries_the_beginning_in_groups() -> None:
    assert digests.shown("0123456789abcdef0123") == "0123 4567 89ab cdef"
    assert digests.shown("").strip() == ""


# what may be published


def test_notes_evidence_texts_and_names_are_published_only_where_they_are_marked(build: Any) -> None:
    entry: dict[str, Any] = {
        **BASE,
        "note": "Bà X",
        "source": "Sổ",
        "evidence": ["a.pdf"],
        "provided": {"by": "van-phong"},
    }
    more: dict[str, Any] = {
        "tasks": (build.task(),),
        "task_reports": {"2023-05": {"viec": {"state": "done", "text": "Ông Y"}}},
        "remarks": {"2023-05": {"thu": {"results": "Ông Z"}}},
    }
    hidden = public(data_of(build, entry, **more))
    file = hidden.files[parse_period("2023-05")]
    figure = file.measurements["chi-tieu"]
    assert (figure.note, figure.evidence, figure.provided, figure.source) == (None, (), None, "Sổ")
    assert (file.tasks["viec"].text, file.tasks["viec"].state, dict(file.remarks)) == (None, "done", {})
    more["task_reports"]["2023-05"]["viec"]["public"] = "true"
    more["remarks"]["2023-05"]["thu"]["public"] = "true"
    shown = public(data_of(build, {**entry, "public": "true"}, **more)).files[parse_period("2023-05")]
    assert shown.measurements["chi-tieu"].note == "Bà X"
    assert shown.tasks["viec"].text == "Ông Y"
    assert shown.remarks["thu"].results == "Ông Z"


def test_who_held_a_survey_is_published_only_where_it_is_marked(build: Any) -> None:
    survey = {**dict.fromkeys(LEVELS, "2"), "run_by": "Bà X", "title": "Đợt 1"}
    for where in ({"survey": survey}, {"surveys": [survey, survey]}):
        period = parse_period("2023-05")
        (hidden, *_) = public(data_of(build, where)).files[period].measurements["chi-tieu"].held
        assert (hidden.run_by, hidden.title, hidden.answers) == (None, "Đợt 1", 10)
        shown = public(data_of(build, {**where, "public": "true"})).files[period].measurements["chi-tieu"].held
        assert {one.run_by for one in shown} == {"Bà X"}


def test_owners_without_the_mark_are_called_by_their_place_in_the_plan(build: Any) -> None:
    from dataclasses import replace  # noqa: PLC0415  # only here

    from cchc.core.model import Owner  # noqa: PLC0415

    data = build.dataset(build.indicator())
    owners = (
        Owner.model_validate({"id": "a", "ref": "V.1", "name": "Ông A"}),
        Owner.model_validate({"id": "b", "name": "Ông B"}),
        Owner.model_validate({"id": "c", "name": "Văn phòng", "public": "true"}),
    )
    plan_ = replace(data.plan, owners=owners)
    found = public(type(data)(plan_, {}))
    assert [owner.name for owner in found.plan.owners] == ["V.1", "–", "Văn phòng"]
    with_head = type(data)(plan(build, NEXT), {})
    head = public(with_head).plan.head.report
    assert head is not None
    assert head.signatories == ()


def test_without_any_figure_there_is_no_course(build: Any) -> None:
    data = build.dataset(build.indicator())
    assert whole_course(data, data.plan.indicators[0]) == ()


def test_a_course_shows_a_month_without_a_figure(build: Any) -> None:
    data = build.dataset(build.indicator(), figures=build.of({"2023-01": "1/2", "2023-03": "3/4"}))
    course = whole_course(data, data.plan.indicators[0])
    assert [(point.period.label, point.actual is None) for point in course] == [
        ("2023-01", False), ("2023-02", True), ("2023-03", False),
    ]  # fmt: skip
