"""Trying templates out: on pages that hold everything, nothing, and what a real report holds."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from cchc.views.audits import AuditPage
from cchc.views.charts import Charts
from cchc.views.differing import DiffPage
from cchc.views.documents import TemplateBroken, Templates, report_document, word_document
from cchc.views.present.page import ReportPage
from cchc.views.site import Frame, IndexPage, IndicatorPage, Neighbours
from cchc.views.slips import SlipPage
from cchc.views.standing import BoardPage

PAGES: Mapping[str, tuple[str, type]] = {  # the page that each template lays out that is none of a report
    "site-index.html.j2": ("page", IndexPage),
    "site-period.html.j2": ("page", ReportPage),
    "site-indicator.html.j2": ("page", IndicatorPage),
    "diff.md.j2": ("page", DiffPage),
    "diff.html.j2": ("page", DiffPage),
    "audit.md.j2": ("page", AuditPage),
    "status.md.j2": ("page", BoardPage),
    "slip.md.j2": ("page", SlipPage),
    "slip.html.j2": ("page", SlipPage),
    "slip.docx": ("page", SlipPage),
}


def sample(type_: Any, *, full: bool) -> Any:
    """Return a value of a page's type with every text and list filled, or with none."""
    if type_ is str:
        return "x" if full else ""
    if type_ is bool:
        return full
    if type_ is int:
        return int(full)
    if is_dataclass(type_):
        hints = get_type_hints(type_)
        return type_(**{field.name: sample(hints[field.name], full=full) for field in fields(type_)})  # type: ignore[operator]
    if get_origin(type_) in {Union, types.UnionType}:
        known = [choice for choice in get_args(type_) if choice is not type(None)]
        return sample(known[0], full=True) if full else None
    if get_origin(type_) is tuple:
        return (sample(get_args(type_)[0], full=True),) if full else ()
    return {"x": ("x",)} if full else {}


def names(*types_: Any) -> dict[str, list[tuple[str, str]]]:
    """Return what templates may use: of each type, those inside it too, the names with their types."""
    found: dict[str, list[tuple[str, str]]] = {}
    waiting = list(types_)
    while waiting:
        type_ = waiting.pop(0)
        if type_.__name__ in found:
            continue
        hints = get_type_hints(type_)
        own = [(field.name, _said(hints[field.name])) for field in fields(type_)]
        own += [(name, "str") for name, value in vars(type_).items() if isinstance(value, property)]
        found[type_.__name__] = own
        waiting += [choice for hint in hints.values() for choice in (hint, *get_args(hint)) if is_dataclass(choice)]
    return found


def _said(type_: Any) -> str:
    if get_origin(type_) is tuple:
        return f"{_said(get_args(type_)[0])}[]"
    if get_origin(type_) in {Union, types.UnionType}:
        return " / ".join(_said(choice) for choice in get_args(type_))
    if get_origin(type_) is not None:
        return "mapping"
    return "none" if type_ is type(None) else str(type_.__name__)


def faults(
    name: str, file: str, content: str | bytes, texts: Mapping[str, str], pages: Mapping[str, ReportPage]
) -> Iterator[TemplateBroken]:
    """Yield what is wrong with a template: laid out on full and empty pages and on real ones; each fault once."""
    seen = set()
    for context in (*_contexts(name), *({"page": page} for page in pages.values() if name.startswith("report."))):
        try:
            _lay_out(name, file, content, texts, context)
        except TemplateBroken as fault:
            said = tuple(sorted((key, str(value)) for key, value in fault.arguments.items()))
            if said not in seen:
                seen.add(said)
                yield fault


def _contexts(name: str) -> Iterator[dict[str, Any]]:
    for full in (True, False):
        frame, top = sample(Frame, full=full), "../" if full else ""
        key, type_ = PAGES.get(name, ("page", ReportPage))
        more = {"neighbours": sample(Neighbours, full=full), "pages": frozenset({"x"} if full else ()), "said": full}
        yield {"frame": frame, "top": top, key: sample(type_, full=full), **more}


def _lay_out(name: str, file: str, content: str | bytes, texts: Mapping[str, str], context: Mapping[str, Any]) -> None:
    if isinstance(content, bytes):
        word_document(context["page"], content, file)
        return
    templates = {**texts, name: content}
    if name.startswith("report."):
        charts = sample(Charts, full=True) if context["page"].title else Charts()
        report_document(context["page"], charts, name, templates, file)
    else:
        Templates(templates, html=name.endswith(".html.j2")).render(name, context, file)
