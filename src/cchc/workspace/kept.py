"""The files of a workspace as git keeps them: staged, or in a revision."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cchc.core.errors import UsageError
from cchc.core.reviews import Stored
from cchc.texts import mark
from cchc.workspace import files, git
from cchc.workspace.files import PLAN_FILE, Read
from cchc.workspace.git import FOLDERS, Repository

_ORDINARY = {"100644", "100755"}
_READ = tuple(f"{folder}/" for folder in FOLDERS)


class NoWorkspaceThere(UsageError):
    """A revision without a plan, or with several."""

    def __init__(self, revision: str, found: Iterable[str]) -> None:
        known = tuple(f"{revision}:{folder}" for folder in found)
        super().__init__(
            mark("the revision “{revision}” holds several workspaces")
            if known
            else mark("the revision “{revision}” holds no plan/plan.yaml"),
            mark("Name one: {known}.") if known else mark("Name a revision in which there was a workspace."),
            revision=revision,
            known=known,
        )


@dataclass(frozen=True, slots=True)
class Blob:
    """A file that git knows: its mode and the name of its content."""

    mode: str
    name: str

    @property
    def ordinary(self) -> bool:
        """Whether it is a file, not a link or another repository."""
        return self.mode in _ORDINARY


@dataclass(frozen=True)
class Kept:
    """The files of a workspace as git keeps them.

    `contents` has that of those that can be read, by the names of blobs. Paths are relative to the workspace, with `/`.
    Files that stand in a merge conflict have a mode of "". `commit` is that of a revision, empty for what is staged.
    """

    repository: Repository
    blobs: Mapping[str, Blob]
    contents: Mapping[str, bytes]
    commit: str = ""
    prefix: str = ""

    def read(self, file: str) -> Read:
        """Return the text of a file; what is in the way is a code."""
        blob = self.blobs.get(file)
        if blob is None:
            return Read(file, None, code="E008")
        if not blob.ordinary:
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
        if blob is None or not hashed or not blob.ordinary:
            return Stored(self.exists(file))
        content = dict(self.repository.contents([blob.name]))[blob.name]
        return Stored(exists=True, sha256=files.digest(content))


def staged(root: Path) -> Kept:
    """Return the files of a workspace as git has them staged; WorldError without git or a repository."""
    found = git.repository(root)
    blobs: dict[str, Blob] = {}
    listed = found.run("ls-files", "--stage", "--full-name", "-z", "--", str(root))
    for line in git.text(listed).split("\0")[:-1]:
        about, _, path = line.partition("\t")
        mode, name, stage = about.split(" ")
        blobs[path.removeprefix(found.prefix)] = Blob(mode if stage == "0" else "", name)
    wanted = [b.name for path, b in blobs.items() if path.startswith(("plan/", "data/")) and b.ordinary]
    return Kept(found, blobs, dict(found.contents(wanted)))


def at_revision(root: Path, revision: str) -> Kept:
    """Return the files of a workspace as a revision has them; UsageError where there is no such revision.

    `REVISION:FOLDER` names the folder of the workspace in that revision, which is else the one that it has today, or
    the only one that holds a plan.
    """
    kept = listed(root, revision)
    wanted = [blob.name for path, blob in kept.blobs.items() if blob.ordinary and path.startswith(_READ)]
    return with_contents(kept, wanted)


def with_contents(kept: Kept, names: Iterable[str]) -> Kept:
    """Return what is kept with the contents of the blobs of those names."""
    contents = dict(kept.repository.contents(name for name in names if name not in kept.contents))
    return Kept(kept.repository, kept.blobs, {**kept.contents, **contents}, kept.commit, kept.prefix)


def listed(root: Path, revision: str) -> Kept:
    """Return the files of a workspace in a revision, none of them read yet."""
    found = git.repository(root)
    name, _, folder = revision.partition(":")
    commit = found.commit(name)
    prefix = f"{folder.strip('/')}/" if folder.strip("/.") else found.prefix
    blobs = _tree(found, commit, prefix)
    if PLAN_FILE not in blobs:
        everything = _tree(found, commit, "")
        prefix = _only_workspace(name, everything)
        blobs = {path.removeprefix(prefix): blob for path, blob in everything.items() if path.startswith(prefix)}
    return Kept(found, blobs, {}, commit, prefix)


def _tree(found: Repository, commit: str, prefix: str) -> dict[str, Blob]:
    """Return the files below a folder of a revision, by their paths from there on."""
    below = ("--", prefix) if prefix else ()
    blobs: dict[str, Blob] = {}
    answer = git.run(found.top, "ls-tree", "-r", "-z", "--full-tree", commit, *below)
    for line in git.text(answer).split("\0")[:-1]:
        about, _, path = line.partition("\t")
        mode, _kind, name = about.split(" ")
        blobs[path.removeprefix(prefix)] = Blob(mode, name)
    return blobs


def _only_workspace(revision: str, everything: Mapping[str, Blob]) -> str:
    """Return the folder, with `/` at its end, of the one plan in a revision."""
    folders = [path.removesuffix(PLAN_FILE) for path in everything if path.endswith(PLAN_FILE)]
    folders = [folder for folder in folders if not folder or folder.endswith("/")]
    if len(folders) != 1:
        raise NoWorkspaceThere(revision, (folder.rstrip("/") or "." for folder in folders))
    return folders[0]


def differing(root: Path, before: Kept, after: Kept | None, wanted: Callable[[str], bool]) -> set[str]:
    """Return the files that differ between a revision and another, or the disk, whatever line ends the disk has."""
    if after is not None:
        paths = {*before.blobs, *after.blobs}
        return {path for path in paths if wanted(path) and before.blobs.get(path) != after.blobs.get(path)}
    there = {f"{folder}/{name}" for folder in ("data", "plan", "plan/areas") for name in files.names(root, folder)}
    gone = {path for path in before.blobs if wanted(path) and path not in there and not files.exists(root, path)}
    return gone | {path for path in there if wanted(path) and not _is_blob(root, path, before.blobs.get(path))}


def _is_blob(root: Path, path: str, blob: Blob | None) -> bool:
    if blob is None:
        return False
    content = files.content(root, path)
    if content is None:
        return False
    turned = content.replace(b"\r\n", b"\n")  # git may give files other line ends than it keeps (core.autocrlf)
    return blob.name in {files.blob_name(one, len(blob.name)) for one in (content, turned)}
