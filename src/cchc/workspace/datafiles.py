"""The tree of a data file to its records: entries are typed by the plan's indicators."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from cchc.core import checks
from cchc.core.diagnostics import At, Finding, Nearest, Problem, in_file
from cchc.core.fields import FORMAT, Record
from cchc.core.filekinds import FILE_KINDS
from cchc.core.model import DataFile, DataHead, Indicator, Measurement, Plan, Remark, TaskReport
from cchc.workspace import decode, yamltree
from cchc.workspace.yamltree import Document, Mapping, Node, is_absent

R = TypeVar("R", bound=Record)

SECTIONS = tuple(FILE_KINDS["data"].mappings)


class Known(NamedTuple):
    """What the entries of data files may name. `broken` ids stand in the plan but could not be read there."""

    indicators: dict[str, Indicator]
    tasks: frozenset[str]
    subjects: tuple[str, ...]
    broken: frozenset[str]


def known_of(plan: Plan, broken: Iterable[str] = ()) -> Known:
    """Return what entries may name in a workspace with this plan."""
    return Known(plan.measured, frozenset(plan.tasks_by_id), plan.remark_keys, frozenset(broken))


def read(document: Document, known: Known) -> tuple[DataFile | None, list[Problem]]:
    """Return the file's records (the bad ones left out) and every finding; None without a readable period."""
    root = document.root or Mapping(0, flow=False)
    findings: list[Finding] = []
    head = _head(root, findings)
    measurements: dict[str, Measurement] = {}
    for key, node in _section(root, "measurements", findings).items():
        _measurement(key, node, known, measurements, findings)
    tasks = _records(root, "tasks", TaskReport, lambda key: _unknown_task(key, known), findings)
    remarks = _records(root, "remarks", Remark, lambda key: _unknown_subject(key, known), findings)
    problems = [in_file(document.file, finding) for finding in findings]
    if head is None:
        return None, problems
    file = DataFile(document.file, head.period, head.illustrative, measurements, tasks, remarks)
    return file, problems


def faultless(document: Document, known: Known) -> DataFile | None:
    """Return the records of a file without a finding, at half the cost of its tree; None when `read` has to look.

    Most files are faultless, and a history has hundreds.
    """
    values = yamltree.values(document.text)
    if values is None or values.get("format") != FORMAT:
        return None
    sections = {name: values.pop(name, {}) for name in SECTIONS}
    try:
        head = DataHead.model_validate(values)
        measurements = {
            key: _faultless(known.indicators[key], value) for key, value in sections["measurements"].items()
        }
        tasks = {key: TaskReport.model_validate(value) for key, value in sections["tasks"].items()}
        remarks = {key: Remark.model_validate(value) for key, value in sections["remarks"].items()}
    except (AttributeError, KeyError, Faulty, ValidationError):
        return None
    if not known.tasks.issuperset(tasks) or not set(known.subjects).issuperset(remarks):
        return None
    return DataFile(document.file, head.period, head.illustrative, measurements, tasks, remarks)


class Faulty(Exception):
    """A figure with a finding."""


def _faultless(indicator: Indicator, value: object) -> Measurement:
    entry = Measurement.model_validate(value, context=indicator.shape)
    if checks.is_plainly_good(indicator, entry):
        return entry
    for _ in checks.measurement_findings(indicator, entry):
        raise Faulty
    return entry


def _head(root: Mapping, findings: list[Finding]) -> DataHead | None:
    own = Mapping(root.start, flow=root.flow)
    own.entries = {key: entry for key, entry in root.entries.items() if key not in SECTIONS}
    head, found = decode.record(DataHead, own)
    for finding in found:
        if finding.code == "E201":
            known = (*decode.keys(DataHead), *SECTIONS)
            findings.append(decode.unknown_key(finding.path, known))
        else:
            findings.append(finding)
    return head


def _section(root: Mapping, section: str, findings: list[Finding]) -> dict[str, Node]:
    entry = root.entries.get(section)
    if entry is None or is_absent(entry.value):
        return {}
    if isinstance(entry.value, Mapping):
        return {key: item.value for key, item in entry.value.entries.items()}
    findings.append(decode.wrong_shape((section,), "mapping"))
    return {}


def _measurement(key: str, node: Node, known: Known, into: dict[str, Measurement], findings: list[Finding]) -> None:
    path = ("measurements", key)
    indicator = known.indicators.get(key)
    if indicator is None:
        if key not in known.broken:
            findings.append(Finding("E301", path, At.KEY, {"id": key, "nearest": Nearest(key, known.indicators)}))
        return
    if is_absent(node):
        return
    found, problems = decode.record(Measurement, node, indicator.shape)
    if found is not None:
        problems = list(checks.measurement_findings(indicator, found))
        into[key] = found
    findings.extend(Finding(item.code, path + item.path, item.at, item.args) for item in problems)
    if problems:
        into.pop(key, None)


def _records(
    root: Mapping,
    section: str,
    type_: type[R],
    unknown: Callable[[str], Finding | None],
    findings: list[Finding],
) -> dict[str, R]:
    records = {}
    for key, node in _section(root, section, findings).items():
        stranger = unknown(key)
        if stranger is not None:
            findings.append(Finding(stranger.code, (section, key), At.KEY, stranger.args))
            continue
        if is_absent(node):
            continue
        found, problems = decode.record(type_, node)
        findings.extend(Finding(item.code, (section, key, *item.path), item.at, item.args) for item in problems)
        if found is not None:
            records[key] = found
    return records


def _unknown_task(key: str, known: Known) -> Finding | None:
    if key in known.tasks or key in known.broken:
        return None
    return Finding("E306", args={"id": key, "nearest": Nearest(key, known.tasks)})


def _unknown_subject(key: str, known: Known) -> Finding | None:
    if key in known.subjects or key in known.broken:
        return None
    return Finding("E305", args={"id": key, "nearest": Nearest(key, known.subjects)})
