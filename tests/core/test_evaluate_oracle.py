"""The rules of design.md, section 4, written a second time in the plainest way: on any data both must agree.

Months are numbers (year * 12 + month - 1), an entry is what stands in a file; nothing of the evaluator is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cchc.core.evaluate import evaluate
from cchc.core.fields import AGGREGATIONS, Kind
from cchc.core.model import Dataset
from cchc.core.period_forms import parse_period
from cchc.core.periods import Period
from cchc.core.report import build as build_report
from cchc.core.report import needed
from cchc.core.results import Evaluation

RELAXED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
TERM = (2021, 2026)
LENGTHS = {"month": 1, "quarter": 3, "year": 12}
SCALE = ("yếu", "khá", "tốt")
BOUNDS = {
    "ratio": ("at_least", "at_most", "equal_to", "between"),
    "count": ("at_least", "at_most", "equal_to", "between"),
    "number": ("at_least", "at_most", "equal_to", "between"),
    "yes_no": ("equal_to",),
    "rank": ("at_most",),
    "grade": ("at_least", "at_most", "equal_to", "between"),
    "narrative": (),
}
NUMERIC = {"ratio", "count", "number"}

Entry = Mapping[str, Any]


def periods_of(frequency: str) -> list[str]:
    """Return the labels of every reference period of the term."""
    years = range(TERM[0], TERM[1] + 1)
    match frequency:
        case "month":
            return [f"{year}-{month:02}" for year in years for month in range(1, 13)]
        case "quarter":
            return [f"{year}Q{quarter}" for year in years for quarter in range(1, 5)]
        case _:
            return [str(year) for year in years]


REPORTS = (
    *periods_of("month")[::5], *periods_of("quarter"), *periods_of("year"),
    *(f"{year}{part}" for year in range(TERM[0], TERM[1] + 1) for part in ("H1", "H2", "-9T")),
    "2023-02..2023-05", "2023-02..2023-03", "2023-05..2023-12", "2022-11..2023-02", "2021-12..2024-01", "2023Q2..2023Q3",
    "2022..2023", "2021..2026",
)  # fmt: skip


# any indicator and any figures


def any_value(random: Random, kind: str) -> str:
    match kind:
        case "yes_no":
            return random.choice(("yes", "no"))
        case "grade":
            return random.choice(SCALE)
        case "number":
            return random.choice(("-2.5", "0", "3", "40.25", "55"))
        case "rank":
            return str(random.randint(1, 9))
        case _:
            return str(random.choice((0, 1, 2, 40, 50, 60)))


def any_entry(random: Random, kind: str) -> dict[str, str]:
    quality = {"quality": "provisional"} if random.random() < 0.15 else {}
    if kind == "narrative":
        return {"text": "Đã làm", **quality}
    if kind == "ratio" and random.random() < 0.85:
        numerator, denominator = random.choice(((0, 0), (0, 0), (0, 3), (1, 3), (2, 3), (3, 3), (3, 5), (2, 2)))
        return {"numerator": str(numerator), "denominator": str(denominator), **quality}
    return {"value": any_value(random, kind), **quality}


def any_target(random: Random, kind: str, when: str, year: int) -> dict[str, Any]:
    bound = random.choice(BOUNDS[kind])
    value: str | list[str] = any_value(random, kind)
    if bound == "between":
        value = sorted((any_value(random, kind), any_value(random, kind)), key=lambda text: place(text, kind))
    return {when: str(year), bound: value}


def any_indicator(random: Random, id_: str) -> dict[str, Any]:
    kind = random.choice([str(kind) for kind in Kind])
    fields: dict[str, Any] = {
        "id": id_, "kind": kind, "frequency": random.choice(("month", "month", "quarter", "quarter", "year")),
        "aggregation": str(random.choice(AGGREGATIONS[Kind(kind)])), "unit": "%" if kind == "ratio" else None,
    }  # fmt: skip
    if kind == "grade":
        fields["scale"] = SCALE
    if random.random() < 0.25:
        first, last = sorted(random.sample(periods_of("month"), 2))
        fields["valid"] = random.choice(({"from": first}, {"to": last}, {"from": first, "to": last}))
    if random.random() < 0.3:
        fields["announced"] = {"by": "UBND huyện"}
    if BOUNDS[kind] and random.random() < 0.85:
        years = random.sample(range(TERM[0], TERM[1] + 1), random.randint(1, 3))
        fields["targets"] = [any_target(random, kind, random.choice(("from", "by")), year) for year in years]
        floors = all({"at_least", "at_most"} & set(target) for target in fields["targets"])
        if kind in NUMERIC and floors and random.random() < 0.7:
            fields |= {"interpolate": "linear", "baseline": {"year": "2020", "value": random.choice(("0", "40", "70"))}}
    return fields


def any_figures(random: Random, fields: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    density = random.choice((0.0, 0.5, 0.9, 1.0))
    steady = any_entry(random, fields["kind"]) if random.random() < 0.3 else None
    return {
        label: dict(steady or any_entry(random, fields["kind"]))
        for label in periods_of(fields["frequency"])
        if random.random() < density
    }


# the rules, word by word


@dataclass
class Expected:
    """What the rules say."""

    status: str
    actual: object
    expected: list[int]
    missing: list[int]
    complete: bool | None  # None where the rules do not say
    target: Mapping[str, Any] | None
    following: Mapping[str, Any] | None


def month_of(label: str) -> int:
    return int(label[:4]) * 12 + int(label[5:]) - 1


def start_of(label: str) -> int:
    if "Q" in label:
        return int(label[:4]) * 12 + int(label[-1]) * 3 - 3
    return month_of(label) if "-" in label else int(label) * 12


def place(value: object, kind: str) -> Fraction:
    """Return where a value stands among its like."""
    if kind == "grade":
        return Fraction(SCALE.index(str(value)))
    return Fraction(value == "yes") if kind == "yes_no" else Fraction(str(value))


class Rules:
    """One indicator with its figures by the month in which their reference period begins."""

    def __init__(self, fields: Mapping[str, Any], figures: Mapping[str, Entry], assessed_from: int) -> None:
        self.fields = fields
        self.kind = fields["kind"]
        self.aggregation = fields["aggregation"]
        self.length = LENGTHS[fields["frequency"]]
        self.figures = {start_of(label): entry for label, entry in figures.items()}
        self.assessed_from = assessed_from
        valid = fields.get("valid", {})
        self.first = max(TERM[0] * 12, month_of(valid["from"]) if "from" in valid else 0)
        self.last = min(TERM[1] * 12 + 11, month_of(valid["to"]) if "to" in valid else 10**6)

    def window(self, first: int, last: int) -> tuple[int, int] | None:
        """Rule 1: P, or the longer reference period that ends with it."""
        first = max(first, last // 12 * 12)  # rule 0
        if self.inside(first, last):
            return first, last
        start = last // self.length * self.length
        return (start, last) if start + self.length - 1 == last else None

    def inside(self, first: int, last: int) -> list[int]:
        starts = range(0, last + 1, self.length)
        return [start for start in starts if first <= start and start + self.length - 1 <= last]

    def expected(self, first: int, last: int) -> list[int]:
        return self.inside(max(first, self.first), min(last, self.last))

    def arose(self, first: int, last: int) -> list[Entry]:
        present = [self.figures[start] for start in self.expected(first, last) if start in self.figures]
        return [entry for entry in present if (entry.get("numerator"), entry.get("denominator")) != ("0", "0")]

    def used(self, first: int, last: int) -> list[Entry]:
        entries = self.arose(first, last)
        return entries[-1:] if self.aggregation == "last" else entries[:1] if self.aggregation == "first" else entries

    def actual(self, first: int, last: int) -> object:
        """Rule 2; None for no figure, a text, or figures that cannot be combined."""
        entries = self.used(first, last)
        if not entries or self.kind == "narrative":
            return None
        if self.kind == "ratio":
            if len(entries) == 1 and "value" in entries[0]:
                return Fraction(entries[0]["value"])
            if any("value" in entry for entry in entries):
                return None
            total = [sum(int(entry[key]) for entry in entries) for key in ("numerator", "denominator")]
            return Fraction(*total) * 100
        values = [entry["value"] for entry in entries]
        if self.kind == "grade":
            return values[0]
        if self.kind == "yes_no":
            return all(value == "yes" for value in values)
        numbers = [Fraction(value) for value in values]
        mean = sum(numbers) / len(numbers)
        one = {"sum": sum(numbers), "mean": mean, "min": min(numbers), "max": max(numbers)}
        return one.get(self.aggregation, numbers[0])

    def targets(self, last: int) -> tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]:
        """Rule 3: the deciding target and the other one."""
        begins = [
            (int(t["from"]) * 12 if "from" in t else int(t["by"]) * 12 + 11, t) for t in self.fields.get("targets", [])
        ]
        begins.sort(key=lambda pair: pair[0])
        year_end = last % 12 == 11
        binding = [t for at, t in begins if at <= last and ("from" in t or at < last or year_end)]
        coming = [t for at, t in begins if t not in binding]
        deciding = binding[-1] if binding else next((t for t in coming if "by" in t), None)
        return deciding, next((t for t in coming if t is not deciding), None)

    def reached(self, target: Mapping[str, Any], actual: object) -> bool:
        if actual is None:
            return False
        value = Fraction(actual) if isinstance(actual, bool) else place(actual, self.kind)
        if "at_least" in target:
            return value >= place(target["at_least"], self.kind)
        if "at_most" in target:
            return value <= place(target["at_most"], self.kind)
        if "equal_to" in target:
            return value == place(target["equal_to"], self.kind)
        low, high = (place(bound, self.kind) for bound in target["between"])
        return low <= value <= high

    def in_force(self, target: Mapping[str, Any], last: int) -> bool:
        return "from" in target or int(target["by"]) * 12 + 11 <= last

    def judge(self, first: int, last: int) -> Expected:
        """Rules 4 and 5."""
        target, following = self.targets(last)
        window = self.window(first, last)
        if window is None:
            start = last // self.length * self.length
            exists = self.first <= start and start + self.length - 1 <= self.last
            status = "not_due" if exists and last // 12 >= self.assessed_from else "not_assessed"
            return Expected(status, None, [], [], None, target, following)
        expected = self.expected(*window)
        missing = [start for start in expected if start not in self.figures]
        provisional = any("quality" in entry for entry in self.used(*window))
        summed = self.aggregation == "sum" and bool(self.fields.get("targets"))
        if summed:
            year = (last // 12 * 12, last)
            missing_in_year = [start for start in self.expected(*year) if start not in self.figures]
            rests_well = not missing_in_year and not any("quality" in entry for entry in self.used(*year))
        actual = self.actual(*window)
        unusable = self.kind == "ratio" and bool(self.arose(*window)) and actual is None
        return Expected(
            self.status(window, expected, missing, target, unusable=unusable), actual, expected, missing,
            None if unusable else not missing and not provisional and (rests_well if summed else True), target, following,
        )  # fmt: skip

    def status(
        self,
        window: tuple[int, int],
        expected: list[int],
        missing: list[int],
        target: Mapping[str, Any] | None,
        *,
        unusable: bool,
    ) -> str:
        last = window[1]
        if not expected or last // 12 < self.assessed_from:
            return "not_assessed"
        if len(missing) == len(expected) and "announced" in self.fields:
            return "awaiting"
        if not self.arose(*window) and not missing:
            return "not_applicable"
        if not self.arose(*window) or unusable:
            return "no_data"
        if self.kind == "narrative":
            return "narrative"
        if not self.fields.get("targets"):
            return "monitored"
        if target is None:
            return "not_due"
        if self.aggregation == "sum":
            return self.status_of_sum(last, target)
        return self.against(target, self.actual(*window), last)

    def status_of_sum(self, last: int, target: Mapping[str, Any]) -> str:
        to_date = self.actual(last // 12 * 12, last)
        if last % 12 == 11:
            return self.against(target, to_date, last)
        if "at_least" in target and self.reached(target, to_date):
            return "met"
        if "at_most" in target and self.in_force(target, last) and not self.reached(target, to_date):
            return "missed"
        return "not_due"

    def against(self, target: Mapping[str, Any], actual: object, last: int) -> str:
        if self.reached(target, actual):
            return "met"
        if self.in_force(target, last):
            return "missed"
        if "interpolate" not in self.fields:
            return "not_due"
        bound = Fraction(target.get("at_least", target.get("at_most")))
        start = Fraction(self.fields["baseline"]["value"])
        year = int(self.fields["baseline"]["year"])
        months = Fraction(last - (year * 12 + 11), (int(target["by"]) - year) * 12)
        line = start + (bound - start) * months
        kept = Fraction(str(actual)) >= line if "at_least" in target else Fraction(str(actual)) <= line
        return "on_track" if kept else "behind"


def as_text(target: Any, kind: str) -> Mapping[str, Any] | None:
    """Return a target as it is written in these tests."""
    if target is None:
        return None
    ((name, bound),) = target.bounds.items()
    words = [
        ("yes" if item else "no") if kind == "yes_no" else str(item)
        for item in (bound if name == "between" else [bound])
    ]
    when = {"from": str(target.first)} if target.first else {"by": str(target.by)}
    return {**when, name: words if name == "between" else words[0]}


def months(period: str) -> tuple[int, int]:
    reporting = parse_period(period)
    return reporting.first, reporting.last


@settings(RELAXED, max_examples=settings().max_examples * 5)
@given(st.integers(0, 2**32), st.sampled_from(REPORTS), st.sampled_from([None, 2022, 2024]))
def test_every_evaluation_is_what_the_rules_say(build: Any, seed: int, period: str, assessed_from: int | None) -> None:
    random = Random(seed)
    fields = any_indicator(random, "chi-tieu")
    figures = any_figures(random, fields)
    indicator = build.indicator(**fields)
    entries = {label: {"chi-tieu": entry} for label, entry in figures.items()}
    data = build.dataset(indicator, figures=entries, term=TERM, assessed_from=assessed_from)
    result = evaluate(data, indicator, parse_period(period))
    rules = Rules(fields, figures, assessed_from or TERM[0])
    says = rules.judge(*months(period))
    assert (result.status, value_of(result.actual), starts(result.coverage.expected), starts(result.coverage.missing)) == (
        says.status, says.actual, says.expected, says.missing,
    )  # fmt: skip
    assert says.complete is None or result.complete is says.complete
    assert [as_text(target, rules.kind) for target in (result.target, result.next_target)] == [
        says.target, says.following,
    ]  # fmt: skip
    assert_beside(result, rules, period)


def value_of(actual: Any) -> object:
    return actual.value if actual is not None else None


def starts(periods: tuple[Period, ...]) -> list[int]:
    return [period.first for period in periods]


def assert_beside(result: Evaluation, rules: Rules, period: str) -> None:
    """Rules 0 and 6."""
    first, last = months(period)
    part = max(first, last // 12 * 12)
    one_year = first // 12 == last // 12
    yearly = rules.length == 12
    check_figure(result.year_to_date, rules, None if yearly else (last // 12 * 12, last))
    check_figure(result.same_period_last_year, rules, (part - 12, last - 12))
    shifts = one_year and (".." not in period) and "9T" not in period
    length = last - first + 1
    check_figure(result.previous, rules, (first - length, last - length) if shifts else None)
    before = value_of(result.same_period_last_year.actual if result.same_period_last_year else None)
    now = value_of(result.actual)
    numbers = isinstance(now, Fraction) and isinstance(before, Fraction)
    assert result.change == (now - before if numbers else None)  # type: ignore[operator]  # both are fractions
    if one_year:
        assert result.years == ()
    else:
        parts = [(max(first, year * 12), min(last, year * 12 + 11)) for year in range(first // 12, last // 12 + 1)]
        says = [rules.judge(*one) for one in parts]
        assert [(verdict.status, value_of(verdict.actual)) for verdict in result.years] == [
            (one.status, one.actual) for one in says
        ]


def check_figure(beside: Any, rules: Rules, span: tuple[int, int] | None) -> None:
    window = rules.window(*span) if span is not None else None
    if window is None or not rules.expected(*window):
        assert beside is None
        return
    assert value_of(beside.actual) == rules.actual(*window)
    assert starts(beside.coverage.expected) == rules.expected(*window)


# rule 9: a report rests on few files


def any_dataset(build: Any, random: Random) -> Dataset:
    """Return a plan of many indicators, statistics and tasks with figures, states and remarks in every kind of file."""
    raw = [any_indicator(random, f"i-{number}") for number in range(8)]
    statistics = [{**any_indicator(random, f"s-{number}"), "targets": []} for number in range(2)]
    entries: dict[str, dict[str, Any]] = {}
    for fields in (*raw, *statistics):
        for label, entry in any_figures(random, fields).items():
            entries.setdefault(label, {})[fields["id"]] = entry
    tasks = {f"viec-{number}": any_task(random, number) for number in range(3)}
    longer = [f"{year}{part}" for year in range(TERM[0], TERM[1] + 1) for part in ("H1", "H2", "-9T")]
    files = [label for frequency in LENGTHS for label in periods_of(frequency)] + longer + [f"{TERM[0]}..{TERM[1]}"]
    states: dict[str, dict[str, Any]] = {}
    remarks: dict[str, dict[str, Any]] = {}
    for label in random.sample(files, random.randint(0, len(files) // 2)):
        states[label] = {id_: {"state": any_state(random)} for id_ in tasks if random.random() < 0.5}
        remarks[label] = {subject: {"results": label} for subject in ("thu", "general") if random.random() < 0.5}
    data: Dataset = build.dataset(
        *(build.indicator(**fields) for fields in raw),
        statistics=tuple(build.indicator(**fields) for fields in statistics),
        figures=entries, tasks=tuple(build.task(**task) for task in tasks.values()), task_reports=states,
        remarks=remarks, term=TERM, assessed_from=random.choice((None, 2022)),
    )  # fmt: skip
    return data


def any_state(random: Random) -> str:
    return random.choice(("not_started", "in_progress", "in_progress", "in_progress", "done", "stopped"))


def any_task(random: Random, number: int) -> dict[str, Any]:
    when = random.choice(({"repeats": "year"}, {"due": str(random.randint(*TERM))}))
    return {"id": f"viec-{number}", **when, "requested": random.choice(("no", "no", "yes"))}


@RELAXED
@given(st.integers(0, 2**32))
@example(2)
def test_a_report_on_the_needed_files_is_the_report_on_all(build: Any, seed: int) -> None:
    random = Random(seed)
    data = any_dataset(build, random)
    for label in random.sample(REPORTS, 12):
        period = parse_period(label)
        wanted = needed(data.plan, period)
        some = Dataset(data.plan, {at: file for at, file in data.files.items() if at in wanted})
        assert build_report(some, period) == build_report(data, period), label


@RELAXED
@given(st.integers(0, 2**32))
def test_the_order_in_which_files_are_read_says_nothing(build: Any, seed: int) -> None:
    random = Random(seed)
    data = any_dataset(build, random)
    shuffled = Dataset(data.plan, dict(random.sample([*data.files.items()], len(data.files))))
    period = parse_period(random.choice(REPORTS))
    assert build_report(shuffled, period) == build_report(data, period)


@RELAXED
@given(st.integers(0, 2**32))
def test_figures_of_other_years_touch_no_verdict_of_this_year(build: Any, seed: int) -> None:
    random = Random(seed)
    data = any_dataset(build, random)
    period = parse_period(random.choice(REPORTS))
    year = period.last_year
    alone = Dataset(data.plan, {at: file for at, file in data.files.items() if at.first_year == at.last_year == year})
    for one, other in zip(build_report(alone, period).indicators, build_report(data, period).indicators, strict=True):
        assert (one.status, one.reason, one.actual, one.complete, one.target, one.year_to_date, one.coverage) == (
            other.status, other.reason, other.actual, other.complete, other.target, other.year_to_date, other.coverage,
        )  # fmt: skip
