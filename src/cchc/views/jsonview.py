"""Answers as JSON (design.md, section 6): every key always there, null when empty, equal inputs give equal bytes."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from cchc.core.codes import Severity
from cchc.core.course import Point
from cchc.core.diagnostics import Problem
from cchc.core.fields import Record
from cchc.core.model import Area, Indicator, Owner, Plan, Target, Task
from cchc.core.results import (
    Actual,
    Beside,
    Coverage,
    Evaluation,
    Latest,
    RemarkResult,
    Report,
    TaskResult,
    YearVerdict,
)
from cchc.texts import Translate
from cchc.views import excerpt, sentences
from cchc.views.present.numbers import json_number, period_title
from cchc.views.present.words import value_text

Json = Mapping[str, object]

_NUMBER = re.compile(
    '"\\\\u0001([-0-9.]+)\\\\u0001"'
)  # numbers pass the encoder as marked texts, so that none is a float


def dumps(answer: Json) -> str:
    """Return the answer as text, its exact numbers spelled by `json_number`."""
    text = _NUMBER.sub(r"\1", json.dumps(_plain(answer), ensure_ascii=False, indent=2))
    return "\n".join(map(escaped, text.split("\n"))) + "\n"


def escaped(line: str) -> str:
    """Return a line with the signs that cannot be seen escaped, which is the same to every reader of JSON."""
    if line.isprintable():
        return line
    return "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in line)


def _plain(value: object) -> object:
    """Return what the encoder knows: numbers marked, periods and dates as texts."""
    match value:
        case None | bool() | int():
            return value
        case Fraction() | Decimal():
            return f"\x01{json_number(value)}\x01"
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case date():
            return value.isoformat()
        case _:
            return str(value).replace("\x01", "")


# reports


def report_json(report: Report, _: Translate) -> str:
    """Return a report; display texts are those of the translator."""
    first, last = report.window
    answer = {
        "schema": "cchc/report/1",
        "plan": plan_json(report.plan),
        "period": {"label": report.period, "title": period_title(report.period, _), "from": first, "to": last},
        "illustrative": report.illustrative,
        "summary": report.summary,
        "indicators": [evaluation_json(result, _) for result in report.indicators],
        "statistics": [evaluation_json(result, _) for result in report.statistics],
        "tasks": [_task(result) for result in report.tasks],
        "remarks": [_remark(result) for result in report.remarks],
        "problems": [problem_json(problem, _) for problem in report.problems],
    }
    return dumps(answer)


def plan_json(plan: Plan) -> Json:
    """Return what answers say of the plan."""
    return {"id": plan.head.id, "title": plan.head.title, "unit": plan.head.unit.name}


def evaluation_json(result: Evaluation, _: Translate) -> Json:
    """Return everything that is said of an indicator or statistic in a period."""
    indicator = result.indicator
    return {
        "id": indicator.id,
        "name": indicator.name,
        "ref": indicator.ref,
        "area": indicator.area,
        "owner": indicator.owner,
        "with": indicator.joining,
        "kind": indicator.kind,
        "unit": indicator.unit,
        "target": target_json(result.target),
        "next_target": target_json(result.next_target),
        "status": result.status,
        "reason": result.reason,
        "complete": result.complete,
        "actual": actual_json(indicator, result.actual, result.target, _),
        "latest": _latest(indicator, result.latest, _),
        "coverage": _coverage(result.coverage),
        "year_to_date": _beside(indicator, result.year_to_date, _),
        "previous": _beside(indicator, result.previous, _),
        "same_period_last_year": _beside(indicator, result.same_period_last_year, _),
        "change": result.change,
        "attainment": result.attainment,
        "years": [_year(indicator, year, _) for year in result.years],
        "sentence": sentences.sentence(result, _),
    }


def target_json(target: Target | None) -> Json | None:
    """Return the keys of a target that are given, as the plan spells them."""
    return None if target is None else target.model_dump(by_alias=True, exclude_none=True)


def actual_json(indicator: Indicator, actual: Actual | None, target: Target | None, _: Translate) -> Json | None:
    """Return a figure with its display text, in as many places as keep it on its side of the target."""
    if actual is None:
        return None
    return {
        "value": actual.value,
        "numerator": actual.numerator,
        "denominator": actual.denominator,
        "of": actual.of,
        "points": actual.points,
        "text": actual.text,
        "display": value_text(indicator, actual, target, _),
        "reference": actual.reference,
        "quality": actual.quality,
    }


def _latest(indicator: Indicator, latest: Latest | None, _: Translate) -> Json | None:
    if latest is None:
        return None
    return {
        "reference": latest.reference,
        "actual": actual_json(indicator, latest.actual, latest.target, _),
        "target": target_json(latest.target),
        "status": latest.status,
    }


def _coverage(coverage: Coverage) -> Json:
    return {
        "expected": coverage.expected,
        "missing": coverage.missing,
        "not_applicable": coverage.not_applicable,
    }


def _beside(indicator: Indicator, beside: Beside | None, _: Translate) -> Json | None:
    if beside is None:
        return None
    return {
        "period": beside.period,
        "actual": actual_json(indicator, beside.actual, None, _),
        "coverage": _coverage(beside.coverage),
    }


def _year(indicator: Indicator, year: YearVerdict, _: Translate) -> Json:
    return {
        "year": year.year,
        "period": year.period,
        "status": year.status,
        "complete": year.complete,
        "actual": actual_json(indicator, year.actual, year.target, _),
        "target": target_json(year.target),
    }


def _task(result: TaskResult) -> Json:
    task, report = result.task, result.report
    return {
        "id": task.id,
        "ref": task.ref,
        "title": task.title,
        "area": task.area,
        "owner": task.owner,
        "with": task.joining,
        "state": report.state if report else None,
        "as_of": result.as_of,
        "late": result.late,
        "repeats": task.repeats,
        "from": task.first,
        "due": task.due,
        "text": report.text if report else None,
        "completed_on": report.completed_on if report else None,
        "result": report.result if report else None,
    }


def _remark(result: RemarkResult) -> Json:
    return {"subject": result.subject, "period": result.period, **result.remark.model_dump(by_alias=True)}


# findings


def series_json(indicator: Indicator, points: Sequence[Point], _: Translate) -> str:
    """Return the course of an indicator as `cchc/series/1`: its definition, and each reference period's figure."""
    figures = [
        {
            "period": point.period.label,
            "status": str(point.status),
            "complete": point.complete,
            "actual": actual_json(indicator, point.actual, point.target, _),
            "target": target_json(point.target),
        }
        for point in points
    ]
    return dumps({"schema": "cchc/series/1", "indicator": _entry(indicator), "figures": figures})


def problem_json(problem: Problem, _: Translate) -> Json:
    """Return a finding with its place; null where it has none."""
    span = problem.span
    return {
        "file": problem.file,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
        "severity": problem.severity,
        "code": problem.code,
        "path": problem.path,
        "message": excerpt.message_of(problem, _),
        "remedy": excerpt.remedy_of(problem, _),
    }


def problems_json(problems: Sequence[Problem], files: int, _: Translate, today: date | None = None) -> str:
    """Return the answer of `validate`; some findings depend on `today`."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    summary = {"errors": errors, "warnings": len(problems) - errors, "files": files}
    found = [problem_json(problem, _) for problem in problems]
    return dumps({"schema": "cchc/problems/1", "today": today, "summary": summary, "problems": found})


# the plan


def list_json(what: str, entries: Iterable[Indicator | Task | Owner | Area]) -> str:
    """Return the plan's entries of a kind, their defaults filled in."""
    return dumps({"schema": "cchc/list/1", what: [_entry(entry) for entry in entries]})


def _entry(entry: Indicator | Task | Owner | Area) -> Json:
    if isinstance(entry, Area):
        return {
            "id": entry.id,
            "ref": entry.ref,
            "title": entry.title,
            "owner": entry.owner,
            "indicators": [indicator.id for indicator in entry.indicators],
            "tasks": [task.id for task in entry.tasks],
        }
    answer = dict(_record(entry))
    if isinstance(entry, Indicator):
        answer["targets"] = [target_json(target) for target in entry.targets]
    return answer


def _record(entry: Record) -> Json:
    return entry.model_dump(by_alias=True)
