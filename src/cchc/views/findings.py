"""Findings in the forms that people, scripts and pipelines read: text, JSON, GitHub annotations, SARIF."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import cchc
from cchc.core.codes import CODES, Severity
from cchc.core.diagnostics import Problem, Span
from cchc.texts import Translate
from cchc.views import excerpt

_CLAUSE = re.compile(r"(?<=\S)\{reading\}$")  # empty where there is nothing to say
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(form: str, problems: Sequence[Problem], files: int, _: Translate, today: date | None = None) -> str:
    """Return findings in one of the forms; in every form all of them, sorted as they came.

    JSON counts the `files` and says which day counted as `today`.
    """
    if form == "json":
        from cchc.views.jsonview import problems_json  # noqa: PLC0415  # only this form needs it

        return problems_json(problems, files, _, today)
    return _FORMS[form](problems, _)


def summary(problems: Sequence[Problem], files: int, _: Translate) -> str:
    """Return the closing line for people."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return excerpt.summary_text(errors, len(problems) - errors, files, _)


def _text(problems: Sequence[Problem], _: Translate) -> str:
    return excerpt.problems_text(problems, _)


def _github(problems: Sequence[Problem], _: Translate) -> str:
    """Return workflow commands, one a line; data and properties are escaped as GitHub asks."""
    return "".join(f"{_annotation(problem, _)}\n" for problem in problems)


def _annotation(problem: Problem, _: Translate) -> str:
    file = "\n".join(map(excerpt.inert, problem.file.split("\n")))  # a line end is escaped, and still names the file
    fields = {"file": file, "title": problem.code}
    if problem.span is not None:
        fields |= {"line": str(problem.span.line), "endLine": str(problem.span.end_line)}
        fields |= {"col": str(problem.span.column), "endColumn": str(problem.span.end_column)}
    properties = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in fields.items())
    message = f"{excerpt.message_of(problem, _)}. {excerpt.remedy_of(problem, _)}"
    return f"::{problem.severity} {properties}::{_escaped(message)}"


def _escaped(text: str, also: str = "") -> str:
    for sign in "%\r\n" + also:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def _sarif(problems: Sequence[Problem], _: Translate) -> str:
    """Return a SARIF 2.1.0 log with one run."""
    codes = sorted({problem.code for problem in problems})
    rules = [{"id": code, "shortDescription": {"text": _bare(_(CODES[code].message))}} for code in codes]
    driver = {"name": "cchc", "version": cchc.__version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code), _) for problem in problems],
    }
    from cchc.views.jsonview import dumps  # noqa: PLC0415  # only this form needs it

    return dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _bare(message: str) -> str:
    """Return a message without what differs from case to case."""
    return _PLACEHOLDER.sub("…", _CLAUSE.sub("", message))


def _result(problem: Problem, rule: int, _: Translate) -> Mapping[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": _uri(problem.file)}}
    if problem.span is not None:
        place["region"] = _region(problem.span)
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": str(problem.severity),
        "message": {"text": f"{excerpt.message_of(problem, _)}. {excerpt.remedy_of(problem, _)}"},
        "locations": [{"physicalLocation": place}],
    }


def _uri(file: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415  # only this form needs it

    return quote(file, errors="surrogateescape")


def _region(span: Span) -> Mapping[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


_FORMS: Mapping[str, Callable[[Sequence[Problem], Translate], str]] = {
    "text": _text,
    "github": _github,
    "sarif": _sarif,
}
