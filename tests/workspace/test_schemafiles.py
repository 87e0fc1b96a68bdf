"""Which schema belongs to a file, and the line that names it."""

import pytest

from cchc.core.filekinds import kind_of
from cchc.workspace.schemafiles import with_schema_line


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("plan/plan.yaml", "plan"),
        ("plan/owners.yaml", "owners"),
        ("plan/areas/4-thu-tuc.yaml", "area"),
        ("plan/areas/4-thu-tuc.yml", "area"),
        ("plan/solutions.yaml", "solutions"),
        ("plan/statistics.yaml", "statistics"),
        ("plan/khac.yaml", None),
        ("data/2023-06.yaml", "data"),
        ("data/closed.yaml", "closed"),
        ("data/reports.yaml", "reports"),
        ("data/.gitkeep", None),
        ("templates/report.md.j2", None),
        ("plan.yaml", None),
    ],
)
def test_a_file_is_of_the_kind_that_its_place_says(file: str, kind: str | None) -> None:
    assert kind_of(file) == kind


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("data/2023.yaml", "a: 1\n", "# yaml-language-server: $schema=../schema/data.json\na: 1\n"),
        ("plan/areas/1.yaml", "", "# yaml-language-server: $schema=../../schema/area.json\n"),
        ("data/2023.yaml", "a: 1\r\n", "# yaml-language-server: $schema=../schema/data.json\r\na: 1\r\n"),
        ("data/2023.yaml", "\ufeffa: 1\n", "\ufeff# yaml-language-server: $schema=../schema/data.json\na: 1\n"),
        ("data/2023.yaml", "a: 1\n#yaml-language-server : $schema=x\n", None),
        ("templates/report.md.j2", "a", None),
    ],
)
def test_the_line_comes_first_unless_there_is_one_or_no_schema(file: str, text: str, expected: str | None) -> None:
    assert with_schema_line(file, text) == (text if expected is None else expected)
