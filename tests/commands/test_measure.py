"""`add-measure` as a function: where a figure goes, what is refused, what follows from it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cchc.commands.figure import Beside, DoesNotFit, NewFigure, TypedUnseen
from cchc.commands.measure import (
    Manner,
    NotValidThen,
    WouldMix,
    WrongPeriod,
    record,
)
from cchc.commands.opening import FilesHaveErrors, NotInPlan, OutsideTerm
from cchc.commands.standing import AlreadyThere
from cchc.commands.typed import BadPeriod
from cchc.core.errors import CommandError, Exit
from cchc.core.results import Status
from cchc.core.typed import ValueAmbiguous, ValueUnfit
from cchc.texts import Language, translator
from cchc.views import excerpt

MANNER = Manner(date(2023, 6, 20))
Put = Callable[[str, str], Path]


def figure(indicator: str, value: str, period: str, **fields: Any) -> NewFigure:
    return NewFigure(indicator, value, period, Beside(**fields))


def data(root: Path, period: str) -> str:
    return (root / "data" / f"{period}.yaml").read_text(encoding="utf-8")


def test_a_file_that_does_not_exist_is_created_with_its_head(small: Path) -> None:
    outcome = record(small, figure("dung-han", "412/418", "2023-06"), MANNER)
    assert outcome.written
    assert data(small, "2023-06") == (
        "format: cchc/1\nperiod: 2023-06\nmeasurements:\n  dung-han:\n    numerator: 412\n    denominator: 418\n"
    )


def test_everything_typed_stands_in_the_entry_in_the_order_of_the_format(small: Path) -> None:
    typed = figure(
        "dung-han", "1.412/1.418", "tháng 6/2023",
        source="Biểu II.06a: tháng 6", note="ghi chú", evidence=("a.pdf", "https://example.org/b"),
        provided_by="van-phong", provisional=True,
    )  # fmt: skip
    record(small, typed, MANNER)
    assert data(small, "2023-06").splitlines()[3:] == [
        "  dung-han:",
        "    numerator: 1412",
        "    denominator: 1418",
        '    source: "Biểu II.06a: tháng 6"',
        "    provided: {by: van-phong, on: 2023-06-20}",
        "    evidence:",
        "      - a.pdf",
        "      - https://example.org/b",
        "    quality: provisional",
        "    note: ghi chú",
    ]


def test_a_new_entry_takes_its_place_in_the_plans_order_and_leaves_the_rest(small: Path, put: Put) -> None:
    put("2023-06", "measurements:\n  so-luong: {value: 3}   # đếm tay\n")
    record(small, figure("dung-han", "0/0", "2023-06"), MANNER)
    assert data(small, "2023-06").splitlines()[2:] == [
        "measurements:",
        "  dung-han:",
        "    numerator: 0",
        "    denominator: 0",
        "  so-luong: {value: 3}   # đếm tay",
    ]


@pytest.mark.parametrize(
    ("indicator", "value", "period", "lines"),
    [
        ("so-luong", "1.234.567", "2023-06", ["value: 1234567"]),
        ("kinh-phi", "93,5", "2023Q2", ["value: 93.5"]),
        ("kinh-phi", "0,125", "2023Q2", ["value: 0.1250"]),
        ("kinh-phi", "-3", "2023Q2", ["value: -3"]),
        ("dung-han", "98,5%", "2023-06", ["value: 98.5"]),
        ("cong-khai", "đạt", "2023", ["value: có"]),
        ("cong-khai", "KHÔNG ĐẠT", "2023", ["value: không"]),
        ("hang", "5/17", "2023", ["value: 5", "of: 17"]),
        ("loai", "Tốt", "2023", ["value: tốt"]),
        ("loi", "Đã ban hành 2 văn bản", "2023Q2", ["text: Đã ban hành 2 văn bản"]),
    ],
)
def test_values_are_taken_as_officials_type_them(
    small: Path, indicator: str, value: str, period: str, lines: list[str]
) -> None:
    record(small, figure(indicator, value, period), MANNER)
    assert [line.strip() for line in data(small, period).splitlines()[4:]] == lines


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (figure("dung-hanh", "1/2", "2023-06"), NotInPlan),
        (figure("dung-han", "1/2", "2023-6"), BadPeriod),
        (figure("dung-han", "1/2", "2023Q2"), WrongPeriod),
        (figure("dung-han", "1/2", "2026-01"), OutsideTerm),
        (figure("loi", "lời", "2021Q4"), NotValidThen),
        (figure("dung-han", "một", "2023-06"), ValueUnfit),
        (figure("so-luong", "1,5", "2023-06"), ValueUnfit),
        (figure("so-luong", "-1", "2023-06"), ValueUnfit),
        (figure("kinh-phi", "1.234", "2023Q2"), ValueAmbiguous),
        (figure("kinh-phi", "1,234", "2023Q2"), ValueAmbiguous),
        (figure("dung-han", "419/418", "2023-06"), DoesNotFit),
        (figure("dung-han", "3/0", "2023-06"), DoesNotFit),
        (figure("dung-han", "101", "2023-06"), DoesNotFit),
        (figure("hang", "18/17", "2023"), DoesNotFit),
        (figure("loai", "giỏi", "2023"), ValueUnfit),
        (figure("so-luong", "3", "2023-06", of="17"), DoesNotFit),
        (figure("so-luong", "3", "2023-06", evidence=("/etc/passwd",)), DoesNotFit),
        (figure("so-luong", "3", "2023-06", provided_by="ai-do"), NotInPlan),
        (figure("hang", "5", "2023", of="x"), ValueUnfit),
        (figure("hang", "5/17", "2023", points="x"), ValueUnfit),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(
    small: Path, typed: NewFigure, error: type[Exception]
) -> None:
    with pytest.raises(error) as raised:
        record(small, typed, MANNER)
    assert raised.value.exit is Exit.USAGE  # type: ignore[attr-defined]
    assert not (small / "data").exists()


def test_a_figure_that_is_there_stays_and_both_are_named(small: Path, put: Put) -> None:
    path = put("2023-06", "measurements:\n  dung-han: {numerator: 1, denominator: 2}\n")
    before = path.read_bytes()
    with pytest.raises(AlreadyThere) as raised:
        record(small, figure("dung-han", "2/2", "2023-06"), MANNER)
    assert (raised.value.arguments["old"], raised.value.arguments["new"]) == ("1/2", "2/2")
    assert raised.value.exit is Exit.WORLD
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            figure("dung-han", "1.236/1.254", "2023-06"),
            "dung-han đã có số liệu kỳ 2023-06: 5.406/5.410; vừa nhập: 1.236/1.254",
        ),
        (figure("so-luong", "7", "2023-06"), "so-luong đã có số liệu kỳ 2023-06: 1.234.567; vừa nhập: 7"),
        (figure("kinh-phi", "1.234,5", "2023Q2"), "kinh-phi đã có số liệu kỳ 2023Q2: 0,125; vừa nhập: 1.234,5"),
        (figure("loi", "1/2000", "2023Q2"), "loi đã có số liệu kỳ 2023Q2: 1234; vừa nhập: 1/2000"),
        (figure("dung-han", "5411/5410", "2023-06"), "dung-han: tử số 5.411 lớn hơn mẫu số 5.410"),
    ],
)
def test_messages_quote_figures_as_offices_write_them(small: Path, put: Put, typed: NewFigure, said: str) -> None:
    put("2023-06", "measurements:\n  dung-han: {numerator: 5406, denominator: 5410}\n  so-luong: {value: 1234567}\n")
    put("2023Q2", 'measurements:\n  kinh-phi: {value: 0.1250}\n  loi: {text: "1234"}\n')
    with pytest.raises(CommandError) as raised:
        record(small, typed, MANNER)
    assert said in excerpt.error_text(raised.value, translator(Language.VIETNAMESE))


def test_the_same_figure_again_is_no_change(small: Path, put: Put) -> None:
    path = put("2023-06", "measurements:\n  dung-han: {numerator: 1, denominator: 2}\n")
    before = path.read_bytes()
    outcome = record(small, figure("dung-han", "1/2", "2023-06"), MANNER)
    assert not outcome.written
    assert path.read_bytes() == before


def test_what_is_added_to_the_same_figure_is_written_beside_it(small: Path, put: Put) -> None:
    put("2023-06", "measurements:\n  dung-han:\n    numerator: 1   # đếm lại\n    denominator: 2\n")
    record(small, figure("dung-han", "1/2", "2023-06", source="sổ"), MANNER)
    assert data(small, "2023-06").endswith("    numerator: 1   # đếm lại\n    denominator: 2\n    source: sổ\n")


def test_another_source_is_not_overwritten_without_replace(small: Path, put: Put) -> None:
    put("2023-06", "measurements:\n  dung-han: {numerator: 1, denominator: 2, source: sổ}\n")
    with pytest.raises(AlreadyThere) as raised:
        record(small, figure("dung-han", "1/2", "2023-06", source="máy"), MANNER)
    told = excerpt.error_text(raised.value, translator(Language.VIETNAMESE))
    assert told.splitlines()[0] == "lỗi: dung-han kỳ 2023-06 đã có đúng số 1/2 nhưng khác ở: nguồn (source)"


def test_everything_that_differs_beside_the_same_figure_is_named(small: Path, put: Put) -> None:
    put(
        "2023-06", "measurements:\n  dung-han: {numerator: 1, denominator: 2, source: sổ, evidence: [a.pdf], note: a}\n"
    )
    with pytest.raises(AlreadyThere) as raised:
        record(small, figure("dung-han", "1/2", "2023-06", source="máy", note="b", evidence=("b.pdf",)), MANNER)
    assert raised.value.arguments["what"] == ("source (source)", "note (note)", "evidence (evidence)")


def test_evidence_with_the_hash_of_a_recorded_piece_is_that_piece(small: Path, put: Put) -> None:
    pieces = [f"{{title: Biểu, kept_at: tủ {name}, sha256: {name * 64}}}" for name in "ab"]
    path = put(
        "2023-06", f"measurements:\n  dung-han: {{numerator: 1, denominator: 2, evidence: [{', '.join(pieces)}]}}\n"
    )
    before = path.read_bytes()
    again = {"title": "Biểu 2", "path": "b.pdf", "sha256": "B" * 64}
    assert not record(small, figure("dung-han", "1/2", "2023-06", evidence=(again,)), MANNER).written
    assert not record(small, figure("dung-han", "1/2", "2023-06", more_evidence=(again,)), MANNER).written
    assert path.read_bytes() == before
    record(small, figure("dung-han", "1/2", "2023-06", evidence=(again,)), replace(MANNER, replace=True))
    assert data(small, "2023-06").count("title:") == 1


def test_replace_changes_the_figure_and_what_goes_with_it(small: Path, put: Put) -> None:
    put(
        "2023-06",
        "measurements:\n  dung-han:\n    value: 50\n    source: sổ\n"
        "    checked: {by: van-phong, on: 2023-06-16}\n    quality: provisional\n    note: giữ\n",
    )
    record(small, figure("dung-han", "1/2", "2023-06"), replace(MANNER, replace=True))
    assert data(small, "2023-06").splitlines()[3:] == [
        "  dung-han:",
        "    numerator: 1",
        "    denominator: 2",
        "    source: sổ",
        "    note: giữ",
    ]


def test_dry_run_shows_the_change_and_writes_nothing(small: Path) -> None:
    outcome = record(small, figure("dung-han", "1/2", "2023-06"), replace(MANNER, dry_run=True))
    assert "numerator: 1" in outcome.changes[0].after
    assert not outcome.written
    assert not (small / "data").exists()
    assert not (small / ".cchc.lock").exists()


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x00", "\u202e", "\udcff", "\r"])
@pytest.mark.parametrize("fields", [{"note": "a{}b"}, {"source": "a{}b"}, {"evidence": ("a{}b.pdf",)}])
def test_a_sign_that_nobody_sees_is_refused(small: Path, sign: str, fields: dict[str, Any]) -> None:
    typed = {
        key: tuple(one.replace("{}", sign) for one in value) if isinstance(value, tuple) else value.replace("{}", sign)
        for key, value in fields.items()
    }
    with pytest.raises(TypedUnseen):
        record(small, figure("dung-han", "1/2", "2023-06", **typed), MANNER)
    assert not (small / "data").exists()


def test_a_file_with_errors_is_not_rewritten(small: Path, put: Put) -> None:
    path = put("2023-06", "measurements:\n  so-luong: {value: 1,5}\n")
    before = path.read_bytes()
    with pytest.raises(FilesHaveErrors) as raised:
        record(small, figure("dung-han", "1/2", "2023-06"), MANNER)
    assert {problem.file for problem in raised.value.problems} == {"data/2023-06.yaml"}
    assert raised.value.exit is Exit.FINDINGS
    assert path.read_bytes() == before


def test_errors_of_another_file_do_not_stand_in_the_way(small: Path, put: Put) -> None:
    put("2023-05", "measurements:\n  so-luong: {value: 1,5}\n")
    assert record(small, figure("dung-han", "1/2", "2023-06"), MANNER).written


def test_errors_of_the_plan_do(small: Path) -> None:
    (small / "plan/owners.yaml").write_text("format: cchc/1\nowners: []\n", encoding="utf-8")
    with pytest.raises(FilesHaveErrors):
        record(small, figure("dung-han", "1/2", "2023-06"), MANNER)


def test_no_real_file_is_begun_beside_made_up_ones(real: Path) -> None:
    typed = figure("ho-so-dung-han", "1/2", "2023-07")
    with pytest.raises(WouldMix):
        record(real, typed, MANNER)
    assert record(real, typed, replace(MANNER, illustrative=True)).written
    assert "illustrative: true" in data(real, "2023-07")


def test_no_made_up_file_is_begun_beside_real_ones(small: Path, put: Put) -> None:
    put("2023-05", "measurements:\n  so-luong: {value: 1}\n")
    with pytest.raises(WouldMix):
        record(small, figure("dung-han", "1/2", "2023-06"), replace(MANNER, illustrative=True))


def test_a_figure_in_a_made_up_file_needs_no_flag(real: Path) -> None:
    typed = figure("thoi-gian-cho", "31.000/2.500", "2023-05")
    assert record(real, typed, MANNER).written


def test_the_verdicts_are_those_of_month_quarter_and_year_to_date(real: Path) -> None:
    outcome = record(real, figure("ho-so-dung-han", "412/418", "2023-06"), MANNER)
    assert [(period.label, result.status) for period, result in outcome.figures[0].verdicts] == [
        ("2023-06", Status.MET),
        ("2023Q2", Status.MET),
        ("2023H1", Status.MET),
    ]
    june, quarter, half = (result.actual for _, result in outcome.figures[0].verdicts)
    assert june is not None
    assert quarter is not None
    assert half is not None
    assert [(a.numerator, a.denominator) for a in (june, quarter, half)] == [(412, 418), (1236, 1254), (2460, 2500)]


def test_a_yearly_figure_is_judged_for_its_year(small: Path) -> None:
    outcome = record(small, figure("hang", "7/17", "2023"), MANNER)
    assert [(period.label, result.status) for period, result in outcome.figures[0].verdicts] == [
        ("2023", Status.MISSED)
    ]


def test_an_unwritable_file_is_left_alone(small: Path, put: Put) -> None:
    path = put("2023-06", "measurements:\n  so-luong: {value: 1}\n")
    path.chmod(0o444)
    before = path.read_bytes()
    with pytest.raises(Exception, match="read-only") as raised:
        record(small, figure("dung-han", "1/2", "2023-06"), MANNER)
    assert raised.value.exit is Exit.WORLD  # type: ignore[attr-defined]
    assert path.read_bytes() == before
