"""Surveys of a period: what their answers add up to, what cannot be, what a cell of a table of answers says."""

from typing import Any

import pytest

from cchc.core.answering import Best, level_of
from cchc.core.reviews import Reviewed, Stored, review
from cchc.core.surveys import LEVELS

TALLY = {"very_satisfied": "120", "satisfied": "60", "neutral": "15", "dissatisfied": "4", "very_dissatisfied": "1"}
SMALL = {"very_satisfied": "3", "satisfied": "1", "neutral": "1", "dissatisfied": "0", "very_dissatisfied": "0"}


def test_surveys_of_a_period_pool_their_answers(judge: Any, build: Any) -> None:
    both = judge(build, {"survey": TALLY, "surveys": [SMALL]})
    assert (both.numerator, both.denominator) == (184, 205)
    listed = judge(build, {"surveys": [TALLY, SMALL]})
    assert (listed.numerator, listed.denominator) == (184, 205)


@pytest.fixture
def judge() -> Any:
    from cchc.core.evaluate import evaluate  # noqa: PLC0415
    from cchc.core.period_forms import parse_period  # noqa: PLC0415

    def call(build: Any, entry: dict[str, Any]) -> Any:
        indicator = build.indicator(survey="true")
        data = build.dataset(indicator, figures={"2023-06": {"chi-tieu": entry}})
        return evaluate(data, indicator, parse_period("2023-06")).actual

    return call


@pytest.mark.parametrize(
    ("text", "best", "level"),
    [
        ("Rất hài lòng", None, "very_satisfied"),
        ("HÀI LÒNG", None, "satisfied"),
        ("binh thuong", None, "neutral"),
        ("không  hài lòng", None, "dissatisfied"),
        ("Rất không hài lòng", None, "very_dissatisfied"),
        ("very_satisfied", None, "very_satisfied"),
        ("5", Best.FIVE, "very_satisfied"),
        ("1", Best.FIVE, "very_dissatisfied"),
        ("1", Best.ONE, "very_satisfied"),
        ("4", Best.ONE, "dissatisfied"),
        ("3", Best.ONE, "neutral"),
        ("5", None, None),
        ("6", Best.FIVE, None),
        ("0", Best.FIVE, None),
        ("hài", None, None),
        ("", None, None),
    ],
)
def test_an_answer_names_its_level_and_a_number_only_where_the_best_is_known(
    text: str, best: Best | None, level: str | None
) -> None:
    assert level_of(text, best) == level


def _found(build: Any, survey: dict[str, Any], period: str = "2023-06") -> list[tuple[str, tuple[Any, ...]]]:
    from datetime import date  # noqa: PLC0415

    data = build.dataset(build.indicator(survey="true"), figures={period: {"chi-tieu": {"survey": survey}}})
    seen = Reviewed(data, date(2023, 7, 20), lambda _path, _hashed: Stored(exists=True))
    return [(problem.code, problem.path[2:]) for problem in review(seen) if problem.code in {"W516", "W519", "W520"}]


ONE, TWO = ({"text": text, **SMALL} for text in ("Một", "Hai"))
DOUBLE = {level: str(2 * int(SMALL[level])) for level in LEVELS}


@pytest.mark.parametrize(
    ("survey", "expected"),
    [
        (SMALL, []),
        (SMALL | {"questions": [ONE, TWO]}, []),  # the one on satisfaction as a whole
        (DOUBLE | {"questions": [ONE, TWO]}, []),  # all of them
        (DOUBLE | {"neutral": "9", "questions": [ONE, TWO]}, [("W519", ("survey", "questions"))]),
        (SMALL | {"from": "2023-06-30", "to": "2023-07-02"}, []),
        (SMALL | {"from": "2023-05-01", "to": "2023-06-01"}, []),
        (SMALL | {"from": "2023-05-01", "to": "2023-05-31"}, [("W520", ("survey", "from"))]),
        (SMALL | {"from": "2023-07-01"}, [("W520", ("survey", "from"))]),
        (SMALL | {"to": "2023-05-31"}, [("W520", ("survey", "to"))]),
        (SMALL | {"from": "2023-06-01", "to": "2023-07-21"}, [("W516", ("survey", "to"))]),
    ],
)
def test_what_is_worth_another_look_in_a_survey(build: Any, survey: dict[str, Any], expected: list[Any]) -> None:
    assert _found(build, survey) == expected


@pytest.mark.parametrize(
    ("survey", "expected"),
    [
        ({"handed_out": "60", "returned": "60", "valid": "60"}, []),
        ({"handed_out": "60", "returned": "61"}, [("E227", ("survey", "returned"))]),
        ({"handed_out": "60", "valid": "61"}, [("E227", ("survey", "valid"))]),
        ({"returned": "60", "valid": "61"}, [("E227", ("survey", "valid"))]),
        ({"from": "2023-06-02", "to": "2023-06-01"}, [("E228", ("survey", "to"))]),
        ({"from": "2023-06-02", "to": "2023-06-02"}, []),
        ({"valid": "5", "questions": [ONE]}, []),
        ({"valid": "4", "questions": [ONE]}, [("E229", ("survey", "questions", 0, "text"))]),
        ({"handed_out": "4", "questions": [ONE, TWO]}, [("E229", ("survey", "questions", n, "text")) for n in (0, 1)]),
        ({"questions": [ONE]}, []),
    ],
)
def test_what_cannot_be_of_a_survey(build: Any, survey: dict[str, Any], expected: list[Any]) -> None:
    from cchc.core.checks import measurement_findings  # noqa: PLC0415
    from cchc.core.model import Measurement  # noqa: PLC0415

    for where, place in (({"survey": SMALL | survey}, ("survey",)), ({"surveys": [SMALL | survey]}, ("surveys", 0))):
        indicator = build.indicator(survey="true")
        entry = Measurement.model_validate(where, context=indicator.shape)
        found = [(one.code, one.path) for one in measurement_findings(indicator, entry)]
        assert found == [(code, (*place, *path[1:])) for code, path in expected]
