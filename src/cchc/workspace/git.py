"""The only door to git: how it is called, what a repository is, and where its revisions and hooks are.

Only commands whose answers no setting of the user's changes are called for reading; what git keeps of a workspace is
read in `kept`, its history in `history`, and commits are made in `committing`.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cchc.core.errors import UsageError, WorldError
from cchc.texts import mark
from cchc.workspace import files

if TYPE_CHECKING:
    from cchc.core.paper import Revision

POINTERS = (
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_QUARANTINE_PATH",
)
_KEPT = re.compile(  # what git needs of its surroundings; all else that begins with GIT_ could change its answers
    r"GIT_(EXEC_PATH|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|ALTERNATE_OBJECT_DIRECTORIES|CONFIG_\w+"
    r"|(AUTHOR|COMMITTER)_(NAME|EMAIL|DATE))"
)
_FIXED = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",  # what was put in the place of a commit is not that commit
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
}
FOLDERS = ("plan", "data", "templates")
SHORT = 10  # signs of a commit that are shown
_MOST_CONFLICTS = 127  # git merge-file counts them in its exit status, up to this


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
class Repository:
    """The repository that holds a folder.

    `prefix`: the folder from the top of the tree, with `/` at its end, empty at the top and in a bare repository.
    `shallow`: its history is cut off somewhere.
    """

    folder: Path
    top: Path
    prefix: str
    bare: bool
    shallow: bool

    def run(self, command: str, *words: str, given: bytes = b"", more: Mapping[str, str] | None = None) -> bytes:
        """Run git in the folder and return what it prints; GitFailed."""
        return run(self.folder, command, *words, given=given, more=more)

    def commit(self, revision: str) -> str:
        """Return the full name of the commit that a revision names; NoSuchRevision."""
        try:
            return line(self.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"))
        except GitFailed:
            raise NoSuchRevision(revision) from None

    def is_ancestor(self, commit: str, other: str) -> bool | None:
        """Whether a commit is in the history of another; None where the repository does not know it."""
        try:
            known = self.commit(commit)
        except NoSuchRevision:
            return None
        return not self.run("rev-list", "-1", known, f"^{other}")

    def since(self, commit: str, other: str) -> frozenset[str]:
        """Return the commits in the history of one that are not in that of another commit before it."""
        return frozenset(text(self.run("rev-list", other, f"^{commit}")).split())

    def contents(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the contents of objects by their names, each once; git is asked once for a few hundred of them."""
        wanted = list(dict.fromkeys(names))
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            yield from _split(part, self.run("cat-file", "--batch", given="".join(f"{n}\n" for n in part).encode()))


_AT_ONCE = 500  # objects, so that the whole history never lies in memory


def _split(names: list[str], answer: bytes) -> Iterator[tuple[str, bytes]]:
    position = 0
    for name in names:
        end = answer.index(b"\n", position)
        size = int(answer[position:end].split(b" ")[2])
        yield name, answer[end + 1 : end + 1 + size]
        position = end + 1 + size + 1


def repository(folder: Path) -> Repository:
    """Return the repository that holds a folder; NoGit, NoRepository."""
    asked = ("--is-bare-repository", "--is-shallow-repository", "--is-inside-work-tree", "--show-cdup")
    try:
        bare, shallow, inside, up = text(run(folder, "rev-parse", *asked)).split("\n")[:4]
        top = (_folder_of(folder) / up).resolve() if inside == "true" else folder
        below = folder.resolve().relative_to(top.resolve()).as_posix()
    except (GitFailed, ValueError):  # GIT_DIR may name a repository that lies elsewhere
        raise NoRepository(folder) from None
    return Repository(folder, top, "" if below == "." else f"{below}/", bare == "true", shallow == "true")


def is_under_git(folder: Path) -> bool:
    """Whether a folder lies in a repository, told without asking git."""
    return "GIT_DIR" in os.environ or any(files.exists(above, ".git") for above in (folder, *folder.parents))


def revision_of(root: Path, revision: str | None = None, prefix: str | None = None) -> "Revision | None":
    """Return the last commit that touched plan/, data/ or templates/; None outside git and before the first commit.

    Without `revision` also whether the files are as in it. `prefix` is where the workspace lies in the revision, by
    default where it lies today.
    """
    if revision is None and not is_under_git(root):
        return None
    try:
        found = repository(root)
        folders = [(found.prefix if prefix is None else prefix) + folder for folder in FOLDERS]
        commit = f"{(revision or 'HEAD').partition(':')[0]}^{{commit}}"
        words = ("rev-list", "-1", "--format=%H %cs", "--end-of-options", commit, "--", *folders)
        answer = line(run(found.top, *words)).splitlines()
    except (NoGit, NoRepository, GitFailed):  # before the first commit there is no revision either
        return None
    if not answer:
        return None
    from cchc.core.paper import Revision  # noqa: PLC0415  # names for shells need no records

    name, day = answer[-1].split(" ")
    return Revision(name[:SHORT], day, revision is not None or is_clean(found, FOLDERS))


def is_clean(found: Repository, folders: Iterable[str]) -> bool:
    """Whether folders of the workspace are as the last commit has them, nothing new beside."""
    return not found.run("status", "--porcelain", "-z", "-uall", "--no-renames", "--", *folders)


def named_revisions(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield HEAD, the branches and the tags with what they are; nothing outside git, and where git is missing."""
    if not is_under_git(folder):
        return
    try:
        answer = text(run(folder, "for-each-ref", "--format=%(refname)", *_KINDS))
    except (NoGit, GitFailed):
        return
    yield "HEAD", mark("the last commit")
    for ref in answer.splitlines():
        yield next((ref.removeprefix(f"{kind}/"), word) for kind, word in _KINDS.items() if ref.startswith(f"{kind}/"))


_KINDS = {
    "refs/heads": mark("branch"),
    "refs/tags": mark("tag"),
    "refs/remotes": mark("branch of another repository"),
}


def hooks_folder(root: Path) -> Path:
    """Return the folder of the repository's hooks, as its settings have it."""
    found = repository(root)
    return _folder_of(root) / line(found.run("rev-parse", "--git-path", "hooks"))


def begin(folder: Path) -> None:
    """Begin a history in a folder that is not under git."""
    run(folder, "init", "--quiet")


def configure(root: Path, key: str, value: str) -> None:
    """Give a setting of the repository its one value."""
    run(root, "config", "--local", "--replace-all", key, value)


def merge_lines(base: Path, ours: Path, theirs: Path) -> tuple[bytes, bool]:
    """Return git's own merge of three files, and whether it is free of conflicts; GitFailed for what is no text."""
    files_ = (str(path.absolute()) for path in (ours, base, theirs))
    labels = ("-L", "ours", "-L", "base", "-L", "theirs")
    done = _ran(ours.absolute().parent, "-c", "merge.conflictStyle=merge", "merge-file", "-p", *labels, "--", *files_)
    if done.returncode > _MOST_CONFLICTS:
        raise _failed("merge-file", done)
    return done.stdout, not done.returncode


def text(answer: bytes) -> str:
    """Return what git printed as a text; bytes that are no UTF-8 stay what they are."""
    return answer.decode("utf-8", "surrogateescape")


def line(answer: bytes) -> str:
    """Return what git printed on a line of its own."""
    return text(answer).rstrip("\n")


def _folder_of(root: Path) -> Path:
    """Return where git runs: in the workspace; inside a hook, whose GIT_DIR counts from there, where the hook runs."""
    return Path.cwd() if "GIT_DIR" in os.environ else root


def environment(more: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """Return the surroundings in which git runs: none of the user's language, nothing that changes its answers."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or _KEPT.fullmatch(name)}
    pointers = {name: str(Path(os.environ[name]).absolute()) for name in POINTERS if name in os.environ}
    return {**plain, **pointers, **_FIXED, **(more or {})}


def run(root: Path, command: str, *words: str, given: bytes = b"", more: Mapping[str, str] | None = None) -> bytes:
    """Run git and return what it prints; GitFailed with the last line that it says."""
    done = _ran(root, command, *words, given=given, more=more)
    if done.returncode:
        raise _failed(command, done)
    return done.stdout


def _failed(command: str, done: "subprocess.CompletedProcess[bytes]") -> GitFailed:
    reason = done.stderr.decode("utf-8", "replace").strip().splitlines() or [str(done.returncode)]
    return GitFailed(command, reason[-1])


def _ran(
    root: Path, *words: str, given: bytes = b"", more: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[bytes]":
    """Run git, whatever it answers."""
    folder, words = _folder_of(root), ("git", *words)
    try:
        return subprocess.run(words, cwd=folder, env=environment(more), input=given, capture_output=True, check=False)
    except FileNotFoundError:
        raise NoGit from None
