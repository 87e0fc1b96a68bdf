"""JSON Schemas of the files (draft 7), for editors that complete and check while somebody types.

Pydantic builds them from the models, whose fields know their forms (`core.forms`). Here they get descriptions and the
sections of each kind of file; the schema of data files also gets the ids of a plan.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from cchc.core import forms
from cchc.core.checks import FIELDS
from cchc.core.fields import FIGURES, GENERAL, Kind, Record
from cchc.core.filekinds import FILE_KINDS
from cchc.core.model import Indicator, Measurement, Plan, Remark, Task, TaskReport
from cchc.texts import Language, mark, translator
from cchc.views.fields import FILES, RECORDS, WORDS

Json = dict[str, Any]

_vietnamese = translator(Language.VIETNAMESE)

DRAFT = "http://json-schema.org/draft-07/schema#"
_ABSENT = {"$ref": "#/definitions/null"}  # nothing after the key of an optional field
_EMPTY: Json = {  # as `_ABSENT`, but with words for what stands there, and not offered
    "enum": [None],
    "errorMessage": _vietnamese(mark("a figure of this kind has no such key")),
    "doNotSuggest": True,
}
_FIGURE = frozenset(key for known in FIELDS.values() for key in known)
_FREQUENCY = {"month": mark("monthly"), "quarter": mark("quarterly"), "year": mark("yearly")}
_FILL_IN: Mapping[Kind, str] = {
    Kind.RATIO: mark("Write numerator and denominator, or value alone where only the result was published."),
    Kind.COUNT: mark("Write value: a whole number, as 1234."),
    Kind.NUMBER: mark("Write value: a number, as 95.5."),
    Kind.YES_NO: mark("Write value: có or không."),
    Kind.RANK: mark("Write value: the rank, and of: among how many."),
    Kind.GRADE: mark("Write value: one of {scale}."),
    Kind.NARRATIVE: mark("Write text: what is said."),
}
_TO_FILL_IN: Mapping[Kind, tuple[str, ...]] = {  # the keys that come with an id that is chosen in an editor
    Kind.RATIO: ("numerator", "denominator", "source"),
    Kind.COUNT: ("value", "source"),
    Kind.NUMBER: ("value", "source"),
    Kind.YES_NO: ("value", "source"),
    Kind.RANK: ("value", "of", "source"),
    Kind.GRADE: ("value", "source"),
    Kind.NARRATIVE: ("text", "source"),
}
_DEFINED: Mapping[str, str] = {
    "numerator": mark("numerator: {text}"),
    "denominator": mark("denominator: {text}"),
    "reading": mark("reading: {text}"),
}


def schema_text(kind: str, plan: Plan | None = None) -> str:
    """Return the schema of a kind of file as JSON; the one of data files names what the plan has, and takes more."""
    return json.dumps(_schema(kind, plan), ensure_ascii=False, indent=2) + "\n"


def _schema(kind: str, plan: Plan | None) -> Json:
    what, described = FILE_KINDS[kind], FILES[kind]
    definitions = {name: dict(form) for name, form in forms.QUIET.items()}
    root = _definition(what.head, definitions)
    for section, record in what.lists.items():
        items = {"type": "array", "items": _reference(record, definitions)}
        root["properties"][section] = _optional(items, _vietnamese(described.fields[section]))
    for section, record in what.mappings.items():
        entry = _optional(_reference(record, definitions), _vietnamese(RECORDS[record].record))
        entries = {"type": "object", "additionalProperties": entry}
        root["properties"][section] = _optional(entries, _vietnamese(described.fields[section]))
    if plan is not None and what.mappings:
        _name_what_the_plan_has(root["properties"], definitions, plan)
    title = _vietnamese(described.record)
    return {"$schema": DRAFT, "title": title, **root, "definitions": dict(sorted(definitions.items()))}


# records


def _reference(record: type[Record], definitions: dict[str, Json]) -> Json:
    if record.__name__ not in definitions:
        definitions[record.__name__] = _definition(record, definitions)
    return {"$ref": f"#/definitions/{record.__name__}"}


def _definition(record: type[Record], definitions: dict[str, Json]) -> Json:
    """Return the schema of a record; those of the records inside it go to the definitions."""
    generated = record.model_json_schema(ref_template="#/definitions/{model}")
    inside = generated.pop("$defs", {})
    known = {known.__name__: known for known in RECORDS}
    for name, definition in inside.items():
        definitions[name] = _described(known[name], definition)
    return _described(record, generated)


def _described(record: type[Record], generated: Json) -> Json:
    """Return a record's schema as Pydantic made it, with our descriptions, and optional fields that may be empty."""
    described, required = RECORDS[record], generated.get("required", [])
    properties = {}
    for key, made in generated["properties"].items():
        form = _alternatives({name: value for name, value in made.items() if name not in {"title", "default"}})
        description, form = _vietnamese(described.fields[key]), _translated(form)
        properties[key] = {"description": description, **form} if key in required else _optional(form, description)
    return {
        "description": _vietnamese(described.record),
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _alternatives(form: Json) -> Json:
    """Return the form without Pydantic's null, which editors would offer."""
    if "anyOf" not in form:
        return form
    several = [item for each in form["anyOf"] for item in _flat(each) if item != {"type": "null"}]
    return several[0] if len(several) == 1 else {**form, "anyOf": several}


def _flat(form: Json) -> Iterable[Json]:
    return form["anyOf"] if set(form) == {"anyOf"} else [form]


def _optional(form: Json, description: str) -> Json:
    """Return the form of what may also be left empty after its key; editors show the innermost description."""
    several = [{"description": description, **item} if "$ref" in item else item for item in _flat(form)]
    return {"description": description, "anyOf": [*several, _ABSENT]}


def _translated(form: Any) -> Any:
    """Return the form with its messages, and the words of enumerations described."""
    if isinstance(form, list):
        return [_translated(item) for item in form]
    if not isinstance(form, dict):
        return form
    if form in forms.QUIET.values():
        return {"$ref": f"#/definitions/{next(name for name, quiet in forms.QUIET.items() if quiet == form)}"}
    answer = {
        name: _vietnamese(value) if name == "errorMessage" else _translated(value) for name, value in form.items()
    }
    words = _words(tuple(form.get("enum", ())))
    return {**answer, "enumDescriptions": [_vietnamese(words[word]) for word in form["enum"]]} if words else answer


def _words(values: tuple[str, ...]) -> Mapping[str, str]:
    """Return what is said of the words of an enumeration."""
    return next((words for kind, words in WORDS.items() if tuple(map(str, _members(kind))) == values), {})


def _members(kind: type[StrEnum]) -> Iterator[StrEnum]:
    return iter(kind)


# the ids of a plan


def _name_what_the_plan_has(sections: Json, definitions: dict[str, Json], plan: Plan) -> None:
    """Put the ids of the plan into the sections of data files, each with what it is."""
    for kind in Kind:
        definitions[_of_kind(kind)] = _figure_of(kind, definitions[Measurement.__name__])
    _name(sections["measurements"], {id_: _measurement(indicator) for id_, indicator in plan.measured.items()})
    _name(sections["tasks"], {id_: _task(task) for id_, task in plan.tasks_by_id.items()})
    titles = {area.id: area.title for area in plan.areas} | {GENERAL: _vietnamese(mark("remarks about the whole"))}
    _name(sections["remarks"], {key: _named(Remark.__name__, titles[key], ("results",)) for key in plan.remark_keys})


def _name(section: Json, properties: Json) -> None:
    mapping = section["anyOf"][0]
    mapping["properties"] = properties


def _named(definition: str, description: str, keys: Iterable[str]) -> Json:
    """Return the form of an entry; an editor that completes its id writes these keys for it."""
    body = {key: f"${number}" for number, key in enumerate(keys, 1)}
    named = _optional({"$ref": f"#/definitions/{definition}"}, description)
    return {**named, "defaultSnippets": [{"label": " · ".join(body), "body": body}]}


def _of_kind(kind: Kind) -> str:
    return f"{Measurement.__name__}-{kind}"


def _figure_of(kind: Kind, measurement: Json) -> Json:
    """Return what an entry of the kind may hold: of the figure only what belongs to the kind; the rest stays empty."""
    properties = {
        key: form if key in FIELDS[kind] or key not in _FIGURE else {"description": form["description"], **_EMPTY}
        for key, form in measurement["properties"].items()
    }
    if kind in FIGURES:
        properties["value"] = _optional(_translated(dict(FIGURES[kind])), properties["value"]["description"])
    return {**measurement, "properties": properties}


def _measurement(indicator: Indicator) -> Json:
    unit = f" ({indicator.unit})" if indicator.unit else ""
    lines = [f"{indicator.name}{unit}, {_vietnamese(_FREQUENCY[indicator.frequency])}."]
    lines.append(_vietnamese(_FILL_IN[indicator.kind]).format(scale=", ".join(indicator.scale)))
    defined = {key: getattr(indicator, key) for key in _DEFINED}
    lines += [_vietnamese(_DEFINED[key]).format(text=text) for key, text in defined.items() if text]
    return _named(_of_kind(indicator.kind), "\n\n".join(lines), _TO_FILL_IN[indicator.kind])


def _task(task: Task) -> Json:
    return _named(TaskReport.__name__, f"{task.title} ({task.ref})", ("state", "text"))
