"""The office's own templates: list, export, check, and reports laid out by them."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc.cli.main import run
from cchc.commands.templating import TEMPLATES
from cchc.views.audits import AuditPage
from cchc.views.charts import Charts
from cchc.views.differing import DiffPage
from cchc.views.present.page import ReportPage
from cchc.views.proofs import names
from cchc.views.site import Frame, IndexPage, IndicatorPage, Neighbours
from cchc.views.slips import SlipPage
from cchc.views.standing import BoardPage
from cchc.workspace import resources

Cchc = Callable[..., tuple[int, str, str]]


@pytest.fixture
def root(repository: Path, tmp_path: Path) -> Path:
    for part in ("plan", "data"):
        shutil.copytree(repository / part, tmp_path / "xa" / part)
    return tmp_path / "xa"


@pytest.fixture
def cchc(root: Path, capsys: pytest.CaptureFixture[str]) -> Cchc:
    def call(*words: str) -> tuple[int, str, str]:
        status = run([*words, "-C", str(root)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def test_the_list_tells_own_from_default(cchc: Cchc, root: Path) -> None:
    status, out, _ = cchc("template", "list")
    assert (status, out.count("[mặc định]")) == (0, len(TEMPLATES))
    cchc("template", "export", "look.css", "report.docx")
    (root / "templates/look.css").write_text("khác", encoding="utf-8")
    rows = json.loads(cchc("template", "list", "-f", "json")[1])["templates"]
    assert {row["name"]: (row["own"], row["changed"]) for row in rows if row["own"]} == {
        "look.css": (True, True), "report.docx": (True, False),
    }  # fmt: skip
    out = cchc("template", "list")[1]
    assert "[riêng]" in out
    assert "[bản sao mẫu mặc định]" in out


def test_defaults_are_exported_whole_and_the_offices_own_are_not_overwritten(cchc: Cchc, root: Path) -> None:
    status, out, _ = cchc("template", "export")
    assert (status, out.count("đã ghi:")) == (0, len(TEMPLATES))
    packaged = resources.PACKAGE / "templates"
    assert all((root / "templates" / name).read_bytes() == (packaged / name).read_bytes() for name in TEMPLATES)
    (root / "templates/report.md.j2").write_text("riêng", encoding="utf-8")
    status, _, err = cchc("template", "export")
    assert (status, "templates/report.md.j2 đã có và khác mẫu mặc định" in err) == (3, True)
    assert cchc("template", "export", "--replace")[1] == "đã ghi: templates/report.md.j2\n"


def test_a_default_can_be_looked_at(cchc: Cchc, tmp_path: Path) -> None:
    status, out, _ = cchc("template", "export", "report.md.j2", "-o", "-")
    assert (status, out) == (0, resources.packaged("templates/report.md.j2"))
    file = tmp_path / "a.docx"
    cchc("template", "export", "report.docx", "-o", str(file))
    assert file.read_bytes()[:2] == b"PK"
    assert cchc("template", "export", "-o", "-")[0] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export", "report.md"), "không có mẫu “report.md”"),
        (("export", "zzzz"), "`cchc template list` liệt kê các mẫu."),
        (("nope",), "Gõ một trong: list, export, check."),
        (("check", "a.txt"), "không có mẫu “a.txt”"),
    ],
)
def test_what_cannot_be_meant_is_refused(cchc: Cchc, words: tuple[str, ...], said: str) -> None:
    status, _, err = cchc("template", *words)
    assert status == 2
    assert said in err


def test_the_check_tries_every_branch_and_names_file_and_line(cchc: Cchc, root: Path, tmp_path: Path) -> None:
    cchc("template", "export")
    assert cchc("template", "check") == (0, "", f"đã kiểm tra {len(TEMPLATES)} mẫu: 0 lỗi\n")
    for name, old, new in (
        ("report.md.j2", "{{ goal|md }}", "{{ gaol|md }}"),
        ("site-period.html.j2", "{{ entry }}", "{{ entri }}"),
        ("site-index.html.j2", "{{ page.summary }}", "{{ page.sumary }}"),
    ):
        path = root / "templates" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    status, out, err = cchc("template", "check")
    assert (status, err) == (1, f"đã kiểm tra {len(TEMPLATES)} mẫu: 3 lỗi\n")
    for said in ("templates/report.md.j2:", "“gaol”", "templates/site-period.html.j2:", "“entri”", "“sumary”"):
        assert said in out
    own = tmp_path / "cua-toi.html.j2"
    own.write_text("{{ page.subject }}\n{{ page.nope }}", encoding="utf-8")
    status, out, _ = cchc("template", "check", str(own))
    assert (status, f"{own}:2: không có gì tên là “nope”" in out) == (1, True)
    assert cchc("template", "check", str(tmp_path / "none.docx"))[0] == 3
    assert cchc("template", "check", str(tmp_path / "none.md.j2"))[0] == 3


def test_the_check_needs_no_figures(cchc: Cchc, root: Path) -> None:
    shutil.rmtree(root / "data")
    cchc("template", "export", "report.md.j2")
    assert cchc("template", "check")[0] == 0


def test_a_report_is_laid_out_by_the_file_that_is_named(cchc: Cchc, tmp_path: Path) -> None:
    own = tmp_path / "mau.md.j2"
    own.write_text("{{ page.label }}: {{ page.summary|md }}", encoding="utf-8")
    assert cchc("report", "2023Q2", "--template", str(own))[1].startswith("2023Q2: Trong 18 mục tiêu")
    own.write_text("{{ page.x }}", encoding="utf-8")
    status, _, err = cchc("report", "2023Q2", "--template", str(own))
    assert (status, f"{own}:1: không có gì tên là “x”" in err) == (1, True)
    assert cchc("report", "2023Q2", "--template", str(tmp_path / "none"))[0] == 3
    (tmp_path / "xau.md.j2").write_bytes(b"\xff")
    assert "không phải văn bản UTF-8" in cchc("report", "2023Q2", "--template", str(tmp_path / "xau.md.j2"))[2]
    assert cchc("report", "2023Q2", "-f", "json", "--template", str(own))[0] == 2


def test_the_offices_word_template_is_used(cchc: Cchc, root: Path, tmp_path: Path) -> None:
    made = [tmp_path / "a.docx", tmp_path / "b.docx", tmp_path / "c.docx"]
    cchc("report", "2023Q2", "-o", str(made[0]))
    cchc("template", "export", "report.docx")
    cchc("report", "2023Q2", "-o", str(made[1]))
    cchc("report", "2023Q2", "-o", str(made[2]), "--template", str(root / "templates/report.docx"))
    assert made[0].read_bytes() == made[1].read_bytes() == made[2].read_bytes()
    (root / "templates/report.docx").unlink()
    (root / "templates/report.docx").mkdir()
    assert cchc("report", "2023Q2", "-o", str(made[0]))[0] == 3


def test_init_takes_the_templates_along(cchc: Cchc, tmp_path: Path, root: Path) -> None:
    cchc("template", "export")
    assert run(["init", str(tmp_path / "moi"), "--from", str(root), "-q"]) == 0
    assert {path.name for path in (tmp_path / "moi/templates").iterdir()} == set(TEMPLATES)


def test_every_name_of_the_context_is_documented_with_its_type(repository: Path) -> None:
    text = (repository / "docs/reports.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"\n#### `(\w+)`[^\n]*\n(.*?)(?=\n#|\Z)", text, re.DOTALL))
    known = names(
        ReportPage, Charts, Frame, IndexPage, IndicatorPage, Neighbours, DiffPage, AuditPage, SlipPage, BoardPage
    )
    assert list(sections) == list(known)
    for type_, own in known.items():
        listed = re.findall(r"^\| `(\w+)` \| ([^|]+) \| \S", sections[type_], re.MULTILINE)
        assert listed == own, type_
