"""A workspace on disk to a dataset and every problem with its place."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from cchc.core import checks, plan_checks
from cchc.core.diagnostics import At, KeyPath, Problem, errors, sort_key
from cchc.core.draft import Draft
from cchc.core.fields import FORMAT
from cchc.core.imports import ImportFile
from cchc.core.model import DataFile, Dataset, Plan
from cchc.core.period_forms import PeriodError, parse_canonical, parse_period
from cchc.core.periods import Period
from cchc.core.reviews import Reviewed, review
from cchc.workspace import datafiles, files, lists, planfiles, yamltree
from cchc.workspace.files import Disk, Files
from cchc.workspace.yamltree import Document, Scalar

T = TypeVar("T")

MAX_FINDINGS = 200  # errors of one file

HEAD = frozenset({"format", "period", "illustrative"})  # an error in one of them is about the whole data file
PLAN = "plan"
DATA = "data"
AREAS = "plan/areas"
IMPORTS = "plan/imports"
_IDS = frozenset({"E301", "E305", "E306", "E310"})
_UNKNOWABLE = {  # by file of the plan: what cannot be said without it
    files.PLAN_FILE: frozenset[str](),
    "plan/owners.yaml": frozenset({"E304"}),
    "plan/solutions.yaml": _IDS,
    "plan/statistics.yaml": _IDS,
    AREAS: _IDS,
}
_READERS: dict[str, Callable[[Document, Draft], None]] = {
    files.PLAN_FILE: planfiles.read_plan,
    "plan/owners.yaml": planfiles.read_owners,
    "plan/solutions.yaml": planfiles.read_solutions,
    "plan/statistics.yaml": planfiles.read_statistics,
}


@dataclass
class Loaded:
    """What was read of a workspace: the documents by file, the plan and its data, and every problem, sorted.

    `plan` is None when plan/plan.yaml cannot be read; `data` then too. Entries with errors are not in `data`.
    """

    documents: dict[str, Document] = field(default_factory=dict)
    plan: Plan | None = None
    data: Dataset | None = None
    problems: tuple[Problem, ...] = ()
    names: tuple[str, ...] = ()  # the files that were found, read or not

    def errors_in(self, prefix: str) -> list[Problem]:
        """Return the errors of files whose name begins with the prefix."""
        return [problem for problem in errors(self.problems) if problem.file.startswith(prefix)]

    def line_of(self, file: str, path: KeyPath) -> int:
        """Return the line on which a key path of a file that was read stands."""
        document = self.documents[file]
        if document.root is None:
            return 1
        return document.span(*yamltree.place(document.root, path, At.KEY)).line


@dataclass
class _Loading:
    """The state of one reading."""

    files: Files
    documents: dict[str, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    malformed: list[Problem] = field(default_factory=list)  # those of the YAML itself
    unknowable: set[str] = field(default_factory=set)  # codes of findings about ids that an unreadable file may define

    def document(self, file: str) -> Document | None:
        """Read one file; None when it cannot be read, with the problem noted."""
        read = self.files.read(file)
        if read.text is None:
            args = {"reason": read.reason, "limit": files.MAX_BYTES, "file": file}
            self.problems.append(Problem(read.code, file, args=args))
            return None
        document = self.documents[file] = yamltree.parse(file, read.text)
        return document

    def readable(self, file: str) -> Document | None:
        """Read one file and return the document when there is a tree to read on."""
        document = self.document(file)
        return document if document is not None and self.has_tree(document) else None

    def has_tree(self, document: Document) -> bool:
        """Note the problems of a document's YAML, and a format that is not ours as the one finding about the file."""
        self.problems.extend(document.problems)
        entry = document.root.entries.get("format") if document.root else None
        if entry is None or not isinstance(entry.value, Scalar) or entry.value.text in {FORMAT, ""}:
            self.malformed.extend(document.problems)
            return document.root is not None
        problem = Problem("E007", document.file, ("format",), args={"text": entry.value.text})
        self.problems.append(document.locate(problem))
        self.documents[document.file] = replace(document, refused=True)
        return False

    def done(self, plan: Plan | None, data: Dataset | None) -> Loaded:
        """Return what was read, the problems located and sorted; one mistake is one finding."""
        located = [self._located(problem) for problem in self.problems]
        known = {id(problem) for problem in self.malformed}
        places = {(problem.file, problem.span) for problem in self.malformed}
        unique = {
            (p.code, p.file, p.span, p.path): p
            for p in located
            if id(p) in known or ((p.file, p.span) not in places and p.code not in self.unknowable)
        }
        found = tuple(_bounded(sorted(unique.values(), key=sort_key)))
        return Loaded(self.documents, plan, data, found, tuple(self.names))

    def _located(self, problem: Problem) -> Problem:
        document = self.documents.get(problem.file)
        return document.locate(problem) if document is not None else problem


def _bounded(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield of each file every warning and as many errors as anybody reads, then one that counts the others."""
    for file, group in groupby(problems, key=lambda problem: problem.file):
        found = list(group)
        wrong = errors(found)
        if len(wrong) <= MAX_FINDINGS:
            yield from found
            continue
        unread = {id(problem) for problem in wrong[MAX_FINDINGS:]}
        yield from (problem for problem in found if id(problem) not in unread)
        last = wrong[MAX_FINDINGS - 1]
        args = {"count": len(unread)}
        yield Problem("E009", file, args=args, span=last.span, lines=last.lines)


def load_plan(root: Path | Files) -> Loaded:
    """Return the plan of a workspace and the problems of plan/; no data file is opened."""
    loading = _Loading(Disk(root) if isinstance(root, Path) else root)
    draft = _draft(loading)
    return loading.done(draft.plan(), None)


def load(
    root: Path | Files, needed: Callable[[Plan], Iterable[Period]] | None = None, *, reviewed_on: date | None = None
) -> Loaded:
    """Return plan and data of a workspace with every problem; with `needed` only the data files of those periods.

    A path is read from the disk. With the day `reviewed_on` also what is worth another look on that day.
    """
    loading = _Loading(Disk(root) if isinstance(root, Path) else root)
    draft = _draft(loading)
    plan = draft.plan()
    wanted = None if needed is None or plan is None else frozenset(needed(plan))
    data = _data(loading, draft, _data_files(loading), wanted)
    if wanted is None:
        _check_imports(loading, draft.as_known())
        lists.check(loading.readable, loading.files, loading.problems)
        _check_closings(loading, data)
    if reviewed_on is not None:
        seen = Reviewed(data, reviewed_on, lambda path, hashed: loading.files.stored(path, hashed=hashed))
        loading.problems.extend(review(seen))
    return loading.done(plan, data if plan is not None else None)


def overlaid(loaded: Loaded, source: Files, changed: Container[str]) -> Loaded:
    """Return a workspace that differs from one that was read in some data files only: those are read anew."""
    if loaded.plan is None or loaded.data is None:
        return load(source)
    loading = _Loading(source)
    known = datafiles.known_of(loaded.plan)
    read = {period: file for period, file in loaded.data.files.items() if file.file not in changed}
    for period, file in _data_files(loading).items():
        found = _data_file(loading, loaded.plan, known, file, period) if file in changed else None
        if found is not None:
            read[period] = _without_errors(found, loading.problems)
    return loading.done(loaded.plan, Dataset(loaded.plan, read))


# the plan


def _draft(loading: _Loading) -> Draft:
    draft = Draft()
    for file, reader in _READERS.items():
        if file == files.PLAN_FILE or loading.files.exists(file):
            _read_into(loading, file, reader, draft)
    for file in _area_files(loading.files):
        _read_into(loading, file, planfiles.read_area, draft)
    _unknown_files(loading)
    loading.problems.extend(draft.problems)
    for check in plan_checks.PLAN_CHECKS:
        loading.problems.extend(check(draft))
    return draft


def _read_into(loading: _Loading, file: str, reader: Callable[[Document, Draft], None], draft: Draft) -> None:
    loading.names.append(file)
    document = loading.readable(file)
    if document is not None:
        reader(document, draft)
    else:
        loading.unknowable |= _UNKNOWABLE.get(file, _UNKNOWABLE[AREAS])


def _area_files(source: Files) -> list[str]:
    """Return the area files in the order of their names, digits as numbers."""
    return [f"{AREAS}/{name}" for name in sorted(source.names(AREAS), key=natural)]


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that reads stretches of digits as numbers."""
    parts: list[tuple[int, int, str]] = []
    digits = ""
    for character in f"{name}\0":
        if character.isdecimal() and character.isascii():
            digits += character
            continue
        if digits:
            parts.append((0, int(digits), ""))
            digits = ""
        parts.append((1, 0, character))
    return tuple(parts)


def _unknown_files(loading: _Loading) -> None:
    known = {*_READERS}
    for name in loading.files.names(PLAN, suffixes=("",)):
        file = f"{PLAN}/{name}"
        if file not in known and file not in {AREAS, IMPORTS} and not name.startswith("."):
            loading.problems.append(Problem("W503", file))
    for folder in (AREAS, IMPORTS):
        for name in loading.files.names(folder, suffixes=("",)):
            if not name.lower().endswith((".yaml", ".yml")) and not name.startswith("."):
                loading.problems.append(Problem("W503", f"{folder}/{name}"))


# the data


def _data_files(loading: _Loading) -> dict[Period, str]:
    """Return the data files by the period of their name; other names are errors, the two lists apart."""
    named: dict[Period, str] = {}
    for name in loading.files.names(DATA):
        file = f"{DATA}/{name}"
        loading.names.append(file)
        if name in lists.LISTS:
            continue
        stem, _, suffix = name.rpartition(".")
        period = parse_canonical(stem) if suffix == "yaml" else None
        if period is None or not _may_be_a_file(period):
            loading.problems.append(Problem("E005", file, args={"closest": closest_name(stem)}))
        else:
            named[period] = file
    return named


def _may_be_a_file(period: Period) -> bool:
    """Whether a data file can be about a period: a range must be the years of a term."""
    return not period.is_range or period.unit == "year"


def closest_name(stem: str) -> str:
    """Return the canonical file name that comes closest."""
    try:
        period = parse_period(stem)
    except PeriodError as error:
        return f"{error.closest}.yaml"
    return f"{period.label}.yaml"


def _data(loading: _Loading, draft: Draft, named: dict[Period, str], wanted: frozenset[Period] | None) -> Dataset:
    plan = draft.as_known()
    known = datafiles.known_of(plan, draft.broken)
    read: dict[Period, DataFile] = {}
    for period, file in named.items():
        if wanted is None or period in wanted:
            found = _data_file(loading, plan, known, file, period)
            if found is not None:
                read[period] = found
    data = Dataset(plan, read)
    for check in checks.DATA_CHECKS:
        loading.problems.extend(check(data))
    return Dataset(plan, {period: _without_errors(found, loading.problems) for period, found in read.items()})


def _data_file(loading: _Loading, plan: Plan, known: datafiles.Known, file: str, period: Period) -> DataFile | None:
    document = loading.document(file)
    if document is None:
        return None
    found = datafiles.faultless(document, known)
    if found is None and loading.has_tree(document):
        found, problems = datafiles.read(document, known)
        loading.problems.extend(problems)
    if found is None:
        return None
    if found.period != period:
        args = {"period": found.period, "name": period}
        loading.problems.append(Problem("E006", file, ("period",), args=args))
        return None
    for check in checks.FILE_CHECKS:
        loading.problems.extend(check(plan, found))
    return found


def _check_imports(loading: _Loading, plan: Plan) -> None:
    """Note what is wrong with the import files; only who checks everything, and `import` itself, reads them."""
    for name in loading.files.names(IMPORTS):
        file = f"{IMPORTS}/{name}"
        loading.names.append(file)
        document = loading.readable(file)
        if document is not None:
            loading.problems.extend(planfiles.read_import(document, plan)[1])


def load_import(source: Files, plan: Plan, name: str) -> tuple[ImportFile | None, tuple[Problem, ...]]:
    """Return an import file by its name, or None, and everything that is wrong with it, with its place."""
    loading = _Loading(source)
    document = loading.readable(f"{IMPORTS}/{name}")
    found = None
    if document is not None:
        found, problems = planfiles.read_import(document, plan)
        loading.problems.extend(problems)
    return found, loading.done(plan, None).problems


def _check_closings(loading: _Loading, data: Dataset) -> None:
    """Note the closings that do not hold; of files that have errors nobody can tell."""
    if not loading.files.exists("data/closed.yaml") or errors(loading.problems):
        return
    from cchc.core import closing  # noqa: PLC0415  # evaluation is dear to import, and most workspaces have no closings

    loading.problems.extend(closing.check(data, lists.closed(loading.files)[0]))


def _without_errors(found: DataFile, problems: list[Problem]) -> DataFile:
    """Return the file without the entries that have errors; an error about the whole file leaves none."""
    bad = {problem.path[:2] for problem in errors(problems) if problem.file == found.file}
    if not bad:
        return found
    if any(not path or path[0] in HEAD for path in bad):
        return DataFile(found.file, found.period, found.illustrative, {}, {}, {})

    def good(section: str, entries: Mapping[str, T]) -> dict[str, T]:
        whole = (section,) not in bad
        return {key: entry for key, entry in entries.items() if whole and (section, key) not in bad}

    return DataFile(
        found.file,
        found.period,
        found.illustrative,
        good("measurements", found.measurements),
        good("tasks", found.tasks),
        good("remarks", found.remarks),
    )


def newest_period(root: Path | Files) -> Period | None:
    """Return the period of the newest file of a month, quarter or year; of those that end together the shortest."""
    source = Disk(root) if isinstance(root, Path) else root
    stems = (name.rpartition(".")[0] for name in source.names(DATA))
    periods = [
        period for stem in stems if (period := parse_canonical(stem)) is not None and period.frequency is not None
    ]
    return max(periods, key=lambda period: (period.last, period.first), default=None)
