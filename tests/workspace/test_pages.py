"""A folder of pages: what is ours is renewed and taken away, what is not stays."""

import json
import os
from pathlib import Path

import pytest

from cchc.workspace.pages import InTheWay, Unwritten, save_all

LIST = ".cchc-site.json"


def test_pages_are_written_and_those_no_longer_made_go(tmp_path: Path) -> None:
    site = tmp_path / "site"
    save_all(site, {"index.html": "a", "ky/2023.html": "b"}, LIST)
    save_all(site, {"index.html": "c"}, LIST)
    assert (site / "index.html").read_text(encoding="utf-8") == "c"
    assert not (site / "ky/2023.html").exists()
    assert json.loads((site / LIST).read_bytes()) == ["index.html"]
    assert sorted(path.name for path in site.iterdir()) == [LIST, "index.html", "ky"]


def test_files_of_others_stay_and_one_in_the_way_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "CNAME").write_text("x", encoding="utf-8")
    (tmp_path / "b.html").write_text("của người khác", encoding="utf-8")
    with pytest.raises(InTheWay) as refused:
        save_all(tmp_path, {"a.html": "a", "b.html": "b"}, LIST)
    assert refused.value.arguments["file"] == str(tmp_path / "b.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["CNAME", "b.html"]


@pytest.mark.parametrize("listed", ["[", "{}", '["../a.html", "/a.html", 5]', '"x"'])
def test_a_list_that_is_none_or_points_outside_removes_nothing(tmp_path: Path, listed: str) -> None:
    outside = tmp_path / "a.html"
    outside.write_text("x", encoding="utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / LIST).write_text(listed, encoding="utf-8")
    save_all(site, {"index.html": "a"}, LIST)
    assert outside.exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("ein Tệp", encoding="utf-8")
    with pytest.raises(Unwritten) as refused:
        save_all(tmp_path / "site", {"index.html": "a"}, LIST)
    assert str(tmp_path / "site") in str(refused.value.arguments["file"])
    assert os.listdir(tmp_path) == ["site"]  # noqa: PTH208  # the one assertion on names
