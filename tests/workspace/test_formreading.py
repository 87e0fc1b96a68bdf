"""A form that comes back: its hidden sheet is held against its seal, rows are known by their keys."""

import io
from collections.abc import Sequence
from typing import Any

import pytest
from openpyxl import Workbook

from cchc.core.entryform import FORMAT, Input, Shown, seal
from cchc.workspace.formreading import (
    CellsMerged,
    FilledForm,
    FormDamaged,
    FormOfAnotherVersion,
    FormSheetLost,
    FormSheetTwice,
    RowMixedUp,
    RowTwice,
    RowUnknown,
    form_rows,
    is_form,
)
from cchc.workspace.sheets import Sheet, Value
from cchc.workspace.tables import Given, form_in

COLUMNS: list[str] = [*Shown, Input.NUMERATOR, Input.DENOMINATOR, Input.VALUE, Input.SOURCE, "key"]
HEAD_ROW: list[Value] = ["", "", "", "Văn phòng", "", 45122, *[None] * 5, "head"]


def row(key: str, name: str, numerator: Value = None, denominator: Value = None, source: Value = None) -> list[Value]:
    return ["1", name, "Tháng 6/2023", "", "", "", "", numerator, denominator, None, source, key]


def kept(key: str, name: str, **inputs: str) -> list[str]:
    return ["row", key, "dau", name, "Tháng 6/2023", *(inputs.get(str(name), "") for name in Input)]


KEPT = [
    ["plan", "thu"],
    ["period", "2023-06"],
    ["columns", " ".join(COLUMNS)],
    ["head", "Văn phòng"],
    kept("a 2023-06", "Đúng hạn", numerator="412", denominator="418", source="Sổ"),
    kept("b 2023-06", "Số lượng"),
    ["person", "van-phong", "Văn phòng"],
    ["scale", "0", "tốt"],
]
ROWS: list[list[Value]] = [
    [f"cchc:{name}" for name in COLUMNS],
    ["Biểu nhập số liệu"],
    HEAD_ROW,
    ["STT", "Chỉ tiêu"],
    row("a 2023-06", "Đúng hạn", 412, 418, "Sổ"),
    row("b 2023-06", "Số lượng", 3),
]


def sheet(rows: Sequence[Sequence[Any]], name: str = "Số liệu", merged: Any = ()) -> Sheet:
    return Sheet(name, hidden=False, rows=rows, merged=merged)


def hidden(rows: Sequence[Sequence[str]] = KEPT, form: str = FORMAT, code: str = "") -> Sheet:
    return Sheet("cchc", hidden=True, rows=[[form], ["seal", code or seal(rows)], *rows])


def read(*rows: Sequence[Any], merged: Any = ()) -> FilledForm:
    return form_rows([sheet(rows or ROWS, merged=merged), hidden()])


def held(form: FilledForm, at: int = 0) -> dict[str, tuple[str, Value, str]]:
    return {str(name): (cell.place, cell.value, cell.kept) for name, cell in form.rows[at].inputs.items()}


def test_inputs_are_set_against_what_they_held() -> None:
    form = read()
    assert (form.plan, form.period, form.people) == ("thu", "2023-06", {"Văn phòng": "van-phong"})
    assert tuple(form.by) == ((2, 3), "Số liệu!D3", "Văn phòng", "Văn phòng")
    assert tuple(form.on) == ((2, 5), "Số liệu!F3", 45122, "")
    assert [(one.indicator, one.period, one.fingerprint, one.name.place) for one in form.rows] == [
        ("a", "2023-06", "dau", "Số liệu!B5"), ("b", "2023-06", "dau", "Số liệu!B6"),
    ]  # fmt: skip
    assert held(form) == {
        "numerator": ("Số liệu!H5", 412, "412"), "denominator": ("Số liệu!I5", 418, "418"),
        "value": ("Số liệu!J5", None, ""), "source": ("Số liệu!K5", "Sổ", "Sổ"),
    }  # fmt: skip
    assert (form.lost, form.faults) == ((), ())


def test_sorted_rows_are_known_by_their_keys() -> None:
    form = read(*ROWS[:4], ROWS[5], ROWS[4])
    assert [(one.indicator, one.name.place) for one in form.rows] == [("b", "Số liệu!B5"), ("a", "Số liệu!B6")]


def test_renamed_sheets_in_another_order_and_a_new_column_change_nothing() -> None:
    rows = [[*cells[:2], None, *cells[2:]] for cells in ROWS]
    form = form_rows([hidden(), sheet([["Ghi chép"]]), sheet(rows, "Tháng 6")])
    assert held(form)["numerator"] == ("Tháng 6!I5", 412, "412")


def test_a_workbook_without_the_hidden_sheet_is_no_form() -> None:
    assert not is_form([sheet(ROWS), sheet([]), sheet([[None]]), sheet([[412]])])
    assert is_form([sheet(ROWS), hidden()])
    with pytest.raises(FormDamaged):
        form_rows([sheet(ROWS)])


def test_another_format_is_refused_by_its_name() -> None:
    assert is_form([hidden(form="cchc/form/2")])
    with pytest.raises(FormOfAnotherVersion) as refused:
        form_rows([sheet(ROWS), hidden(form="cchc/form/2")])
    assert refused.value.arguments == {"found": "cchc/form/2", "known": FORMAT}


@pytest.mark.parametrize(
    "damaged",
    [
        hidden(code="0" * 64),
        hidden([*KEPT[:4], KEPT[5], KEPT[4], *KEPT[6:]], code=seal(KEPT)),
        Sheet("cchc", hidden=True, rows=[[FORMAT]]),
        Sheet("cchc", hidden=True, rows=[[FORMAT], ["seal", seal(KEPT)], *KEPT[:3], ["head", 5], *KEPT[4:]]),
    ],
    ids=["seal", "order", "cut", "number"],
)
def test_a_hidden_sheet_that_was_changed_is_noticed(damaged: Sheet) -> None:
    with pytest.raises(FormDamaged):
        form_rows([sheet(ROWS), damaged])


@pytest.mark.parametrize(
    "sheets",
    [
        [],
        [sheet([])],
        [sheet([ROWS[0][:-1], *ROWS[1:]])],  # without the marked column of keys
        [sheet([[*ROWS[0][:7], None, *ROWS[0][8:]], *ROWS[1:]])],  # without the marked numerator
        [sheet([*ROWS[:2], *ROWS[3:]])],  # without the head's inputs
        [sheet([*ROWS[:3], HEAD_ROW, *ROWS[3:]])],  # with two of them
        [sheet(ROWS[1:])],
    ],
    ids=["none", "empty", "key", "column", "no head", "heads", "no marks"],
)
def test_a_sheet_without_its_marks_is_not_guessed_at(sheets: list[Sheet]) -> None:
    with pytest.raises(FormSheetLost):
        form_rows([*sheets, hidden()])


def test_copies_of_the_sheet_are_named() -> None:
    with pytest.raises(FormSheetTwice) as refused:
        form_rows([sheet(ROWS), sheet(ROWS, "Số liệu (2)"), hidden()])
    assert refused.value.arguments["sheets"] == ("Số liệu", "Số liệu (2)")


def test_rows_that_are_gone_are_named() -> None:
    assert read(*ROWS[:5]).lost == ("Số lượng, Tháng 6/2023",)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (row("a 2023-06", "Số lượng"), RowMixedUp),
        ([*row("a 2023-06", "Đúng hạn")[:2], "Tháng 7/2023", *row("a 2023-06", "Đúng hạn")[3:]], RowMixedUp),
        (row("a 2023-06", "Đúng hạn"), RowTwice),
        (row("c 2023-06", "Đúng hạn"), RowUnknown),
    ],
    ids=["name", "period", "copy", "key"],
)
def test_a_row_that_is_not_its_figures_is_a_fault_with_its_place(cells: list[Value], kind: type[Exception]) -> None:
    rows = [*ROWS, cells] if kind is not RowMixedUp else [*ROWS[:4], cells, ROWS[5]]
    form = read(*rows)
    assert [(held.place, type(fault)) for held, fault in form.faults] == [
        (f"Số liệu!B{len(rows) - (kind is RowMixedUp)}", kind)
    ]
    assert len(form.rows) == (1 if kind is RowMixedUp else 2)
    assert form.lost == ()


def test_names_are_compared_but_for_blanks_and_the_form_of_their_letters() -> None:
    assert read(*ROWS[:4], row("a 2023-06", " Đúng  ha\u0323n"), ROWS[5]).faults == ()


@pytest.mark.parametrize(
    ("merged", "faults"),
    [
        ((((4, 10), (5, 10)),), [("Số liệu!K5", CellsMerged)]),
        ((((2, 3), (2, 4)),), []),  # no column of inputs
        ((((1, 7), (1, 9)),), []),  # above the table
        ((((4, 0), (5, 0)),), []),
    ],
)
def test_merged_inputs_are_a_fault(merged: Any, faults: list[tuple[str, type[Exception]]]) -> None:
    assert [(held.place, type(fault)) for held, fault in read(merged=merged).faults] == faults


# a file that may be a form


def workbook(*names: str, first: str = FORMAT, hidden: str = "cchc") -> Given:
    """Return a workbook with sheets of these names; one of them may be hidden and say what it is."""
    book = Workbook()
    del book["Sheet"]
    for name in names:
        sheet = book.create_sheet(name)
        sheet["A1"] = first if name == hidden else name
        sheet.sheet_state = "veryHidden" if name == hidden else "visible"
    written = io.BytesIO()
    book.save(written)
    return Given("a.xlsx", written.getvalue())


def test_a_form_is_found_by_its_hidden_sheet_and_read_whole() -> None:
    found = form_in(workbook("Số liệu", "cchc"))
    assert found is not None
    assert [sheet.name for sheet in found] == ["Số liệu", "cchc"]


def test_it_is_also_found_when_that_sheet_is_shown() -> None:
    given = workbook("Số liệu", "cchc", hidden="")
    assert form_in(given) is None
    shown = Workbook()
    shown.create_sheet("cchc")["A1"] = FORMAT
    written = io.BytesIO()
    shown.save(written)
    assert form_in(Given("a.xlsx", written.getvalue())) is not None


@pytest.mark.parametrize(
    "given",
    [workbook("a"), workbook("a", "b"), workbook("a", "cchc", first="khác"), Given("a.csv", b"indicator,value\n")],
    ids=["one sheet", "sheets", "hidden", "text"],
)
def test_other_files_are_no_forms(given: Given) -> None:
    assert form_in(given) is None
