"""Problems and errors as lines that editors can click, with the source line, a caret and the remedy."""

import unicodedata
from collections.abc import Iterable, Mapping

from cchc.core.codes import CODES, Severity
from cchc.core.diagnostics import Amount, Finding, KeyPath, Lines, Nearest, Part, PlainReading, Problem, Word
from cchc.core.errors import CommandError
from cchc.core.scalars import yaml_reading
from cchc.texts import Translate, mark
from cchc.views.reasons import FOREIGN
from cchc.views.wrapping import width_of

LONGEST = 300  # characters of an argument in a message
WINDOW = 100  # the longest stretch of a source line that is shown
SECTIONS = frozenset({"measurements", "tasks", "remarks"})

SEVERITIES: Mapping[Severity, str] = {Severity.ERROR: mark("error"), Severity.WARNING: mark("warning")}


def inert(text: str) -> str:
    """Return the text with every sign that cannot be seen or that a terminal acts on replaced by a visible one."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _visible(character) for character in text)


def _visible(character: str) -> str:
    code = ord(character)
    if code < 0x20:  # noqa: PLR2004  # the C0 control characters have pictures of their own
        return chr(0x2400 + code)
    return character if unicodedata.category(character) == "Zs" else "\ufffd"


def filled(message: str, args: Mapping[str, object], _: Translate) -> str:
    """Return a message id translated, with its arguments in it; what comes from files is made inert."""
    return _(message).format(**{name: _argument(value, _) for name, value in args.items()})


def _argument(value: object, _: Translate) -> str:
    if isinstance(value, Word):
        return _(value)
    if isinstance(value, Finding):
        return finding_text(value, _)
    if isinstance(value, Amount):
        return _official(value)
    if isinstance(value, Part):
        return f"{inert(value.name)} = {_official(value.amount)}"
    if isinstance(value, Lines):
        return "\n".join(inert(line) for line in value.split("\n"))
    if isinstance(value, Nearest):
        value = value.words
    if isinstance(value, tuple | list):
        comma = "; " if any(isinstance(item, Amount | Part) for item in value) else ", "  # numbers have commas
        return comma.join(_argument(item, _) for item in value)
    text = str(value)
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}…"
    return _(text) if text in FOREIGN else inert(text)


def _official(figure: Amount) -> str:
    """Return a figure as offices write it."""
    from cchc.views.present.numbers import official  # noqa: PLC0415  # most messages quote no figure

    return official(figure)


def finding_text(finding: Finding, _: Translate) -> str:
    """Return a finding in one sentence with its remedy, for a figure that was typed and stands in no file."""
    code, args = CODES[finding.code], _with_clauses(finding.args, _)
    return f"{filled(code.message, args, _)}. {filled(code.remedy, args, _)}"


def _with_clauses(args: Mapping[str, object], _: Translate) -> Mapping[str, object]:
    """Return the arguments with what is said only where there is something to say as clauses, empty elsewhere."""
    filled_in: dict[str, object] = {}
    if "nearest" in args:
        close = args["nearest"]
        close = close.words if isinstance(close, Nearest) else close
        filled_in["nearest"] = _(" (nearest: {ids})").format(ids=_argument(close, _)) if close else ""
    reading = args.get("reading")
    if isinstance(reading, PlainReading):
        filled_in["reading"] = _reading_clause(reading.text, _)
    return {**args, **filled_in}


def _reading_clause(text: str, _: Translate) -> str:
    reading = yaml_reading(text)
    if reading == text or reading.startswith("“"):  # a text, or what stands there
        return ""
    return _("; plain YAML would read {reading}").format(reading=inert(reading))


def message_of(problem: Problem, _: Translate) -> str:
    """Return what is wrong, in one line."""
    return filled(CODES[problem.code].message, _with_clauses(problem.args, _), _)


def remedy_of(problem: Problem, _: Translate) -> str:
    """Return what to do about it, in one line."""
    return filled(CODES[problem.code].remedy, _with_clauses(problem.args, _), _)


def place_of(problem: Problem) -> str:
    """Return file, line and column as editors click them."""
    if problem.span is None:
        return inert(problem.file)
    return f"{inert(problem.file)}:{problem.span.line}:{problem.span.column}"


def path_text(path: KeyPath) -> str:
    """Return a key path as people read it: without the section of a data file, items counted from 1."""
    steps = path[1:] if len(path) > 1 and path[0] in SECTIONS else path
    return " › ".join(str(step + 1) if isinstance(step, int) else inert(step) for step in steps)


def problem_text(problem: Problem, _: Translate) -> str:
    """Return one finding: its line, its excerpt and its remedy, without a final line end."""
    head = f"{place_of(problem)}: {_(SEVERITIES[problem.severity])}[{problem.code}]: {message_of(problem, _)}"
    path = path_text(problem.path)
    remedy = f"  {path}. {remedy_of(problem, _)}" if path else f"  {remedy_of(problem, _)}"
    return "\n".join([head, *_excerpt(problem), remedy])


def _excerpt(problem: Problem) -> list[str]:
    """Return the source line and the caret below what is meant."""
    if problem.span is None or not problem.lines:
        return []
    line = problem.lines[0]
    start = problem.span.column - 1
    end = problem.span.end_column - 1 if problem.span.end_line == problem.span.line else len(line)
    end = max(start + 1, min(end, len(line)))
    cut = max(0, start - WINDOW // 2) if len(line) > WINDOW else 0
    shown, lead = line[cut : cut + WINDOW], "…" if cut else ""
    number = str(problem.span.line)
    blank = " " * len(number)
    padding = " " * len(lead) + _padding(line[cut:start])
    carets = "^" * max(1, width_of(line[start : min(end, cut + WINDOW)]))
    more = "…" if cut + WINDOW < len(line) else ""
    return [f"  {number} | {lead}{inert_line(shown)}{more}", f"  {blank} | {padding}{carets}"]


def inert_line(line: str) -> str:
    """Return a source line made inert; tabs stay tabs."""
    return "\t".join(inert(part) for part in line.split("\t"))


def _padding(text: str) -> str:
    return "".join("\t" if character == "\t" else " " * width_of(character) for character in text)


def problems_text(problems: Iterable[Problem], _: Translate) -> str:
    """Return findings as text, each ending its last line, with a blank line between them."""
    return "\n".join(f"{problem_text(problem, _)}\n" for problem in problems)


def summary_text(errors: int, warnings: int, files: int, _: Translate) -> str:
    """Return the closing line of `validate`."""
    if errors or warnings:
        message = _("{files} files checked; errors: {errors}, warnings: {warnings}")
    else:
        message = _("{files} files checked; nothing is wrong")
    return message.format(files=files, errors=errors, warnings=warnings)


def error_text(error: CommandError, _: Translate) -> str:
    """Return what stopped a command and its remedy."""
    text, remedy = f"{_('error')}: {filled(error.message, error.arguments, _)}", error_remedy(error, _)
    return f"{text}\n  {remedy}" if remedy else text


def error_remedy(error: CommandError, _: Translate) -> str:
    """Return what to do about what stopped a command; empty where nobody knows."""
    return filled(error.remedy, _expected(error, _), _) if error.remedy else ""


def notice_text(place: str, message: str, _: Translate) -> str:
    """Return what was not taken of a cell, or why a row could not be, in one line."""
    return f"{inert(place)}: {_(SEVERITIES[Severity.WARNING])}: {_(message)}"


def _expected(error: CommandError, _: Translate) -> Mapping[str, object]:
    """Return the arguments with the description of what was expected filled in, which has arguments of its own."""
    expected = error.arguments.get("expected")
    if not isinstance(expected, str):
        return error.arguments
    return {**error.arguments, "expected": filled(expected, error.arguments, _)}
