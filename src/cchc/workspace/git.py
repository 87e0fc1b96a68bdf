"""The only door to git: what is staged or in a revision, where hooks go, and its own merge of lines."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cchc.core.errors import UsageError, WorldError
from cchc.core.paper import Revision
from cchc.core.reviews import Stored
from cchc.texts import mark
from cchc.workspace import files
from cchc.workspace.files import Read

_POINTERS = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")
FOLDERS = ("plan", "data", "templates")
SHORT = 10  # signs of a commit that are shown
_MOST_CONFLICTS = 127  # git merge-file counts them in its exit status, up to this
_ORDINARY = {"100644", "100755"}


class NoGit(WorldError):
    """git is not on this machine."""

    def __init__(self) -> None:
        super().__init__(mark("git is not installed, or not on the PATH"), mark("Install it: https://git-scm.com"))


class NoRepository(WorldError):
    """The workspace is not under git."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            mark("{folder} is not under git"), mark("Begin its history with: git init"), folder=str(folder)
        )


class NoSuchRevision(UsageError):
    """A revision that the repository does not have."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            mark("there is no revision “{revision}”"),
            mark("Name a commit, a branch or a tag; `git log --oneline` lists the commits."),
            revision=revision,
        )


class GitFailed(WorldError):
    """git answered with an error."""

    def __init__(self, command: str, reason: str) -> None:
        super().__init__(mark("git {command} failed: {reason}"), "", command=command, reason=reason)


@dataclass(frozen=True, slots=True)
class Blob:
    """A file that git knows: its mode and the name of its content."""

    mode: str
    name: str


@dataclass(frozen=True)
class Kept:
    """The files of a workspace as git keeps them, staged or in a revision.

    `contents` has that of those that can be read, by the names of blobs. Paths are relative to the workspace, with `/`.
    Files that stand in a merge conflict have a mode of "".
    """

    root: Path
    blobs: Mapping[str, Blob]
    contents: Mapping[str, bytes]

    def read(self, file: str) -> Read:
        """Return the text of a file; what is in the way is a code."""
        blob = self.blobs.get(file)
        if blob is None:
            return Read(file, None, code="E008")
        if blob.mode not in _ORDINARY:
            return Read(file, None, code="E001", reason="not a regular file" if blob.mode else "not merged yet")
        return files.decoded(file, self.contents[blob.name])

    def exists(self, file: str) -> bool:
        """Whether anything is kept at that place."""
        return file in self.blobs or any(name.startswith(f"{file}/") for name in self.blobs)

    def names(self, folder: str, *, suffixes: tuple[str, ...] = files.SUFFIXES) -> list[str]:
        """Return the sorted names in a folder, of files and of folders, that end so."""
        inside = (name.removeprefix(f"{folder}/") for name in self.blobs if name.startswith(f"{folder}/"))
        return sorted({name.partition("/")[0] for name in inside if name.partition("/")[0].lower().endswith(suffixes)})

    def content(self, file: str) -> bytes | None:
        """Return the bytes of a file."""
        blob = self.blobs.get(file)
        return self.contents.get(blob.name) if blob is not None else None

    def stored(self, file: str, *, hashed: bool) -> Stored:
        """Return whether something is kept at a path, and with `hashed` the SHA-256 of its content."""
        blob = self.blobs.get(file)
        if blob is None or not hashed or blob.mode not in _ORDINARY:
            return Stored(self.exists(file))
        return Stored(exists=True, sha256=files.digest(_contents(self.root, [blob.name])[blob.name]))


def staged(root: Path) -> Kept:
    """Return the files of a workspace as git has them staged; WorldError without git or a repository."""
    top = _top(root)
    blobs: dict[str, Blob] = {}
    listed = _git(root, "ls-files", "--stage", "--full-name", "-z", "--", str(root))
    prefix = root.relative_to(top).as_posix()
    inside = "" if prefix == "." else f"{prefix}/"
    for line in listed.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        about, _, path = line.partition("\t")
        mode, name, stage = about.split(" ")
        blobs[path.removeprefix(inside)] = Blob(mode if stage == "0" else "", name)
    wanted = [b.name for path, b in blobs.items() if path.startswith(("plan/", "data/")) and b.mode in _ORDINARY]
    return Kept(root, blobs, _contents(root, wanted))


def at_revision(root: Path, revision: str) -> Kept:
    """Return the files of a workspace as a revision has them; UsageError where there is no such revision."""
    commit = _commit(root, revision)
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", *FOLDERS)
    blobs: dict[str, Blob] = {}
    for line in listed.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        about, _, path = line.partition("\t")
        mode, _kind, name = about.split(" ")
        blobs[path] = Blob(mode, name)
    return Kept(root, blobs, _contents(root, [blob.name for blob in blobs.values() if blob.mode in _ORDINARY]))


def _commit(root: Path, revision: str) -> str:
    _top(root)
    try:
        return _text(_git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"))
    except GitFailed:
        raise NoSuchRevision(revision) from None


def revision_of(root: Path, revision: str | None = None) -> Revision | None:
    """Return the last commit that touched plan/, data/ or templates/; None outside git and before the first commit.

    Without `revision` also whether the files are as in it.
    """
    if not any(files.exists(folder, ".git") for folder in (root, *root.parents)) and "GIT_DIR" not in os.environ:
        return None
    try:
        commit = _commit(root, revision or "HEAD")
    except (NoGit, NoRepository, NoSuchRevision):
        return None
    answer = _text(_git(root, "rev-list", "-1", "--format=%H %cs", commit, "--", *FOLDERS)).splitlines()
    if not answer:
        return None
    name, day = answer[-1].split(" ")
    clean = revision is not None or not _git(root, "status", "--porcelain", "-z", "-uall", "--", *FOLDERS)
    return Revision(name[:SHORT], day, clean)


def hooks_folder(root: Path) -> Path:
    """Return the folder of the repository's hooks, as its settings have it."""
    _top(root)
    return _folder_of(root) / _text(_git(root, "rev-parse", "--git-path", "hooks"))


def top_of(root: Path) -> Path:
    """Return the folder at the top of the repository that holds the workspace."""
    return _top(root)


def begin(folder: Path) -> None:
    """Begin a history in a folder that is not under git."""
    _git(folder, "init", "--quiet")


def configure(root: Path, key: str, value: str) -> None:
    """Give a setting of the repository its one value."""
    _git(root, "config", "--local", "--replace-all", key, value)


def merge_lines(base: Path, ours: Path, theirs: Path) -> tuple[bytes, bool]:
    """Return git's own merge of three files, and whether it is free of conflicts; GitFailed for what is no text."""
    files_ = (str(path.absolute()) for path in (ours, base, theirs))
    labels = ("-L", "ours", "-L", "base", "-L", "theirs")
    done = _ran(ours.absolute().parent, "-c", "merge.conflictStyle=merge", "merge-file", "-p", *labels, "--", *files_)
    if done.returncode > _MOST_CONFLICTS:
        raise _failed("merge-file", done)
    return done.stdout, not done.returncode


def _top(root: Path) -> Path:
    try:
        return Path(_text(_git(root, "rev-parse", "--show-toplevel"))).resolve()
    except GitFailed:
        raise NoRepository(root) from None


def _text(answer: bytes) -> str:
    """Return a path that git printed on a line of its own."""
    return answer.decode("utf-8", "surrogateescape").rstrip("\n")


def _contents(root: Path, names: Sequence[str]) -> dict[str, bytes]:
    """Return the contents of blobs by their names."""
    if not names:
        return {}
    answer = _git(root, "cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
    found, position = {}, 0
    for name in names:
        end = answer.index(b"\n", position)
        size = int(answer[position:end].split(b" ")[2])
        found[name] = answer[end + 1 : end + 1 + size]
        position = end + 1 + size + 1
    return found


def _folder_of(root: Path) -> Path:
    """Return where git runs: in the workspace; inside a hook, whose GIT_DIR counts from there, where the hook runs."""
    return Path.cwd() if "GIT_DIR" in os.environ else root


def _git(root: Path, command: str, *words: str, given: bytes = b"") -> bytes:
    """Run git and return what it prints; GitFailed when it answers with an error."""
    done = _ran(root, command, *words, given=given)
    if done.returncode:
        raise _failed(command, done)
    return done.stdout


def _failed(command: str, done: "subprocess.CompletedProcess[bytes]") -> GitFailed:
    reason = done.stderr.decode("utf-8", "replace").strip().splitlines() or [str(done.returncode)]
    return GitFailed(command, reason[-1])


def _ran(root: Path, *words: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """Run git; the user's own settings hold, its language does not."""
    pointers = {name: str(Path(os.environ[name]).absolute()) for name in _POINTERS if name in os.environ}
    own = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "1"}
    environment = {**os.environ, **pointers, **own}
    folder, words = _folder_of(root), ("git", *words)
    try:
        return subprocess.run(words, cwd=folder, env=environment, input=given, capture_output=True, check=False)
    except FileNotFoundError:
        raise NoGit from None
