"""`template` at the terminal: list, export, check."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cchc.cli import session
from cchc.cli.options import _
from cchc.commands import templating
from cchc.core.errors import Exit
from cchc.texts import Language, mark, translator

if TYPE_CHECKING:
    from cchc.views.present.page import ReportPage

ACTIONS = ("list", "export", "check")


def act(
    root: Path, action: str, names: Sequence[str], *, output: str | None, form: str, replace: bool, today: date
) -> int:
    """Carry out an action and return the exit status."""
    if action == "list":
        session.put(_list(root, form), output or "-")
        return Exit.FINE
    if action == "export":
        return _export(root, names, output, replace=replace)
    return _check(root, names, today)


def _list(root: Path, form: str) -> str:
    entries = templating.listed(root)
    if form == "json":
        rows = [{"name": entry.name, "own": entry.own, "changed": entry.changed} for entry in entries]
        return json.dumps({"schema": "cchc/templates/1", "templates": rows}, ensure_ascii=False, indent=2) + "\n"
    width = max(len(entry.name) for entry in entries)
    return "".join(f"{entry.name:<{width}}  {_state(entry)}  {_(entry.about)}\n" for entry in entries)


def _state(entry: templating.Listed) -> str:
    if not entry.own:
        return _(mark("[default]"))
    return _(mark("[own]")) if entry.changed else _(mark("[a copy of the default]"))


def _export(root: Path, names: Sequence[str], output: str | None, *, replace: bool) -> int:
    if output is not None:
        if len(names) != 1:
            raise session.ValueMissing(_(mark("the name of one template")), "NAME")
        content = templating.default(names[0])
        session.put(content if names[0].endswith(".docx") else content.decode("utf-8"), output)
        return Exit.FINE
    for file in templating.export(root, names, replace=replace):
        session.put(_(mark("written: {file}")).format(file=file) + "\n")
    return Exit.FINE


def _check(root: Path, names: Sequence[str], today: date) -> int:
    from cchc.views import excerpt  # noqa: PLC0415  # only for faults
    from cchc.views.proofs import faults  # noqa: PLC0415

    pages, texts = _real_pages(root, today), templating.all_texts(root)
    found = checked = 0
    for name, file, content in templating.to_check(root, names):
        checked += 1
        for fault in faults(name, file, content, texts, pages):
            found += 1
            session.put(excerpt.error_text(fault, _) + "\n")
    session.say(_(mark("checked {count} templates: {faults} faults")).format(count=checked, faults=found))
    return Exit.FINDINGS if found else Exit.FINE


def _real_pages(root: Path, today: date) -> dict[str, "ReportPage"]:
    """Return the report page of the newest period with figures, if there is one that can be read."""
    from cchc.commands.reporting import Wanted, report  # noqa: PLC0415  # only for the check
    from cchc.commands.request import ReportRequest  # noqa: PLC0415
    from cchc.views.present.page import present  # noqa: PLC0415
    from cchc.workspace.load import newest_period  # noqa: PLC0415

    newest = newest_period(root)
    if newest is None:
        return {}
    request = ReportRequest(newest.label, allow_problems=True, today=today)
    outcome = report(root, request, Wanted(paper=True))
    return {newest.label: present(outcome.report, translator(Language.VIETNAMESE), outcome.paper)}
