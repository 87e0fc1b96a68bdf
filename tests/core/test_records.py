"""Which rows are exported."""

from tests.conftest import Build

from cchc.core.periods import Period
from cchc.core.records import figure_records, verdict_records
from cchc.core.results import EVERYTHING, Selection, Status

TERM = Period.between(Period.year(2021), Period.year(2022))


def test_each_period_that_is_over_has_a_verdict_but_the_term_has_none(build: type[Build]) -> None:
    yearly = build.indicator(id="nam", frequency="year")
    figures = build.of({"2022-12": "1/2", "2022-11": "0/0"})
    data = build.dataset(build.indicator(), yearly, figures=figures, term=(2021, 2022))
    found = [(one.indicator.id, one.period.label, one.status) for one in verdict_records(data, EVERYTHING, TERM)]
    assert found == [
        ("chi-tieu", "2022-11", Status.NOT_APPLICABLE),
        ("chi-tieu", "2022-12", Status.MONITORED),
        ("chi-tieu", "2022Q4", Status.MONITORED),
        ("chi-tieu", "2022H2", Status.MONITORED),
        ("chi-tieu", "2022", Status.MONITORED),
        ("nam", "2022", Status.NO_DATA),
    ]


def test_figures_stand_in_time_order_and_the_plans(build: type[Build]) -> None:
    other = build.indicator(id="a", area=None, owner="x")
    data = build.dataset(
        build.indicator(),
        other,
        figures={
            "2022-02": {"a": build.counts("1/3"), "chi-tieu": build.counts("0/0")},
            **build.of({"2022-01": "1/2"}),
        },
    )
    found = list(figure_records(data, EVERYTHING, TERM))
    assert [(one.period.label, one.indicator.id) for one in found] == [
        ("2022-01", "chi-tieu"),
        ("2022-02", "chi-tieu"),
        ("2022-02", "a"),
    ]
    assert [one.actual is None for one in found] == [False, True, False]
    assert [one.indicator.id for one in figure_records(data, Selection(owner="x"), TERM)] == ["a"]
    assert list(figure_records(data, EVERYTHING, Period.year(2021))) == []
