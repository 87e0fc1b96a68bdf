"""What is worth another look at a figure before it is written."""

from datetime import date
from typing import Any

from cchc.core.doubts import doubts, looked_back
from cchc.core.entering import Due
from cchc.core.model import Dataset, Identity, Measurement, Plan
from cchc.core.period_forms import parse_period
from cchc.core.reviews import Reviewed, Stored

TODAY = date(2023, 9, 1)


def _seen(data: Dataset) -> Reviewed:
    return Reviewed(data, TODAY, lambda _path, _hashed: Stored(exists=True))


def _codes(data: Dataset, period: str, key: str = "chi-tieu", **entry: Any) -> list[str]:
    indicator = data.plan.measured[key]
    typed = Measurement.model_validate(entry, context=indicator.shape)
    return [problem.code for problem in doubts(_seen(data), Due(indicator, parse_period(period)), typed)]


def _history(build: Any) -> Dataset:
    return build.dataset(  # type: ignore[no-any-return]  # the builders are untyped
        build.indicator(item="hồ sơ"),
        figures=build.of({f"2023-0{month}": f"{410 + month}/418" for month in range(1, 8)}),
    )


def test_a_usual_figure_gives_no_doubt_and_one_far_from_its_history_does(build: Any) -> None:
    data = _history(build)
    assert _codes(data, "2023-08", numerator="412", denominator="418") == []
    assert _codes(data, "2023-08", numerator="200", denominator="418") == ["W505"]
    assert _codes(data, "2023-07", numerator="200", denominator="418") == ["W505"]


def test_a_figure_that_stands_there_and_is_typed_again_is_doubted_again(build: Any) -> None:
    figures = {f"2023-0{month}": f"{410 + month}/418" for month in range(1, 8)} | {"2023-08": "200/418"}
    data = build.dataset(build.indicator(), figures=build.of(figures))
    assert _codes(data, "2023-08", numerator="200", denominator="418") == ["W505"]


def test_the_same_figure_in_three_months_and_0_0_without_a_source_are_said(build: Any) -> None:
    data = build.dataset(build.indicator(), figures=build.of({"2023-01": "5/9", "2023-02": "5/9"}))
    assert _codes(data, "2023-03", numerator="5", denominator="9") == ["W506"]
    assert _codes(data, "2023-03", numerator="0", denominator="0") == ["W507"]


def test_a_period_that_is_not_over_is_said_elsewhere(build: Any) -> None:
    assert _codes(_history(build), "2023-10", numerator="412", denominator="418") == []


def test_a_part_that_does_not_add_up_with_what_is_there_is_doubted_and_what_was_wrong_before_is_not(build: Any) -> None:
    data = build.dataset(
        *(build.indicator(id=key, kind="count", unit="hồ sơ") for key in ("tong", "mot", "hai", "khac", "phan")),
        figures={
            "2023-01": {"tong": {"value": "5"}, "mot": {"value": "3"}, "khac": {"value": "2"}, "phan": {"value": "1"}}
        },
    )
    plan = data.plan
    identities = (
        Identity(whole="tong", parts=("mot", "hai")),
        Identity(whole="khac", parts=("phan",)),
    )
    changed = Plan(plan.head, plan.owners, plan.areas, (), (), (), identities)
    data = Dataset(changed, data.files)
    assert _codes(data, "2023-01", "hai", value="3") == ["W501"]
    assert _codes(data, "2023-01", "hai", value="2") == []


def test_only_so_many_earlier_periods_are_read_as_tell_what_is_usual() -> None:
    may = parse_period("2023-05")
    read = {parse_period(f"2023-0{month}") for month in range(1, 6)}
    assert [one.label for one in looked_back(may, read)] == ["2022-12", "2022-11", "2022-10", "2022-09"]
    read |= {parse_period(f"2022-0{month}") for month in range(1, 5)}
    assert list(looked_back(may, read)) == []
    assert [one.label for one in looked_back(parse_period("2023-01"), read | {parse_period("2022-05")})][:2] == [
        *("2022-12", "2022-11"),
    ]
    assert len(list(looked_back(parse_period("2023Q2"), read))) == 8
