"""`audit` at the terminal: the inspector's page, and a code from paper."""

from datetime import date
from pathlib import Path

from cchc.cli import session
from cchc.cli.options import _
from cchc.cli.trailing import VIETNAMESE, who
from cchc.commands.auditing import Audit, audit
from cchc.commands.papercodes import check_code
from cchc.commands.tracing import Figure
from cchc.core.errors import Exit
from cchc.core.model import Measurement
from cchc.texts import mark
from cchc.views import auditjson, audits, papercodes
from cchc.views.present import ILLUSTRATIVE
from cchc.views.trails import Who
from cchc.workspace import resources
from cchc.workspace.files import Disk
from cchc.workspace.history import Commit

TEMPLATE = "audit.md.j2"


def put_audit(root: Path, period: str | None, today: date, at: str | None, into: tuple[str, str]) -> int:
    """Put out the inspector's page."""
    form, output = into
    with session.progress(_(mark("reading the history"))) as told:
        findings = _findings(audit(root, period, today, at, told))
    if form == "json":
        session.put(auditjson.audit_json(findings, VIETNAMESE), output)
        return Exit.FINE
    from cchc.views.documents import Templates  # noqa: PLC0415

    page = audits.present_audit(findings, VIETNAMESE)
    texts = resources.templates(Disk(root), [TEMPLATE])
    session.put(Templates(texts, html=False).render(TEMPLATE, {"page": page}), output)
    return Exit.FINE


def _findings(found: Audit) -> audits.Findings:
    return audits.Findings(
        plan=found.plan,
        period=found.period,
        commit=_who(found.commit),
        shallow=found.shallow,
        made_up=VIETNAMESE(ILLUSTRATIVE) if found.illustrative else "",
        figures=[
            audits.Figure(one.indicator, one.period, one.entry, who(one.commit), one.due, one.late)
            for one in found.figures
        ],
        traces=[audits.Trace(one.indicator, one.period, one.entry, one.trace) for one in found.traces],
        seals=[audits.Seal(one.closing, one.holds, one.ancestor) for one in found.closings],
        gone=[(one.closing, who(one.commit), one.uncommitted) for one in found.gone],
        redefined=[audits.Redefinition(one.closing, one.id, one.fields, _who(one.commit)) for one in found.redefined],
        dropped=[
            audits.Loss(one.indicator, one.period, _entry(one.lost), _entry(one.standing), _who(one.commit))
            for one in found.dropped
        ],
        touches=[
            audits.Touch(
                one.closing,
                one.indicator,
                one.period,
                _entry(one.before),
                _entry(one.after),
                _who(one.commit),
                one.honest,
            )
            for one in found.touched
        ],
        broken=found.broken,
        reports=found.reports,
        commits=[_who(one) for one in found.commits],
    )


def _entry(figure: Figure | None) -> Measurement | None:
    return figure.entry if figure is not None else None


def _who(commit: Commit) -> Who:
    found = who(commit)
    assert found is not None  # noqa: S101  # a commit is somebody's
    return found


def put_digest(root: Path, typed: str, at: str | None, into: tuple[str, str]) -> int:
    """Put out what a code from paper fits; findings where it fits nothing, or figures that are others today."""
    form, output = into
    found = check_code(root, typed, at)
    fitting = [papercodes.Fitting(one.record, one.holds, one.corrected) for one in found.matches]
    if form == "json":
        session.put(papercodes.code_json(found.code, fitting, found.periods), output)
    else:
        session.put(papercodes.code_text(found.code, fitting, found.periods, _), output)
    good = found.periods or any(one.holds for one in found.matches)
    return Exit.FINE if good else Exit.FINDINGS
