"""The kinds of files of a workspace: where each stands, and the records that it holds."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from cchc.core import imports, model
from cchc.core.fields import Record

_NONE: Mapping[str, type[Record]] = MappingProxyType({})


class FileKind(NamedTuple):
    """The folder and name of such files, the record of the head, and the sections: lists or mappings of records."""

    folder: str
    name: str  # `*` where every file of the folder that no other kind names is of this kind
    head: type[Record]
    lists: Mapping[str, type[Record]] = _NONE
    mappings: Mapping[str, type[Record]] = _NONE


FILE_KINDS: Mapping[str, FileKind] = {
    "plan": FileKind("plan", "plan.yaml", model.PlanFile),
    "owners": FileKind("plan", "owners.yaml", model.FileHead, {"owners": model.Owner}),
    "area": FileKind("plan/areas", "*.yaml", model.AreaHead, {"indicators": model.Indicator, "tasks": model.Task}),
    "solutions": FileKind("plan", "solutions.yaml", model.FileHead, {"tasks": model.Task, "funding": model.Funding}),
    "statistics": FileKind(
        "plan", "statistics.yaml", model.FileHead, {"statistics": model.Indicator, "identities": model.Identity}
    ),
    "import": FileKind("plan/imports", "*.yaml", imports.ImportHead, {"figures": imports.ImportFigure}),
    "data": FileKind(
        "data",
        "*.yaml",
        model.DataHead,
        mappings={"measurements": model.Measurement, "tasks": model.TaskReport, "remarks": model.Remark},
    ),
    "closed": FileKind("data", "closed.yaml", model.FileHead, {"closed": model.Closing}),
    "reports": FileKind("data", "reports.yaml", model.FileHead, {"reports": model.IssuedReport}),
}


def kind_of(file: str) -> str | None:
    """Return the kind of a file of the workspace, None for one that is no file of a plan or of its data."""
    folder, _, name = file.rpartition("/")
    kinds = {(what.folder, what.name): kind for kind, what in FILE_KINDS.items()}
    return kinds.get((folder, name)) or (kinds.get((folder, "*.yaml")) if name.endswith((".yaml", ".yml")) else None)
