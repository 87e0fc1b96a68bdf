"""Workspaces to measure on: a plan of the real shape, a file of figures a month, and the same figures as a ledger.

The history ends with 2023-06, so that `report 2023Q2` has all of its months however long the history is, and 2023-07 is
free for `add-measure`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LAST_MONTH = 2023 * 12 + 5  # months numbered through: 2023-06
FREE_MONTH = "2023-07"
LAST_YEAR = 2025  # of the plan's term
AREAS = (
    ("chi-dao", "Công tác chỉ đạo, điều hành", "vp-dang-uy-noi-vu"),
    ("tthc", "Cải cách thủ tục hành chính", "vp-hdnd-ubnd"),
    ("che-do-cong-vu", "Cải cách chế độ công vụ", "vp-dang-uy-noi-vu"),
    ("tai-chinh-cong", "Cải cách tài chính công", "tai-chinh-ke-toan"),
    ("chinh-quyen-so", "Xây dựng chính quyền điện tử, chính quyền số", "van-hoa-thong-tin"),
)
OWNERS = {
    "vp-dang-uy-noi-vu": "Công chức Văn phòng Đảng ủy - Nội vụ",
    "vp-hdnd-ubnd": "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã",
    "tai-chinh-ke-toan": "Công chức Tài chính - Kế toán",
    "van-hoa-thong-tin": "Công chức Văn hóa - Thông tin",
}
SOURCE = "Hệ thống một cửa điện tử, biểu II.06a"


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of the plan: its number in the plan, its area and who answers for it."""

    number: int
    area: str
    owner: str

    @property
    def id(self) -> str:
        """The id in plan and data."""
        return f"{self.area}-chi-tieu-{self.number}"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a month says about one indicator."""

    indicator: Indicator
    numerator: int
    denominator: int
    day: str


def indicators_of(count: int) -> tuple[Indicator, ...]:
    """Return indicators spread over the areas."""
    return tuple(
        Indicator(number, area, owner) for number in range(count) for area, _, owner in [AREAS[number % len(AREAS)]]
    )


def month_labels(months: int) -> list[str]:
    """Return the labels of the months of a history, ascending."""
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(LAST_MONTH - months + 1, LAST_MONTH + 1)]


def figures_of(label: str, indicators: tuple[Indicator, ...]) -> Iterator[Figure]:
    """Yield the figures of a month, all different and all plausible."""
    month = int(label[:4]) * 12 + int(label[5:])
    for indicator in indicators:
        denominator = 300 + (month * 37 + indicator.number * 101) % 250
        numerator = denominator - (month * 11 + indicator.number * 7) % 9
        yield Figure(indicator, numerator, denominator, f"{label}-{15 + indicator.number % 3}")


def write_workspace(root: Path, months: int, count: int = 30) -> Path:
    """Write a workspace with a history of that many months and return its folder."""
    indicators = indicators_of(count)
    labels = month_labels(months)
    (root / "plan" / "areas").mkdir(parents=True)
    (root / "data").mkdir()
    first_year = int(labels[0][:4])
    _write(root / "plan/plan.yaml", _plan(first_year))
    _write(root / "plan/owners.yaml", _owners())
    for number, (area, _, _) in enumerate(AREAS, start=1):
        inside = [indicator for indicator in indicators if indicator.area == area]
        _write(root / f"plan/areas/{number}-{area}.yaml", _area(number, inside, first_year))
    for label in labels:
        _write(root / f"data/{label}.yaml", _month(label, figures_of(label, indicators)))
    return root


def term_of(months: int) -> str:
    """Return the label of the plan's term of a history."""
    return f"{month_labels(months)[0][:4]}..{LAST_YEAR}"


def spoil(root: Path, share: int) -> int:
    """Put a mistake into one of `share` entries of a workspace, spread evenly, and return how many."""
    entries = spoiled = 0
    for path in sorted((root / "data").glob("*.yaml")):
        lines = path.read_text(encoding="utf-8").split("\n")
        for place, line in enumerate(lines):
            if line.startswith("    numerator: "):
                entries += 1
                if entries % share == share // 2:
                    lines[place] = f"{line},5"
                    spoiled += 1
        _write(path, "\n".join(lines))
    return spoiled


def write_ledger(path: Path, months: int, count: int = 30) -> Path:
    """Write the same figures for beancount, a transaction with two postings each, its fields as metadata."""
    indicators = indicators_of(count)
    labels = month_labels(months)
    lines = ['option "operating_currency" "HS"', ""]
    for indicator in indicators:
        lines += [f"{labels[0]}-01 open {side}:{_account(indicator)} HS" for side in ("Assets", "Income")]
    for label in labels:
        for figure in figures_of(label, indicators):
            lines += ["", *_transaction(label, figure)]
    _write(path, "\n".join([*lines, ""]))
    return path


def write_table(path: Path, months: int, count: int = 30) -> Path:
    """Write the same figures as a workbook with a row a figure, its columns named as `cchc import` knows them."""
    import xlsxwriter  # noqa: PLC0415  # only for this

    rows: list[list[str | int]] = [
        ["indicator", "period", "numerator", "denominator", "source", "provided_by", "provided_on"]
    ]
    rows += [
        [
            *(figure.indicator.id, label, figure.numerator, figure.denominator),
            *(SOURCE, figure.indicator.owner, figure.day),
        ]
        for label in month_labels(months)
        for figure in figures_of(label, indicators_of(count))
    ]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Số liệu")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _plan(first_year: int) -> str:
    return f"""\
format: cchc/1
id: xa-do-toc-do
title: Kế hoạch cải cách hành chính nhà nước của xã để đo tốc độ
document: {{number: 01/KH-UBND, date: {first_year}-01-05}}
term: {{from: {first_year}, to: {LAST_YEAR}}}
calendar: {{month_starts_on: 15, figures_due_on: 16, report_due_on: 20}}
unit:
  name: xã Đo Tốc Độ
  authority: Ủy ban nhân dân xã Đo Tốc Độ
  parent: Ủy ban nhân dân huyện Thanh Miện
  place: Đo Tốc Độ
report:
  symbol: BC-UBND
  signatories:
    - {{authority: TM. ỦY BAN NHÂN DÂN, position: CHỦ TỊCH, name: Nguyễn Văn A, from: {first_year}-01}}
  recipients: [Phòng Nội vụ huyện, Lãnh đạo UBND xã]
"""


def _owners() -> str:
    entries = "".join(
        f"  - id: {owner}\n    ref: V.{n}\n    name: {OWNERS[owner]}\n" for n, owner in enumerate(OWNERS, 1)
    )
    return f"format: cchc/1\nowners:\n{entries}"


def _area(number: int, indicators: list[Indicator], first_year: int) -> str:
    area, title, owner = AREAS[number - 1]
    entries = "".join(
        f"""\
  - id: {indicator.id}
    ref: II.2.{number}.a.{place}
    name: Tỷ lệ hồ sơ thuộc chỉ tiêu số {indicator.number} trả kết quả đúng hạn và trước hạn
    kind: ratio
    unit: "%"
    item: hồ sơ
    numerator: Hồ sơ trả kết quả đúng hạn, trước hạn
    denominator: Hồ sơ đã trả kết quả
    frequency: month
    aggregation: pooled
    targets: [{{from: {first_year}, at_least: 98, as_written: từ 98% trở lên}}]
    reading: Tính trên số hồ sơ đã trả kết quả trong kỳ
"""
        for place, indicator in enumerate(indicators, start=1)
    )
    return f"format: cchc/1\narea: {area}\nref: II.2.{number}\ntitle: {title}\nowner: {owner}\nindicators:\n{entries}"


def _month(label: str, figures: Iterator[Figure]) -> str:
    entries = "".join(
        f"""\
  {figure.indicator.id}:
    numerator: {figure.numerator}
    denominator: {figure.denominator}
    source: {SOURCE}
    provided: {{by: {figure.indicator.owner}, on: {figure.day}}}
"""
        for figure in figures
    )
    return f"format: cchc/1\nperiod: {label}\nmeasurements:\n{entries}"


def _account(indicator: Indicator) -> str:
    return f"ChiTieu:So{indicator.number}"


def _transaction(label: str, figure: Figure) -> list[str]:
    account = _account(figure.indicator)
    return [
        f'{label}-28 * "{figure.indicator.id}"',
        f"  numerator: {figure.numerator}",
        f"  denominator: {figure.denominator}",
        f'  source: "{SOURCE}"',
        f'  provided-by: "{figure.indicator.owner}"',
        f"  provided-on: {figure.day}",
        f"  Assets:{account}  {figure.numerator} HS",
        f"  Income:{account}  -{figure.numerator} HS",
    ]
