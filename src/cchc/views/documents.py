"""Rows of ready strings to a document: templates lay out, they never compute. The only door to Jinja and to Word."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
    pass_eval_context,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.filters import do_join
from jinja2.nodes import Concat, EvalContext
from jinja2.runtime import Context, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from cchc.core.diagnostics import Word
from cchc.core.errors import CommandError, Exit
from cchc.texts import mark
from cchc.views import grids
from cchc.views.charts import Charts
from cchc.views.excerpt import inert
from cchc.views.extras import ExtraMissing
from cchc.views.present.numbers import BLANK
from cchc.views.present.page import ReportPage

MAX_OUTPUT = 20_000_000  # characters; a year's report has some 200,000
MAX_TEXT = 1_000_000  # characters of one text that a template makes
MAX_NUMBER = 10**18
MAX_STEPS = 100_000  # all ranges of one rendering together
_TEXT_METHODS = frozenset({
    "capitalize", "count", "endswith", "find", "isdigit", "lower", "lstrip", "partition", "removeprefix",
    "removesuffix", "rpartition", "rstrip", "split", "splitlines", "startswith", "strip", "upper",
})  # fmt: skip
_FILTERS = frozenset({
    "abs", "capitalize", "count", "d", "default", "e", "escape", "first", "groupby", "int", "items", "join",
    "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "select",
    "selectattr", "sort", "striptags", "sum", "title", "trim", "truncate", "unique", "upper", "wordcount",
})  # fmt: skip
_WRONG = (  # what an expression of a template can raise
    TemplateError, ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError,
)  # fmt: skip
_NO_ATTRIBUTE = re.compile(r"has no attribute '(\w+)'|'(\w+)' is undefined")
_UNSAFE = re.compile(r"attribute '(\w+)'")
_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$])")
_LINE_START = re.compile(r"^(\s*)([-+=]|[0-9]+[.)])(?=\s|$|[-=])", re.MULTILINE)
_LINKS = re.compile(r"(?<=\w):(?=//)|(?i:(?<=\bwww)\.)|@")  # what some readers of Markdown make links of
_AMPERSAND = re.compile(r"&(?=[#a-zA-Z])")


class TemplateBroken(CommandError):
    """A template cannot be read, names something that a report does not have, or asks for too much."""

    exit = Exit.FINDINGS

    def __init__(self, file: str, line: int | None, error: Exception) -> None:
        message, args = _said(error)
        super().__init__(
            message,
            mark("Correct the template; `cchc template export` shows the default, docs/reports.md the names."),
            place=f"{file}:{line}" if line else file,
            **args,
        )


def _said(error: Exception) -> tuple[str, dict[str, object]]:
    """Return the message about an error of a template, with its arguments."""
    text = str(error) or type(error).__name__
    if isinstance(error, TooMuch):
        return mark("{place}: the template asks for too much: {reason}"), {"reason": Word(text)}
    if isinstance(error, NoText):
        return mark("{place}: a list is no text; print its items"), {}
    if isinstance(error, SecurityError) and (found := _UNSAFE.search(text)):
        return mark("{place}: the template may not use “{name}”"), {"name": found[1]}
    if isinstance(error, UndefinedError) and (found := _NO_ATTRIBUTE.search(text)):
        return mark("{place}: there is nothing of the name “{name}”"), {"name": found[1] or found[2]}
    return mark("{place}: error in the template: {reason}"), {"reason": text}


class NoText(TemplateError):
    """A template prints a list, in which names may stand that nothing has."""


class TooMuch(TemplateError):
    """A template asks for more steps, or a longer text, than any report needs."""


class _Generator(CodeGenerator):
    """Compiles `~` so that what it joins is counted too."""

    def visit_Concat(self, node: Concat, frame: Frame) -> None:  # noqa: N802  # Jinja's name
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class Sandbox(ImmutableSandboxedEnvironment):
    """Templates in here see what they are given: no file, no attribute that begins with `_`, no work without end."""

    code_generator_class = _Generator
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, templates: Mapping[str, str], *, html: bool) -> None:
        super().__init__(
            loader=FunctionLoader(lambda name: (templates[name], name, None) if name in templates else None),
            autoescape=html,
            optimized=False,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            finalize=_inert,
        )
        self.steps = 0
        self.globals = {"range": self._range, "namespace": self.globals["namespace"]}
        self.filters = {name: value for name, value in self.filters.items() if name in _FILTERS}
        self.filters |= {"md": markdown, "cell": cell, "join": _bounded_join}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may use the attribute; of texts only methods that make no longer ones."""
        if isinstance(obj, int | float) or (isinstance(obj, str) and attr not in _TEXT_METHODS):
            return False
        return bool(super().is_safe_attribute(obj, attr, value))

    def wrap_str_format(self, value: Any) -> None:
        """Have no way of its own for `format`, which can make texts of any length: then it is refused like others."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return what an operator gives; powers, and texts or lists that are multiplied or filled in, are refused."""
        if operator != "+" and not (isinstance(left, int) and isinstance(right, int) and operator != "**"):
            raise TooMuch(mark("only whole numbers may be multiplied"))
        return self._bounded(super().call_binop(context, operator, left, right))

    def joined(self, parts: Iterable[object]) -> str:
        """Return the texts that `~` joins."""
        return str(self._bounded(markup_join(parts) if self.autoescape else "".join(map(str, parts))))

    def _bounded(self, value: Any) -> Any:
        if isinstance(value, str | list | tuple) and len(value) > MAX_TEXT:
            raise TooMuch(mark("a text is too long"))
        if isinstance(value, int) and abs(value) > MAX_NUMBER:
            raise TooMuch(mark("a number is too large"))
        return value

    def _range(self, *bounds: int) -> range:
        """Return a range; all of a rendering together have at most MAX_STEPS steps."""
        steps = range(*bounds)
        self.steps += len(steps)
        if self.steps > MAX_STEPS:
            raise TooMuch(mark("ranges are too long"))
        return steps


class Templates:
    """Templates by name, each compiled once."""

    def __init__(self, texts: Mapping[str, str], *, html: bool) -> None:
        self.texts = texts
        self.environment = Sandbox(texts, html=html)

    def render(self, name: str, context: Mapping[str, object], file: str | None = None) -> str:
        """Return what a template makes of the context; TemplateBroken. `file`: what messages call the template."""
        self.environment.steps = 0
        try:
            return _bounded_text(self.environment.get_template(name).generate(**context))
        except _WRONG as error:
            raise _broken(error, name, self.texts, file or f"templates/{name}") from None


def _broken(error: Exception, name: str, names: Container[str], file: str) -> TemplateBroken:
    """Return what to say of an error; the template that was asked for is called by the name of its file."""
    at, line = _place_of(error, names)
    return TemplateBroken(file if at in {None, name} else f"templates/{at}", line, error)


def report_document(
    page: ReportPage, charts: Charts, name: str, templates: Mapping[str, str], file: str | None = None
) -> str:
    """Return a report laid out by the template of that name."""
    drawings = {key: tuple(map(drawn, svgs)) for key, svgs in charts.indicators.items()}
    strip = drawn(charts.strip) if charts.strip else ""
    context = {"page": page, "charts": Charts(strip, drawings)}
    return Templates(templates, html=name.endswith(".html.j2")).render(name, context, file)


def word_document(page: object, template: bytes, file: str) -> bytes:
    """Return a page as a Word document, laid out by a template; equal input gives equal bytes."""
    try:
        from docxtpl import DocxTemplate  # noqa: PLC0415  # an extra
    except ImportError:
        raise ExtraMissing("docx", "docxtpl") from None
    environment = Sandbox({}, html=True)
    environment.finalize = _one_line
    try:
        made = DocxTemplate(BytesIO(template))
        loops = grids.marked(made.get_docx().element.body)
        made.render({"page": page}, jinja_env=environment, autoescape=True)
    except (*_WRONG, OSError, BadZipFile) as error:
        raise TemplateBroken(file, getattr(error, "lineno", None), error) from None
    grids.fitted(made.docx.element.body, loops)
    written = BytesIO()
    made.save(written)
    return repacked(written.getvalue())


def repacked(archive: bytes) -> bytes:
    """Return a zip archive with the same files in their order, without dates."""
    packed = BytesIO()
    with ZipFile(BytesIO(archive)) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, old.read(name))
    return packed.getvalue()


def drawn(svg: str) -> Markup:
    """Return a drawing of ours, which HTML takes as it is."""
    return Markup(svg)  # noqa: S704  # made by `charts`, which escapes every text


def _bounded_text(pieces: Iterable[str]) -> str:
    made, length = [], 0
    for piece in pieces:
        length += len(piece)
        if length > MAX_OUTPUT:
            raise TooMuch(mark("the document is too long"))
        made.append(piece)
    return "".join(made)


@pass_eval_context
def _bounded_join(context: EvalContext, value: Iterable[Any], d: str = "", attribute: str | None = None) -> Any:
    """Join as Jinja does, no more than a text may hold."""
    items = list(value)
    length = len(str(d)) * len(items)
    for item in items if attribute is None else ():
        length += len(str(item))
    if length > MAX_TEXT:
        raise TooMuch(mark("a text is too long"))
    return do_join(context, items, d, attribute)


def _inert(value: object) -> object:
    """Make every text inert that a template prints; what it has laid out itself is none of the files'.

    A list is no text: what stands in it may be names that nothing has.
    """
    if isinstance(value, list | tuple | dict | Iterator):
        raise NoText
    return "\n".join(inert(line) for line in value.split("\n")) if type(value) is str else value


def _one_line(value: object) -> object:
    """Make a text inert and one paragraph: in Word a line end would stretch the words of its line."""
    return str(_inert(value)).replace("\n", " ") if type(value) is str else value


def _place_of(error: Exception, names: Container[str]) -> tuple[str | None, int | None]:
    """Return the template and its line in which an error arose: the innermost frame that is a template's."""
    if isinstance(error, TemplateSyntaxError):
        return error.name, error.lineno
    trace = error.__traceback__
    place: tuple[str | None, int | None] = (None, None)
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in names:
            place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return place


def markdown(text: str) -> str:
    """Return the text inert in Markdown: no markup, no HTML, no links, in one paragraph; room to fill in is dotted."""
    lines = (" ".join(line.split()) for line in inert_lines(text).replace(BLANK, "…").split("\n"))
    joined = " ".join(filter(None, lines))
    escaped = _AMPERSAND.sub("&amp;", _LINKS.sub(r"\\\g<0>", _MARKDOWN_SIGNS.sub(r"\\\1", joined)))
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
