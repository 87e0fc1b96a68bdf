"""The board and the reminders as JSON."""

from collections.abc import Iterable, Sequence

from cchc.core.agenda import Coming, ReportDue, TaskDue
from cchc.core.board import Board, CellState, Figure, Row
from cchc.core.fields import Kind
from cchc.core.model import Owner
from cchc.core.periods import Period, day_after
from cchc.core.results import Evaluation
from cchc.texts import Translate
from cchc.views.jsonview import Json, actual_json, dumps, plan_json, problem_json, target_json
from cchc.views.present.numbers import period_title
from cchc.views.reminders import Reminder
from cchc.views.standing import counts_of


def board_json(board: Board, _: Translate) -> str:
    """Return the dashboard of a period on a day as `cchc/status/1`."""
    report, selection = board.report, board.report.selection
    answer = {
        "schema": "cchc/status/1",
        "plan": plan_json(report.plan),
        "period": _period(board, _),
        "today": board.today,
        "illustrative": report.illustrative,
        "selection": {"area": selection.area, "owner": selection.owner},
        "summary": report.summary,
        "counts": counts_of(board.figures)._asdict(),
        "indicators": [_standing(board, result, _) for result in report.indicators],
        "months": [month.label for month in board.months],
        "matrix": [_row(board.months, row) for row in board.rows],
        "statistics": [_row(board.months, row) for row in board.statistics],
        "owners": [_owner(board, owner) for owner in report.plan.owners if selection.owner in {None, owner.id}],
        "missing": [_figure(figure) for figure in board.missing],
        "late": [_figure(figure) for figure in board.late],
        "earlier": [_figure(figure) for figure in board.earlier],
        "since": [_figure(figure) for figure in board.since],
        "upcoming": [_coming(one) for one in board.coming],
        "tasks": [_task(one) for one in board.tasks],
        "next_report": _report(board.next_report, _),
        "problems": [problem_json(problem, _) for problem in report.problems],
    }
    return dumps(answer)


def reminders_json(board: Board, reminders: Iterable[Reminder], text: str, _: Translate) -> str:
    """Return reminders as `cchc/remind/1`, with the text that is to be sent."""
    answer = {
        "schema": "cchc/remind/1",
        "plan": plan_json(board.report.plan),
        "period": _period(board, _),
        "today": board.today,
        "illustrative": board.report.illustrative,
        "owners": [_reminder(one) for one in reminders],
        "text": text,
    }
    return dumps(answer)


def _period(board: Board, _: Translate) -> Json:
    return {"label": board.report.period, "title": period_title(board.report.period, _)}


def _standing(board: Board, result: Evaluation, _: Translate) -> Json:
    indicator = result.indicator
    course = board.courses[indicator.id]
    numbers = [
        actual.value if actual is not None and indicator.kind is not Kind.NARRATIVE else None for actual in course
    ]
    return {
        "id": indicator.id,
        "name": indicator.name,
        "owner": indicator.owner,
        "status": result.status,
        "complete": result.complete,
        "actual": actual_json(indicator, result.actual, result.target, _),
        "target": target_json(result.target),
        "course": numbers,
    }


def _row(months: Sequence[Period], row: Row) -> Json:
    indicator = row.indicator
    return {
        "id": indicator.id,
        "name": indicator.name,
        "area": indicator.area,
        "owner": indicator.owner,
        "with": indicator.joining,
        "cells": [_cell(month, figure) for month, figure in zip(months, row.figures, strict=True)],
    }


def _cell(month: Period, figure: Figure | None) -> Json:
    return {
        "month": month,
        "period": figure.period if figure is not None else None,
        "state": figure.state if figure is not None else CellState.NOT_MEASURED,
        "due_on": figure.due_on if figure is not None else None,
        "provided_on": figure.provided_on if figure is not None else None,
        "late": figure is not None and figure.late,
        "provisional": figure is not None and figure.provisional,
        "unconfirmed": figure is not None and figure.unconfirmed,
    }


def _owner(board: Board, owner: Owner) -> Json:
    own = [figure for figure in board.figures if figure.indicator.owner == owner.id]
    answering = owner.id in board.report.plan.answering
    return {"id": owner.id, "name": owner.name, "answers": answering, "counts": counts_of(own)._asdict()}


def _figure(figure: Figure) -> Json:
    return {
        "id": figure.indicator.id,
        "name": figure.indicator.name,
        "period": figure.period,
        "owner": figure.indicator.owner,
        "state": figure.state,
        "due_on": figure.due_on,
        "overdue_since": day_after(figure.due_on) if figure.late and figure.due_on is not None else None,
        "provided_on": figure.provided_on,
        "late": figure.late,
    }


def _coming(one: Coming) -> Json:
    return {
        "period": one.period,
        "due_on": one.due_on,
        "over": one.over,
        "late": one.late,
        "figures": [indicator.id for indicator in one.open],
    }


def _task(one: TaskDue) -> Json:
    task, report = one.result.task, one.result.report
    return {
        "id": task.id,
        "ref": task.ref,
        "title": task.title,
        "owner": task.owner,
        "with": task.joining,
        "requested": task.requested,
        "period": one.period,
        "due_on": one.due_on,
        "state": report.state if report is not None else None,
        "as_of": one.result.as_of,
        "late": one.late,
    }


def _report(due: ReportDue | None, _: Translate) -> Json | None:
    if due is None:
        return None
    return {"period": due.period, "title": period_title(due.period, _), "due_on": due.due_on}


def _reminder(one: Reminder) -> Json:
    return {
        "id": one.owner.id,
        "name": one.owner.name,
        "answers": one.answers,
        "counts": {
            "overdue": len(one.overdue),
            "missing": len(one.missing),
            "provisional": len(one.provisional),
            "unconfirmed": len(one.unconfirmed),
            "tasks": len(one.tasks),
        },
        "overdue": [_figure(figure) for figure in one.overdue],
        "missing": [_figure(figure) for figure in one.missing],
        "provisional": [_figure(figure) for figure in one.provisional],
        "unconfirmed": [_figure(figure) for figure in one.unconfirmed],
        "upcoming": [_coming(coming) for coming in one.coming],
        "tasks": [_task(task) for task in one.tasks],
    }
