"""`schema`, and the schemas that `init` and `add-measure` name in the files that they make."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cchc.commands.figure import NewFigure
from cchc.commands.measure import Manner, record
from cchc.commands.schemas import SchemaUnreadable, schema_of, write_schemas
from cchc.commands.starting import AlreadyAWorkspace, start
from cchc.core.filekinds import FILE_KINDS

TODAY = date(2023, 7, 3)
PLAN_LINE = "# yaml-language-server: $schema=../schema/plan.json"
AREA_LINE = "# yaml-language-server: $schema=../../schema/area.json"
DATA_LINE = "# yaml-language-server: $schema=../schema/data.json"
ALL = tuple(f"schema/{kind}.json" for kind in FILE_KINDS)


def _first_line(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n")[0]


def test_all_schemas_are_written_once(small: Path) -> None:
    first, again = write_schemas(small), write_schemas(small)
    assert (first.written, first.unchanged) == (ALL, ())
    assert (again.written, again.unchanged) == ((), ALL)
    assert all(schema_of(kind, small) == (small / f"schema/{kind}.json").read_text("utf-8") for kind in FILE_KINDS)


def test_only_what_changed_is_written_again(small: Path) -> None:
    write_schemas(small)
    area = small / "plan/areas/1-thu.yaml"
    area.write_text(area.read_text("utf-8").replace("name: Kinh phí", "name: Tiền"), encoding="utf-8")
    before = (small / "schema/plan.json").stat().st_mtime_ns
    assert write_schemas(small).written == ("schema/data.json",)
    assert (small / "schema/plan.json").stat().st_mtime_ns == before


def test_a_plan_with_errors_names_what_could_be_read(small: Path) -> None:
    (small / "plan/areas/2-sai.yaml").write_text("format: cchc/1\narea: Sai\n", encoding="utf-8")
    assert '"dung-han"' in schema_of("data", small)
    (small / "plan/plan.yaml").write_text("[", encoding="utf-8")
    assert schema_of("data", small) == schema_of("data", None)


def test_what_cannot_be_read_is_not_replaced(small: Path) -> None:
    (small / "schema/data.json").mkdir(parents=True)
    with pytest.raises(SchemaUnreadable):
        write_schemas(small)


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_without_a_workspace_a_schema_names_no_plan(kind: str) -> None:
    assert json.loads(schema_of(kind, None))["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_init_writes_the_schemas_and_names_them(tmp_path: Path) -> None:
    made = start(tmp_path / "xa", None, TODAY).made
    assert set(ALL) < set(made)
    assert _first_line(tmp_path / "xa/plan/plan.yaml") == PLAN_LINE
    assert _first_line(tmp_path / "xa/plan/owners.yaml") == PLAN_LINE.replace("plan.json", "owners.json")
    assert _first_line(tmp_path / "xa/plan/areas/1-thu-tuc-hanh-chinh.yaml") == AREA_LINE
    assert write_schemas(tmp_path / "xa").written == ()
    for file in made:
        if file.endswith(".yaml"):
            path = tmp_path / "xa" / file
            named = path.read_text("utf-8").partition("$schema=")[2].partition("\n")[0]
            assert (path.parent / named).is_file()


def test_init_refuses_a_folder_that_holds_a_schema(tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema/data.json").write_text("{}", encoding="utf-8")
    with pytest.raises(AlreadyAWorkspace):
        start(tmp_path, None, TODAY)


def test_copied_files_get_the_line_unless_they_have_one(small: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    owners, area = small / "plan/owners.yaml", small / "plan/areas/1-thu.yaml"
    own = "# yaml-language-server: $schema=https://example.org/mine.json\n" + owners.read_text("utf-8")
    owners.write_text(own, encoding="utf-8")
    windows = "\ufeff" + area.read_text("utf-8").replace("\n", "\r\n")
    area.write_text(windows, encoding="utf-8", newline="")
    copy = tmp_path_factory.mktemp("copy") / "that"
    start(copy, small, TODAY)
    assert (copy / "plan/owners.yaml").read_text("utf-8") == own
    assert _first_line(copy / "plan/plan.yaml") == PLAN_LINE
    copied = (copy / "plan/areas/1-thu.yaml").read_bytes().decode("utf-8")
    assert copied == f"\ufeff{AREA_LINE}\r\n{windows.removeprefix(chr(0xFEFF))}"
    assert write_schemas(copy).written == ()


@pytest.mark.parametrize("with_schemas", [True, False])
def test_a_new_data_file_names_its_schema_where_there_is_one(small: Path, *, with_schemas: bool) -> None:
    if with_schemas:
        write_schemas(small)
    figure = NewFigure("so-luong", "5", "2023-06")
    for _ in range(2):  # the second time nothing changes
        record(small, figure, Manner(TODAY))
    expected = "format: cchc/1\nperiod: 2023-06\nmeasurements:\n  so-luong:\n    value: 5\n"
    text = (small / "data/2023-06.yaml").read_text("utf-8")
    assert text == (f"{DATA_LINE}\n{expected}" if with_schemas else expected)


def test_a_file_that_is_there_gets_no_line(small: Path, put: Callable[[str, str], Path]) -> None:
    write_schemas(small)
    path = put("2023-06", "measurements: {so-luong: {value: 5}}\n")
    record(small, NewFigure("dung-han", "1/2", "2023-06"), Manner(TODAY))
    assert _first_line(path) == "format: cchc/1"
