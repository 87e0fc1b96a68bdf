"""A comparison as rows: every word in both languages, figures and definitions as people read them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cchc.core import digest, model
from cchc.core.changes import About, State, What, difference
from cchc.core.diagnostics import Problem
from cchc.core.fields import Quality, Record, Repeats
from cchc.core.looks import Look
from cchc.core.period_forms import parse_period
from cchc.texts import Language, translator
from cchc.views import differing
from cchc.views.differing import DiffRow, SideName, difference_text, present_difference
from cchc.views.keys import FIELDS, Names, value_words

VI, EN = translator(Language.VIETNAMESE), translator(Language.ENGLISH)
SIDES = (SideName("HEAD", "0123456789", "2023-06-20"), SideName("", "", ""))
BASE: dict[str, Any] = {"numerator": "412", "denominator": "418"}
TRACE = {"on": "2023-06-25", "by": "van-phong", "reason": "Đếm trùng", "document": "30/TB"}
CORRECTED: dict[str, Any] = {"numerator": "400", "denominator": "418", "corrections": [{"old": BASE, **TRACE}]}
SUPPLEMENTED = BASE | {"supplement": {"on": "2023-06-25", "by": "van-phong", "document": "31/TB"}}
NEVER_CHANGED = {"format", "whole", "period", "number"}  # part of the key, or of the file's form
HIDDEN = {"value", "of", "points", "corrections", "supplement"}  # of figures; the figure and its traces say them


RECORDS = [
    one for one in vars(model).values() if isinstance(one, type) and issubclass(one, Record) and one is not Record
]


# words


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (Look, differing.LOOKS),
        (What, differing.DONE),
        (About, differing.SUBJECTS),
    ],
)
def test_every_look_deed_and_subject_has_words_in_both_languages(kinds: Any, words: Any) -> None:
    assert set(words) == set(kinds)
    assert {EN(text) for text in words.values()} == set(words.values())
    assert {VI(text) for text in words.values()} & set(words.values()) == set()
    assert len({VI(text) for text in words.values()}) == len(words)
    assert set(differing.SIGNS) == set(What)


@pytest.mark.parametrize(
    "record",
    [
        model.Measurement, model.TaskReport, model.Remark, model.PlanFile, model.Indicator, model.Task, model.Owner,
        model.Identity, model.Funding, model.Closing, model.IssuedReport,
    ],
)  # fmt: skip
def test_every_field_that_can_change_has_a_label_in_both_languages(record: type[Record]) -> None:
    fields = {info.alias or name for name, info in record.model_fields.items()} - NEVER_CHANGED
    hidden = HIDDEN if record is model.Measurement else set()
    assert fields - hidden - set(FIELDS) == set()
    for name in fields - hidden:
        assert VI(FIELDS[name]) != FIELDS[name], name


def test_areas_and_files_have_labels_too() -> None:
    assert {"ref", "title", "owner", "within", "illustrative"} <= set(FIELDS)


# rows


def data_of(build: Any, raw: dict[str, Any] | None, **fields: Any) -> model.Dataset:
    one = build.indicator(**({"name": "Đúng hạn", "targets": [{"from": "2021", "at_least": "98"}]} | fields))
    data: model.Dataset = build.dataset(one, figures={"2023-06": {one.id: raw}} if raw is not None else {})
    return data


def closing_of(data: model.Dataset) -> model.Closing:
    june = parse_period("2023-06")
    return model.Closing.model_construct(
        period=june, on=date(2023, 6, 20), by="a", digest=digest.digest(data, june), reopened=None
    )


def page(before: State, after: State, translate: Any = VI) -> differing.DiffPage:
    return present_difference(difference(before, after), SIDES, (), translate)


def row(before: model.Dataset, after: model.Dataset, *closings: model.Closing) -> DiffRow:
    (section,) = page(State(before, closings), State(after, closings)).sections
    (found,) = section.rows
    return found


@pytest.mark.parametrize(
    ("old", "new", "sign", "what", "sides", "notes"),
    [
        (None, BASE, "+", "thêm", ("–", "412/418 (98,56%)"), ()),
        (BASE, None, "-", "đã xóa", ("412/418 (98,56%)", "–"), ()),
        (BASE, BASE | {"note": "x"}, "~", "sửa", ("", ""), ("ghi chú: – → x",)),
        (
            BASE, CORRECTED, "~", "đính chính", ("412/418 (98,56%)", "400/418 (95,69%)"),
            ("đính chính ngày 25/6/2023, van-phong: Đếm trùng (30/TB)",),
        ),
        (
            None, SUPPLEMENTED, "+", "bổ sung sau chốt", ("–", "412/418 (98,56%)"),
            ("bổ sung sau chốt ngày 25/6/2023, van-phong, theo 31/TB",),
        ),
        (BASE, {"numerator": "0", "denominator": "0"}, "~", "sửa", ("412/418 (98,56%)", "0/0"), ()),
        (BASE, BASE | {"quality": "provisional"}, "~", "sửa", None, None),
    ],
)  # fmt: skip
def test_a_figure_is_shown_as_it_was_and_is_with_its_traces(
    build: Any, old: Any, new: Any, sign: str, what: str, sides: tuple[str, str] | None, notes: Any
) -> None:
    found = row(data_of(build, old), data_of(build, new))
    assert (found.sign, found.subject, found.id, found.period) == (sign, "Đúng hạn", "chi-tieu", "tháng 6/2023")
    assert found.what == what
    if sides is not None:
        assert ((found.old, found.new), found.notes) == (sides, notes)


def test_a_closed_period_that_was_touched_is_named(build: Any) -> None:
    before = data_of(build, BASE)
    found = row(before, data_of(build, BASE | {"numerator": "400"}), closing_of(before))
    assert found.looks == (f"{VI(differing.LOOKS[Look.CLOSED])} (tháng 6/2023)",)


def test_a_target_is_composed_from_its_figure_whatever_is_written_beside_it(build: Any) -> None:
    lowered = [{"from": "2021", "at_least": "90", "as_written": "từ 98% trở lên"}]
    found = row(data_of(build, None), data_of(build, None, targets=lowered))
    assert found.looks == (VI(differing.LOOKS[Look.TARGET_LOWERED]),)
    assert (found.old, found.new, found.notes) == (
        "từ năm 2021: từ 98% trở lên",
        "từ năm 2021: từ 90% trở lên",
        ("mục tiêu",),
    )
    gone = row(data_of(build, None), data_of(build, None, targets=[]))
    assert gone.new == "–"


def test_values_of_fields_are_read_as_people_write_them(build: Any) -> None:
    before = data_of(build, BASE | {"evidence": ["a.pdf"], "public": "true"})
    after = data_of(build, BASE | {"checked": {"by": "van-phong", "on": "2023-06-16"}})
    notes = row(before, after).notes
    assert notes == (
        "người kiểm tra: – → van-phong, ngày 16/6/2023",
        "minh chứng: a.pdf → –",
        "công khai: có → không",
    )
    valid = row(
        data_of(build, None),
        data_of(build, None, valid={"from": "2022-01"}, baseline={"year": "2020", "value": "90.5"}),
    )
    assert [note.partition(": ")[2] for note in valid.notes] == ["– → 90,5 (năm 2020)", "– → từ tháng 1/2022"]


def test_tasks_areas_and_identities_are_named_by_their_titles(build: Any) -> None:
    entries = {"task_reports": {"2023-06": {"viec": {"state": "in_progress"}}}, "remarks": {"2023-06": {"thu": {}}}}
    before = build.dataset(build.indicator(), tasks=(build.task(),), **entries)
    after = build.dataset(
        build.indicator(),
        tasks=(build.task(),),
        task_reports={"2023-06": {"viec": {"state": "done", "completed_on": "2023-06-10"}}},
        remarks={"2023-06": {"thu": {"results": "Tốt"}, "general": {"causes": {"subjective": "Chậm"}}}},
    )
    rows = [row for section in page(State(before), State(after)).sections for row in section.rows]
    assert [(one.subject, one.id) for one in rows] == [
        ("Việc", "viec"), ("Lĩnh vực thử", "thu"), ("Nhận xét chung", "general"),
    ]  # fmt: skip
    assert rows[0].notes == ("tình hình: đang thực hiện → hoàn thành", "ngày hoàn thành: – → 10/6/2023")


def test_an_area_and_what_adds_up_are_named_too(build: Any) -> None:
    one, data = build.indicator(), build.dataset(build.indicator(name="Đúng hạn"))
    parts = replace(data.plan, identities=(model.Identity(whole=one.id, parts=("khac",)),))
    moved = replace(parts, areas=(data.plan.areas[0]._replace(owner="noi-vu"),))
    sections = page(State(data), State(model.Dataset(moved, data.files))).sections
    assert [(row.subject, row.id) for section in sections for row in section.rows] == [
        ("Lĩnh vực thử", "thu"), ("Đúng hạn", "chi-tieu"),
    ]  # fmt: skip


VALIDITY = model.Validity.model_validate


@pytest.mark.parametrize(
    ("value", "key", "said"),
    [
        (model.Attribution(by="van-phong"), "checked", "Văn phòng"),
        (model.Attribution.model_construct(by="ai-do", on=date(2023, 6, 15)), "checked", "ai-do, ngày 15/6/2023"),
        (("van-phong", "ai-do"), "with", "Văn phòng; ai-do"),
        ("van-phong", "note", "van-phong"),
        ("thu", "within", "Lĩnh vực"),
        (("dung-han",), "parts", "Đúng hạn"),
        (VALIDITY({"from": "2022-01", "to": "2023-12"}), "valid", "từ tháng 1/2022 đến tháng 12/2023"),
        (VALIDITY({"to": "2023-12"}), "valid", "đến hết tháng 12/2023"),
        (VALIDITY({}), "valid", ""),
        (model.Announcement(by="UBND tỉnh"), "announced", "UBND tỉnh"),
        ((model.Duty(ref="a", text="Việc"),), "duties", "a Việc"),
        (model.Causes(subjective="Chậm"), "causes", "nguyên nhân chủ quan: Chậm"),
        (Quality.PROVISIONAL, "quality", "tạm tính"),
        (Repeats.YEAR, "repeats", "hằng năm"),
        (parse_period("2023Q2"), "absent", "quý II năm 2023"),
    ],
)
def test_values_are_worded_as_offices_do(value: object, key: str, said: str) -> None:
    names = Names({"van-phong": "Văn phòng"}, {"thu": "Lĩnh vực"}, {}, {"dung-han": "Đúng hạn"})
    assert value_words(value, names, VI, key) == said


@pytest.mark.parametrize("kind", RECORDS)
def test_every_key_of_every_record_has_a_word(kind: type[Record]) -> None:
    keys = {info.alias or name for name, info in kind.model_fields.items()} - {"format", "whole"}
    assert keys <= set(FIELDS)


def test_long_and_unseen_texts_are_cut_and_made_visible(build: Any) -> None:
    (note,) = row(data_of(build, BASE), data_of(build, BASE | {"note": "a\u202e" + "x" * 300})).notes
    assert "\u202e" not in note
    assert note.endswith("…")
    assert len(note) < 300


def test_closings_reports_files_and_areas_are_named_as_people_do(build: Any) -> None:
    data = data_of(build, BASE)
    report = model.IssuedReport.model_validate({"period": "2023Q2", "number": "45/BC-UBND", "date": "2023-06-20"})
    sections = page(State(data), State(data, (closing_of(data),), (report,))).sections
    assert [(one.title, one.rows[0].subject, one.rows[0].id) for one in sections] == [
        (VI(differing.SUBJECTS[About.CLOSING]), "Chốt số liệu tháng 6/2023", ""),
        (VI(differing.SUBJECTS[About.REPORT]), "Báo cáo số 45/BC-UBND", ""),
    ]


def test_years_are_no_amounts(build: Any) -> None:
    before = build.dataset(build.indicator(), tasks=(build.task(due="2024"),))
    after = build.dataset(build.indicator(), tasks=(build.task(due="2025"),), assessed_from=2022, term=(2021, 2026))
    sections = page(State(before), State(after)).sections
    rows = {one.rows[0].subject: one.rows[0] for one in sections}
    assert (rows["Việc"].old, rows["Việc"].new) == ("2024", "2025")
    assert rows["Kế hoạch"].notes == (
        "giai đoạn: 2021–2025 → 2021–2026",
        "đánh giá từ năm: – → 2022",
    )


# the page and the terminal


def test_the_terminal_shows_second_looks_changes_and_verdicts(build: Any) -> None:
    before, after = data_of(build, BASE), data_of(build, BASE | {"numerator": "400"})
    closing = (closing_of(before),)
    found = page(State(before, closing), State(after, closing), EN)
    assert found.title == "Changes from HEAD (0123456789, 20/6/2023) to the files on the disk"
    assert found.summary == ("Figures: 1 changed. Other changes: 0. Verdicts changed: 3. To be looked at again: 1.")
    text = difference_text(found, EN)
    line = "  ~ Đúng hạn [chi-tieu], June 2023: 412/418 (98,56%) → 400/418 (95,69%)"
    assert text.count("412/418 (98,56%) → 400/418 (95,69%)") == 2, line
    assert text.index("To be looked at again:\n") < text.index("Figures:\n") < text.index("Verdicts that are others")
    assert text.count("      ! a closed period was touched") == 2


def test_nothing_changed_is_said(build: Any) -> None:
    state = State(data_of(build, BASE))
    found = page(state, state, EN)
    assert found.empty
    assert difference_text(found, EN).splitlines()[1:] == ["Nothing has changed."]


def test_files_that_could_not_be_read_are_named_with_their_side(build: Any) -> None:
    state = State(data_of(build, BASE))
    problem = Problem(
        "E603", "data/2023-06.yaml", args={"id": "a", "period": "x", "closed": "x", "on": "x", "old": "1", "new": "2"}
    )
    found = present_difference(difference(state, state), SIDES, [(SIDES[1], problem)], EN)
    assert (found.empty, len(found.unread)) == (False, 1)
    assert found.unread[0].startswith("the files on the disk: data/2023-06.yaml")
    assert "Could not be compared" in difference_text(found, EN)


def test_a_side_named_by_its_commit_is_not_named_twice(build: Any) -> None:
    state = State(data_of(build, BASE))
    sides = (SideName("01234", "0123456789", "2023-06-20"), SideName("chốt\u202e", "abcdef0123", "2023-06-21"))
    title = present_difference(difference(state, state), sides, (), EN).title
    assert title.startswith("Changes from 0123456789 (20/6/2023) to chốt")
    assert title.endswith("(abcdef0123, 21/6/2023)")
    assert "\u202e" not in title


def test_an_indicator_that_came_has_a_verdict_on_one_side(build: Any) -> None:
    none = build.dataset(build.indicator(id="khac", kind="narrative", unit=None), figures={})
    both = data_of(build, BASE)
    found = [one for one in page(State(none), State(both)).effects if one.id == "chi-tieu"]
    assert {one.old for one in found} == {"–"}
    assert [one.new for one in found if one.period == "tháng 6/2023"] == ["98,56% – đạt"]
