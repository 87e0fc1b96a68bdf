"""A small good workspace on disk, of which a test replaces single files."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

PLAN = """\
format: cchc/1
id: thu
title: Kế hoạch thử
document: {number: 1/KH, date: 2021-12-20}
term: {from: 2021, to: 2025}
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
  - {id: dung-han, name: Đúng hạn, kind: ratio, unit: "%", numerator: n, denominator: d, frequency: month}
  - {id: so-luong, name: Số lượng, kind: count, frequency: month}
  - {id: kinh-phi, name: Kinh phí, kind: number, frequency: month, valid: {from: 2022-01}}
  - {id: cong-khai, name: Công khai, kind: yes_no, frequency: month, phrases: {yes: đã, no: chưa}}
  - {id: hang, name: Hạng, kind: rank, frequency: year}
  - {id: loai, name: Loại, kind: grade, frequency: year, scale: [yếu, khá, tốt]}
  - {id: loi, name: Lời, kind: narrative, frequency: quarter}
tasks:
  - {id: viec, ref: II.1.b.1, title: Việc, repeats: year}
"""
STATISTICS = """\
format: cchc/1
statistics:
  - {id: tong, name: Tổng, kind: count, frequency: month, owner: van-phong}
  - {id: phan-a, name: Phần A, kind: count, frequency: month, owner: van-phong}
  - {id: phan-b, name: Phần B, kind: count, frequency: month, owner: van-phong}
identities:
  - {whole: tong, parts: [phan-a, phan-b]}
"""
SOLUTIONS = """\
format: cchc/1
tasks:
  - {id: giai-phap, ref: III.1, title: Giải pháp, repeats: continuous, owner: van-phong}
funding:
  - {ref: IV.1, text: Ngân sách}
"""
GOOD = {
    "plan/plan.yaml": PLAN,
    "plan/owners.yaml": OWNERS,
    "plan/areas/1-thu.yaml": AREA,
    "plan/solutions.yaml": SOLUTIONS,
    "plan/statistics.yaml": STATISTICS,
}

Make = Callable[[Mapping[str, "str | bytes"]], Path]


@pytest.fixture
def workspace(tmp_path: Path) -> Make:
    """Write the good workspace with some files replaced or added, and return its folder."""

    def make(files: Mapping[str, str | bytes]) -> Path:
        for name, text in {**GOOD, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return tmp_path

    return make
