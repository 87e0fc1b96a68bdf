"""The trail as JSON: what changed, who put which figure, what an inspector looks at."""

from collections.abc import Mapping

from cchc.core.changes import Change, Difference, Effect
from cchc.core.diagnostics import Problem
from cchc.core.fields import Record
from cchc.core.results import Evaluation
from cchc.texts import Translate
from cchc.views import differing, jsonview
from cchc.views.differing import SideName
from cchc.views.jsonview import Json, dumps


def difference_json(
    found: Difference, sides: tuple[SideName, SideName], unread: list[tuple[SideName, Problem]], _: Translate
) -> str:
    """Return a comparison; display texts are those of the translator."""
    before, after = sides
    page = differing.present_difference(found, sides, unread, _)
    rows = [row for section in page.sections for row in section.rows]
    order = [change for about in differing.SUBJECTS for change in found.changes if change.about is about]
    return dumps(
        {
            "schema": "cchc/diff/1",
            "before": _side(before),
            "after": _side(after),
            "summary": {
                "changes": len(found.changes),
                "second_look": len(found.second_look),
                "effects": len(found.effects),
                "unread": len(unread),
            },
            "changes": [_change(change, row) for change, row in zip(order, rows, strict=True)],
            "effects": [_effect(effect, row) for effect, row in zip(found.effects, page.effects, strict=True)],
            "unread": [
                {"side": "before" if side is before else "after", **jsonview.problem_json(problem, _)}
                for side, problem in unread
            ],
        }
    )


def _side(side: SideName) -> Json | None:
    return {"name": side.name, "commit": side.commit, "date": side.day} if side.commit else None


def _change(change: Change, row: differing.DiffRow) -> Json:
    return {
        "about": change.about,
        "id": change.key,
        "period": change.period,
        "what": change.what,
        "fields": [{"name": field.name, "old": plain(field.old), "new": plain(field.new)} for field in change.fields],
        "old": plain(change.old),
        "new": plain(change.new),
        "second_look": list(change.looks),
        "closed": list(change.closed),
        "display": {"subject": row.subject, "old": row.old, "new": row.new, "notes": list(row.notes)},
    }


def plain(value: object) -> object:
    """Return records as objects by their keys, without those that are empty."""
    if isinstance(value, Record):
        names = type(value).model_fields.items()
        fields = ((info.alias or name, getattr(value, name)) for name, info in names)
        return {name: plain(item) for name, item in fields if item is not None and item != ()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value


def _effect(effect: Effect, row: differing.EffectRow) -> Json:
    return {
        "id": effect.indicator.id,
        "period": effect.period,
        "before": _verdict(effect.before),
        "after": _verdict(effect.after),
        "display": {"before": row.old, "after": row.new},
    }


def _verdict(result: Evaluation | None) -> Json | None:
    return None if result is None else {"status": result.status, "complete": result.complete}
