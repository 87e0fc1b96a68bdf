"""What exactly is not what it was at a closing, told from the commit that the closing names."""

from collections.abc import Iterator
from pathlib import Path

from cchc.commands.figure import figure_of
from cchc.core import closing
from cchc.core.diagnostics import At, KeyPath, Problem, Word
from cchc.core.model import Closing, Dataset, Measurement
from cchc.core.report import needed
from cchc.texts import mark
from cchc.workspace import lists
from cchc.workspace.files import Disk, Files
from cchc.workspace.load import Loaded, load
from cchc.workspace.yamltree import Mapping, Scalar, Sequence

NONE = Word(mark("none"))
GONE_OR_NEW = Word(mark("it is new, or gone"))


def unsealed(root: Path, source: Files | None, loaded: Loaded) -> tuple[Problem, ...]:
    """Return a problem for each figure and definition that broke a seal; none where the history does not reach."""
    broken = [problem for problem in loaded.problems if problem.code == "E601"]
    if not broken or loaded.data is None:
        return ()
    closings = lists.closed(source or Disk(root))[0]
    found = [
        loaded.documents[problem.file].locate(problem) if problem.file in loaded.documents else problem
        for at in broken
        if isinstance(at.path[1], int)
        for problem in _since(_then(root, source, closings[at.path[1]]), closings[at.path[1]], loaded)
    ]
    return tuple({(one.code, one.file, one.args["id"]): one for one in found}.values())


def _since(before: Dataset | None, sealed: Closing, loaded: Loaded) -> Iterator[Problem]:
    if before is None or loaded.data is None:
        return
    said = {"closed": sealed.period, "on": str(sealed.on)}
    for period, key, old, new in closing.changed_figures(before, loaded.data, sealed):
        file = f"data/{period.label}.yaml"
        path: KeyPath = ("measurements", key) if new is not None else ("measurements",)
        args: dict[str, object] = {"id": key, "period": period, **said}
        if old is not None and new is not None and figure_of(old) == figure_of(new):
            yield Problem("E607", file, path, At.KEY, {**args, "what": closing.differing_fields(old, new)})
        else:
            yield Problem("E603", file, path, At.KEY, {**args, "old": _figure(old), "new": _figure(new)})
    for key, fields in closing.changed_definitions(before.plan, loaded.data.plan, sealed.period).items():
        file, path = _place(loaded, key)
        yield Problem("E604", file, path, At.KEY, {"id": key, "what": fields or GONE_OR_NEW, **said})


def _figure(entry: Measurement | None) -> object:
    return NONE if entry is None else figure_of(entry)


def _then(root: Path, source: Files | None, sealed: Closing) -> Dataset | None:
    """Return plan and data at the commit of a closing; None where it cannot be had.

    They are looked for where a revision that is being read has them, which may be one of several workspaces.
    """
    from cchc.workspace import git, kept  # noqa: PLC0415  # starting processes is dear to import

    if sealed.commit is None or not git.is_under_git(root):
        return None
    folder = f":{source.prefix}" if isinstance(source, kept.Kept) and source.commit else ""
    try:
        then = kept.at_revision(root, sealed.commit + folder)
    except (git.NoGit, git.NoRepository, git.NoSuchRevision, kept.NoWorkspaceThere):
        return None
    return load(then, lambda plan: needed(plan, sealed.period)).data


def _place(loaded: Loaded, key: str) -> tuple[str, KeyPath]:
    """Return where the plan defines an indicator or statistic; that of the plan itself where it no longer does."""
    for file, document in loaded.documents.items():
        for section in ("indicators", "statistics") if file.startswith("plan/") and document.root else ():
            entry = document.root.entries.get(section) if document.root else None
            items = entry.value.items if entry is not None and isinstance(entry.value, Sequence) else []
            for index, item in enumerate(items):
                name = item.entries.get("id") if isinstance(item, Mapping) else None
                if name is not None and isinstance(name.value, Scalar) and name.value.text == key:
                    return file, (section, index, "id")
    return "plan/plan.yaml", ()
