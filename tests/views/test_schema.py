"""The schemas accept whatever our reader accepts, as editors read it, and refuse what it would refuse."""

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any, get_args

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import TypeAdapter, ValidationError

from cchc.cli.apps.checking import SCHEMAS
from cchc.core import fields, forms, imports, model, surveys
from cchc.core.checks import FIELDS
from cchc.core.draft import Draft
from cchc.core.fields import Kind, Record, _Typed
from cchc.core.filekinds import FILE_KINDS, kind_of
from cchc.core.model import Plan
from cchc.views.fields import FILES, RECORDS, WORDS
from cchc.views.schema import schema_text
from cchc.workspace import datafiles, decode, lists, planfiles, yamltree
from cchc.workspace.load import load_plan
from cchc.workspace.yamltree import Document

REPOSITORY = Path(__file__).parents[2]
STARTER = "src/cchc/starter"
WORKSPACES = (".", "tests/golden/moi-loai", STARTER)


# how an editor reads: YAML 1.2's core schema


class Core(yaml.SafeLoader):
    """Resolves plain scalars by the core schema of YAML 1.2; keys are their texts."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012  # PyYAML's own, here empty


def _number(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    text = loader.construct_scalar(node)
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    return int(text, base)


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> float:
    text = loader.construct_scalar(node).lower()
    return float(text.replace(".inf", "inf").replace(".nan", "nan"))


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[str, Any]:
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


for tag, pattern, construct in (
    ("null", r"|~|null|Null|NULL", yaml.SafeLoader.construct_yaml_null),
    ("bool", r"true|True|TRUE|false|False|FALSE", yaml.SafeLoader.construct_yaml_bool),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", _number),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        _decimal,
    ),
):
    name = f"tag:yaml.org,2002:{tag}"
    Core.add_implicit_resolver(name, re.compile(f"(?:{pattern})\\Z"), None)
    Core.add_constructor(name, construct)
Core.add_constructor("tag:yaml.org,2002:map", _mapping)


def as_editors_read(text: str) -> Any:
    return yaml.load(text, Core)  # noqa: S506  # a SafeLoader


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("412", 412), ('"412"', "412"), ("1e3", 1000.0), ("0x1f", 31), ("0o17", 15), ("010", 10), ("yes", "yes"),
        ("true", True), ("TRUE", True), ("tRue", "tRue"), ("~", None), ("", None), ("2023-06-15", "2023-06-15"),
        ("12:30", "12:30"), ("1_000", "1_000"), (".inf", float("inf")), ("95,5", "95,5"), ("+5", 5), ("1.", 1.0),
    ],
)  # fmt: skip
def test_the_reader_of_this_test_resolves_as_yaml_1_2_does(text: str, value: object) -> None:
    found = as_editors_read(f"a: {text}")["a"]
    assert (found, type(found)) == (value, type(value))


# the schemas


@cache
def _plan(workspace: str = ".") -> Plan:
    plan = load_plan(REPOSITORY / workspace).plan
    assert plan is not None
    return plan


@cache
def _validator(kind: str, workspace: str | None = None) -> Draft7Validator:
    return Draft7Validator(json.loads(schema_text(kind, _plan(workspace) if workspace else None)))


def _complaints(kind: str, text: str, workspace: str | None = None) -> list[str]:
    found = _validator(kind, workspace).iter_errors(as_editors_read(text))
    return [f"{leaf.json_path}: {leaf.message}" for error in found for leaf in _leaves(error)]


def _leaves(error: jsonschema.ValidationError) -> Iterator[jsonschema.ValidationError]:
    """Yield what is wrong; of alternatives what is wrong by the first, which is the one that editors speak of."""
    first = [inner for inner in error.context or () if inner.schema_path[0] == 0]
    for inner in first:
        yield from _leaves(inner)
    if not first:
        yield error


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_a_schema_is_one_by_the_metaschema_of_its_draft(kind: str) -> None:
    for plan in (None, _plan()):
        schema = json.loads(schema_text(kind, plan))
        assert schema["$schema"] == Draft7Validator.META_SCHEMA["$schema"]
        Draft7Validator.check_schema(schema)


def _subschemas(schema: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        schema = [value for key, value in schema.items() if key != "not"]
    if isinstance(schema, list):
        for item in schema:
            yield from _subschemas(item)


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_no_form_offers_null_and_only_flags_offer_true_and_false(kind: str) -> None:
    types = [json.dumps(form["type"]) for form in _subschemas(json.loads(schema_text(kind))) if "type" in form]
    assert {text for text in types if "null" in text} == set()
    assert {text for text in types if "boolean" in text} <= {'["boolean", "string"]'}


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_equal_plans_give_equal_bytes(kind: str) -> None:
    plan = load_plan(REPOSITORY).plan
    assert schema_text(kind, plan) == schema_text(kind, _plan())
    assert schema_text(kind, plan).endswith("}\n")


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_the_schemas_of_the_repository_are_fresh(kind: str) -> None:
    text = (REPOSITORY / f"schema/{kind}.json").read_bytes().decode("utf-8")
    assert text == schema_text(kind, _plan()), "run: cchc schema"


def test_the_command_knows_every_kind() -> None:
    assert tuple(FILE_KINDS) == SCHEMAS


# descriptions


def _records() -> list[type[Record]]:
    known = [*vars(model).values(), *vars(imports).values(), *vars(surveys).values()]
    return [value for value in known if isinstance(value, type) and issubclass(value, Record)]


def test_every_record_and_every_field_is_described() -> None:
    assert {record for record in _records() if record not in {Record, surveys.Tally}} == set(RECORDS)
    for record, described in RECORDS.items():
        assert tuple(described.fields) == decode.keys(record), record


def test_every_section_and_every_word_is_described() -> None:
    for kind, what in FILE_KINDS.items():
        assert set(FILES[kind].fields) == {*what.lists, *what.mappings}
    for words, described in WORDS.items():
        assert tuple(described) == tuple(words)


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_every_property_of_a_schema_has_a_description(kind: str) -> None:
    for plan in (None, _plan()):
        for schema in _subschemas(json.loads(schema_text(kind, plan))):
            if schema.get("type") == "object" and "properties" in schema:
                assert all(form["description"] for form in schema["properties"].values())


def test_the_plans_own_ids_are_named_and_described() -> None:
    sections = json.loads(schema_text("data", _plan()))["properties"]
    named = {section: sections[section]["anyOf"][0]["properties"] for section in ("measurements", "tasks", "remarks")}
    assert tuple(named["measurements"]) == tuple(_plan().measured)
    assert tuple(named["tasks"]) == tuple(_plan().tasks_by_id)
    assert tuple(named["remarks"]) == _plan().remark_keys
    assert named["measurements"]["ho-so-dung-han"]["description"] == (
        "Tỷ lệ hồ sơ trả kết quả đúng hạn và trước hạn (%), đo hằng tháng.\n\n"
        "Ghi numerator (tử số) và denominator (mẫu số); chỉ có kết quả công bố thì ghi value.\n\n"
        "Tử số: Hồ sơ trả kết quả đúng hạn, trước hạn\n\nMẫu số: Hồ sơ đã trả kết quả\n\n"
        "Cách tính: Tính trên số hồ sơ đã trả kết quả trong kỳ"
    )


@pytest.mark.parametrize("section", ["measurements", "tasks", "remarks"])
def test_the_keys_that_come_with_an_id_belong_to_its_entry(section: str) -> None:
    schema = json.loads(schema_text("data", _plan()))
    for form in schema["properties"][section]["anyOf"][0]["properties"].values():
        (snippet,) = form["defaultSnippets"]
        entry = schema["definitions"][form["anyOf"][0]["$ref"].rpartition("/")[2]]
        assert set(snippet["body"]) <= set(entry["properties"])


# files that are good


def _files() -> list[str]:
    return [
        path.relative_to(REPOSITORY).as_posix()
        for workspace in WORKSPACES
        for pattern in ("plan/*.yaml", "plan/areas/*.yaml", "plan/imports/*.yaml", "data/*.yaml")
        for path in sorted((REPOSITORY / workspace).glob(pattern))
    ]


@pytest.mark.parametrize("file", _files())
def test_every_good_file_is_accepted(file: str) -> None:
    workspace = next(name for name in reversed(WORKSPACES) if file.startswith(name) or name == ".")
    kind = kind_of(file.removeprefix(f"{workspace}/"))
    assert kind is not None
    text = (REPOSITORY / file).read_text(encoding="utf-8").replace("{first}", "2021").replace("{last}", "2025")
    assert _complaints(kind, text) == []
    if workspace != STARTER:
        assert _complaints(kind, text, workspace) == []


def test_a_stale_schema_refuses_no_new_indicator() -> None:
    text = "format: cchc/1\nperiod: 2023-06\nmeasurements: {moi: {value: 5}}\ntasks: {moi: {state: done}}\n"
    assert _complaints("data", text, ".") == []


# what our reader accepts, the schema accepts


def _nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _quoted(text: str) -> tuple[str, ...]:
    return text, json.dumps(text, ensure_ascii=False), f"'{text}'"


def _spelled(*texts: str) -> st.SearchStrategy[str]:
    return st.sampled_from([spelling for text in texts for spelling in _quoted(text)])


ODD_TEXTS = (
    "123", "true", "1e3", "0x1f", "0o17", ".inf", "010", "yes", "FALSE", "-5", "+5", "1.5", ".5", "98%", "2023-06-15",
    "12:30", "tử số", _nfd("Hòa giải"), "1_000", "~a", "nullx", "đạt",
)  # fmt: skip
NUMBERS = ("0", "5", "412", "95.5", "1.2340", "0.001", "123456789012345678", "12.123456789012345678")
WORDS_OF_YES_NO = ("có", "không", "đạt", "không đạt", "yes", "no", "true", "false", "Có", "KHÔNG", _nfd("Đạt"), "True")
TEXTS: tuple[tuple[forms.Form, tuple[str, ...]], ...] = (
    (forms.TEXT, ODD_TEXTS),
    (forms.ID, ("a", "ho-so", "2023", "010", "1e3", "0x1f", "true", "1-2", "5e-3")),
    (forms.FORMULA, ("E12", "E + F12 - AB3", " <đã giải quyết | quá hạn>+<x>", _nfd("<đã trả>"))),
    (forms.YEAR, ("2021", "2025", "1900", "2199")),
    (forms.DATE, ("2023-06-15", "2024-02-29")),
    (forms.COUNT, ("0", "5", "412", "123456789012345678")),
    (forms.POSITIVE, ("1", "17")),
    (forms.NUMBER, (*NUMBERS, "-5", "-0.5")),
    (forms.AMOUNT, NUMBERS),
    (forms.FLAG, WORDS_OF_YES_NO),
    (forms.DAY_OF_MONTH, ("1", "15", "28")),
    (forms.DUE_DAY, ("1", "31")),
    (forms.PERIOD, ("2023", "2023-06", "2023Q2", "2023H1", "2023-9T", "2021..2025", "2023-01..2023-05")),
    (forms.MONTH, ("2021-01", "2025-12")),
    (forms.PLACE, ("a.pdf", "thư mục/a.pdf", "2023", "true", "https://a.vn/x", "a..b/c", "1e3")),
    (forms.constant("cchc/1"), ("cchc/1",)),
    (forms.digits(16), ("0123456789abcdef", "1" * 16, "12345678901234e5", "0X23456789ABCDEF".replace("X", "0"))),
    (forms.digits(64), ("0f" * 32, "7" * 64, f"{'1' * 62}e9")),
    (forms.digits(40, 64), ("0f" * 20, "7" * 64)),
)
SPELLINGS = {json.dumps(form): _spelled(*texts) for form, texts in TEXTS}
FIGURES: Mapping[Kind, st.SearchStrategy[str]] = {
    Kind.RATIO: _spelled(*NUMBERS),
    Kind.COUNT: _spelled("0", "412"),
    Kind.NUMBER: _spelled(*NUMBERS, "-5"),
    Kind.YES_NO: _spelled(*WORDS_OF_YES_NO),
    Kind.RANK: _spelled("1", "5"),
    Kind.GRADE: _spelled("yếu", "TỐT", _nfd("tốt"), "1e3"),
    Kind.NARRATIVE: _spelled(*ODD_TEXTS),
}


def _of_field(annotation: Any, metadata: tuple[Any, ...] = ()) -> st.SearchStrategy[str]:
    """Return spellings of a field: scalars as odd as they may be, lists and records in flow style."""
    typed = next((item for item in metadata if isinstance(item, _Typed)), None)
    if typed is not None:
        form = json.dumps(typed._form)
        return SPELLINGS[form] if form in SPELLINGS else _of_choice(typed._form)
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return _of_record(annotation)
    first, *rest = get_args(annotation)
    if hasattr(annotation, "__metadata__"):
        inner = _of_field(first, annotation.__metadata__)
        return inner | SPELLINGS[json.dumps(forms.PLACE)] if first is model.EvidenceRecord else inner
    if rest and rest[0] is Ellipsis:
        return st.lists(_of_field(first), max_size=2).map(_in_brackets)
    return _of_field(first)


def _of_choice(form: Mapping[str, Any]) -> st.SearchStrategy[str]:
    words = form["anyOf"][0]["enum"]
    return _spelled(*words, *(word.upper() for word in words)) | st.sampled_from([f'" {word}  "' for word in words])


def _of_record(
    record: type[Record], empty: Collection[str] = (), **instead: st.SearchStrategy[str]
) -> st.SearchStrategy[str]:
    """Return spellings of a record: optional keys filled, empty or missing.

    Those of `empty` are never filled, those `instead` always.
    """
    needed: dict[str, st.SearchStrategy[str]] = {}
    optional: dict[str, st.SearchStrategy[str]] = {}
    for name, field in record.model_fields.items():
        key = field.alias or name
        if key in instead:
            needed[key] = instead[key]
        elif field.is_required():
            needed[key] = _of_field(field.annotation, tuple(field.metadata))
        else:
            filled = st.nothing() if key in empty else _of_field(field.annotation, tuple(field.metadata))
            optional[key] = filled | st.just("")
    return st.fixed_dictionaries(needed, optional=optional).map(_flow)


def _flow(entries: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {value}' for key, value in entries.items())}}}"


def _in_lists(kind: str) -> st.SearchStrategy[str]:
    """Return texts of files of a kind that has a head and lists."""
    what = FILE_KINDS[kind]
    head = _of_record(what.head, format=st.just("cchc/1"))
    sections = {
        section: st.lists(_of_record(record), max_size=2).map(_in_brackets) | st.just("")
        for section, record in what.lists.items()
    }
    rest = st.fixed_dictionaries({}, optional=sections)
    return st.tuples(head, rest).map(lambda both: _joined(both[0], _flow(both[1])))


def _in_brackets(items: Sequence[str]) -> str:
    return f"[{', '.join(items)}]"


def _joined(one: str, other: str) -> str:
    return f"{{{', '.join(part for part in (one[1:-1], other[1:-1]) if part)}}}\n"


FIGURE = frozenset(key for known in FIELDS.values() for key in known)


def _of_kind(kind: Kind) -> st.SearchStrategy[str]:
    """Return spellings of a figure of a kind."""
    value, amount = FIGURES[kind], _spelled("5", "412")
    old = _of_record(model.OldFigure, ("numerator", "denominator"), value=value)
    corrections = st.lists(_of_record(model.Correction, old=old), max_size=1).map(_in_brackets)
    spelled = partial(_of_record, model.Measurement, corrections=corrections)
    if kind is Kind.RATIO:
        questions = st.lists(_of_record(surveys.Question), max_size=2).map(_in_brackets)
        survey = _of_record(surveys.Survey, questions=questions)
        return (
            spelled(FIGURE, value=value)
            | spelled(FIGURE - {"survey"}, survey=survey)
            | spelled(FIGURE - {"surveys"}, surveys=st.lists(survey, min_size=1, max_size=2).map(_in_brackets))
            | spelled(FIGURE, numerator=_spelled("5"), denominator=amount)
        )
    if kind is Kind.NARRATIVE:
        return spelled(FIGURE, text=value)
    return spelled(FIGURE - set(FIELDS[kind]) | {"of"}, value=value)


def _figures() -> st.SearchStrategy[str]:
    """Return the measurements of a data file: some ids of the plan have an entry that fits their kind."""
    by_kind = {kind: _of_kind(kind) | st.just("") for kind in Kind}
    ids = _plan("tests/golden/moi-loai").measured
    chosen = st.lists(st.sampled_from(sorted(ids)), unique=True, max_size=4)
    return chosen.flatmap(lambda some: st.fixed_dictionaries({id_: by_kind[ids[id_].kind] for id_ in some})).map(_flow)


def _sections() -> dict[str, st.SearchStrategy[str]]:
    plan = _plan("tests/golden/moi-loai")
    tasks = {id_: _of_record(model.TaskReport) | st.just("") for id_ in plan.tasks_by_id}
    remarks = {subject: _of_record(model.Remark) | st.just("") for subject in plan.remark_keys}
    return {
        "measurements": _figures() | st.just(""),
        "tasks": st.fixed_dictionaries({}, optional=tasks).map(_flow) | st.just(""),
        "remarks": st.fixed_dictionaries({}, optional=remarks).map(_flow) | st.just(""),
    }


READERS: Mapping[str, Callable[[Document, Draft], None]] = {
    "plan": planfiles.read_plan,
    "owners": planfiles.read_owners,
    "area": planfiles.read_area,
    "solutions": planfiles.read_solutions,
    "statistics": planfiles.read_statistics,
}


def _accepted(kind: str, text: str) -> bool:
    """Whether our reader finds nothing wrong with the form of a file."""
    document = yamltree.parse("a.yaml", text)
    if document.root is None or document.problems:
        return False
    if kind == "data":
        return not datafiles.read(document, datafiles.known_of(_plan("tests/golden/moi-loai")))[1]
    if kind == "import":
        return not planfiles.read_import(document, _plan())[1]
    if kind in READERS:
        draft = Draft()
        READERS[kind](document, draft)
        return not draft.problems
    name = FILE_KINDS[kind].name
    return not lists._problems(document, *lists.LISTS[name])


@pytest.mark.parametrize("kind", [kind for kind in FILE_KINDS if kind != "data"])
@given(data=st.data())
@settings(suppress_health_check=list(HealthCheck))
def test_a_file_without_findings_is_accepted(kind: str, data: st.DataObject) -> None:
    text = data.draw(_in_lists(kind))
    event("accepted" if _accepted(kind, text) else "not")
    if _accepted(kind, text):
        assert _complaints(kind, text) == [], text


@given(data=st.data())
@settings(suppress_health_check=list(HealthCheck))
def test_a_data_file_without_findings_is_accepted(data: st.DataObject) -> None:
    sections = st.fixed_dictionaries({}, optional=_sections()).map(_flow)
    head = _of_record(model.DataHead, format=st.just("cchc/1"))
    text = _joined(data.draw(head), data.draw(sections))
    event("accepted" if _accepted("data", text) else "not")
    if _accepted("data", text):
        for workspace in (None, "tests/golden/moi-loai", "."):
            assert _complaints("data", text, workspace) == [], text


# one field


FIELD_TYPES: Mapping[str, Any] = {
    "text": fields.Text, "id": fields.Id, "year": fields.Year, "day": fields.Day, "flag": fields.Flag,
    "count": fields.Count, "positive": fields.Positive, "points": fields.Points, "exact": fields.Exact,
    "period": fields.FilePeriod, "month": fields.MonthOfFile, "kind": Annotated[Kind, fields.choice(Kind)],
    "state": Annotated[fields.TaskState, fields.choice(fields.TaskState)],
    "path": Annotated[str, *model.EvidenceRecord.model_fields["path"].metadata],
    "day of month": Annotated[int, *model.Calendar.model_fields["month_starts_on"].metadata],
    "due day": Annotated[int, *model.Calendar.model_fields["figures_due_on"].metadata],
}  # fmt: skip
GOOD = sorted({"Ratio", "NOT_STARTED", " Rank", *(text for _, texts in TEXTS for text in texts)})


def _readings(text: str) -> list[Any]:
    """Return what an editor may find for a text: the text itself when it is quoted, and what plain YAML makes of it."""
    loader = Core("")
    tag = loader.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    plain = yaml.ScalarNode(tag, text)
    return [text, loader.construct_object(plain)]


def _takes(adapter: TypeAdapter[Any], text: str) -> bool:
    try:
        adapter.validate_python(text)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("name", FIELD_TYPES)
@given(data=st.data())
@settings(max_examples=4 * settings().max_examples)
def test_a_form_takes_every_reading_of_every_text_that_its_field_takes(name: str, data: st.DataObject) -> None:
    adapter = TypeAdapter(FIELD_TYPES[name])
    validator = Draft7Validator(adapter.json_schema())
    text = data.draw(
        st.sampled_from(GOOD) | st.text("0123456789-+.:/\\eExXoTQH aàtruefnoyscóđạkhNT_\u0301\u2003", max_size=8)
    )
    cut = data.draw(st.integers(0, len(text)))
    text = text[:cut] + data.draw(st.sampled_from(["", "", "", " ", "0", "-", ".", "..", "/", "1"])) + text[cut:]
    if _takes(adapter, text):
        assert [reading for reading in _readings(text) if reading is not None and not validator.is_valid(reading)] == []


# files that are wrong


HEAD = "format: cchc/1\n"
DATA = HEAD + "period: 2023-06\n"
WRONG = (
    ("plan", HEAD, "'id' is a required property"),
    ("plan", HEAD + "tilte: x\n", "'tilte' was unexpected"),
    ("plan", "format: cchc/2\n", "'cchc/1' was expected"),
    ("plan", HEAD + "calendar: {month_starts_on: 29}\n", "29"),
    ("plan", HEAD + "term: [2021, 2025]\n", "is not of type 'object'"),
    ("plan", HEAD + "term: {from: 21, to: 2025}\n", "21 is less than the minimum"),
    ("plan", HEAD + "title:\n", "$.title: None"),
    ("owners", HEAD + "owners: {id: a}\n", "$.owners: "),
    ("owners", HEAD + "owners: [{id: Văn phòng, name: x}]\n", "$.owners[0].id: "),
    ("owners", HEAD + "owners: [{id: a, name: [x]}]\n", "$.owners[0].name: "),
    ("area", HEAD + "area: a\ntitle: b\nindicators: [{id: a, name: b, kind: ratoi, frequency: month}]\n", "'ratoi'"),
    ("area", HEAD + "area: a\ntitle: b\nindicators: [{id: a, name: b, frequency: month}]\n", "'kind' is a required"),
    ("area", HEAD + "area: a\ntitle: b\ntasks: [{id: a, ref: b, title: c, due: cuối năm}]\n", "$.tasks[0].due: "),
    ("solutions", HEAD + "funding: [{ref: IV}]\n", "'text' is a required"),
    ("statistics", HEAD + "identities: [{whole: a, parts: b}]\n", "'b' is not of type 'array'"),
    ("data", DATA + "measurments: {}\n", "'measurments' was unexpected"),
    ("data", HEAD + "period: quý II/2023\n", "'quý II/2023' does not match"),
    ("data", HEAD + "period: 2023-13\n", "'2023-13' does not match"),
    ("data", DATA + "illustrative: maybe\n", "$.illustrative: "),
    ("data", DATA + "measurements: [a]\n", "$.measurements: "),
    ("data", DATA + "measurements: {a: {numerator: '1.234'}}\n", "$.measurements.a.numerator: "),
    (
        "data",
        DATA + "measurements: {a: {numerator: 95,5}}\n",
        "$.measurements.a: Additional properties are not allowed ('5'",
    ),
    ("data", DATA + "measurements:\n  a: {provided: {by: x, on: 15/6/2023}}\n", "$.measurements.a.provided.on: "),
    ("data", DATA + "measurements: {a: {quality: tạm}}\n", "$.measurements.a.quality: "),
    ("data", DATA + "measurements: {a: {evidence: [/etc/hosts]}}\n", "$.measurements.a.evidence[0]: "),
    ("data", DATA + "measurements: {a: {evidence: [a/../b]}}\n", "$.measurements.a.evidence[0]: "),
    ("data", DATA + "tasks: {a: {text: b}}\n", "$.tasks.a: 'state'"),
    ("data", DATA + "remarks: {a: {result: b}}\n", "$.remarks.a: "),
    ("data", DATA + "measurements: {a: {evidence: [~]}}\n", "$.measurements.a.evidence[0]: None"),
    ("closed", "closed: []\n", "'format' is a required"),
    ("closed", HEAD + "closed: [{period: 2023-06}]\n", "'on' is a required"),
    ("reports", HEAD + "reports: [{period: 2023-06, number: 1, date: 2023-6-1}]\n", "'2023-6-1' does not match"),
)


@pytest.mark.parametrize(("kind", "text", "said"), WRONG)
def test_a_wrong_file_is_refused_as_our_reader_refuses_it(kind: str, text: str, said: str) -> None:
    assert not _accepted(kind, text)
    complaints = _complaints(kind, text)
    assert [complaint for complaint in complaints if said in complaint], complaints


@pytest.mark.parametrize(
    ("id_", "entry"),
    [
        ("ho-so-dung-han", "{text: tốt}"),
        ("ho-so-dung-han", "{value: có}"),
        ("ra-soat-tthc", "{value: 5}"),
        ("iso-9001", "{value: 5}"),
        ("xep-hang-cchc", "{value: 5/17}"),
        ("kinh-phi-cchc-duoc-giao", '{value: "1.234"}'),
    ],
)
def test_a_figure_that_its_indicator_cannot_have_is_refused_by_the_schema_of_its_plan(id_: str, entry: str) -> None:
    text = DATA + f"measurements: {{{id_}: {entry}}}\n"
    assert _complaints("data", text) == [] or "1.234" in entry
    assert _complaints("data", text, ".") != []
