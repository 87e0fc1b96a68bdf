"""What is typed at a prompt: signs, values, and what is said of a value behind it."""

import unicodedata

import pytest

from cchc.core.answers import Answer, NoSuchWord, NothingSaid, Said, Sign, parse_answer


@pytest.mark.parametrize(
    ("typed", "sign"),
    [("", Sign.KEEP), ("  ", Sign.KEEP), ("<", Sign.BACK), (" > ", Sign.END), ("?", Sign.EXPLAIN), ("-", Sign.DROP)],
)
def test_signs(typed: str, sign: Sign) -> None:
    assert parse_answer(typed) is sign


@pytest.mark.parametrize(
    ("typed", "value", "said"),
    [
        (" 412/418 ", "412/418", ()),
        ("-5", "-5", ()),
        ("412/418 :nguồn Một cửa  ", "412/418", ((Said.SOURCE, "Một cửa"),)),
        ("412/418 :NGUON a :ghi-chu b: c", "412/418", ((Said.SOURCE, "a"), (Said.NOTE, "b: c"))),
        ("1 :tạm-tính :điểm 8,5", "1", ((Said.PROVISIONAL, ""), (Said.POINTS, "8,5"))),
        ("1 :evidence a.pdf :minh-chứng b.pdf", "1", ((Said.EVIDENCE, "a.pdf"), (Said.EVIDENCE, "b.pdf"))),
        (unicodedata.normalize("NFD", "1 :ghi-chú x"), "1", ((Said.NOTE, "x"),)),
        (":note chỉ ghi chú", "", ((Said.NOTE, "chỉ ghi chú"),)),
        ("Đã rà soát: 12 thủ tục; tỷ lệ 1:2 :khác", "Đã rà soát: 12 thủ tục; tỷ lệ 1:2 :khác", ()),
        ("a:nguồn b", "a:nguồn b", ()),
    ],
)
def test_a_value_with_what_is_said_of_it(typed: str, value: str, said: tuple[tuple[Said, str], ...]) -> None:
    assert parse_answer(typed) == Answer(value, said)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (":nguồnn a", NoSuchWord),
        (":khác", NoSuchWord),
        ("1 :nguồn", NothingSaid),
        ("1 :nguồn :ghi-chú a", NothingSaid),
        ("1 :tạm-tính đến tháng 7", NothingSaid),
    ],
)
def test_what_says_nothing_is_refused(typed: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        parse_answer(typed)
