"""What may be published: figures and verdicts; notes, evidence and names of people only where they are `public`."""

from dataclasses import replace

from cchc.core.model import DataFile, Dataset, Indicator, Measurement, Owner, Plan, Remark, TaskReport


def public(data: Dataset) -> Dataset:
    """Return the dataset without what is not marked as public; figures, sources and states stay."""
    return Dataset(_plan(data.plan), {period: _file(file) for period, file in data.files.items()})


def _plan(plan: Plan) -> Plan:
    report = plan.head.report
    head = report.model_copy(update={"signatories": (), "recipients": ()}) if report is not None else None
    return replace(
        plan,
        head=plan.head.model_copy(update={"report": head}),
        owners=tuple(owner if owner.public else _nameless(owner) for owner in plan.owners),
        areas=tuple(area._replace(indicators=tuple(map(_noteless, area.indicators))) for area in plan.areas),
        statistics=tuple(map(_noteless, plan.statistics)),
    )


def _noteless(indicator: Indicator) -> Indicator:
    return indicator.model_copy(update={"note": None}) if indicator.note is not None else indicator


def _nameless(owner: Owner) -> Owner:
    return owner.model_copy(update={"name": owner.ref or "–", "duties": ()})


def _file(file: DataFile) -> DataFile:
    return file._replace(
        measurements={key: _measurement(entry) for key, entry in file.measurements.items()},
        tasks={key: _task(entry) for key, entry in file.tasks.items()},
        remarks={key: entry for key, entry in file.remarks.items() if _is_said(entry)},
    )


def _measurement(entry: Measurement) -> Measurement:
    hidden = {"provided": None, "checked": None, "corrections": (), "supplement": None}
    if not entry.public:
        entry = _surveys_alone(entry)
        hidden |= {"note": None, "evidence": ()}
    return entry.model_copy(update=hidden)


def _task(entry: TaskReport) -> TaskReport:
    return entry if entry.public else entry.model_copy(update={"text": None, "result": None, "evidence": ()})


def _is_said(entry: Remark) -> bool:
    return entry.public


def _surveys_alone(entry: Measurement) -> Measurement:
    """Return an entry whose surveys no longer say who held them; most entries have none."""
    if not entry.held:
        return entry
    nameless = {"run_by": None}
    survey = None if entry.survey is None else entry.survey.model_copy(update=nameless)
    surveys = tuple(one.model_copy(update=nameless) for one in entry.surveys)
    return entry.model_copy(update={"survey": survey, "surveys": surveys})
