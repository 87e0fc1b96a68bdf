"""What is exported: exact, typed, harmless in a spreadsheet, and the same figures when it is entered again."""

import csv
import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cchc.cli.main import run
from cchc.commands.batch import COLUMNS, DERIVED
from cchc.core.evaluate import evaluate
from cchc.core.model import Measurement
from cchc.core.period_forms import parse_period
from cchc.core.periods import Period
from cchc.core.scalars import is_thousands_trap
from cchc.views.sheets import PlainSheet, TooLongForACell, plain_workbook
from cchc.workspace.load import load

Put = Callable[[str, str], Path]
Call = Callable[..., tuple[int, str, str]]
ONLY_IN_FILES = {"corrections": (), "supplement": None}

HOSTILE = """\
measurements:
  dung-han:
    numerator: 412
    denominator: 418
    source: "=cmd|' /C calc'!A0"
    provided: {by: van-phong, on: 2023-06-15}
    checked: {by: van-phong, on: 2023-06-16}
    evidence:
      - "a|b.pdf"
      - -x.pdf
      - {title: "Sổ | một", document: 12/BC, date: 2023-06-15, kept_at: Tủ, sha256: "0f"}
    quality: provisional
    note: "'=1, “hai”;\\n\\"ba\\"\\tbốn"
    public: true
  so-luong:
    value: 123456789012345678
    source: "@SUM(A1)"
    note: "'tis"
"""
QUARTER = """\
measurements:
  kinh-phi: {value: -1.2340, note: +84 là mã vùng}
  loi: {text: "- Đã rà soát;\\n- Đã công bố"}
"""
YEAR = """\
measurements:
  cong-khai: {value: không, points: 86.25, announced: {document: 12/QĐ, date: 2023-01-05}}
  hang: {value: 5, of: 17, points: 90.50}
  loai: {value: khá}
"""
SURVEY = """\
measurements:
  dung-han: {survey: {very_satisfied: 40, satisfied: 45, neutral: 10, dissatisfied: 4, very_dissatisfied: 1}}
"""


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def called(*words: str | Path) -> tuple[int, str, str]:
        status = run([str(word) for word in words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return called


@pytest.fixture
def full(put: Put, small: Path) -> Path:
    """A workspace whose figures have every field, and texts that a spreadsheet would run."""
    put("2023-05", SURVEY)
    put("2023-06", HOSTILE)
    put("2023Q2", QUARTER)
    put("2022", YEAR)
    put("2023-04", "measurements: {dung-han: {numerator: 0, denominator: 0}}\n")
    return small


def table(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def entries(root: Path) -> dict[tuple[Period, str], Measurement]:
    """Return every figure, without what only the files of a workspace carry."""
    data = load(root).data
    assert data is not None
    return {
        (period, key): entry.model_copy(update=ONLY_IN_FILES)
        for period, file in data.files.items()
        for key, entry in file.measurements.items()
    }


def from_workbook(file: Path, sheet: str) -> str:
    """Return a sheet as CSV, each cell as the sheet shows it."""
    book = load_workbook(file, data_only=True)
    written = io.StringIO(newline="")
    csv.writer(written).writerows([map(_shown, row) for row in book[sheet].iter_rows(values_only=True)])
    return written.getvalue()


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            text = format(Decimal(repr(value)), "f")
            return f"{text}0" if is_thousands_trap(text) else text
        case _:
            return str(value)


# the round trip


FORMS = ("csv", "csv --bom", "csv --delimiter semicolon", "csv --delimiter tab", "jsonl", "xlsx")


@pytest.mark.parametrize(("which", "form"), [*(("full", form) for form in FORMS), ("real", "csv"), ("real", "xlsx")])
def test_what_is_exported_gives_the_same_figures(
    which: str, form: str, call: Call, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    root: Path = request.getfixturevalue(which)
    new, file = tmp_path / "new", tmp_path / f"so-lieu.{form[:5].rstrip()}"
    assert call("export", "figures", "-C", root, "-o", file, "-f", *form.split())[0] == 0
    assert call("init", new, "--from", root)[0] == 0
    if form == "xlsx":
        file.with_suffix(".csv").write_text(from_workbook(file, "figures"), encoding="utf-8", newline="")
        file = file.with_suffix(".csv")
    made_up = ("--illustrative",) if which == "real" else ()
    status, _, err = call("add-measure", "--from", file, "-C", new, *made_up)
    assert status == 0, err
    assert entries(new) == entries(root)


@pytest.mark.parametrize("which", ["full", "real"])
def test_json_lines_that_are_imported_give_the_same_figures_and_twice_change_nothing(
    which: str, call: Call, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    root: Path = request.getfixturevalue(which)
    new, file = tmp_path / "new", tmp_path / "so-lieu.jsonl"
    assert call("export", "-f", "jsonl", "-o", file, "-C", root)[0] == 0
    assert call("init", new, "--from", root)[0] == 0
    made_up = ("--illustrative",) if which == "real" else ()
    for _ in range(2):
        status, _, err = call("import", file, "-C", new, *made_up)
        assert status == 0, err
        assert entries(new) == entries(root)
        before = {path.name: path.read_bytes() for path in new.glob("data/*.yaml")}
    assert call("import", file, "-q", "-C", new)[0] == 0
    assert {path.name: path.read_bytes() for path in new.glob("data/*.yaml")} == before


def test_the_same_export_again_changes_nothing(full: Path, call: Call, tmp_path: Path) -> None:
    call("export", "-C", full, "-o", tmp_path / "a.csv")
    before = {path: path.read_bytes() for path in full.glob("data/*.yaml")}
    status, _, err = call("add-measure", "--from", tmp_path / "a.csv", "-C", full)
    assert status == 0, err
    assert {path: path.read_bytes() for path in full.glob("data/*.yaml")} == before


def test_made_up_figures_are_not_entered_as_real_ones(real: Path, call: Call, tmp_path: Path) -> None:
    call("export", "-C", real, "-o", tmp_path / "a.csv")
    call("init", tmp_path / "new", "--from", real)
    status, _, err = call("add-measure", "--from", tmp_path / "a.csv", "-C", tmp_path / "new")
    assert status == 3
    assert "giả định" in err
    assert not list((tmp_path / "new/data").glob("*.yaml"))


def test_every_column_is_read_or_derived(full: Path, call: Call) -> None:
    head = call("export", "-C", full)[1].partition("\r\n")[0].split(",")
    assert set(head) <= {*COLUMNS, *DERIVED}
    assert {*DERIVED} - {"schema"} <= set(head)
    assert {*COLUMNS} - set(head) == {"document"}  # of supplements, which only files carry
    first = json.loads(call("export", "-f", "jsonl", "-C", full)[1].partition("\n")[0])
    assert list(first) == ["schema", *head]


# CSV


def test_csv_is_that_of_the_standard(full: Path, call: Call) -> None:
    out = call("export", "-C", full)[1]
    assert out.endswith("\r\n")
    assert '"\'\'=1, “hai”;\n""ba""\tbốn"' in out
    assert not out.startswith("\ufeff")
    assert call("export", "--bom", "-C", full)[1] == f"\ufeff{out}"
    assert table(call("export", "--delimiter", ";", "-C", full)[1], ";") == table(out)


def test_no_cell_is_a_formula_and_no_number_is_touched(full: Path, call: Call) -> None:
    rows = {(row["indicator"], row["period"]): row for row in table(call("export", "-C", full)[1])}
    formulas = [cell for row in rows.values() for cell in row.values() if cell[:1] in set("=+-@\t\r")]
    assert formulas == ["-1.2340", "-1.2340"]
    assert rows["dung-han", "2023-06"]["source"] == "'=cmd|' /C calc'!A0"
    assert rows["dung-han", "2023-06"]["note"].startswith("''=1")
    assert rows["so-luong", "2023-06"]["note"] == "'tis"
    assert rows["loi", "2023Q2"]["text"] == "'- Đã rà soát;\n- Đã công bố"
    assert rows["so-luong", "2023-06"]["value"] == "123456789012345678"


def test_a_row_says_what_the_figure_is(full: Path, call: Call) -> None:
    rows = {(row["indicator"], row["period"]): row for row in table(call("export", "-C", full)[1])}
    row = rows["dung-han", "2023-06"]
    assert (row["period_from"], row["period_to"]) == ("2023-05-15", "2023-06-14")
    assert (row["result"], row["provisional"], row["illustrative"]) == ("98.564593", "true", "false")
    survey = rows["dung-han", "2023-05"]
    assert (survey["numerator"], survey["denominator"], survey["neutral"]) == ("85", "100", "10")
    nothing = rows["dung-han", "2023-04"]
    assert (nothing["result"], nothing["nothing_arose"]) == ("", "true")
    assert (rows["cong-khai", "2022"]["value"], rows["cong-khai", "2022"]["text"]) == ("", "không")
    assert [period for _, period in rows] == ["2022"] * 3 + [
        "2023-04",
        "2023-05",
        "2023-06",
        "2023-06",
        "2023Q2",
        "2023Q2",
    ]


def test_json_lines_are_typed(full: Path, call: Call) -> None:
    found = [
        json.loads(line, parse_float=Decimal) for line in call("export", "-f", "jsonl", "-C", full)[1].splitlines()
    ]
    by = {(row["indicator"], row["period"]): row for row in found}
    assert by["kinh-phi", "2023Q2"]["value"] == Decimal("-1.2340")
    assert by["dung-han", "2023-06"]["evidence"][:2] == ["a|b.pdf", "-x.pdf"]
    assert by["dung-han", "2023-06"]["evidence"][2]["title"] == "Sổ | một"
    assert by["dung-han", "2023-06"]["source"].startswith("=cmd")
    assert by["so-luong", "2023-06"]["evidence"] == []
    assert by["hang", "2022"]["numerator"] is None


# verdicts


def test_verdicts_are_those_of_reports(real: Path, call: Call) -> None:
    data = load(real).data
    assert data is not None
    rows = table(call("export", "verdicts", "-C", real)[1])
    keys = [(row["indicator"], row["period"]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert {"2022-01", "2022Q1", "2022H1", "2022-9T", "2022"} <= {period for _, period in keys}
    for row in rows[::7]:
        result = evaluate(data, data.plan.measured[row["indicator"]], parse_period(row["period"]))
        assert (row["status"], row["complete"] == "true") == (result.status, result.complete)
        assert int(row["present"]) == result.coverage.present
        assert row["illustrative"] == "true"


def test_verdicts_say_what_is_missing_and_which_target_decides(full: Path, call: Call) -> None:
    rows = {(row["indicator"], row["period"]): row for row in table(call("export", "verdicts", "-C", full)[1])}
    half = rows["dung-han", "2023H1"]
    assert (half["present"], half["expected"], half["missing"]) == (
        "3",
        "6",
        "2023-01|2023-02|2023-03".replace("|", " | "),
    )
    assert (half["nothing_arose"], half["target"], half["status"]) == ("2023-04", "dung-han.1", "missed")
    assert (half["numerator"], half["denominator"], half["display"]) == ("497", "518", "95,95%")
    assert rows["loai", "2022"]["text"] == "khá"
    assert ("loai", "2023-06") not in rows
    assert ("dung-han", "2023") not in rows  # the year is not over


# what is chosen


@pytest.mark.parametrize(
    ("words", "periods"),
    [
        (("-p", "2023Q2"), {"2023-04", "2023-05", "2023-06", "2023Q2"}),
        (("-p", "2023-05..2023-06"), {"2023-05", "2023-06"}),
        (("-p", "năm 2022"), {"2022"}),
        (("--area", "thu", "-p", "2021..2025"), {"2022", "2023-04", "2023-05", "2023-06", "2023Q2"}),
        (("--owner", "van-phong", "-p", "2022"), {"2022"}),
    ],
)
def test_a_period_an_area_and_an_owner_choose(
    full: Path, call: Call, words: tuple[str, ...], periods: set[str]
) -> None:
    assert {row["period"] for row in table(call("export", *words, "-C", full)[1])} == periods


def test_only_what_is_public(full: Path, call: Call) -> None:
    rows = {(row["indicator"], row["period"]): row for row in table(call("export", "--public", "-C", full)[1])}
    assert {row["provided_by"] + row["checked_by"] for row in rows.values()} == {""}
    assert rows["so-luong", "2023-06"]["note"] == ""
    assert rows["dung-han", "2023-06"]["note"] != ""  # public: true


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("-f", "pdf"), 2),
        (("-o", "a.pdf"), 2),
        (("figures", "-f", "datapackage"), 2),
        (("--bom", "-f", "jsonl"), 2),
        (("--delimiter", "tab", "-f", "xlsx"), 2),
        (("--delimiter", "dot"), 2),
        (("--license", "CC-BY-4.0"), 2),
        (("-f", "datapackage", "--license", "a b"), 2),
        (("months",), 2),
        (("-p", "2023-13"), 2),
        (("-p", "2031"), 2),
        (("--area", "x"), 2),
        (("-p", "2021"), 3),
    ],
)
def test_what_cannot_be_meant_is_refused(full: Path, call: Call, words: tuple[str, ...], status: int) -> None:
    found, out, err = call("export", *words, "-C", full)
    assert (found, out) == (status, "")
    assert err


def test_files_with_errors_are_not_exported_unless_that_is_asked_for(put: Put, small: Path, call: Call) -> None:
    put("2023-06", "measurements:\n  dung-han: {numerator: 5, denominator: 4}\n  so-luong: {value: 1}\n")
    assert call("export", "-C", small)[0] == 1
    status, out, err = call("export", "--allow-problems", "-C", small)
    assert (status, [row["indicator"] for row in table(out)]) == (0, ["so-luong"])
    assert "1" in err


def test_where_nothing_was_entered_the_way_to_begin_is_said(small: Path, call: Call) -> None:
    status, out, err = call("export", "-C", small)
    assert (status, out) == (3, "")
    assert "cchc add-measure MÃ GIÁ_TRỊ -p KỲ" in err


def test_a_folder_gets_the_suggested_name(real: Path, call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    call("export", "-p", "2023Q2", "-o", folder, "-C", real)
    call("export", "-f", "xlsx", "-o", folder, "-C", real)
    call("export", "verdicts", "-f", "jsonl", "-o", folder, "-C", real)
    assert sorted(path.name for path in folder.iterdir()) == [
        "danh-gia-gia-dinh.jsonl",
        "so-lieu-2023Q2-gia-dinh.csv",
        "so-lieu-va-danh-gia-gia-dinh.xlsx",
    ]


# the workbook


def test_the_workbook_has_real_numbers_and_no_formula(full: Path, call: Call, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    call("export", "-o", file, "-C", full)
    book = load_workbook(file)
    assert book.sheetnames == ["figures", "verdicts", "Các cột"]
    sheet: Any = book["figures"]
    head, *rows = [list(row) for row in sheet.iter_rows()]
    cells = {row[0].value + "/" + row[6].value: dict(zip([c.value for c in head], row, strict=True)) for row in rows}
    one = cells["dung-han/2023-06"]
    assert (one["numerator"].value, one["numerator"].data_type) == (412, "n")
    assert (one["source"].value, one["source"].data_type) == ("=cmd|' /C calc'!A0", "s")
    assert (one["provided_on"].value, one["provided_on"].data_type) == ("2023-06-15", "s")
    assert one["provisional"].value is True
    assert cells["so-luong/2023-06"]["value"].value == "123456789012345678"  # no binary number has these digits
    assert all(cell.data_type != "f" for row in rows for cell in row)


def test_the_workbook_carries_the_mark_of_made_up_figures(real: Path, call: Call, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    call("export", "-o", file, "-C", real)
    book = load_workbook(file)
    marked = "SỐ LIỆU GIẢ ĐỊNH, KHÔNG PHẢI SỐ LIỆU THỰC TẾ"
    assert book.properties.description == marked
    sheets: list[Any] = book.worksheets
    assert [sheet.oddHeader.center.text for sheet in sheets] == [marked] * 3
    assert marked in [cell.value for row in book["Các cột"].iter_rows(max_row=2) for cell in row]


def test_a_table_that_was_named_is_the_only_sheet(full: Path, call: Call, tmp_path: Path) -> None:
    for name in ("figures", "verdicts"):
        call("export", name, "-o", tmp_path / "a.xlsx", "-C", full)
        assert load_workbook(tmp_path / "a.xlsx").sheetnames == [name]


def test_what_no_cell_can_hold_is_refused() -> None:
    with pytest.raises(TooLongForACell):
        plain_workbook("a", "", [PlainSheet("figures", ["note"], [["x" * 32_768]])])


# the package


def _package(folder: Path) -> Any:
    return json.loads((folder / "datapackage.json").read_bytes())


@pytest.fixture
def judge() -> Iterator[Any]:
    """The judge of data packages; it lifts csv's limit for the whole process, which other tests of ours rely on."""
    from frictionless import Package  # noqa: PLC0415  # half a second

    limit = csv.field_size_limit()
    yield Package
    csv.field_size_limit(limit)


@pytest.mark.parametrize("which", ["full", "real"])
def test_the_package_is_valid(
    judge: Any, which: str, call: Call, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    root: Path = request.getfixturevalue(which)
    folder, file = tmp_path / "goi", tmp_path / "goi.zip"
    assert call("export", "-f", "datapackage", "-o", folder, "-C", root)[0] == 0
    assert call("export", "-o", file, "-C", root)[0] == 0
    package = judge(str(folder / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["title", "message"])
    resource: Any = package.get_resource("figures")
    rows = resource.read_rows()
    data = load(root).data
    assert data is not None
    assert len(rows) == sum(len(one.measurements) for one in data.files.values())
    assert all(isinstance(row["period_from"], date) and isinstance(row["illustrative"], bool) for row in rows)
    assert {type(row["numerator"]) for row in rows} <= {Decimal, type(None)}
    with zipfile.ZipFile(file) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")
        }
    assert judge(str(file)).validate().valid


def test_a_broken_reference_makes_the_package_invalid(judge: Any, full: Path, call: Call, tmp_path: Path) -> None:
    call("export", "-f", "datapackage", "-o", tmp_path / "goi", "-C", full)
    described = _package(tmp_path / "goi")
    for resource in described["resources"]:
        del resource["hash"], resource["bytes"]
    (tmp_path / "goi/datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    file = tmp_path / "goi/figures.csv"
    file.write_bytes(file.read_bytes().replace(b"dung-han,", b"khong-co,", 1))
    report = judge(str(tmp_path / "goi/datapackage.json")).validate()
    assert report.flatten(["type"]) == [["foreign-key"]]


def test_the_package_explains_itself(real: Path, call: Call, tmp_path: Path) -> None:
    call("export", "-f", "datapackage", "-o", tmp_path / "a", "-C", real)
    found = _package(tmp_path / "a")
    assert found["description"].startswith("SỐ LIỆU GIẢ ĐỊNH, KHÔNG PHẢI SỐ LIỆU THỰC TẾ.")
    assert found["illustrative"] is True
    assert "licenses" not in found
    resources = {resource["name"]: resource["schema"] for resource in found["resources"]}
    assert list(resources) == ["owners", "areas", "indicators", "targets", "figures", "verdicts"]
    assert all(field["description"] for schema in resources.values() for field in schema["fields"])
    assert resources["figures"]["primaryKey"] == ["indicator", "period"]
    types = {field["name"]: field["type"] for field in resources["figures"]["fields"]}
    assert (types["numerator"], types["of"], types["provided_on"], types["public"]) == (
        "number",
        "integer",
        "date",
        "boolean",
    )
    for words, licenses in {
        "CC-BY-4.0": [{"name": "CC-BY-4.0"}],
        "https://a.example/b": [{"path": "https://a.example/b"}],
    }.items():
        call("export", "-f", "datapackage", "-o", tmp_path / "a", "--license", words, "-C", real)
        assert _package(tmp_path / "a")["licenses"] == licenses


def test_equal_inputs_give_equal_bytes(full: Path, call: Call, tmp_path: Path) -> None:
    def written() -> Iterator[bytes]:
        for name in ("a.zip", "a.xlsx", "a.csv", "a.jsonl"):
            call("export", "-o", tmp_path / name, "-C", full)
            yield (tmp_path / name).read_bytes()

    first = list(written())
    for path in tmp_path.glob("data/*.yaml"):
        os.utime(path, (0, 0))
    assert list(written()) == first


def test_a_file_of_others_is_not_overwritten_by_a_package(full: Path, call: Call, tmp_path: Path) -> None:
    (tmp_path / "goi").mkdir()
    (tmp_path / "goi/figures.csv").write_text("x", encoding="utf-8")
    assert call("export", "-f", "datapackage", "-o", tmp_path / "goi", "-C", full)[0] == 3
    assert [path.name for path in (tmp_path / "goi").iterdir()] == ["figures.csv"]
    shutil.rmtree(tmp_path / "goi")
    assert call("export", "-f", "datapackage", "-o", tmp_path / "goi", "-q", "-C", full) == (0, "", "")
