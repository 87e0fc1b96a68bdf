"""What the keys, ids and values of the files are called, wherever a change of them is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self

from cchc.core.fields import Quality, Record, TaskState
from cchc.core.model import Announcement, Attribution, Baseline, Duty, EvidenceRecord, Plan, Term, Validity
from cchc.core.periods import Period
from cchc.texts import Translate, mark
from cchc.views.fields import WORDS
from cchc.views.messages import STATES
from cchc.views.present import day, period_title
from cchc.views.present.numbers import exactly
from cchc.views.present.rows import evidence_text

YEARS = frozenset({"year", "from", "to", "due", "by", "assessed_from"})  # whole numbers that are no amounts

FIELDS: Mapping[str, str] = {
    "targets": mark("target"),
    "baseline": mark("baseline"),
    "interpolate": mark("course to the target"),
    "reading": mark("reading"),
    "aggregation": mark("aggregation"),
    "valid": mark("validity"),
    "share": mark("share"),
    "kind": mark("kind"),
    "unit": mark("unit of measure"),
    "item": mark("counted noun"),
    "numerator": mark("numerator"),
    "denominator": mark("denominator"),
    "frequency": mark("how often it is measured"),
    "factor": mark("factor"),
    "scale": mark("scale"),
    "phrases": mark("sentences"),
    "survey": mark("survey"),
    "surveys": mark("further surveys"),
    "run_by": mark("who held it"),
    "handed_out": mark("forms handed out"),
    "returned": mark("forms returned"),
    "questions": mark("questions"),
    "name": mark("name"),
    "title": mark("title"),
    "ref": mark("place in the plan"),
    "owner": mark("owner"),
    "with": mark("who joins in"),
    "id": mark("id"),
    "formerly": mark("former ids"),
    "note": mark("note"),
    "source": mark("source"),
    "provided": mark("provided by"),
    "checked": mark("checked by"),
    "evidence": mark("evidence"),
    "quality": mark("quality"),
    "announced": mark("announced by"),
    "public": mark("made public"),
    "illustrative": mark("made-up figures"),
    "assessed_from": mark("assessed from"),
    "term": mark("term"),
    "calendar": mark("calendar"),
    "report": mark("head and foot of reports"),
    "document": mark("document"),
    "legal_basis": mark("legal bases"),
    "duties": mark("duties"),
    "state": mark("state"),
    "text": mark("text"),
    "result": mark("product"),
    "results": mark("results"),
    "shortcomings": mark("shortcomings"),
    "causes": mark("causes"),
    "next": mark("coming tasks"),
    "proposals": mark("proposals"),
    "completed_on": mark("done on"),
    "due": mark("due"),
    "repeats": mark("repeats"),
    "reopened": mark("opened again"),
    "digest": mark("digest"),
    "commit": mark("the git commit"),
    "by": mark("who"),
    "on": mark("day"),
    "incomplete": mark("what was missing"),
    "beside": mark("printed with it"),
    "goals": mark("general goals"),
    "area": mark("area"),
    "within": mark("reported under"),
    "amounts": mark("whole or decimal amounts"),
    "measured_over": mark("calendar of printed dates"),
    "from": mark("from the year"),
    "also": mark("other places in the plan"),
    "requested": mark("only requested"),
    "parts": mark("parts"),
    "carried": mark("carried over from the period before"),
    "date": mark("day of issue"),
    "signed_by": mark("signed by"),
    "cut_off": mark("figures up to"),
    "texts": mark("digest of texts"),
    "replaces": mark("replaces"),
    "figures": mark("printed figures"),
    "corrections": mark("corrections"),
    "supplement": mark("supplement after closing"),
    "objective": mark("objective causes"),
    "subjective": mark("subjective causes"),
    "value": mark("value"),
    "of": mark("ranked units"),
    "points": mark("points"),
    "year": mark("year"),
    "to": mark("to"),
    "at_least": mark("at least"),
    "at_most": mark("at most"),
    "equal_to": mark("equal to"),
    "between": mark("between"),
    "as_written": mark("as written"),
    "reason": mark("reason"),
    "old": mark("before"),
    "seal": mark("seal"),
    "absent": mark("missing"),
    "provisional": mark("provisional"),
    "unconfirmed": mark("not confirmed"),
    "printed": mark("printed"),
    "period": mark("period"),
    "number": mark("number"),
    "issuer": mark("issued by"),
    "path": mark("file or address"),
    "kept_at": mark("kept at"),
    "sha256": mark("digest"),
    "month_starts_on": mark("months begin on day"),
    "figures_due_on": mark("figures are due on day"),
    "report_due_on": mark("reports are due on day"),
    "authority": mark("authority"),
    "parent": mark("parent authority"),
    "place": mark("place"),
    "symbol": mark("symbol"),
    "steering": mark("area reported in part I"),
    "signatories": mark("who signs"),
    "recipients": mark("recipients"),
    "for": mark("in the place of"),
    "position": mark("position"),
    "yes": mark("yes"),
    "no": mark("no"),
    "very_satisfied": mark("very satisfied"),
    "satisfied": mark("satisfied"),
    "neutral": mark("neutral"),
    "dissatisfied": mark("dissatisfied"),
    "very_dissatisfied": mark("very dissatisfied"),
}
_CHOICES: Mapping[type[StrEnum], Mapping[str, str]] = {
    **WORDS,
    Quality: {Quality.FINAL: mark("final"), Quality.PROVISIONAL: mark("provisional")},
    TaskState: {str(state): word for state, word in STATES.items()},
}
_OWNERS = frozenset({"owner", "with", "by"})
_AREAS = frozenset({"area", "within", "steering"})
_MEASURED = frozenset({"beside", "parts"})


def field_name(name: str, _: Translate) -> str:
    """Return what a key of a file is called."""
    return _(FIELDS[name]) if name in FIELDS else name


@dataclass(frozen=True, slots=True)
class Names:
    """What ids stand for: the names and titles that plans give them."""

    owners: Mapping[str, str]
    areas: Mapping[str, str]
    tasks: Mapping[str, str]
    measured: Mapping[str, str]

    @classmethod
    def of(cls, *plans: Plan) -> Self:
        """Return the names of plans; where two know an id, those of the later."""
        return cls(
            owners={one.id: one.name for plan in plans for one in plan.owners},
            areas={one.id: one.title for plan in plans for one in plan.areas},
            tasks={one.id: one.title for plan in plans for one in plan.tasks},
            measured={key: one.name for plan in plans for key, one in plan.measured.items()},
        )

    def named(self, key: str, value: str) -> str:
        """Return the value of a key: what it stands for where it is an id."""
        if key in _OWNERS:
            return self.owners.get(value, value)
        if key in _AREAS:
            return self.areas.get(value, value)
        return self.measured.get(value, value) if key in _MEASURED else value


def value_words(value: object, names: Names, _: Translate, key: str = "") -> str:
    """Return the value of a key as people write it, empty where there is none."""
    match value:
        case None:
            return ""
        case bool():
            return _(mark("yes")) if value else _(mark("no"))
        case int() if key in YEARS:
            return str(value)
        case date():
            return day(value)
        case Period():
            return period_title(value, _)
        case tuple() | list():
            return "; ".join(value_words(item, names, _, key) for item in value)
        case Record():
            return _record(value, names, _)
        case StrEnum():
            known = _CHOICES.get(type(value), {})
            return _(known[value]) if value in known else str(value)
        case str():
            return names.named(key, value)
        case _:
            return exactly(value) if isinstance(value, Decimal) else str(value)  # a whole number may be a year


def _record(value: Record, names: Names, _: Translate) -> str:
    """Return a record in the words of offices, others as their keys with what they say."""
    match value:
        case EvidenceRecord():
            return evidence_text(value, _)
        case Attribution():
            by = names.named("by", value.by)
            return _(mark("{by} on {day}")).format(by=by, day=day(value.on)) if value.on is not None else by
        case Announcement():
            return value.by
        case Duty():
            return f"{value.ref} {value.text}"
        case Term():
            return f"{value.first}–{value.last}"
        case Validity():
            return _validity(value, _)
        case Baseline():
            return _(mark("{value} in {year}")).format(value=exactly(value.value), year=value.year)
        case _:
            keys = ((info.alias or name, getattr(value, name)) for name, info in type(value).model_fields.items())
            said = ((key, value_words(item, names, _, key)) for key, item in keys if item is not None and item != ())
            return ", ".join(f"{field_name(key, _)}: {text}" for key, text in said)


def _validity(value: Validity, _: Translate) -> str:
    first, last = (period_title(one, _) if one is not None else "" for one in (value.first, value.last))
    if first and last:
        return _(mark("from {first} to {last}")).format(first=first, last=last)
    if first:
        return _(mark("from {first} on")).format(first=first)
    return _(mark("until {last}")).format(last=last) if last else ""
