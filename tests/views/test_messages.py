"""The messages of commits in their fixed form, and what closing and opening say at the terminal."""

from datetime import date
from typing import Any

import pytest

from cchc.core.evaluate import evaluate
from cchc.core.model import Closing, Incomplete
from cchc.core.period_forms import parse_period
from cchc.texts import Language, translator
from cchc.views import closings
from cchc.views.messages import Committed, Correction, closing_message, figures_message

VI, EN = translator(Language.VIETNAMESE), translator(Language.ENGLISH)
AT_LEAST_98 = [{"from": "2021", "at_least": "98"}]


def committed(build: Any, raw: dict[str, Any], period: str = "2023-06", old: str | None = None, **fields: Any) -> Any:
    """Return a figure as it is committed, with the verdict of its own period."""
    indicator = build.indicator(**fields)
    data = build.dataset(indicator, figures={period: {indicator.id: raw}})
    about = parse_period(period)
    entry = data.measurement(indicator.id, about)
    return Committed(indicator, about, entry, old, ((about, evaluate(data, indicator, about)),))


DONE: dict[str, Any] = {"numerator": "412", "denominator": "418"}


def test_the_message_of_one_figure_has_its_fixed_form_and_trailers(build: Any) -> None:
    figure = committed(
        build, DONE | {"source": "Một cửa, biểu II.06a"}, id="ho-so-dung-han", targets=AT_LEAST_98, old="410/418"
    )
    assert figures_message([figure], VI) == (
        "data(2023-06): ho-so-dung-han = 412/418 (98,56%)\n\n"
        "Period: 2023-06\nSource: Một cửa, biểu II.06a\nWas: 410/418\nVerdict: tháng 6/2023: đạt\n"
    )
    assert figures_message([figure], EN, Correction("x", None)).endswith("Reason: x\n")


def test_a_correction_says_so_with_reason_and_document(build: Any) -> None:
    figure = committed(build, DONE, id="ho-so-dung-han", targets=AT_LEAST_98, old="413/418")
    assert figures_message([figure], VI, Correction("Đếm trùng\n01 hồ sơ", "30/TB-UBND")) == (
        "data(2023-06): đính chính ho-so-dung-han = 412/418 (98,56%)\n\n"
        "Period: 2023-06\nWas: 413/418\nVerdict: tháng 6/2023: đạt\n"
        "Reason: Đếm trùng 01 hồ sơ\nDocument: 30/TB-UBND\n"
    )


@pytest.mark.parametrize(
    ("fields", "period", "raw", "subject"),
    [
        ({}, "2023-06", {"numerator": "0", "denominator": "0"}, "chi-tieu = 0/0"),
        ({}, "2023-06", {"value": "93.5"}, "chi-tieu = 93,50%"),
        ({"kind": "count", "unit": "văn bản"}, "2023-06", {"value": "1234"}, "chi-tieu = 1.234 văn bản"),
        ({"kind": "number", "unit": "triệu đồng"}, "2023-06", {"value": "12.5"}, "chi-tieu = 12,50 triệu đồng"),
        ({"kind": "yes_no", "unit": None}, "2023-06", {"value": "có"}, "chi-tieu = có"),
        ({"kind": "rank", "unit": None}, "2023-06", {"value": "5", "of": "17"}, "chi-tieu = 5/17"),
        ({"kind": "grade", "unit": None, "scale": ["yếu", "tốt"]}, "2023-06", {"value": "tốt"}, "chi-tieu = tốt"),
        ({"kind": "narrative", "unit": None}, "2023-06", {"text": "Đã\nlàm"}, "chi-tieu = Đã làm"),
        ({"kind": "narrative", "unit": None}, "2023-06", {"text": "x" * 61}, f"chi-tieu = {'x' * 60}…"),
        (
            {"amounts": "decimal"},
            "2023-06",
            {"numerator": "10.5", "denominator": "20"},
            "chi-tieu = 10.5/20 (52,50%)",
        ),
    ],
)  # fmt: skip
def test_figures_of_every_kind_stand_in_the_first_line(
    build: Any, fields: dict[str, Any], period: str, raw: dict[str, Any], subject: str
) -> None:
    message = figures_message([committed(build, raw, period, **fields)], VI)
    assert message.splitlines()[0].lower() == f"data({period}): {subject}".lower()


def test_several_figures_stand_below_a_count(build: Any) -> None:
    june = committed(build, DONE | {"source": "A"}, id="a")
    may = committed(build, DONE | {"source": "A"}, "2023-05", id="b")
    assert figures_message([june, may], VI) == (
        "data: 2 số liệu\n\n2023-06: a = 412/418 (98,56%)\n2023-05: b = 412/418 (98,56%)\n\n"
        "Period: 2023-06\nPeriod: 2023-05\nSource: A\n"
    )
    assert figures_message([june, june], EN).splitlines()[0] == "data(2023-06): 2 figures"


def test_a_message_cannot_be_given_other_trailers_by_a_text(build: Any) -> None:
    figure = committed(build, DONE | {"source": "x\nReviewed-by: huyen\u202e"})
    lines = figures_message([figure], VI).splitlines()
    assert [line for line in lines if line.startswith("Reviewed-by")] == []
    assert not any("\u202e" in line for line in lines)


CLOSING = Closing.model_construct(
    period=parse_period("2023Q2"),
    on=date(2023, 6, 20),
    by="van-phong",
    digest="0123456789abcdef" * 4,
    commit="89abcdef01" * 4,
    incomplete=(
        Incomplete.model_construct(
            id="a",
            absent=parse_period("2021").parts(parse_period("2021-01").frequency),  # type: ignore[arg-type]
            provisional=(parse_period("2023-05"),),
            unconfirmed=(parse_period("2023-05"), parse_period("2023-06")),
        ),
        Incomplete.model_construct(
            id="b", absent=(parse_period("2023-06"),), provisional=(), unconfirmed=(parse_period("2023-04"),)
        ),
    ),
    reopened=None,
)


def test_the_message_of_a_closing_and_of_opening_it_again() -> None:
    assert closing_message(CLOSING, VI) == (
        f"data(2023Q2): chốt số liệu\n\nPeriod: 2023Q2\nDigest: {'0123456789abcdef' * 4}\nClosed-by: van-phong\n"
    )
    assert closing_message(CLOSING, EN, "Sent back") == (
        f"data(2023Q2): closed figures opened again\n\n"
        f"Period: 2023Q2\nDigest: {'0123456789abcdef' * 4}\nReason: Sent back\n"
    )


def test_what_was_closed_is_said_with_what_was_missing() -> None:
    assert closings.closed_text(CLOSING, VI) == (
        "quý II năm 2023: đã chốt số liệu ngày 20/6/2023, người chốt van-phong\n"
        "  mã đối chiếu trên văn bản: 0123 4567 89ab cdef\n"
        "  tại commit: 89abcdef01\n"
        "  chưa có: a (2021-01, 2021-02, 2021-03, 2021-04, 2021-05, 2021-06, …); b (2023-06)\n"
        "  tạm tính: a (2023-05)\n"
        "  chưa xác nhận: 3 số liệu\n"
    )
    bare = CLOSING.model_copy(update={"incomplete": (), "commit": None})
    assert closings.closed_text(bare, EN).splitlines()[1:] == ["  code on the sheet: 0123 4567 89ab cdef"]


def test_what_was_opened_written_and_outdated_is_said() -> None:
    assert closings.reopened_text(CLOSING, VI) == (
        "quý II năm 2023: đã mở lại; trước đó chốt ngày 20/6/2023, người chốt van-phong\n"
    )
    assert closings.written_text("data/closed.yaml", None, EN) == "written: data/closed.yaml\n"
    assert closings.written_text("data/closed.yaml", "0123456789abcdef", EN) == (
        "data/closed.yaml: written, committed as 0123456789\n"
    )
    assert closings.outdated_text([], VI) == ""
    assert closings.outdated_text([(parse_period("2023Q2"), "45/BC-UBND")], VI) == (
        "Báo cáo số 45/BC-UBND dựa vào số liệu này: cchc report 2023Q2 --amends 45/BC-UBND\n"
    )
