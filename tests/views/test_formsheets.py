"""The form as a workbook: what is locked, asked and checked in it, and what its hidden sheet keeps."""

import io
import re
import zipfile
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cchc.core.entryform import FORMAT, EntryForm, Input, build_form, seal
from cchc.core.model import Closing, Dataset, Owner, Plan
from cchc.core.period_forms import parse_period
from cchc.core.results import EVERYTHING, Selection
from cchc.texts import Language, translator
from cchc.views import formrules
from cchc.views.formsheets import form_workbook

VI = translator(Language.VIETNAMESE)


def owners(*names: str) -> tuple[Owner, ...]:
    return tuple(Owner.model_validate({"id": f"n{at}", "name": name}) for at, name in enumerate(names))


def with_people(data: Dataset, *people: Owner) -> Dataset:
    plan = data.plan
    known = Plan(plan.head, people, plan.areas, plan.solutions, plan.funding, plan.statistics, plan.identities)
    return Dataset(known, data.files)


def form_of(data: Dataset, period: str = "2023-06", selection: Selection = EVERYTHING, *closed: Closing) -> EntryForm:
    return build_form(data, parse_period(period), selection, closed)


class Opened:
    """A form as openpyxl shows it: cells by the key of their row and the mark of their column."""

    def __init__(self, form: EntryForm) -> None:
        self.bytes = form_workbook(form, VI)
        self.book = load_workbook(io.BytesIO(self.bytes))
        self.sheet: Worksheet = self.book["Số liệu"]
        self.columns = {str(cell.value).removeprefix("cchc:"): at for at, cell in enumerate(self.sheet[1], start=1)}
        keys = self.sheet.iter_rows(min_col=self.columns["key"], max_col=self.columns["key"])
        self.rows = {cell.value: cell.row for (cell,) in keys if cell.value}

    def cell(self, key: str, name: str) -> Any:
        return self.sheet.cell(self.rows[key], self.columns[name])

    def rule(self, key: str, name: str) -> Any:
        place = self.cell(key, name).coordinate
        (found,) = [rule for rule in self.sheet.data_validations.dataValidation if place in rule.sqref]
        return found

    @property
    def hidden(self) -> list[list[str]]:
        rows = self.book["cchc"].iter_rows(values_only=True)
        return [[str(value) if value is not None else "" for value in row] for row in rows]

    @property
    def told(self) -> list[str]:
        """The texts above the head of the table."""
        return [str(row[0].value) for row in self.sheet.iter_rows(min_row=2, max_row=self.rows["head"]) if row[0].value]


KINDS: dict[str, dict[str, Any]] = {
    "ratio": {},
    "tien": {"kind": "ratio", "amounts": "decimal", "share": "false"},
    "tyle": {"kind": "ratio", "amounts": "decimal"},
    "dem": {"kind": "count", "unit": "hồ sơ"},
    "so": {"kind": "number", "unit": "triệu đồng"},
    "co": {"kind": "yes_no", "unit": None, "phrases": {"yes": "Đã đạt", "no": "Chưa đạt"}},
    "hang": {"kind": "rank", "unit": None},
    "loai": {"kind": "grade", "unit": None, "scale": ["yếu", "khá, giỏi", "tốt"]},
    "loi": {"kind": "narrative", "unit": None},
}


@pytest.fixture
def kinds(build: Any) -> Dataset:
    data: Dataset = build.dataset(*(build.indicator(**({"id": key} | fields)) for key, fields in KINDS.items()))
    return with_people(data, *owners("Văn phòng", "Nội vụ", "Nội vụ"))


def test_equal_forms_are_equal_bytes(kinds: Dataset) -> None:
    assert form_workbook(form_of(kinds), VI) == form_workbook(form_of(kinds), VI)


def test_only_inputs_are_unlocked_and_there_is_no_password(kinds: Dataset) -> None:
    opened = Opened(form_of(kinds))
    assert opened.sheet.protection.sheet
    assert opened.sheet.protection.password is None
    inputs = {opened.columns[name] for name in Input}
    unlocked = {cell.coordinate for row in opened.sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked
    for row in opened.sheet.iter_rows(min_row=opened.rows["head"] + 1):
        for cell in row:
            assert cell.protection.locked or cell.column in inputs
    assert {opened.cell("head", name).coordinate for name in ("reading", "unit")} <= unlocked


@pytest.mark.parametrize(
    ("key", "unlocked"),
    [
        ("ratio", {"numerator", "denominator", "value"}),
        ("dem", {"value"}),
        ("so", {"value"}),
        ("co", {"value", "points"}),
        ("hang", {"value", "of", "points"}),
        ("loai", {"value", "points"}),
        ("loi", {"value"}),
    ],
)
def test_each_kind_has_the_cells_of_its_figure(kinds: Dataset, key: str, unlocked: set[str]) -> None:
    opened = Opened(form_of(kinds))
    figure = ("numerator", "denominator", "value", "of", "points")
    assert {name for name in figure if not opened.cell(f"{key} 2023-06", name).protection.locked} == unlocked
    beside = ("source", "evidence", "quality", "by", "on", "note")
    assert not any(opened.cell(f"{key} 2023-06", name).protection.locked for name in beside)


def test_columns_that_no_row_needs_are_not_there(build: Any) -> None:
    opened = Opened(form_of(with_people(build.dataset(build.indicator(kind="count")), *owners("A"))))
    assert not {"numerator", "denominator", "of", "points"} & opened.columns.keys()


WHOLE = "OR(ISBLANK({0}),AND(ISNUMBER({0}),{0}>=0,{0}=INT({0}),OR(NOT(ISNUMBER({1})),{2}<={3})))"


@pytest.mark.parametrize(
    ("key", "name", "kind", "formula"),
    [
        ("ratio", "numerator", "custom", WHOLE.format("H", "I", "H", "I")),
        ("ratio", "denominator", "custom", WHOLE.format("I", "H", "H", "I")),
        ("tyle", "numerator", "custom", "OR(ISBLANK(H),AND(ISNUMBER(H),H>=0,OR(NOT(ISNUMBER(I)),H<=I)))"),
        ("tien", "numerator", "decimal", "0"),
        ("ratio", "value", "decimal", "0"),
        ("dem", "value", "whole", "0"),
        ("so", "value", "decimal", "-1000000000000000000"),
        ("co", "value", "list", '"có,không"'),
        ("hang", "value", "whole", "1"),
        ("hang", "of", "custom", WHOLE.format("K", "J", "J", "K")),
        ("hang", "points", "decimal", "0"),
        ("ratio", "quality", "list", '"có,không"'),
        ("ratio", "on", "date", "36526"),
    ],
)
def test_what_is_typed_is_checked_with_a_message_in_vietnamese(
    kinds: Dataset, key: str, name: str, kind: str, formula: str
) -> None:
    opened = Opened(form_of(kinds))
    row = f"{key} 2023-06"
    found = opened.rule(row, name)
    assert (found.type, re.sub(rf"\$([A-Z])\${opened.rows[row]}", r"\1", found.formula1)) == (kind, formula)
    assert found.showErrorMessage
    assert found.allowBlank is (kind != "custom")
    assert found.errorStyle in {None, "stop"}
    assert found.error
    assert found.prompt
    assert found.promptTitle == opened.sheet.cell(opened.rows["head"] + 1, opened.columns[name]).value


def listed(opened: Opened, rule: Any) -> list[str]:
    """The words that a drop-down offers from the hidden sheet."""
    sheet, _, cells = rule.formula1.partition("!")
    return [str(cell.value) for (cell,) in opened.book[sheet][cells.replace("$", "")]]


def test_drop_downs_offer_the_scale_and_the_owners(kinds: Dataset) -> None:
    opened = Opened(form_of(kinds))
    assert listed(opened, opened.rule("loai 2023-06", "value")) == ["yếu", "khá, giỏi", "tốt"]
    people = ["Công chức chủ trì từng chỉ tiêu", "Văn phòng", "Nội vụ (n1)", "Nội vụ (n2)"]
    assert listed(opened, opened.rule("ratio 2023-06", "by")) == people
    assert listed(opened, opened.rule("head", "reading")) == people
    assert opened.rule("head", "unit").type == "date"


def test_long_definitions_are_cut_to_what_workbooks_hold(build: Any) -> None:
    data = with_people(build.dataset(build.indicator(numerator="ệ" * 300, denominator="😀" * 200)), *owners("A"))
    opened = Opened(form_of(data))
    for name in ("numerator", "denominator"):
        prompt = opened.rule("chi-tieu 2023-06", name).prompt
        assert prompt.endswith("…")
        assert len(prompt.encode("utf-16-le")) // 2 <= 255


@pytest.mark.parametrize(("text", "cut"), [("abc", "abc"), ("abcd", "ab…"), ("😀😀", "😀…"), ("a\x00", "a␀")])
def test_texts_are_shortened_by_what_they_take_in_utf_16(text: str, cut: str) -> None:
    assert formrules.shortened(text, 3) == cut


FIGURES = {
    "ratio": {
        "numerator": "412", "denominator": "418", "source": "=1+1", "note": "một\nhai", "quality": "provisional",
        "provided": {"by": "n0", "on": "2023-06-15"},
        "evidence": ["a.pdf", {"title": "Báo cáo", "document": "06/BC", "date": "2023-06-15"}],
    },
    "dem": {"value": "0"}, "so": {"value": "12.50"}, "co": {"value": "no"},
    "hang": {"value": "5", "of": "17", "points": "86.5"}, "loai": {"value": "tốt"}, "loi": {"text": "- Đã làm"},
    "tien": {"numerator": "1234567890123456.5", "denominator": "2"},
}  # fmt: skip


def test_what_is_recorded_stands_there_as_numbers_days_and_texts(build: Any) -> None:
    indicators = [build.indicator(**({"id": key} | fields)) for key, fields in KINDS.items()]
    opened = Opened(
        form_of(with_people(build.dataset(*indicators, figures={"2023-06": FIGURES}), *owners("Văn phòng")))
    )
    values = {
        (key, name): opened.cell(f"{key} 2023-06", name).value
        for key in FIGURES
        for name in opened.columns
        if name in set(Input) and opened.cell(f"{key} 2023-06", name).value is not None
    }
    assert values == {
        ("ratio", "numerator"): 412, ("ratio", "denominator"): 418, ("ratio", "source"): "=1+1",
        ("ratio", "note"): "một\nhai", ("ratio", "quality"): "có", ("ratio", "by"): "Văn phòng",
        ("ratio", "on"): datetime(2023, 6, 15), ("ratio", "evidence"): "a.pdf\nBáo cáo (06/BC, 15/6/2023)",  # noqa: DTZ001
        ("dem", "value"): 0, ("so", "value"): 12.5, ("co", "value"): "không",
        ("hang", "value"): 5, ("hang", "of"): 17, ("hang", "points"): 86.5,
        ("loai", "value"): "tốt", ("loi", "value"): "- Đã làm",
        ("tien", "numerator"): "1234567890123456,5", ("tien", "denominator"): 2,
    }  # fmt: skip
    assert opened.cell("ratio 2023-06", "source").data_type == "s"
    assert {opened.cell("ratio 2023-06", name).number_format for name in ("source", "note", "evidence")} == {"@"}
    assert opened.cell("ratio 2023-06", "on").number_format == "dd/mm/yyyy"


def test_the_hidden_sheet_keeps_what_stands_there_under_its_seal(build: Any) -> None:
    data = build.dataset(build.indicator(), figures={"2023-06": {"chi-tieu": FIGURES["ratio"]}})
    opened = Opened(form_of(with_people(data, *owners("Văn phòng")), "2023-06", Selection(owner="van-phong")))
    hidden = opened.hidden
    assert opened.book["cchc"].sheet_state == "veryHidden"
    assert opened.book["cchc"].protection.sheet
    assert hidden[0][0] == FORMAT
    assert hidden[1][:2] == ["seal", seal(hidden[2:])]
    kept = {row[0]: row for row in hidden}
    assert (kept["plan"][1], kept["period"][1], kept["head"][1]) == ("thu", "2023-06", "")
    assert kept["columns"][1].split() == list(opened.columns)
    assert kept["row"][1] == "chi-tieu 2023-06"
    assert kept["row"][5:] == [
        "412", "418", "", "", "", "=1+1", "a.pdf\nBáo cáo (06/BC, 15/6/2023)", "có", "n0", "2023-06-15", "một\nhai",
    ]  # fmt: skip


def test_a_survey_that_was_tallied_is_shown_and_locked(build: Any) -> None:
    levels = ("very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied")
    entry = {"survey": dict.fromkeys(levels, "2")}
    data = build.dataset(build.indicator(survey="yes"), figures={"2023-06": {"chi-tieu": entry}})
    opened = Opened(form_of(with_people(data, *owners("A"))))
    shown = [opened.cell("chi-tieu 2023-06", name).value for name in ("numerator", "denominator")]
    assert shown == [4, 10]
    assert all(opened.cell("chi-tieu 2023-06", name).protection.locked for name in opened.columns)


def test_a_text_that_no_cell_holds_is_cut_and_locked(build: Any) -> None:
    entry = {"numerator": "1", "denominator": "2", "note": "dài " * 10_000}
    data = build.dataset(build.indicator(), figures={"2023-06": {"chi-tieu": entry}})
    opened = Opened(form_of(with_people(data, *owners("A"))))
    note = opened.cell("chi-tieu 2023-06", "note")
    assert note.protection.locked
    assert str(note.value).endswith("…")


def test_a_row_tells_how_it_is_counted_what_is_aimed_at_and_what_was_there_before(build: Any) -> None:
    own = build.indicator(
        item="hồ sơ", numerator="Đúng hạn", denominator="Đã trả", reading="Tính trong kỳ",
        targets=[{"from": "2021", "at_least": "98"}],
    )  # fmt: skip
    figures = {
        "2023-05": {"chi-tieu": build.counts("97/100", source="Sổ")},
        "2023-04": {"chi-tieu": build.counts("0/0")},
    }
    data = with_people(build.dataset(own, figures=figures), *owners("A"))
    opened = Opened(form_of(data))
    texts = [opened.cell("chi-tieu 2023-06", name).value for name in list(opened.columns)[:7]]
    reading = "Tử số: Đúng hạn\nMẫu số: Đã trả\nTính trong kỳ"
    assert texts == ["1", "Chỉ tiêu", "Tháng 6/2023", reading, "từ 98% trở lên", "%", "97% (97/100 hồ sơ)"]
    assert opened.cell("chi-tieu 2023-06", "source").value == "Sổ"
    before = {label: Opened(form_of(data, label)).cell(f"chi-tieu {label}", "before").value for label in
              ("2023-05", "2023-04", "2021-01")}  # fmt: skip
    assert before == {"2023-05": "không phát sinh", "2023-04": "chưa có số liệu", "2021-01": ""}


def test_words_of_the_kinds_without_a_unit(kinds: Dataset) -> None:
    opened = Opened(form_of(kinds))
    units = {key: opened.cell(f"{key} 2023-06", "unit").value for key in ("co", "hang", "loai", "loi", "dem")}
    assert units == {"co": "có/không", "hang": "thứ hạng", "loai": "xếp loại", "loi": "lời văn", "dem": "hồ sơ"}
    assert opened.cell("co 2023-06", "reading").value == "Có: Đã đạt\nKhông: Chưa đạt"
    assert opened.cell("loai 2023-06", "reading").value == "Các mức: yếu, khá, giỏi, tốt"


def test_a_long_text_of_the_period_before_is_cut_and_stands_where_there_is_room(build: Any) -> None:
    data = build.dataset(
        build.indicator(kind="narrative", unit=None), figures={"2023-05": {"chi-tieu": {"text": "lời " * 100}}}
    )
    opened = Opened(form_of(with_people(data, *owners("A"))))
    reading, before = (opened.cell("chi-tieu 2023-06", name).value for name in ("reading", "before"))
    assert (reading[:15], len(reading), reading[-1], before) == ("Kỳ trước: lời l", 311, "…", "")


def test_a_form_tells_what_it_is_about_and_what_to_do(build: Any) -> None:
    data = build.dataset(build.indicator(owner="n0"), figures=build.of({"2023-06": "1/2"}))
    closing = Closing.model_validate({"period": "2023-06", "on": "2023-07-02", "by": "n0", "digest": "0" * 64})
    data = with_people(data, *owners("Văn phòng"))
    told = Opened(form_of(data, "2023-06", Selection("thu", "n0"), closing)).told
    assert told[0] == "Biểu nhập số liệu tháng 6/2023 – Xã Thử"
    assert told[1] == "Số liệu từ ngày 01/6/2023 đến ngày 30/6/2023 · Lĩnh vực thử · Văn phòng"
    assert told[2].startswith("Số liệu tháng 6/2023 đã chốt ngày 02/7/2023")
    assert [line[:2] for line in told[3:]] == ["1.", "2.", "3.", "4."]


def test_a_form_of_one_owner_names_him_already(build: Any) -> None:
    data = with_people(build.dataset(build.indicator(owner="n0")), *owners("Văn phòng"))
    assert Opened(form_of(data, "2023-06", Selection(owner="n0"))).cell("head", "reading").value == "Văn phòng"
    assert Opened(form_of(data)).cell("head", "reading").value is None


def test_rows_stand_under_their_area_and_owner(build: Any) -> None:
    statistic = build.indicator(id="dem", kind="count", area=None, owner="ai-do")
    data = with_people(build.dataset(build.indicator(owner="n0"), statistics=(statistic,)), *owners("Văn phòng"))
    opened = Opened(form_of(data))
    titles = [opened.sheet.cell(opened.rows[key] - 1, 1).value for key in ("chi-tieu 2023-06", "dem 2023-06")]
    assert titles == ["Lĩnh vực thử – chủ trì: Văn phòng", "Số liệu khác"]


def test_it_prints_on_a4_landscape_with_its_head_on_every_page(kinds: Dataset) -> None:
    opened = Opened(form_of(kinds))
    sheet, head = opened.sheet, opened.rows["head"] + 1
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert sheet.print_title_rows == f"${head}:${head}"
    assert sheet.freeze_panes == f"C{head + 1}"
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["S"].hidden
    assert sheet.print_area == f"'Số liệu'!$A$1:$R${opened.sheet.max_row}"


def test_empty_inputs_of_figures_are_marked(kinds: Dataset) -> None:
    opened = Opened(form_of(kinds))
    formulas: dict[str, list[str]] = {}
    for area, rules in opened.sheet.conditional_formatting._cf_rules.items():  # type: ignore[attr-defined]
        formulas[str(area.sqref)] = [rule.formula[0] for rule in rules]
    row, other = opened.rows["ratio 2023-06"], opened.rows["dem 2023-06"]
    assert formulas[f"H{row}"] == [
        f"AND(ISBLANK($H${row}),ISBLANK($J${row}))",
        f"AND(ISNUMBER($H${row}),ISNUMBER($I${row}),$H${row}>$I${row})",
    ]
    assert formulas[f"J{other}"] == [f"ISBLANK($J${other})"]
    assert len(formulas[f"H{opened.rows['tien 2023-06']}"]) == 1


def test_texts_of_the_plan_never_become_formulas(build: Any) -> None:
    evil = "=cmd|' /C calc'!A0\u202e"
    own = build.indicator(name=evil, numerator=evil, denominator=evil, reading=evil, item=evil)
    data = with_people(build.dataset(own), *owners(evil))
    written = form_workbook(form_of(data), VI)
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        everything = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    assert not any("<f>" in sheet for sheet in sheets)
    assert "\u202e" not in everything


def test_the_mark_of_made_up_figures_stands_on_top_and_at_the_foot(repository: Any) -> None:
    from cchc.workspace.load import load  # noqa: PLC0415  # only here

    loaded = load(repository)
    assert loaded.data is not None
    opened = Opened(form_of(loaded.data, "2023-07"))
    mark = "SỐ LIỆU GIẢ ĐỊNH, KHÔNG PHẢI SỐ LIỆU THỰC TẾ"
    assert mark in opened.told
    assert opened.sheet.oddFooter is not None
    assert mark in str(opened.sheet.oddFooter.left.text)
