"""A month's twenty figures as an official has them, into a workspace that `init` made: the diff is exactly these."""

import sys
from pathlib import Path

import pytest
import yaml

if sys.platform == "win32":
    pytest.skip("needs a terminal of Unix", allow_module_level=True)

from tests.formfilling import FilledIn
from tests.repositories import Repo
from tests.tables import form_06a
from tests.terminal import Terminal

from cchc.cli.main import run
from cchc.core.entering import due_figures
from cchc.core.fields import Kind
from cchc.core.model import Indicator
from cchc.core.period_forms import parse_period
from cchc.workspace.load import load

MONTH, TWENTY = "2023-06", 20
TODAY = "2023-06-16"
TYPED = {
    Kind.RATIO: "412/418", Kind.COUNT: "1.120", Kind.NUMBER: "93,5", Kind.YES_NO: "đạt", Kind.RANK: "5/17",
    Kind.GRADE: "tốt", Kind.NARRATIVE: "Đã rà soát, niêm yết",
}  # fmt: skip
WRITTEN: dict[Kind, dict[str, object]] = {
    Kind.RATIO: {"numerator": 412, "denominator": 418}, Kind.COUNT: {"value": 1120}, Kind.NUMBER: {"value": 93.5},
    Kind.YES_NO: {"value": "có"}, Kind.RANK: {"value": 5, "of": 17}, Kind.GRADE: {"value": "tốt"},
    Kind.NARRATIVE: {"text": "Đã rà soát, niêm yết"},
}  # fmt: skip
Figures = dict[str, dict[str, dict[str, object]]]


@pytest.fixture
def office(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A workspace that `init` made of the real plan, committed; the day is one in June 2023."""
    monkeypatch.setenv("CCHC_TODAY", TODAY)
    assert run(["init", str(tmp_path / "xa"), "--from", str(repository), "-q"]) == 0
    repo = Repo(tmp_path / "xa")
    repo.git("init", "-q", "-b", "main")
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "khung")
    return repo


def _changed(repo: Repo) -> Figures:
    """Return the figures that the diff adds, by file; nothing else may have changed."""
    repo.git("add", "-A")
    lines = repo.git("diff", "--cached", "--numstat").splitlines()
    found: Figures = {}
    for line in lines:
        _, gone, file = line.split("\t")
        assert (gone, file[:5]) == ("0", "data/")
        text = (repo.root / file).read_text(encoding="utf-8")
        found[file] = yaml.safe_load(text)["measurements"]
    return found


def _value(fields: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in fields.items() if key in {"numerator", "denominator", "value", "of", "text"}}


def _due(repo: Repo) -> list[tuple[Indicator, str]]:
    data = load(repo.root).data
    assert data is not None
    return [(due.indicator, due.period.label) for due in due_figures(data, parse_period(MONTH), None)][:TWENTY]


def test_by_guided_entry(office: Repo) -> None:
    due = _due(office)
    assert len(due) == TWENTY
    terminal = Terminal("add-measure", cwd=office.root, CCHC_TODAY=TODAY)
    for indicator, _ in due:
        terminal.wait(indicator.name[:20])
        terminal.type("180/12/6/1/1" if indicator.survey else TYPED[indicator.kind])
    terminal.type(">")
    terminal.wait("(có/không, <")
    terminal.type("có", after="")
    assert terminal.end() == 0
    expected: Figures = {}
    for indicator, period in due:
        expected.setdefault(f"data/{period}.yaml", {})[indicator.id] = dict(WRITTEN[indicator.kind])
    found = _changed(office)
    assert {file: set(figures) for file, figures in found.items()} == {
        file: set(figures) for file, figures in expected.items()
    }
    for file, figures in found.items():
        for key, fields in figures.items():
            if "survey" in fields:
                assert list(fields["survey"].values()) == [180, 12, 6, 1, 1]  # type: ignore[attr-defined]
            else:
                assert _value(fields) == expected[file][key]


def test_by_form(office: Repo) -> None:
    due = [(indicator, period) for indicator, period in _due(office) if indicator.kind is not Kind.NARRATIVE]
    form = FilledIn(office.root, MONTH)
    for indicator, period in due:
        filled = {"numerator": 412, "denominator": 418} if indicator.kind is Kind.RATIO else {"value": "1120"}
        if indicator.kind is Kind.YES_NO:
            filled = {"value": "có"}
        form.put(f"{indicator.id} {period}", **filled)
    form.book.save(form.file)
    assert run(["import", str(form.file), "-C", str(office.root)]) == 0
    form.file.unlink()
    found = {(key, file) for file, figures in _changed(office).items() for key in figures}
    assert found == {(indicator.id, f"data/{period}.yaml") for indicator, period in due}


def test_by_import_of_form_06a(office: Repo, tmp_path: Path) -> None:
    file = tmp_path / "ii-06a.xlsx"
    file.write_bytes(form_06a())
    words = ["import", str(file), "--mapping", "ii-06a", "-p", MONTH, "-C", str(office.root)]
    assert run(words) == 0
    (figures,) = _changed(office).values()
    assert figures["ho-so-dung-han"]["denominator"] == figures["ho-so-da-giai-quyet"]["value"]
    before = office.git("diff", "--cached")
    assert run(words) == 0
    office.git("add", "-A")
    assert office.git("diff", "--cached") == before
