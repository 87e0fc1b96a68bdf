"""Workspaces on disk for the commands: the real plan with its data, and small ones of a test's own."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

PLAN = """\
format: cchc/1
id: thu
title: Kế hoạch thử
document: {number: 1/KH, date: 2021-12-20}
term: {from: 2021, to: 2025}
calendar: {month_starts_on: 15, figures_due_on: 16}
unit: {name: Xã Thử, authority: Ủy ban nhân dân xã Thử}
"""
OWNERS = """\
format: cchc/1
owners:
  - {id: van-phong, name: Văn phòng}
"""
AREA = """\
format: cchc/1
area: thu
title: Lĩnh vực thử
owner: van-phong
indicators:
  - id: dung-han
    name: Đúng hạn
    kind: ratio
    unit: "%"
    numerator: đúng hạn
    denominator: đã trả
    frequency: month
    targets: [{from: 2021, at_least: 98}]
  - {id: so-luong, name: Số lượng, kind: count, frequency: month}
  - {id: kinh-phi, name: Kinh phí, kind: number, unit: triệu đồng, frequency: quarter}
  - {id: cong-khai, name: Công khai, kind: yes_no, frequency: year, phrases: {yes: đã, no: chưa}}
  - {id: hang, name: Xếp hạng, kind: rank, frequency: year, targets: [{from: 2021, at_most: 6}]}
  - {id: loai, name: Xếp loại, kind: grade, frequency: year, scale: [yếu, khá, tốt]}
  - {id: loi, name: Bằng lời, kind: narrative, frequency: quarter, valid: {from: 2022-01}}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A workspace with one indicator of every kind and no data."""
    (tmp_path / "plan/areas").mkdir(parents=True)
    (tmp_path / "plan/plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "plan/owners.yaml").write_text(OWNERS, encoding="utf-8")
    (tmp_path / "plan/areas/1-thu.yaml").write_text(AREA, encoding="utf-8")
    return tmp_path


@pytest.fixture
def real(repository: Path, tmp_path: Path) -> Path:
    """A copy of the workspace of xã Lê Hồng."""
    for folder in ("plan", "data"):
        shutil.copytree(repository / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def put(small: Path) -> Callable[[str, str], Path]:
    """Write a data file of the small workspace, its head before the given text."""

    def write(period: str, text: str) -> Path:
        path = small / "data" / f"{period}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"format: cchc/1\nperiod: {period}\n{text}", encoding="utf-8")
        return path

    return write
