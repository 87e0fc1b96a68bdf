"""Forms that come back: what was filled in or changed becomes figures, what is wrong names its cell."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from tests.formfilling import FilledIn

from cchc.commands import formcells, formfigures
from cchc.commands.cells import CellsRefused, ErrorThere, NotCalculated
from cchc.commands.figure import Beside, DoesNotFit, TypedUnseen
from cchc.commands.filling import Filling, FormOfAnotherPlan, record_form
from cchc.commands.formfigures import Notice
from cchc.commands.measure import Manner, NotValidThen, Outcome, WouldMix
from cchc.commands.opening import plan_of
from cchc.commands.standing import AlreadyThere, ChangedMeanwhile
from cchc.core.errors import CommandError, Exit
from cchc.core.typed import ValueAmbiguous, ValueUnfit
from cchc.workspace import sheets
from cchc.workspace.formreading import FormDamaged, RowMixedUp, form_rows
from cchc.workspace.load import load_plan

Put = Callable[[str, str], Path]
MANNER = Manner(date(2023, 7, 20))
NOTHING = Beside()
MONTH = "2023-06"


def given(
    root: Path, form: FilledIn, manner: Manner = MANNER, common: Beside = NOTHING
) -> tuple[Outcome, tuple[Notice, ...]]:
    return record_form(Filling(root, plan_of(load_plan(root)), common), form_rows(sheets.read(form.saved())), manner)


def recorded(root: Path, form: FilledIn, manner: Manner = MANNER) -> dict[str, str]:
    outcome, notices = given(root, form, manner)
    assert notices == ()
    return {f"{one.indicator.id} {one.period}": one.new for one in outcome.figures}


def refused(root: Path, form: FilledIn, manner: Manner = MANNER) -> list[tuple[str, type[CommandError]]]:
    before = content(root)
    with pytest.raises(CellsRefused) as found:
        given(root, form, manner)
    assert content(root) == before
    return [(place, type(error)) for place, error in found.value.refusals]


def content(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "data").glob("*.yaml")}


def text(root: Path, period: str = MONTH) -> str:
    return (root / f"data/{period}.yaml").read_text(encoding="utf-8").partition("measurements:\n")[2]


# what is filled in


def test_a_form_that_nobody_filled_in_says_nothing(small: Path, put: Put) -> None:
    put(MONTH, "measurements:\n  dung-han: {numerator: 1, denominator: 2, note: '6'}\n")
    before = content(small)
    outcome, notices = given(small, FilledIn(small, MONTH))
    assert (outcome.figures, outcome.written, notices) == ((), False, ())
    assert content(small) == before


def test_a_figure_of_every_kind(small: Path) -> None:
    form = FilledIn(small, "2023-12").head("Văn phòng", date(2023, 12, 15))
    form.put("dung-han 2023-12", numerator=412, denominator=418, source="Sổ", note="một\nhai")
    form.put("so-luong 2023-12", value=1234, quality="có")
    form.put("kinh-phi 2023Q4", value=12.5, by="Văn phòng", on=date(2023, 12, 14))
    form.put("cong-khai 2023", value="có", points=90)
    form.put("hang 2023", value=5, of=17, points=86.25)
    form.put("loai 2023", value="Tốt")
    form.put("loi 2023Q4", value="- Đã làm\n=1+1")
    assert recorded(small, form) == {
        "dung-han 2023-12": "412/418", "so-luong 2023-12": "1234", "kinh-phi 2023Q4": "12.5", "cong-khai 2023": "có",
        "hang 2023": "5/17", "loai 2023": "tốt", "loi 2023Q4": "- Đã làm\n=1+1",
    }  # fmt: skip
    assert text(small, "2023-12") == (
        "  dung-han:\n    numerator: 412\n    denominator: 418\n    source: Sổ\n"
        "    provided: {by: van-phong, on: 2023-12-15}\n    note: |-\n      một\n      hai\n"
        "  so-luong:\n    value: 1234\n    provided: {by: van-phong, on: 2023-12-15}\n    quality: provisional\n"
    )
    assert "    value: 12.5\n    provided: {by: van-phong, on: 2023-12-14}\n" in text(small, "2023Q4")
    assert "    of: 17\n    points: 86.25\n" in text(small, "2023")


@pytest.mark.parametrize(
    ("key", "cells", "figure"),
    [
        ("dung-han 2023-12", {"numerator": "412/418"}, "412/418"),
        ("dung-han 2023-12", {"numerator": " 1.412 ", "denominator": "1.418"}, "1412/1418"),
        ("dung-han 2023-12", {"numerator": 0, "denominator": 0}, "0/0"),
        ("dung-han 2023-12", {"value": "93,5"}, "93.5"),
        ("dung-han 2023-12", {"value": "93,5%"}, "93.5"),
        ("dung-han 2023-12", {"value": "412/418"}, "412/418"),
        ("dung-han 2023-12", {"value": 93.125}, "93.1250"),
        ("so-luong 2023-12", {"value": "1.234"}, "1234"),
        ("so-luong 2023-12", {"value": 412.0}, "412"),
        ("kinh-phi 2023Q4", {"value": 1.234}, "1.2340"),
        ("kinh-phi 2023Q4", {"value": 0.1 + 0.2}, "0.3"),
        ("kinh-phi 2023Q4", {"value": "-1.234,5"}, "-1234.5"),
        ("cong-khai 2023", {"value": "đạt"}, "có"),
        ("cong-khai 2023", {"value": "Không đạt"}, "không"),
        ("cong-khai 2023", {"value": False}, "không"),
        ("hang 2023", {"value": "4/17"}, "4/17"),
        ("hang 2023", {"value": 4}, "4"),
        ("loai 2023", {"value": "KHÁ"}, "khá"),
        ("loi 2023Q4", {"value": 12}, "12"),
    ],
)
def test_values_as_officials_type_them_in_a_cell(small: Path, key: str, cells: dict[str, Any], figure: str) -> None:
    assert recorded(small, FilledIn(small, "2023-12").put(key, **cells)) == {key: figure}


def test_a_percentage_counts_as_the_number_before_its_sign(small: Path) -> None:
    form = FilledIn(small, MONTH).put("dung-han 2023-06", value=0.985)
    form.cell("dung-han 2023-06", "value").number_format = "0.0%"
    assert recorded(small, form) == {"dung-han 2023-06": "98.5"}


@pytest.mark.parametrize("day", [date(2023, 7, 3), datetime(2023, 7, 3, 8, 30), "3/7/2023", "03-07-2023", "2023-07-03"])  # noqa: DTZ001
def test_days_as_officials_type_them(small: Path, day: object) -> None:
    given(small, FilledIn(small, MONTH).put("so-luong 2023-06", value=1, by="Văn phòng", on=day))
    assert "provided: {by: van-phong, on: 2023-07-03}" in text(small)


def test_without_a_day_it_is_the_day_on_which_the_form_is_read_and_reading_again_changes_nothing(small: Path) -> None:
    form = FilledIn(small, MONTH).put("so-luong 2023-06", value=1, by="van-phong")
    given(small, form)
    assert "provided: {by: van-phong, on: 2023-07-20}" in text(small)
    outcome, _ = given(small, form, Manner(date(2023, 7, 25)))
    assert not outcome.written


def test_the_head_may_name_the_owner_of_each_indicator(small: Path) -> None:
    given(small, FilledIn(small, MONTH).head("Công chức chủ trì từng chỉ tiêu").put("so-luong 2023-06", value=1))
    assert "provided: {by: van-phong, on: 2023-07-20}" in text(small)


def test_an_owners_form_names_him_as_the_one_who_provides(small: Path) -> None:
    given(small, FilledIn(small, MONTH, "--owner", "van-phong").put("so-luong 2023-06", value=1))
    assert "provided: {by: van-phong, on: 2023-07-20}" in text(small)


def test_evidence_is_a_file_an_address_or_a_document(small: Path) -> None:
    lines = "bieu/Tháng 6.PDF\n\n  https://xa.example/a \nBáo cáo số 06/BC ngày 15/6/2023"
    given(small, FilledIn(small, MONTH).put("so-luong 2023-06", value=1, evidence=lines))
    listed = ("bieu/Tháng 6.PDF", "https://xa.example/a", "title: Báo cáo số 06/BC ngày 15/6/2023")
    assert text(small).endswith("    evidence:\n" + "".join(f"      - {item}\n" for item in listed))


# what stood there already


HERE = """\
measurements:
  dung-han:  # một cửa
    numerator: 412
    denominator: 418
    source: Sổ
    provided: {by: van-phong, on: 2023-06-15}
    evidence:
      - {title: Báo cáo, document: 06/BC, date: 2023-06-15}
    quality: provisional
    note: chờ
  so-luong: {value: 7}
"""


@pytest.fixture
def here(small: Path, put: Put) -> FilledIn:
    """A form in which figures stand already."""
    put(MONTH, HERE)
    return FilledIn(small, MONTH)


def test_a_changed_figure_needs_replace_and_keeps_what_was_not_changed(small: Path, here: FilledIn) -> None:
    here.put("dung-han 2023-06", numerator=411)
    assert refused(small, here) == [(here.place("dung-han 2023-06", "numerator"), AlreadyThere)]
    outcome, _ = given(small, here, Manner(date(2023, 7, 20), replace=True))
    assert [(one.old, one.new) for one in outcome.figures] == [("412/418", "411/418")]
    assert text(small) == HERE.replace("412", "411").partition("measurements:\n")[2]


def test_words_are_changed_to_the_letter_and_numbers_and_words_of_lists_are_not(small: Path, put: Put) -> None:
    put("2023-12", "measurements: {so-luong: {value: 7}}\n")
    put("2023Q4", "measurements:\n  loi: {text: đã làm}\n  kinh-phi: {value: 12.50}\n")
    put("2023", "measurements: {loai: {value: tốt}, cong-khai: {value: yes}}\n")
    form = FilledIn(small, "2023-12").put("kinh-phi 2023Q4", value="12,5").put("so-luong 2023-12", value="7")
    form.put("loai 2023", value=" TỐT").put("cong-khai 2023", value="Đạt").put("loi 2023Q4", value="Đã làm")
    assert recorded(small, form, Manner(date(2023, 12, 20), replace=True)) == {"loi 2023Q4": "Đã làm"}


def test_what_stands_in_the_data_in_more_digits_than_workbooks_keep_is_not_changed_by_them(
    small: Path, put: Put
) -> None:
    put("2023Q2", "measurements:\n  kinh-phi: {value: 1234567890123456.75}\n")
    form = FilledIn(small, MONTH)
    assert form.cell("kinh-phi 2023Q2", "value").value == "1234567890123456,75"
    assert given(small, form)[0].figures == ()
    given(small, form.put("kinh-phi 2023Q2", note=1.5))
    assert text(small, "2023Q2") == "  kinh-phi: {value: 1234567890123456.75, note: 1.5}\n"


def test_new_evidence_is_added_below_and_the_entry_stays_as_it_was(small: Path, here: FilledIn) -> None:
    cell = here.cell("dung-han 2023-06", "evidence")
    cell.value = f"{cell.value}\nCông văn 12/CV"
    given(small, here)
    old = "      - {title: Báo cáo, document: 06/BC, date: 2023-06-15}\n"
    assert text(small) == HERE.partition("measurements:\n")[2].replace(old, f"{old}      - title: Công văn 12/CV\n")
    outcome, _ = given(small, here)
    assert not outcome.written


def test_evidence_that_stands_there_is_not_taken_out(small: Path, here: FilledIn) -> None:
    here.put("dung-han 2023-06", evidence="Công văn 12/CV")
    assert refused(small, here) == [(here.place("dung-han 2023-06", "evidence"), formcells.EvidenceTakenOut)]


def test_a_provisional_figure_becomes_final_by_no(small: Path, here: FilledIn) -> None:
    given(small, here.put("dung-han 2023-06", quality="không"))
    assert text(small) == HERE.partition("measurements:\n")[2].replace("    quality: provisional\n", "")


def test_a_changed_provisional_figure_stays_provisional_and_can_become_final(small: Path, here: FilledIn) -> None:
    replacing = Manner(date(2023, 7, 20), replace=True)
    given(small, here.put("dung-han 2023-06", numerator=411), replacing)
    assert "quality: provisional" in text(small)
    given(small, here.put("dung-han 2023-06", numerator=410, quality="không"), replacing)
    assert "quality" not in text(small)


def test_an_emptied_cell_takes_nothing_away_and_is_told(small: Path, here: FilledIn) -> None:
    here.put("dung-han 2023-06", numerator=None, denominator=None, note=" ", quality=None)
    before = content(small)
    outcome, notices = given(small, here)
    assert (outcome.figures, content(small)) == ((), before)
    names = ("numerator", "denominator", "quality", "note")
    assert {notice.place for notice in notices} == {here.place("dung-han 2023-06", name) for name in names}
    assert {notice.message for notice in notices} == {"the cell was emptied; what is recorded stays"}


def test_counts_may_take_the_place_of_a_result_and_the_other_way_round(small: Path, put: Put) -> None:
    replacing = Manner(date(2023, 7, 20), replace=True)
    put(MONTH, "measurements:\n  dung-han: {value: 93.5}\n")
    form = FilledIn(small, MONTH).put("dung-han 2023-06", numerator=187, denominator=200, value=None)
    assert recorded(small, form, replacing) == {"dung-han 2023-06": "187/200"}
    back = FilledIn(small, MONTH).put("dung-han 2023-06", numerator=None, denominator=None, value=93.5)
    assert recorded(small, back, replacing) == {"dung-han 2023-06": "93.5"}


def test_who_provided_a_figure_can_be_changed_alone(small: Path, here: FilledIn) -> None:
    given(small, here.put("dung-han 2023-06", on=date(2023, 6, 17)))
    assert text(small) == HERE.partition("measurements:\n")[2].replace("2023-06-15}\n    evi", "2023-06-17}\n    evi")


def test_the_heads_provider_is_not_put_upon_figures_that_were_not_changed(small: Path, here: FilledIn) -> None:
    before = content(small)
    given(small, here.head("Văn phòng", date(2023, 7, 1)))
    assert content(small) == before


def test_a_figure_that_came_in_the_meantime_is_not_overwritten(small: Path, put: Put) -> None:
    form = FilledIn(small, MONTH).put("so-luong 2023-06", value=8)
    put(MONTH, "measurements:\n  so-luong: {value: 7}\n")
    assert refused(small, form) == [(form.place("so-luong 2023-06", "value"), AlreadyThere)]
    put(MONTH, "measurements:\n  so-luong: {value: 8}\n")
    assert not given(small, form)[0].written


def test_a_figure_that_was_changed_in_the_meantime_is_not_put_back_for_the_sake_of_a_note(
    small: Path, put: Put, here: FilledIn
) -> None:
    here.put("dung-han 2023-06", note="xong")
    put(MONTH, HERE.replace("numerator: 412", "numerator: 415"))
    replacing = Manner(date(2023, 7, 20), replace=True)
    assert refused(small, here, replacing) == [(here.place("dung-han 2023-06", "numerator"), ChangedMeanwhile)]
    put(MONTH, "measurements: {}\n")
    assert refused(small, here, replacing) == [(here.place("dung-han 2023-06", "numerator"), ChangedMeanwhile)]
    put(MONTH, HERE)
    given(small, here, replacing)
    assert text(small) == HERE.partition("measurements:\n")[2].replace("note: chờ", "note: xong")


# what does not fit

BOTH = {"numerator": ValueUnfit, "denominator": ValueUnfit}


@pytest.mark.parametrize(
    ("key", "cells", "faults"),
    [
        ("dung-han 2023-12", {"numerator": 412}, {"denominator": formcells.PartMissing}),
        ("dung-han 2023-12", {"denominator": 412}, {"numerator": formcells.PartMissing}),
        ("dung-han 2023-12", {"numerator": 421, "denominator": 418}, {"numerator": DoesNotFit}),
        ("dung-han 2023-12", {"numerator": 4, "denominator": 0}, {"denominator": DoesNotFit}),
        ("dung-han 2023-12", {"numerator": -1, "denominator": 418}, {"numerator": ValueUnfit}),
        (
            "dung-han 2023-12",
            {"numerator": "x", "denominator": 1.5},
            {"numerator": ValueUnfit, "denominator": ValueUnfit},
        ),
        ("dung-han 2023-12", {"numerator": 1.234, "denominator": 2000}, {"numerator": ValueUnfit}),
        ("dung-han 2023-12", {"numerator": date(2023, 12, 5)}, {"numerator": formcells.DayInFigure}),
        ("dung-han 2023-12", {"numerator": True, "denominator": 2}, {"numerator": formcells.NoText}),
        ("dung-han 2023-12", {"numerator": time(5, 12), "denominator": 2}, {"numerator": formcells.NoText}),
        ("dung-han 2023-12", {"value": 101}, {"value": DoesNotFit}),
        ("dung-han 2023-12", {"value": 93.5, "numerator": 1, "denominator": 2}, {"value": formcells.TwoFigures}),
        ("dung-han 2023-12", {"numerator": "412/418x"}, {"numerator": ValueUnfit}),
        ("so-luong 2023-12", {"value": 1.5}, {"value": ValueUnfit}),
        ("so-luong 2023-12", {"value": 3, "numerator": 3}, {"numerator": formcells.NotAsked}),
        ("kinh-phi 2023Q4", {"value": "1.234"}, {"value": ValueAmbiguous}),
        ("cong-khai 2023", {"value": "chắc là có"}, {"value": formcells.NotAnAnswer}),
        ("cong-khai 2023", {"value": 5}, {"value": formcells.NotAnAnswer}),
        ("hang 2023", {"of": 17}, {"value": formcells.PartMissing}),
        ("hang 2023", {"value": 18, "of": 17}, {"value": DoesNotFit}),
        ("hang 2023", {"value": 5, "of": "mười bảy", "points": "x"}, {"of": ValueUnfit, "points": ValueUnfit}),
        ("loai 2023", {"value": "giỏi"}, {"value": ValueUnfit}),
        ("so-luong 2023-12", {"value": 3, "note": date(2023, 1, 2)}, {"note": formcells.NoText}),
        ("so-luong 2023-12", {"value": 3, "note": "a\u202eb"}, {"note": TypedUnseen}),
        ("so-luong 2023-12", {"value": 3, "evidence": "C:\\a\\b.pdf"}, {"evidence": DoesNotFit}),
        ("so-luong 2023-12", {"value": 3, "quality": "chắc"}, {"quality": formcells.NotAnAnswer}),
        ("so-luong 2023-12", {"value": 3, "by": "Ông Ba"}, {"by": formcells.NobodyThere}),
        ("so-luong 2023-12", {"value": 3, "on": "hôm qua"}, {"on": formcells.NotADayThere}),
        ("so-luong 2023-12", {"value": 3, "by": "Văn phòng", "on": "31/2/2023"}, {"on": formcells.NotADayThere}),
        ("so-luong 2023-12", {"value": 3, "on": date(2023, 1, 2)}, {"on": formcells.ProviderMissing}),
    ],
)
def test_what_does_not_fit_names_its_cell(
    small: Path, key: str, cells: dict[str, Any], faults: dict[str, type[CommandError]]
) -> None:
    form = FilledIn(small, "2023-12").put(key, **cells)
    found = refused(small, form)
    assert [place for place, _ in found] == [form.place(key, name) for name in faults]
    assert all(issubclass(kind, wanted) for (_, kind), wanted in zip(found, faults.values(), strict=True))


def test_a_formula_without_a_result_is_no_empty_cell(small: Path) -> None:
    form = FilledIn(small, MONTH).put("so-luong 2023-06")
    form.cell("so-luong 2023-06", "value").value = "=400+12"
    assert refused(small, form) == [(form.place("so-luong 2023-06", "value"), NotCalculated)]


def test_a_failed_formula_is_no_empty_cell(small: Path) -> None:
    form = FilledIn(small, MONTH).put("so-luong 2023-06", value="#DIV/0!")
    form.cell("so-luong 2023-06", "value").data_type = "e"
    assert refused(small, form) == [(form.place("so-luong 2023-06", "value"), ErrorThere)]


def test_a_percentage_is_no_count(small: Path) -> None:
    form = FilledIn(small, MONTH).put("so-luong 2023-06", value=0.5)
    form.cell("so-luong 2023-06", "value").number_format = "0%"
    assert refused(small, form) == [(form.place("so-luong 2023-06", "value"), formcells.PercentInFigure)]


@pytest.mark.parametrize(
    ("by", "on", "name", "kind"),
    [
        (None, date(2023, 7, 1), "reading", formcells.ProviderMissing),
        ("Ông Ba", None, "reading", formcells.NobodyThere),
        ("Văn phòng", "mai", "unit", formcells.NotADayThere),
    ],
)
def test_the_head_is_checked_once(small: Path, by: str | None, on: Any, name: str, kind: type[CommandError]) -> None:
    form = FilledIn(small, MONTH).head(by, on).put("so-luong 2023-06", value=1).put("dung-han 2023-06", value=50)
    assert refused(small, form) == [(form.place("head", name), kind)]


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_reading(small: Path, put: Put) -> None:
    put("2023-12", "measurements:\n  so-luong: {value: 7}\n")
    form = FilledIn(small, "2023-12").put("so-luong 2023-12", value=8)
    form.put("kinh-phi 2023Q4", value="x").put("dung-han 2023-12", numerator=2, denominator=1, on="hôm qua")
    form.sheet.cell(form._row("hang 2023"), form.columns["name"]).value = "Tên khác"
    found = refused(small, form)
    assert found == [
        (form.place("dung-han 2023-12", "on"), formcells.NotADayThere),
        (form.place("so-luong 2023-12", "value"), AlreadyThere),
        (form.place("kinh-phi 2023Q4", "value"), ValueUnfit),
        (form.place("hang 2023", "name"), RowMixedUp),
    ]


def test_a_refusal_is_as_bad_as_the_worst_cell(small: Path, put: Put) -> None:
    form = FilledIn(small, MONTH).put("so-luong 2023-06", value=8).put("dung-han 2023-06", value="x")
    put(MONTH, "measurements:\n  so-luong: {value: 7}\n")
    with pytest.raises(CellsRefused) as found:
        given(small, form)
    assert found.value.exit is Exit.WORLD


def test_what_stands_beside_no_figure_is_told_and_not_taken(small: Path) -> None:
    form = FilledIn(small, MONTH).put("dung-han 2023-06", note="chờ tỉnh", by="Văn phòng")
    outcome, notices = given(small, form.put("so-luong 2023-06", value=1))
    assert [one.indicator.id for one in outcome.figures] == ["so-luong"]
    message = "there is no figure in this row; without one this is not taken"
    assert set(notices) == {Notice(form.place("dung-han 2023-06", name), message) for name in ("by", "note")}


def test_what_is_common_to_all_figures_fills_cells_that_are_empty(small: Path, put: Put) -> None:
    put("2023-05", "measurements:\n  dung-han: {numerator: 1, denominator: 2, source: Sổ}\n")
    form = FilledIn(small, MONTH).put("so-luong 2023-06", value=1)
    form.put("dung-han 2023-06", numerator=1, denominator=2, quality="không")
    given(small, form, MANNER, Beside(source="Biểu", provided_by="van-phong", provisional=True))
    provided = "    provided: {by: van-phong, on: 2023-07-20}\n"
    assert text(small) == (
        f"  dung-han:\n    numerator: 1\n    denominator: 2\n    source: Sổ\n{provided}"
        f"  so-luong:\n    value: 1\n    source: Biểu\n{provided}    quality: provisional\n"
    )


# other plans, other data, other rows


def test_a_form_of_another_plan_is_refused(small: Path) -> None:
    form = FilledIn(small, MONTH).put("so-luong 2023-06", value=1)
    path = small / "plan/plan.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: thu\n", "id: khac\n"), encoding="utf-8")
    with pytest.raises(FormOfAnotherPlan):
        given(small, form)


def change_plan(root: Path, old: str, new: str) -> None:
    path = root / "plan/areas/1-thu.yaml"
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new), encoding="utf-8")


def test_a_figure_whose_definition_has_changed_is_refused_once_it_is_filled_in(small: Path) -> None:
    form = FilledIn(small, MONTH)
    change_plan(small, "numerator: đúng hạn", "numerator: trước hạn")
    assert recorded(small, form.put("so-luong 2023-06", value=1)) == {"so-luong 2023-06": "1"}
    form.put("dung-han 2023-06", numerator=1, denominator=2)
    assert refused(small, form) == [(form.place("dung-han 2023-06", "numerator"), formfigures.DefinitionChanged)]
    form.put("dung-han 2023-06", numerator=None, denominator=None, on="hôm qua")
    assert refused(small, form) == [(form.place("dung-han 2023-06", "name"), formfigures.DefinitionChanged)]


def test_a_new_id_is_followed_and_an_indicator_that_is_gone_is_refused(small: Path) -> None:
    form = FilledIn(small, MONTH)
    change_plan(small, "{id: so-luong, ", "{id: dem, formerly: [so-luong], ")
    assert recorded(small, form.put("so-luong 2023-06", value=1)) == {"dem 2023-06": "1"}
    change_plan(small, ", formerly: [so-luong]", "")
    assert refused(small, form) == [(form.place("so-luong 2023-06", "value"), formfigures.FigureGone)]


def test_a_figure_that_no_longer_exists_then_is_refused_in_its_cell(small: Path) -> None:
    form = FilledIn(small, MONTH).put("so-luong 2023-06", value=1)
    change_plan(small, "{id: so-luong, ", "{id: so-luong, valid: {to: 2023-05}, ")
    assert refused(small, form) == [(form.place("so-luong 2023-06", "value"), NotValidThen)]


def test_sorted_rows_and_renamed_sheets_are_read_all_the_same(small: Path) -> None:
    form = FilledIn(small, MONTH).put("so-luong 2023-06", value=1).put("dung-han 2023-06", numerator=2, denominator=3)
    one, other = form._row("dung-han 2023-06"), form._row("so-luong 2023-06")
    for column in form.columns.values():
        cells = form.sheet.cell(one, column), form.sheet.cell(other, column)
        cells[0].value, cells[1].value = cells[1].value, cells[0].value
    form.sheet.title = "Của tôi"
    assert recorded(small, form) == {"dung-han 2023-06": "2/3", "so-luong 2023-06": "1"}


def test_parts_of_rows_that_were_sorted_are_noticed(small: Path) -> None:
    form = FilledIn(small, MONTH).put("so-luong 2023-06", value=1)
    one, other = form._row("dung-han 2023-06"), form._row("so-luong 2023-06")
    for name in ("name", "period", "numerator", "denominator", "value"):
        cells = form.sheet.cell(one, form.columns[name]), form.sheet.cell(other, form.columns[name])
        cells[0].value, cells[1].value = cells[1].value, cells[0].value
    assert [kind for _, kind in refused(small, form)] == [RowMixedUp, RowMixedUp]


def test_a_row_that_was_deleted_is_told(small: Path) -> None:
    form = FilledIn(small, MONTH).put("so-luong 2023-06", value=1)
    form.sheet.delete_rows(form._row("dung-han 2023-06"))
    outcome, notices = given(small, form)
    assert [one.new for one in outcome.figures] == ["1"]
    assert notices == (Notice("Đúng hạn, Tháng 6/2023", "the row is gone; nothing was taken for it"),)


def test_a_damaged_hidden_sheet_is_refused(small: Path) -> None:
    form = FilledIn(small, MONTH).put("so-luong 2023-06", value=1)
    form.book["cchc"]["B4"] = "2023-07"
    with pytest.raises(FormDamaged):
        given(small, form)


def test_real_figures_are_not_mixed_into_made_up_ones(small: Path, put: Put) -> None:
    put("2023-05", "illustrative: true\nmeasurements:\n  so-luong: {value: 7}\n")
    form = FilledIn(small, MONTH).put("so-luong 2023-06", value=1)
    assert refused(small, form) == [(form.place("so-luong 2023-06", "value"), WouldMix)]
    given(small, form, Manner(date(2023, 7, 20), illustrative=True))
    assert "illustrative: true" in (small / "data/2023-06.yaml").read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(small: Path) -> None:
    form = FilledIn(small, MONTH).put("so-luong 2023-06", value=1)
    outcome, _ = given(small, form, Manner(date(2023, 7, 20), dry_run=True))
    assert (outcome.written, [change.file for change in outcome.changes]) == (False, ["data/2023-06.yaml"])
    assert content(small) == {}
