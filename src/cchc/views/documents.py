"""Rows of ready strings to a document: templates lay out, they never compute. The only door to Jinja."""

import re
from collections.abc import Mapping

from jinja2 import DictLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cchc.core.errors import CommandError, Exit
from cchc.texts import mark
from cchc.views.excerpt import inert
from cchc.views.present import ReportPage

_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$])")
_LINE_START = re.compile(r"^(\s*)([-+=]|[0-9]+[.)])(?=\s|$|[-=])", re.MULTILINE)
_AMPERSAND = re.compile(r"&(?=[#a-zA-Z])")


class TemplateBroken(CommandError):
    """A template cannot be read or names something that a report does not have."""

    exit = Exit.FINDINGS

    def __init__(self, name: str, line: int | None, reason: str) -> None:
        place = f"{name}:{line}" if line else name
        super().__init__(
            mark("template {place}: {reason}"),
            mark("Correct the template in templates/, or delete it to use the default."),
            place=place,
            reason=reason,
        )


def render(page: ReportPage, name: str, templates: Mapping[str, str]) -> str:
    """Return a report laid out by the template of that name; raises TemplateBroken."""
    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader(dict(templates)),
        autoescape=name.endswith(".html.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_inert,
    )
    environment.filters |= {"md": markdown, "cell": cell}
    try:
        return environment.get_template(name).render(page=page)
    except TemplateSyntaxError as error:
        raise TemplateBroken(error.name or name, error.lineno, error.message or "") from None
    except TemplateError as error:
        raise TemplateBroken(name, _line_of(error, name), error.message or type(error).__name__) from None


def _inert(value: object) -> object:
    """Make every text inert that a template prints; what it has laid out itself is none of the files'."""
    return "\n".join(inert(line) for line in value.split("\n")) if type(value) is str else value


def _line_of(error: Exception, name: str) -> int | None:
    """Return the template's line on which rendering failed."""
    trace = error.__traceback__
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in {"<template>", name}:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def markdown(text: str) -> str:
    """Return the text inert in Markdown: no markup, no HTML, no links, in one paragraph."""
    lines = (" ".join(line.split()) for line in inert_lines(text).split("\n"))
    joined = " ".join(filter(None, lines))
    escaped = _AMPERSAND.sub("&amp;", _MARKDOWN_SIGNS.sub(r"\\\1", joined))
    return _LINE_START.sub(lambda match: f"{match[1]}{_escaped_start(match[2])}", escaped)


def _escaped_start(sign: str) -> str:
    """Return a sign that would begin a list or a heading with a backslash, so that it does not."""
    return f"\\{sign}" if len(sign) == 1 else f"{sign[:-1]}\\{sign[-1]}"


def cell(text: str) -> str:
    """Return the text inert in a table cell, a dash where there is none."""
    return markdown(text) or "–"


def inert_lines(text: str) -> str:
    """Return the text with everything but its line ends made inert."""
    return "\n".join(inert(line) for line in text.splitlines())
