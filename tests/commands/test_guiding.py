"""The guided entry without its terminal: what is asked for, tried, kept and written."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cchc.cli.guiding import NotForMany, Setting, guide
from cchc.commands.figure import Beside, BesideUnfit, TypedUnseen
from cchc.commands.guiding import ValueFirst, Walk, Wish, open_walk
from cchc.commands.measure import Manner, WouldMix
from cchc.commands.opening import FilesHaveErrors, NotInPlan, OutsideTerm
from cchc.commands.standing import AlreadyThere
from cchc.core.answers import Answer, Said
from cchc.core.errors import CommandError
from cchc.texts import Language, translator
from cchc.views import asking
from cchc.workspace import unwritten
from cchc.workspace.unwritten import FILE, Unwritten

TODAY = date(2023, 6, 20)
JUNE = Manner(TODAY)
Put = Callable[[str, str], Path]


def _walk(root: Path, wish: Wish | None = None, manner: Manner = JUNE) -> Walk:
    return open_walk(root, wish or Wish(), manner)


def _take(walk: Walk, place: int, value: str, *said: tuple[Said, str]) -> None:
    assert walk.accept(place, walk.tried(place, Answer(value, said))) is None


def test_what_is_due_is_asked_for_in_the_plans_order(small: Path) -> None:
    walk = _walk(small)
    assert [f"{due.indicator.id} {due.period}" for due in walk.dues] == [
        "dung-han 2023-06", "so-luong 2023-06", "kinh-phi 2023Q2", "loi 2023Q2",
    ]  # fmt: skip
    assert [due.indicator.id for due in _walk(small, Wish("2022")).dues[-3:]] == ["loi"] * 3


@pytest.mark.parametrize(
    ("wish", "manner", "error"),
    [
        (Wish(owner="khong-ai"), JUNE, NotInPlan),
        (Wish(beside=Beside(provided_by="khong-ai")), JUNE, NotInPlan),
        (Wish("2030-01"), JUNE, OutsideTerm),
        (Wish(beside=Beside(note="a\x07b")), JUNE, TypedUnseen),
        (Wish(beside=Beside(document="a\u202eb")), JUNE, TypedUnseen),
        (Wish(beside=Beside(evidence=("ok.pdf", "../ngoai.pdf"))), JUNE, BesideUnfit),
        (Wish(), Manner(TODAY, illustrative=True), WouldMix),
    ],
)
def test_what_no_figure_could_take_is_refused_at_once(
    small: Path, put: Put, wish: Wish, manner: Manner, error: type[CommandError]
) -> None:
    put("2023-01", "measurements:\n  so-luong: {value: 1}\n")
    with pytest.raises(error):
        _walk(small, wish, manner)


@pytest.mark.parametrize("beside", [Beside(of="17"), Beside(points="17")])
def test_what_belongs_to_one_figure_is_refused(small: Path, beside: Beside) -> None:
    with pytest.raises(NotForMany):
        guide(small, Wish(beside=beside), Setting(JUNE))


def test_a_file_with_errors_is_refused_where_it_would_be_written_to_and_nowhere_else(small: Path, put: Put) -> None:
    put("2023-05", "measurements:\n  so-luong: {value: -1}\n")
    assert _walk(small).dues
    put("2023Q2", "measurements:\n  kinh-phi: {value: x}\n")
    with pytest.raises(FilesHaveErrors):
        _walk(small)


def test_what_is_said_behind_a_value_goes_over_what_is_said_of_all(small: Path) -> None:
    walk = _walk(small, Wish(beside=Beside("chung", "ghi", ("a.pdf",))))
    _take(walk, 0, "412/418", (Said.SOURCE, "riêng"), (Said.EVIDENCE, "b.pdf"), (Said.PROVISIONAL, ""))
    assert walk.typed[0].figure.beside == Beside("riêng", "ghi", ("a.pdf", "b.pdf"), provisional=True)
    _take(walk, 0, "", (Said.NOTE, "khác"))
    assert walk.typed[0].figure.value == "412/418"
    assert walk.typed[0].figure.beside == Beside("riêng", "khác", ("a.pdf", "b.pdf"), provisional=True)
    _take(walk, 0, "411/418")
    assert walk.typed[0].figure.beside == Beside("chung", "ghi", ("a.pdf",))


def test_points_are_of_grades_and_ranks(small: Path) -> None:
    walk = _walk(small, Wish("2022-12"))
    place = next(place for place, due in enumerate(walk.dues) if due.indicator.id == "loai")
    _take(walk, place, "tốt", (Said.POINTS, "86,25"))
    assert str(walk.typed[place].entry.points) == "86.25"


def test_something_said_without_a_value_is_refused(small: Path) -> None:
    with pytest.raises(ValueFirst):
        _walk(small).tried(0, Answer("", ((Said.NOTE, "a"),)))


def test_what_was_typed_is_seen_beside_the_next_figure(small: Path) -> None:
    statistics = "format: cchc/1\nstatistics:\n" + "".join(
        f"  - {{id: {key}, name: {key}, kind: count, frequency: month, owner: van-phong}}\n" for key in ("tong", "mot")
    )
    (small / "plan/statistics.yaml").write_text(
        f"{statistics}identities: [{{whole: tong, parts: [mot]}}]\n", encoding="utf-8"
    )
    walk = _walk(small)
    place = len(walk.dues) - 2
    _take(walk, place, "5")
    assert [problem.code for problem in walk.tried(place + 1, Answer("4")).doubts] == ["W501"]
    assert walk.tried(place + 1, Answer("5")).doubts == ()


def test_a_figure_that_is_there_is_replaced_only_where_it_was_seen(small: Path, put: Put) -> None:
    file = put("2023-06", "measurements:\n  so-luong: {value: 5, source: A}\n")
    walk = _walk(small)
    with pytest.raises(AlreadyThere) as there:
        walk.tried(1, Answer("6"))
    walk.accept(1, walk.tried(1, Answer("6"), replacing=there.value.old))
    _take(walk, 1, "", (Said.NOTE, "sửa"))
    assert walk.typed[1].figure.replaces == "5"
    file.write_text(file.read_text(encoding="utf-8").replace("5", "7"), encoding="utf-8")
    with pytest.raises(AlreadyThere):
        walk.write(None)
    assert "value: 7" in file.read_text(encoding="utf-8")
    assert unwritten.held(small).entries != ()
    file.write_text(file.read_text(encoding="utf-8").replace("7", "5"), encoding="utf-8")
    assert walk.write(None).written
    assert "so-luong: {value: 6, source: A, note: sửa}" in file.read_text(encoding="utf-8")
    assert unwritten.held(small).text is None


def test_the_figure_that_is_there_typed_again_is_no_change_and_takes_back_what_was_typed(small: Path, put: Put) -> None:
    put("2023-06", "measurements:\n  so-luong: {value: 5, source: A}\n")
    walk = _walk(small, manner=Manner(TODAY, replace=True))
    _take(walk, 1, "6")
    assert set(walk.typed) == {1}
    tried = walk.tried(1, Answer("5"))
    assert tried.unchanged
    walk.accept(1, tried)
    assert (walk.typed, unwritten.held(small).text) == ({}, None)


def test_what_was_typed_another_time_is_offered_unless_it_is_written_and_what_is_of_others_stays(
    small: Path, put: Put
) -> None:
    put("2023-06", "measurements:\n  so-luong: {value: 5}\n")
    entries = [
        Unwritten("so-luong", "5", "2023-06"),
        Unwritten("dung-han", "412/418", "2023-06", "nguồn", evidence=("a.pdf",)),
        Unwritten("kinh-phi", "hỏng", "2023Q2"),
        Unwritten("so-luong", "9", "2023-05"),
        Unwritten("khong-co", "9", "2023-06"),
    ]
    unwritten.hold(small, None, entries)
    walk = _walk(small)
    offered = walk.offered()
    assert [(place, figure.value) for place, figure in offered] == [(0, "412/418"), (2, "hỏng")]
    assert [one.period for one in walk.elsewhere] == ["2023-05", "2023-06"]
    assert len(walk.take_up(offered)) == 1
    walk.keep()
    assert unwritten.held(small).entries == (*entries[3:], entries[1])
    walk.write(None)
    assert unwritten.held(small).entries == tuple(entries[3:])
    assert "source: nguồn" in (small / "data/2023-06.yaml").read_text(encoding="utf-8")


def test_what_cannot_be_kept_is_said_and_the_figure_is_taken_all_the_same(small: Path) -> None:
    walk = _walk(small)
    (small / FILE).write_text("của người khác", encoding="utf-8")
    assert walk.accept(0, walk.tried(0, Answer("412/418"))) is not None
    assert set(walk.typed) == {0}
    assert walk.drop(0) is None  # nothing of ours is left to be kept
    assert walk.typed == {}
    assert (small / FILE).read_text(encoding="utf-8") == "của người khác"


def test_a_dry_run_keeps_nothing_and_takes_nothing_away(small: Path) -> None:
    unwritten.hold(small, None, [Unwritten("dung-han", "412/418", "2023-06")])
    before = (small / FILE).read_bytes()
    walk = _walk(small, manner=Manner(TODAY, dry_run=True))
    _take(walk, 1, "5")
    assert walk.forget() is None
    assert walk.preview().written is False
    assert (small / FILE).read_bytes() == before
    assert not (small / "data").exists()


@pytest.mark.parametrize(
    ("wish", "today", "said"),
    [
        (Wish(), date(2020, 5, 1), "Chưa có số liệu phải nhập: kế hoạch áp dụng cho giai đoạn 2021–2025."),
        (Wish(owner="khac"), TODAY, "Người khác không có số liệu phải nhập cho tháng 6/2023."),
        (Wish(), TODAY, "Không có số liệu phải nhập cho tháng 6/2023: kế hoạch không có mục tiêu hay"),
    ],
)
def test_where_nothing_is_due_that_is_said(small: Path, wish: Wish, today: date, said: str) -> None:
    area = "format: cchc/1\narea: thu\ntitle: Lĩnh vực thử\nowner: van-phong\n"
    (small / "plan/areas/1-thu.yaml").write_text(area, encoding="utf-8")
    with (small / "plan/owners.yaml").open("a", encoding="utf-8") as stream:
        stream.write("  - {id: khac, name: Người khác}\n")
    walk = _walk(small, wish, Manner(today))
    assert walk.dues == ()
    text = asking.nothing_due_text(walk.period, walk.data.plan, wish.owner, translator(Language.VIETNAMESE))
    assert text.startswith(said)
