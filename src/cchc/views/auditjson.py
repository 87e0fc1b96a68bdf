"""The inspector's page as JSON."""

from cchc.core.model import Closing, Correction, IssuedReport, Supplement
from cchc.texts import Translate
from cchc.views import jsonview
from cchc.views.audits import Figure, Findings
from cchc.views.present.traces import figure_text
from cchc.views.trailjson import plain
from cchc.views.trails import who_json


def audit_json(found: Findings, _: Translate) -> str:
    """Return everything on the page; display texts are those of the translator."""
    return jsonview.dumps(
        {
            "schema": "cchc/audit/1",
            "period": found.period,
            "commit": who_json(found.commit),
            "shallow": found.shallow,
            "figures": [_figure_json(one, _) for one in found.figures],
            "corrections": [
                {
                    "id": one.indicator.id,
                    "period": one.period,
                    "kind": "supplement" if isinstance(one.trace, Supplement) else "correction",
                    **record_object(one.trace),
                }
                for one in found.traces
            ],
            "closings": [
                {**record_object(one.closing), "holds": one.holds, "ancestor": one.ancestor} for one in found.seals
            ],
            "closings_gone": [
                {**record_object(closing), "by_commit": who_json(who), "uncommitted": alone}
                for closing, who, alone in found.gone
            ],
            "changes_to_closed": [
                {
                    "closed": one.closing.period,
                    "id": one.indicator.id,
                    "period": one.period,
                    "before": plain(one.before),
                    "after": plain(one.after),
                    "commit": who_json(one.who),
                    "traced": one.honest,
                }
                for one in found.touches
            ],
            "changes_to_definitions": [
                {"closed": one.closing.period, "id": one.id, "fields": list(one.fields), "commit": who_json(one.who)}
                for one in found.redefined
            ],
            "dropped": [
                {
                    "id": one.indicator.id,
                    "period": one.period,
                    "lost": plain(one.lost),
                    "standing": plain(one.standing),
                    "commit": who_json(one.who),
                }
                for one in found.dropped
            ],
            "problems": [jsonview.problem_json(problem, _) for problem in found.broken],
            "reports": [record_object(one) for one in found.reports],
            "commits": [who_json(one) for one in found.commits],
        }
    )


def record_object(record: Closing | IssuedReport | Correction | Supplement) -> dict[str, object]:
    """Return a record of the files as JSON has it."""
    found = plain(record)
    return dict(found) if isinstance(found, dict) else {}


def _figure_json(one: Figure, _: Translate) -> jsonview.Json:
    return {
        "id": one.indicator.id,
        "period": one.period,
        "display": figure_text(one.indicator, one.period, one.entry, _),
        "provided": plain(one.entry.provided),
        "checked": plain(one.entry.checked),
        "due": one.due,
        "late": one.late,
        "commit": who_json(one.who),
    }


# a code from paper
