"""Templates: the office's own, the package's, and the copies at the top of the repository."""

from pathlib import Path

import pytest

from cchc.workspace import files, resources, yamltree
from cchc.workspace.files import Disk
from cchc.workspace.resources import TemplateUnreadable, templates

NAMES = ("report.md.j2", "report.html.j2", "look.css")


def test_the_repositorys_templates_equal_the_packages(repository: Path) -> None:
    own, packaged = repository / "templates", resources.PACKAGE / "templates"
    names = {path.name for path in own.iterdir()}
    assert names == {path.name for path in packaged.iterdir()} >= {*NAMES, *resources.WORD}
    assert all((own / name).read_bytes() == (packaged / name).read_bytes() for name in names)


def test_the_offices_template_goes_before_the_packages(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/report.md.j2").write_text("riêng", encoding="utf-8")
    found = templates(Disk(tmp_path), NAMES)
    assert (found["report.md.j2"], found["report.html.j2"]) == ("riêng", resources.packaged("templates/report.html.j2"))


def test_a_template_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "templates/report.md.j2").mkdir(parents=True)
    with pytest.raises(TemplateUnreadable) as refused:
        templates(Disk(tmp_path), NAMES)
    assert refused.value.arguments["file"] == "templates/report.md.j2"


def test_a_document_knows_its_whole_text() -> None:
    assert yamltree.parse("a", "\ufeffa: b\n").original == "\ufeffa: b\n"
    assert yamltree.parse("a", "a: b\n").original == "a: b\n"


def test_bytes_are_read_inside_the_workspace_only_and_never_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "xa"
    (root / "templates").mkdir(parents=True)
    (root / "a.docx").write_bytes(b"PK")
    (tmp_path / "b.docx").write_bytes(b"PK")
    (root / "b.docx").symlink_to(tmp_path / "b.docx")
    found = [files.content(root, name) for name in ("a.docx", "b.docx", "templates", "none.docx", "a\0b")]
    assert found == [b"PK", None, None, None, None]
    monkeypatch.setattr(files, "MAX_BINARY", 1)
    assert files.content(root, "a.docx") is None
