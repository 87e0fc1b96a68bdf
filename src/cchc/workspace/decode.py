"""One node of a tree to one record: Pydantic's errors become findings that speak in key paths."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from cchc.core import scalars
from cchc.core.diagnostics import At, Finding, KeyPath, Nearest, NearestOrAll, PlainReading, Word
from cchc.core.fields import Record
from cchc.core.scalars import Unfit
from cchc.texts import mark
from cchc.workspace import yamltree
from cchc.workspace.yamltree import Node, Scalar

R = TypeVar("R", bound=Record)

_MISREAD = frozenset({"E207", "E209", "E210", "E211", "E212", "E213", "E221", "E307"})
_SHAPES = {
    "string_type": Word(mark("a text")),
    "model_type": Word(mark("a mapping (key: value)")),
    "tuple_type": Word(mark("a list")),
    "text": Word(mark("a text")),
    "mapping": Word(mark("a mapping (key: value)")),
    "list": Word(mark("a list")),
}


def record(model: type[R], node: Node, context: object = None) -> tuple[R | None, list[Finding]]:
    """Return the record that a node holds, or None, and every finding about it with paths from the node on."""
    findings: list[Finding] = []
    empty: list[KeyPath] = []
    raw = plain(node, (), findings, empty)
    found = validated(model, raw, findings, context)
    findings.extend(_unknown_empty_keys(model, empty))
    return (found if not findings else None), findings


def _unknown_empty_keys(model: type[Record], empty: list[KeyPath]) -> Iterator[Finding]:
    """Yield findings about keys without a value that no record knows, as in `{value: 95,5}`."""
    for path in empty:
        owner = _model_at(model, path[:-1])
        if owner is not None and path[-1] not in keys(owner):
            yield unknown_key(path, keys(owner))


def validated(model: type[R], raw: object, findings: list[Finding], context: object = None) -> R | None:
    """Return the record of plain values; findings are appended. The record may be good where others were not."""
    try:
        return model.model_validate(raw, context=context)
    except ValidationError as error:
        known = {finding.path for finding in findings}
        findings.extend(finding for finding in _findings(model, error) if finding.path not in known)
        return None


def plain(node: Node, path: KeyPath, findings: list[Finding], empty: list[KeyPath]) -> Any:
    """Return texts, dicts and lists; null is a finding, and keys with nothing after them go to `empty` alone."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, yamltree.Sequence):
        findings.extend(
            Finding("E205", (*path, index), args={"text": item.text})
            for index, item in enumerate(node.items)
            if isinstance(item, Scalar) and yamltree.is_null(item)
        )
        return [plain(item, (*path, index), findings, empty) for index, item in enumerate(node.items)]
    values = {}
    for key, entry in node.entries.items():
        value = entry.value
        if isinstance(value, Scalar):
            if value.plain and (not value.text or yamltree.is_null(value)):
                if value.text:
                    findings.append(Finding("E205", (*path, key), args={"text": value.text}))
                else:
                    empty.append((*path, key))
                continue
            values[key] = value.text
        else:
            values[key] = plain(value, (*path, key), findings, empty)
    return values


def _findings(model: type[Record], error: ValidationError) -> Iterator[Finding]:
    for detail in error.errors(include_url=False, include_input=False):
        finding = _finding(model, detail["type"], detail["loc"], detail.get("ctx", {}))
        if finding is not None:
            yield finding


def _finding(model: type[Record], kind: str, path: KeyPath, ctx: Mapping[str, Any]) -> Finding | None:
    match kind:
        case "value_error":
            return _unfit(path, ctx["error"])
        case "extra_forbidden":
            return unknown_key(path, keys(_model_at(model, path[:-1]) or model))
        case "missing":
            return Finding("E202", path, At.KEY, {"key": path[-1]})
        case "default_factory_not_called":  # the field that it rests on has its own finding
            return None
        case _:
            return Finding("E204", path, args={"expected": _SHAPES[kind]})


def _unfit(path: KeyPath, error: Unfit) -> Finding:
    args = dict(error.args_)
    if error.code == "E204":
        args["expected"] = _SHAPES["text"]
    if error.code in _MISREAD:
        args["reading"] = PlainReading(str(args["text"]))
    if error.code in {"E211", "E307"}:
        args["nearest"] = Nearest(scalars.folded(str(args["text"])), tuple(str(args["known"]).split(", ")))
    return Finding(error.code, path, args=args)


def unknown_key(path: KeyPath, known: Sequence[str]) -> Finding:
    """Return the finding about a key that is not among the known ones, naming the nearest or all."""
    key = str(path[-1])
    return Finding("E201", path, At.KEY, {"key": key, "known": NearestOrAll(key, known)})


def wrong_shape(path: KeyPath, expected: str) -> Finding:
    """Return the finding that a `mapping`, `list` or `text` is expected at the path."""
    return Finding("E204", path, args={"expected": _SHAPES[expected]})


def keys(model: type[Record]) -> tuple[str, ...]:
    """Return the keys of a model as they are written in files."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _model_at(model: type[Record], path: KeyPath) -> type[Record] | None:
    """Return the model of the record that a path within `model` names, or None where it names none."""
    found: type[Record] | None = model
    for step in path:
        if isinstance(step, int) or found is None:
            continue
        field = next((field for name, field in found.model_fields.items() if step in {name, field.alias}), None)
        found = next(_records(field.annotation), None) if field is not None else None
    return found


def _records(annotation: object) -> Iterator[type[Record]]:
    """Yield the record types inside an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for argument in get_args(annotation):
        yield from _records(argument)
