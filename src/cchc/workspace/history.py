"""What the history says of the figures of a workspace: which commit put which entry where, told by key, not by line.

The data files of every commit are compared with those of its parents, each version of a file read once. A merge counts
only where its entry is that of none of its parents. A file that got another name is the same file while its period is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from cchc.core.period_forms import parse_canonical
from cchc.core.periods import Period
from cchc.workspace import files, git, patch, yamltree
from cchc.workspace.git import Repository

_NOTHING = re.compile("0+")
_ORDINARY = frozenset({"100644", "100755"})
_PERSON = re.compile(r"(?P<name>.*?) ?<(?P<email>[^>]*)> (?P<seconds>-?\d+) (?P<zone>[+-]\d{4})")
_DATA_FILE = re.compile(r"data/([^/]+)\.(?:yaml|yml)")

Entry = Mapping[str, Any]  # an entry as its texts stand in the file
Key = tuple[Period, str]


@dataclass(frozen=True, slots=True)
class Person:
    """Who did something and when, as git was told."""

    name: str
    email: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its name, parents, author, committer, message, and whether it is signed.

    `cut`: the history of this copy is cut off before it, so that what it seems to have put may be older.
    """

    name: str
    parents: tuple[str, ...]
    author: Person
    committer: Person
    message: str
    signed: bool
    cut: bool = False

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return self.message.partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Touch:
    """A file that a commit changed: the content that each parent has and its own; None where there is no such file."""

    path: str
    before: tuple[str | None, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """An entry that a commit put, changed or took away; None where there was or is none."""

    commit: str
    period: Period
    key: str
    before: Entry | None
    after: Entry | None


def parse_commit(name: str, content: bytes) -> Commit:
    """Return a commit from what git keeps of it."""
    head, _, message = content.partition(b"\n\n")
    fields: list[tuple[str, str]] = []
    coding = "utf-8"
    for line in head.split(b"\n"):
        if line.startswith(b" "):  # a header of several lines, as a signature is
            continue
        key, _, value = line.partition(b" ")
        fields.append((key.decode("ascii", "replace"), value.decode("utf-8", "replace")))
    named = dict(reversed(fields))
    coding = named.get("encoding", coding)
    return Commit(
        name,
        tuple(value for key, value in fields if key == "parent"),
        _person(named.get("author", "")),
        _person(named.get("committer", "")),
        _decoded(message, coding),
        "gpgsig" in named or "gpgsig-sha256" in named,
    )


def _decoded(message: bytes, coding: str) -> str:
    try:
        return message.decode(coding, "replace")
    except LookupError:  # a coding that nobody knows
        return message.decode("utf-8", "replace")


def _person(text: str) -> Person:
    found = _PERSON.fullmatch(text)
    if found is None:
        return Person(text, "", datetime.fromtimestamp(0, UTC))
    zone = found["zone"]
    offset = timedelta(hours=int(zone[:3]), minutes=int(zone[0] + zone[3:]))
    try:
        at = datetime.fromtimestamp(int(found["seconds"]), timezone(offset))
    except (OverflowError, ValueError, OSError):  # a day that no calendar has
        at = datetime.fromtimestamp(0, UTC)
    return Person(found["name"], found["email"], at)


def commits(found: Repository, names: Iterable[str]) -> dict[str, Commit]:
    """Return commits by their names."""
    known = {name: parse_commit(name, content) for name, content in found.contents(names)}
    if found.shallow:
        words = ("--no-walk=unsorted", "--max-parents=0", "--stdin")
        for name in git.text(found.run("rev-list", *words, given="\n".join((*known, "")).encode())).split():
            known[name] = replace(known[name], cut=bool(known[name].parents))
    return known


# which commits touched which files


def touches(found: Repository, revision: str, prefix: str, folders: Sequence[str]) -> Iterator[tuple[str, list[Touch]]]:
    """Yield each commit of a revision's history that touched the folders, the newest first, with the files.

    The folders are those of the workspace, which lies below a prefix in the revision; also from before it was moved
    inside the repository.
    """
    start = [revision]
    while start:
        paths = [prefix + folder for folder in folders]
        names = git.run(found.top, "rev-list", "--topo-order", "--full-history", *start, "--", *paths)
        words = ("--stdin", "-r", "-z", "--root", "-c", "--no-renames", "--no-color", "--no-ext-diff", "--raw")
        answer = git.run(found.top, "diff-tree", *words, "--", *paths, given=names)
        move = _moved(found, start, prefix)
        for commit, touched in _parsed(git.text(answer), prefix):
            yield commit, _carried(found, move, touched) if move is not None and commit == move.commit else touched
        prefix, start = (move.prefix, list(move.parents)) if move is not None else (prefix, [])


@dataclass(frozen=True, slots=True)
class _Move:
    """The commit that brought the workspace to its folder, its parents, and the folder from which it came."""

    commit: str
    parents: tuple[str, ...]
    prefix: str


def _carried(found: Repository, move: _Move, touched: Iterable[Touch]) -> list[Touch]:
    """Return what the commit of a move changed: each file as it was in the folder from which it came."""
    trees = [tree(found, parent, move.prefix) for parent in move.parents]
    carried = [Touch(one.path, tuple(files_.get(one.path) for files_ in trees), one.after) for one in touched]
    return [one for one in carried if one.after not in one.before]


def tree(found: Repository, commit: str, prefix: str) -> dict[str, str]:
    """Return the contents of the ordinary files below a folder of a commit, by their paths from there on."""
    listed = git.text(
        git.run(found.top, "ls-tree", "-r", "-z", "--full-tree", commit, *(("--", prefix) if prefix else ()))
    )
    rows = (line.partition("\t") for line in listed.split("\0")[:-1])
    blobs = ((path, *about.split(" ")) for about, _, path in rows)
    return {path.removeprefix(prefix): name for path, mode, _kind, name in blobs if mode in _ORDINARY}


def _parsed(answer: str, prefix: str) -> Iterator[tuple[str, list[Touch]]]:
    tokens = iter(answer.split("\0"))
    commit, found = "", list[Touch]()
    for token in tokens:
        if not token.startswith(":"):
            if found:
                yield commit, found
            commit, found = token, []
            continue
        parents = len(token) - len(token.lstrip(":"))
        words = token.lstrip(":").split(" ")
        modes, blobs = words[: parents + 1], words[parents + 1 : 2 * parents + 2]
        contents = [_content(mode, blob) for mode, blob in zip(modes, blobs, strict=True)]
        found.append(Touch(next(tokens).removeprefix(prefix), tuple(contents[:-1]), contents[-1]))


def _content(mode: str, blob: str) -> str | None:
    return None if _NOTHING.fullmatch(blob) or mode not in _ORDINARY else blob


def _moved(found: Repository, start: Sequence[str], prefix: str) -> _Move | None:
    """Return the move that brought the workspace to its folder, None where it began there."""
    plan = f"{prefix}{files.PLAN_FILE}"
    names = git.text(git.run(found.top, "rev-list", "--topo-order", *start, "--", plan)).split()
    words = ("-r", "-z", "--root", "--no-commit-id", "--find-renames=50%", "--diff-filter=R", "--raw", names[-1])
    tokens = git.text(git.run(found.top, "diff-tree", *words)).split("\0")
    for old, new in zip(tokens[1::3], tokens[2::3], strict=False):
        if new == plan and old.endswith(files.PLAN_FILE):
            parents = commits(found, [names[-1]])[names[-1]].parents
            return _Move(names[-1], parents, old.removesuffix(files.PLAN_FILE))
    return None


# ids


def former_names(found: Repository, revision: str, prefix: str, today: Mapping[str, str]) -> dict[str, str]:
    """Return every id that the history ties to one of today, by `formerly` in any version of the plan.

    `today` maps the ids that the present plan knows to those of today.
    """
    versions = [
        blob
        for _commit, touched in touches(found, revision, prefix, ("plan",))
        for one in touched
        for blob in (*one.before, one.after)
        if blob is not None and one.path.endswith((".yaml", ".yml"))
    ]
    known = dict(today)
    pairs = {pair for _name, content in found.contents(versions) if b"formerly" in content for pair in _pairs(content)}
    while True:
        new = {
            other: known[one]
            for pair in pairs
            for one, other in (pair, pair[::-1])
            if one in known and other not in known
        }
        if not new:
            return known
        known |= new


def _pairs(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the ids that a version of a file of the plan ties together."""
    read = files.decoded("", content)
    root = yamltree.parse("", read.text or "").root
    plain = patch.plain_entries(root) if root is not None else {}
    for section in ("indicators", "statistics"):
        listed = plain.get(section)
        for record in listed if isinstance(listed, list) else []:
            if isinstance(record, dict) and isinstance(record.get("formerly"), list):
                yield from ((str(record.get("id")), str(old)) for old in record["formerly"])


# which entries


class Entries:
    """The entries of versions of data files, each version read once.

    `names` maps the ids that indicators have or had to those of today. With `only` no others are kept, and a version
    that does not hold any of them is not taken apart.
    """

    def __init__(self, found: Repository, names: Mapping[str, str], *, only: bool = False) -> None:
        self.found, self.names, self.only = found, names, only
        self._signs = [key.encode() for key in names]
        self.known: dict[str, tuple[str | None, Mapping[str, Entry]]] = {}

    def read(self, blobs: Iterable[str | None]) -> None:
        """Read the versions that were not read yet."""
        wanted = [blob for blob in dict.fromkeys(blobs) if blob is not None and blob not in self.known]
        for name, content in self.found.contents(wanted):
            self.known[name] = self._entries(content)

    def state(self, versions: Iterable[tuple[str | None, str]]) -> dict[Key, Entry]:
        """Return the entries of versions of files, each with its path, by period and today's id."""
        state: dict[Key, Entry] = {}
        for blob, path in versions:
            label, entries = self.known[blob] if blob is not None else (None, {})
            match = _DATA_FILE.fullmatch(path)
            period = parse_canonical(label or (match[1] if match else ""))
            if period is not None:
                state |= {(period, self.names.get(key, key)): entry for key, entry in entries.items()}
        return state

    def _entries(self, content: bytes) -> tuple[str | None, Mapping[str, Entry]]:
        if self.only and not any(sign in content for sign in self._signs):
            return None, {}
        read = files.decoded("", content)
        return self.of_text(read.text) if read.text is not None else (None, {})

    def of_text(self, text: str) -> tuple[str | None, Mapping[str, Entry]]:
        """Return the period that a text of a data file names, and its entries."""
        values = yamltree.values(text)
        if values is None:
            document = yamltree.parse("", text)
            values = patch.plain_entries(document.root) if document.root is not None else {}
        label, measured = values.get("period"), values.get("measurements")
        entries = measured if isinstance(measured, dict) else {}
        kept = {
            key: entry
            for key, entry in entries.items()
            if isinstance(entry, dict) and (not self.only or key in self.names)
        }
        return label if isinstance(label, str) else None, kept


def events(entries: Entries, touched: Iterable[tuple[str, list[Touch]]]) -> Iterator[Event]:
    """Yield what became of entries in commits, in their order; the contents are read some hundreds at a time."""
    waiting: list[tuple[str, list[Touch]]] = []
    for one in touched:
        waiting.append(one)
        if len(waiting) == _AT_ONCE:
            yield from _events(entries, waiting)
            waiting = []
    yield from _events(entries, waiting)


_AT_ONCE = 250  # commits


def _events(entries: Entries, waiting: Sequence[tuple[str, list[Touch]]]) -> Iterator[Event]:
    entries.read(blob for _commit, found in waiting for touch in found for blob in (*touch.before, touch.after))
    for commit, found in waiting:
        yield from _of_commit(entries, commit, found)


def _of_commit(entries: Entries, commit: str, found: Sequence[Touch]) -> Iterator[Event]:
    parents = max((len(touch.before) for touch in found), default=0)
    before = [entries.state([(touch.before[at], touch.path) for touch in found]) for at in range(parents)]
    after = entries.state([(touch.after, touch.path) for touch in found])
    keys = dict.fromkeys((*after, *(key for state in before for key in state)))
    for key in sorted(keys, key=lambda one: one[0].last, reverse=True):
        olds = [state.get(key) for state in before]
        new = after.get(key)
        if all(old != new for old in olds):
            yield Event(commit, *key, next((old for old in olds if old is not None), None), new)
