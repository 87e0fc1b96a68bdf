"""One commit of just one change: whatever else lies in the index and in the files stays as it was.

The change is put on top of what the last commit has, and on top of what is staged, each on its own; so lines that
somebody else has in the same file, staged or not, do not go into the commit. git itself commits from an index of its
own: hooks run, and the commit is signed if git is set to.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cchc.core.diagnostics import Word
from cchc.core.errors import CommandError, WorldError
from cchc.texts import mark
from cchc.workspace import files, git, writing
from cchc.workspace.edit import Redo
from cchc.workspace.git import GitFailed, Repository

_UNFINISHED = {  # what git keeps in its folder while something is going on
    "MERGE_HEAD": mark("a merge"),
    "rebase-merge": mark("a rebase"),
    "rebase-apply": mark("a rebase"),
    "CHERRY_PICK_HEAD": mark("a cherry-pick"),
    "REVERT_HEAD": mark("a revert"),
    "BISECT_LOG": mark("a bisection"),
    "index.lock": mark("another command of git"),
}
_MODE = "100644"


class Unfinished(WorldError):
    """git is in the middle of something."""

    def __init__(self, what: str) -> None:
        super().__init__(
            mark("{what} is going on in the repository: nothing is committed in the middle of it"),
            mark("Finish or abort it (`git status` says how), then try again."),
            what=Word(what),
        )


class Nobody(WorldError):
    """git does not know who commits."""

    def __init__(self) -> None:
        super().__init__(
            mark("git does not know who commits"),
            mark(
                'Say it once: git config --global user.name "Nguyễn Văn A"; git config --global user.email a@xa.gov.vn'
            ),
        )


class NotCommitted(WorldError):
    """The change is written, but git has not committed it."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            mark("the change is written, but not committed: {reason}"),
            mark("Mend what git says, then commit it: git add data && git commit"),
            reason=reason,
        )


class IndexBehind(WorldError):
    """The change is committed, but git's index could not follow."""

    def __init__(self, paths: Sequence[str], reason: str) -> None:
        super().__init__(
            mark("the change is committed, but git's index could not follow: {reason}"),
            mark("Bring it up to date before the next commit: git restore --staged -- {files}"),
            reason=reason,
            files=" ".join(paths),
        )


class Tangled(WorldError):
    """What the last commit or the index has of a file does not take the change."""

    def __init__(self, file: str) -> None:
        super().__init__(
            mark("{file} has other changes that are not committed, at the same place"),
            mark("Commit or undo them first: git diff -- {file}"),
            file=file,
        )


class Piece(NamedTuple):
    """A file of the workspace and how the change is made in it, whatever else it says."""

    file: str
    redo: Redo


class Content(NamedTuple):
    """What a file is to be in an index: its path from the top, mode and text."""

    path: str
    mode: str
    text: str


class Ready(NamedTuple):
    """What is to be committed, before anything was written: the contents for the commit and for the index.

    `same`: the last commit has it already.
    """

    found: Repository
    head: str | None
    committed: Sequence[Content]
    staged: Sequence[Content]
    same: bool


def ready(root: Path, pieces: Sequence[Piece]) -> Ready:
    """Return what is to be committed; refused where git is busy, knows nobody, or the change does not fit."""
    found = git.repository(root)
    _refuse_unfinished(found)
    try:
        found.run("var", "GIT_COMMITTER_IDENT")
        found.run("var", "GIT_AUTHOR_IDENT")
    except GitFailed:
        raise Nobody from None
    try:
        head: str | None = found.commit("HEAD")
    except git.NoSuchRevision:
        head = None
    then = [_at(found, head, one.file) for one in pieces]
    now = [_staged(found, one.file) for one in pieces]
    contents = [_redone(found, one, standing) for one, standing in zip(pieces, then, strict=True)]
    same = all(old is not None and old.text == new.text for old, new in zip(then, contents, strict=True))
    staged = [_redone(found, one, standing) for one, standing in zip(pieces, now, strict=True)]
    return Ready(found, head, contents, staged, same)


def _refuse_unfinished(found: Repository) -> None:
    for name, what in _UNFINISHED.items():
        if files.exists(found.folder, git.line(found.run("rev-parse", "--git-path", name))):
            raise Unfinished(what)


def _redone(found: Repository, piece: Piece, standing: Content | None) -> Content:
    try:
        text = piece.redo(standing.text if standing is not None else None)
    except CommandError:
        raise Tangled(piece.file) from None
    return Content(f"{found.prefix}{piece.file}", standing.mode if standing is not None else _MODE, text)


def _at(found: Repository, head: str | None, file: str) -> Content | None:
    """Return a file as the last commit has it, None where it has none."""
    if head is None:
        return None
    path = f"{found.prefix}{file}"
    listed = git.text(git.run(found.top, "ls-tree", "-z", "--full-tree", head, "--", path)).split("\0")[0]
    mode, _, name = listed.partition("\t")[0].partition(" blob ")
    return Content(path, mode, _text(found, name)) if name else None


def _staged(found: Repository, file: str) -> Content | None:
    """Return a file as the index has it, None where it has none."""
    path = f"{found.prefix}{file}"
    listed = git.text(git.run(found.top, "ls-files", "--stage", "-z", "--", path)).split("\0")[:-1]
    if not listed:
        return None
    mode, name, stage = listed[0].partition("\t")[0].split(" ")
    if stage != "0":
        raise Unfinished(mark("a conflict"))
    return Content(path, mode, _text(found, name))


def _text(found: Repository, name: str) -> str:
    return dict(found.contents([name]))[name].decode("utf-8", "surrogateescape")


def commit(prepared: Ready, message: str) -> str | None:
    """Commit what was prepared and return the commit's name, None where the last one has it already.

    NotCommitted when git refuses; IndexBehind when only the index could not follow.
    """
    made = None if prepared.same else _committed(prepared, message)
    try:
        _put(prepared.found, prepared.staged, {})
    except GitFailed as error:
        raise IndexBehind([one.path for one in prepared.staged], str(error.arguments["reason"])) from None
    return made


def _committed(prepared: Ready, message: str) -> str:
    found = prepared.found
    try:
        with writing.scratch() as folder:
            own = {"GIT_INDEX_FILE": str(folder / "index")}
            git.run(found.top, "read-tree", prepared.head or "--empty", more=own)
            _put(found, prepared.committed, own)
            words = ("--quiet", "--cleanup=whitespace", "--file=-")
            coding = ("-c", "i18n.commitEncoding=UTF-8")  # what the message is in, whatever git is set to
            git.run(found.top, *coding, "commit", *words, given=message.encode("utf-8", "replace"), more=own)
        return found.commit("HEAD")
    except GitFailed as error:
        raise NotCommitted(str(error.arguments["reason"])) from None


def _put(found: Repository, contents: Sequence[Content], more: dict[str, str]) -> None:
    """Put contents into an index."""
    for one in contents:
        given = one.text.encode("utf-8", "surrogateescape")
        name = git.line(git.run(found.top, "hash-object", "-w", "--stdin", given=given))
        git.run(found.top, "update-index", "--add", "--cacheinfo", f"{one.mode},{name},{one.path}", more=more)
