"""Records put at the end of data/reports.yaml, and nothing else of the file changed."""

from pathlib import Path

import pytest

from cchc.core.errors import WorldError
from cchc.workspace import ledger, lists, patch, yamltree
from cchc.workspace.files import Disk
from cchc.workspace.layout import Stuck
from cchc.workspace.ledger import NotAppendable
from cchc.workspace.styles import Fields

RECORD: Fields = {
    "period": "2023Q2",
    "number": "05/BC-UBND",
    "date": "2023-06-20",
    "figures": [{"id": "a", "printed": "98,56% (1/2)"}],
}
STANDING = """\
format: cchc/1 # a
reports:
  # đầu
  - period: 2023Q1 # b
    number: 02/BC-UBND
    date: 2023-03-20
"""
LINES = """\
  - period: 2023Q2
    number: 05/BC-UBND
    date: 2023-06-20
    figures:
      - id: a
        printed: 98,56% (1/2)
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("format: cchc/1\n", f"format: cchc/1\nreports:\n{LINES}"),
        ("format: cchc/1\nreports: []\n", f"format: cchc/1\nreports:\n{LINES}"),
        (STANDING, STANDING + LINES),
    ],
)
def test_a_record_goes_behind_the_others(before: str, after: str) -> None:
    assert ledger.appended(yamltree.parse("data/reports.yaml", before), "reports", RECORD) == after


@pytest.mark.parametrize("text", ["reports: x\n", "a: [\n", "reports: &a []\nb: *a\n", "- 1\n"])
def test_a_list_that_cannot_take_a_record_is_left_alone_and_the_lines_are_said(text: str) -> None:
    with pytest.raises(NotAppendable) as refused:
        ledger.appended(yamltree.parse("data/reports.yaml", text), "reports", RECORD)
    assert "number: 05/BC-UBND" in str(refused.value.arguments["lines"])


def test_the_byte_order_mark_stays() -> None:
    after = ledger.appended(yamltree.parse("a", "\ufeffformat: cchc/1\n"), "reports", RECORD)
    assert after.startswith("\ufeffformat")


def test_the_file_is_made_with_its_schema_where_the_workspace_has_schemas(tmp_path: Path) -> None:
    ledger.append(tmp_path, "data/reports.yaml", "reports", RECORD)
    assert (tmp_path / "data/reports.yaml").read_text(encoding="utf-8") == f"format: cchc/1\nreports:\n{LINES}"
    other = tmp_path / "b"
    (other / "schema").mkdir(parents=True)
    (other / "schema/reports.json").write_text("{}", encoding="utf-8")
    ledger.append(other, "data/reports.yaml", "reports", RECORD)
    assert (other / "data/reports.yaml").read_text(encoding="utf-8").startswith("# yaml-language-server: ")


def test_a_file_that_cannot_be_read_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/reports.yaml").write_bytes(b"\xff")
    with pytest.raises(WorldError):
        ledger.append(tmp_path, "data/reports.yaml", "reports", RECORD)
    assert (tmp_path / "data/reports.yaml").read_bytes() == b"\xff"


# reading them


def write(root: Path, content: bytes) -> Disk:
    (root / "data").mkdir(exist_ok=True)
    (root / "data/reports.yaml").write_bytes(content)
    return Disk(root)


def test_issued_reports_are_read_in_their_order(tmp_path: Path) -> None:
    assert lists.issued(Disk(tmp_path)) == ((), [])
    text = f"format: cchc/1\nreports:\n{LINES}{LINES.replace('05/', '06/')}"
    found, problems = lists.issued(write(tmp_path, text.encode()))
    assert ([report.number for report in found], problems) == (["05/BC-UBND", "06/BC-UBND"], [])


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"\xff", ["E002"]),
        (b"", ["E111"]),
        (b"a: [", None),
        (b"format: cchc/1\nreports: {a: 1}\n", ["E204"]),
        (b"format: cchc/1\nreports:\n  - {period: 2023Q2}\n", ["E202", "E202"]),
        (b"format: cchc/1\n", []),
    ],
)
def test_what_is_wrong_in_the_list_is_a_finding_with_its_place(
    tmp_path: Path, content: bytes, codes: list[str] | None
) -> None:
    found, problems = lists.issued(write(tmp_path, content))
    assert found == ()
    assert [problem.code for problem in problems] == codes if codes is not None else problems


@pytest.mark.parametrize("spoiled", [[patch.Splice(0, 6, "")], [patch.Splice(0, 0, "a: [\n")]], ids=["lost", "broken"])
def test_a_text_that_does_not_read_as_meant_is_never_written(
    monkeypatch: pytest.MonkeyPatch, spoiled: list[patch.Splice]
) -> None:
    monkeypatch.setattr(patch, "patched", lambda *_: spoiled)
    with pytest.raises(NotAppendable):
        ledger.appended(yamltree.parse("a", STANDING), "reports", RECORD)


def test_a_file_that_cannot_take_it_without_damage_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def stuck(*_: object) -> None:
        raise Stuck

    monkeypatch.setattr(patch, "patched", stuck)
    with pytest.raises(NotAppendable):
        ledger.appended(yamltree.parse("a", STANDING), "reports", RECORD)


SEALED = """\
format: cchc/1
closed:
  - period: 2023Q1
    on: 2023-03-20
  - period: 2023Q2
    on: 2023-06-20
"""
OPENED: Fields = {"reopened": {"on": "2023-06-21", "by": "a"}}


def test_more_keys_go_into_the_record_that_says_so_in_any_text_of_the_list(tmp_path: Path) -> None:
    text = ledger.extended(tmp_path, "data/closed.yaml", "closed", ({"period": "2023Q1"}, OPENED), SEALED)
    line = "    reopened: {on: 2023-06-21, by: a}\n"
    assert text == SEALED.replace("on: 2023-03-20\n", f"on: 2023-03-20\n{line}")


@pytest.mark.parametrize("text", [None, SEALED])
def test_a_record_that_is_not_there_gets_no_keys(tmp_path: Path, text: str | None) -> None:
    with pytest.raises(NotAppendable):
        ledger.extended(tmp_path, "data/closed.yaml", "closed", ({"period": "2023Q3"}, OPENED), text)
