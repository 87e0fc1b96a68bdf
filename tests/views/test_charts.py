"""Charts at their edges: one point, none, all equal, 0, 100, beyond the target; and for those who see no colour."""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.views import charts
from cchc.views.charts import Heading, Point, Row

HEADING = Heading("c-a", "Diễn biến", "T1: 98%")
ENDS = ("0%", "100%")
HUNDRED = Fraction(100)
SVG = "{http://www.w3.org/2000/svg}"


def points(*values: float | None, target: int | None = None, sign: str = "good") -> list[Point]:
    return [_point(at, value, target, sign) for at, value in enumerate(values, start=1)]


def _point(at: int, value: float | None, target: int | None, sign: str) -> Point:
    exact = None if value is None else Fraction(value)
    return Point(f"T{at}/2023", exact, str(value), None if target is None else Fraction(target), sign)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314  # ours


def coordinates(svg: str) -> list[tuple[float, float]]:
    """Return every absolute place of paths, boxes and texts."""
    found = [pair for d in re.findall(r' d="([^"]*)"', svg) for pair in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", d)]
    found += re.findall(r'x="(-?[\d.]+)" y="(-?[\d.]+)"', svg)
    return [(float(x), float(y)) for x, y in found]


def inside(svg: str) -> bool:
    width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0])
    return all(0 <= x <= width and 0 <= y <= height for x, y in coordinates(svg))


def path(svg: str, kind: str) -> list[str]:
    return re.findall(rf'<path class="{kind}" d="([^"]*)"', svg)


def test_a_month_without_a_figure_breaks_the_line_and_is_marked_on_the_axis() -> None:
    svg = charts.line(points(98, 99, None, 97, 98), HEADING, ENDS)
    assert path(svg, "actual")[0].count("M") == 2
    assert path(svg, "actual")[0].count("L") == 2
    assert len(path(svg, "gap")) == 1


def test_the_target_is_a_step_where_it_changes_and_absent_where_there_is_none() -> None:
    course = [*points(90, 91, target=90), *points(92, target=None), *points(93, 94, target=95)]
    steps = path(charts.line(course, HEADING, ENDS), "target")[0]
    assert steps.count("M") == 2
    heights = re.findall(r"[ML][\d.]+ ([\d.]+)", steps)
    assert len(set(heights)) == 2


def test_a_target_that_changes_is_joined_by_a_step() -> None:
    course = [*points(90, target=90), *points(90, target=95)]
    assert path(charts.line(course, HEADING, ENDS), "target")[0].count("M") == 1


@pytest.mark.parametrize(
    "values", [(), (None,), (None, None), (50,), (0,), (100,), (0, 0, 0), (100, 100), (-5, 5), (10**12, 1)]
)
def test_every_course_is_drawn_inside_its_frame(values: Sequence[int | None]) -> None:
    for best in (None, HUNDRED):
        svg = charts.line(points(*values, target=98), HEADING, ENDS, best)
        parsed(svg)
        assert inside(svg)
        assert inside(charts.sparkline(points(*values), HEADING))


@given(st.lists(st.one_of(st.none(), st.fractions(min_value=-(10**9), max_value=10**9)), max_size=70))
def test_no_course_leaves_its_frame(values: list[Fraction | None]) -> None:
    course = [Point("x", value, "x", Fraction(5), "bad") for value in values]
    svg = charts.line(course, HEADING, ENDS)
    assert inside(svg)
    assert svg == charts.line(course, HEADING, ENDS)


def test_nothing_present_draws_axes_and_gaps_alone() -> None:
    svg = charts.line(points(None, None), HEADING, ENDS)
    assert path(svg, "actual") == []
    assert len(path(svg, "gap")) == 2
    assert len(path(svg, "axis")) == 1


def test_one_point_is_a_mark_without_a_line() -> None:
    svg = charts.line(points(50), HEADING, ENDS)
    assert path(svg, "actual") == []
    assert svg.count('<g class="good">') == 1


@pytest.mark.parametrize("count", [1, 6, 12, 13, 36, 60])
def test_labels_never_overlap_and_the_last_has_one(count: int) -> None:
    svg = charts.line(points(*range(count)), HEADING, ENDS)
    labels = [(float(x), text) for x, text in re.findall(r'<text x="([\d.]+)"[^>]*middle[^>]*>([^<]*)<', svg)]
    places = [x for x, _ in labels]
    assert all(after - before >= charts.LABEL_WIDTH - 1 for before, after in pairwise(places))
    assert labels[-1][1] == f"T{count}/2023"


def test_each_verdict_has_a_shape_of_its_own() -> None:
    shapes = {sign: charts.line(points(5, sign=sign), HEADING, ENDS) for sign in ("good", "bad", "open", "plain")}
    drawn = {re.findall(rf'<g class="{sign}">.*?</title>(.*?)</g>', svg)[0] for sign, svg in shapes.items()}
    assert len(drawn) == 4


@pytest.mark.parametrize(
    ("actual", "target", "best", "ceiling"),
    [
        (0, 98, 100, False), (98, 98, 100, False), (100, 98, 100, False), (120, 98, 100, False), (12, 15, None, True),
        (40, 15, None, True), (0, 0, None, False), (5, 0, None, True), (-5, 3, None, False), (50, None, 100, False),
        (None, 80, 100, False), (None, None, None, False),
    ],
)  # fmt: skip
def test_a_bullet_stays_inside_its_frame(
    actual: int | None, target: int | None, best: int | None, *, ceiling: bool
) -> None:
    value = None if actual is None else Fraction(actual)
    bound = None if target is None else Fraction(target)
    point = Point("", value, "x", bound, "good")
    svg = charts.bullet(point, HEADING, None if best is None else Fraction(best), ceiling=ceiling)
    parsed(svg)
    assert inside(svg)
    assert all(float(width) >= 0 for width in re.findall(r'<rect[^>]*width="(-?[\d.]+)"', svg))
    assert ('class="bar"' in svg) == (actual is not None)
    assert ('class="target"' in svg) == (target is not None)


def test_the_band_lies_on_the_good_side_of_the_target() -> None:
    def band(*, ceiling: bool) -> tuple[float, float]:
        svg = charts.bullet(Point("", Fraction(50), "", Fraction(80), "bad"), HEADING, HUNDRED, ceiling=ceiling)
        x, width = re.findall(r'class="band" x="([\d.]+)" y="6" width="([\d.]+)"', svg)[0]
        return float(x), float(x) + float(width)

    assert band(ceiling=False)[1] == 416
    assert band(ceiling=True)[0] == 4
    assert band(ceiling=True)[1] == band(ceiling=False)[0]


def test_a_figure_on_its_target_ends_at_the_target() -> None:
    svg = charts.bullet(Point("", Fraction(98), "", Fraction(98), "good"), HEADING, HUNDRED)
    x, width = re.findall(r'class="bar" x="([\d.]+)" y="12" width="([\d.]+)"', svg)[0]
    assert f"M{float(x) + float(width):.1f} 2" in svg


def test_a_strip_has_whole_names_and_leaves_empty_cells_empty() -> None:
    name = "Tỷ lệ <hồ sơ> đúng hạn và trước hạn trong tháng, kể cả hồ sơ liên thông"
    rows = [Row(name, (("good", "đạt"), ("", ""), ("bad", "chưa đạt")))]
    table = ET.fromstring(charts.strip(rows, ["Chỉ tiêu", "T1", "T2", "T3"], "Diễn biến"))  # noqa: S314  # ours
    assert ["".join(cell.itertext()) for cell in table.iter("th")] == ["Chỉ tiêu", "T1", "T2", "T3", name]
    assert ["".join(cell.itertext()) for cell in table.iter("td")] == ["đạt", "", "chưa đạt"]
    assert [svg.get("class") for svg in table.iter("svg")] == ["good", "bad"]


def test_a_bullet_prints_figure_and_target_which_never_meet() -> None:
    def texts(shown: str, against: str) -> list[str]:
        svg = charts.bullet(Point("", Fraction(98), shown, Fraction(98), "good"), HEADING, HUNDRED, against=against)
        assert inside(svg)
        return re.findall(r"<text[^>]*>([^<]*)<", svg)

    assert texts("98,56%", "mục tiêu: từ 98% trở lên") == ["98,56%", "mục tiêu: từ 98% trở lên"]
    shown, cut = texts("1.234,50 triệu đồng", "mục tiêu: " + "rất dài " * 20)
    assert cut.endswith("…")
    assert (len(shown) + len(cut)) * charts.LETTER < charts.BULLET[0]


def test_a_wide_line_has_its_scale_at_both_ends() -> None:
    assert charts.line(points(*range(18)), HEADING, ENDS).count(">100%</text>") == 2
    assert charts.line(points(*range(6)), HEADING, ENDS).count(">100%</text>") == 1


def test_texts_are_inert_and_the_chart_has_a_name_and_a_description() -> None:
    evil = "<script>\"&'"
    svg = charts.line([Point(evil, Fraction(1), evil, None, "bad")], Heading("c-a", evil, evil), (evil, evil))
    root = parsed(svg)
    assert root.get("aria-labelledby") == "c-a-t c-a-d"
    assert root.get("role") == "img"
    assert [root.find(f"{SVG}{tag}").text for tag in ("title", "desc")] == [evil, evil]  # type: ignore[union-attr]
    assert "<script" not in svg


def test_the_scale_of_a_share_ends_at_its_best_and_shows_what_lies_beyond() -> None:
    assert charts.bounds(points(99, 100, target=98), HUNDRED)[1] == 100
    assert charts.bounds(points(104), HUNDRED)[1] > 104
    assert charts.bounds([], HUNDRED) == (Fraction(0), HUNDRED)
    assert charts.bounds([], None) == (Fraction(0), Fraction(1))
    assert charts.bounds(points(0, 0))[0] == 0
    assert charts.bounds(points(-4, 4))[0] < -4


def test_signs_that_cannot_be_seen_are_shown() -> None:
    drawn = charts.strip([charts.Row("a\u202eb", (("good", "x\u0007"),))], ["T1\u200e", "T2"], "t\u2066")
    assert not any(sign in drawn for sign in "\u202e\u0007\u200e\u2066")
