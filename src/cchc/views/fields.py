"""What to write into each field, as editors show it, in Vietnamese in the catalogue. Few commands need to import it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from cchc.core import imports, model, surveys
from cchc.core.fields import (
    Aggregation,
    Amounts,
    Interpolation,
    Kind,
    MeasuredOver,
    Quality,
    Record,
    Repeats,
    TaskState,
)
from cchc.core.periods import Frequency
from cchc.texts import mark


class Described(NamedTuple):
    """What a record is, and what its fields hold, by their keys in files."""

    record: str
    fields: Mapping[str, str]


_LEVELS: Mapping[str, str] = {
    "very_satisfied": mark('answers "rất hài lòng", as 120'),
    "satisfied": mark('answers "hài lòng", as 38'),
    "neutral": mark('answers "bình thường", as 9'),
    "dissatisfied": mark('answers "không hài lòng", as 2'),
    "very_dissatisfied": mark('answers "rất không hài lòng", as 1'),
}
RECORDS: Mapping[type[Record], Described] = {
    model.PlanFile: Described(
        mark("the plan: identity, term, unit, calendar, and how its reports look"),
        {
            "format": mark("the format of the file: always cchc/1"),
            "id": mark("the plan's id, as le-hong-2021-2025"),
            "title": mark("the plan's full title, as in the signed document"),
            "document": mark("number and date of the signed plan; empty until known"),
            "term": mark("the years that the plan covers, both included"),
            "assessed_from": mark("the first reporting year in which targets are judged, as 2022; default the first"),
            "calendar": mark("when reporting months begin, and when figures and reports are due"),
            "unit": mark("the unit that reports"),
            "report": mark("head and foot of official reports"),
            "legal_basis": mark("the documents that the plan rests on"),
            "goals": mark("the plan's general goals, which the report of the whole term quotes"),
        },
    ),
    model.PlanDocument: Described(
        mark("number and date of the signed plan"),
        {
            "number": mark("the document's number, as 12/KH-UBND"),
            "date": mark("the day of signing, as 2021-12-20"),
        },
    ),
    model.Term: Described(
        mark("the years that the plan covers"),
        {
            "from": mark("the first year, as 2021"),
            "to": mark("the last year, as 2025"),
        },
    ),
    model.Calendar: Described(
        mark("the reporting calendar; days of a period's last month"),
        {
            "month_starts_on": mark(
                "the day on which a reporting month begins: 15 by NĐ 09/2019/NĐ-CP, 1 for calendar months"
            ),
            "figures_due_on": mark("the day by which figures are due, as 16; without it nothing is late"),
            "report_due_on": mark("the day by which reports are due, as 20"),
        },
    ),
    model.Unit: Described(
        mark("the unit that reports"),
        {
            "name": mark("the unit's name, as xã Lê Hồng"),
            "authority": mark("the body that issues reports, as Ủy ban nhân dân xã Lê Hồng"),
            "parent": mark("the body above it, as Ủy ban nhân dân huyện Thanh Miện"),
            "place": mark("the place before the date of reports, as Lê Hồng"),
        },
    ),
    model.ReportHead: Described(
        mark("head and foot of official reports"),
        {
            "symbol": mark("the symbol behind a report's number, as BC-UBND"),
            "steering": mark("the id of the area that reports put into part I, direction and administration"),
            "signatories": mark("who signs, each with the months of office"),
            "recipients": mark("who receives the report, as [Phòng Nội vụ huyện]"),
        },
    ),
    model.Signatory: Described(
        mark("who signs reports, and in which months"),
        {
            "authority": mark("the line above the position, as TM. ỦY BAN NHÂN DÂN"),
            "for": mark("of a deputy: the position in whose place they sign, as CHỦ TỊCH"),
            "position": mark("the position, as CHỦ TỊCH"),
            "name": mark("the person's full name"),
            "from": mark("the first month, as 2021-01; without it from the beginning"),
            "to": mark("the last month, as 2025-06; without it to the end"),
        },
    ),
    model.LegalBasis: Described(
        mark("a document that the plan rests on"),
        {
            "number": mark("number and symbol, as 76/NQ-CP"),
            "date": mark("its day, as 2021-07-15"),
            "issuer": mark("who issued it, as Chính phủ"),
            "title": mark("what it is about"),
        },
    ),
    model.FileHead: Described(
        mark("a file of lists"),
        {
            "format": mark("the format of the file: always cchc/1"),
        },
    ),
    model.Owner: Described(
        mark("who answers for figures and tasks"),
        {
            "id": mark("the owner's id, by which other files name it, as vp-hdnd-ubnd"),
            "ref": mark("the place in the plan's text, as II.2.4.a.3"),
            "name": mark("the position or body, as Công chức Tài chính - Kế toán"),
            "duties": mark("the duties that the plan gives, in its order"),
            "public": mark("true where the public pages may show the name"),
        },
    ),
    model.Duty: Described(
        mark("a duty that the plan gives to an owner"),
        {
            "ref": mark("the place in the plan's text, as II.2.4.a.3"),
            "text": mark("the duty in short words"),
        },
    ),
    model.AreaHead: Described(
        mark("the head of a file about one area"),
        {
            "format": mark("the format of the file: always cchc/1"),
            "area": mark("the area's id, as tthc"),
            "ref": mark("the place in the plan's text, as II.2.4.a.3"),
            "title": mark("the area's title, as Cải cách thủ tục hành chính"),
            "within": mark("the id of the area under whose heading reports put this one"),
            "owner": mark("the owner of all in the area that names no other, as vp-hdnd-ubnd"),
        },
    ),
    model.Indicator: Described(
        mark("an indicator, or a statistic: the same without targets"),
        {
            "id": mark("the id, by which figures name it, as ho-so-dung-han; keep it once figures exist"),
            "ref": mark("the place in the plan's text; two targets of one bullet: II.2.4.a.7 (ý 1), (ý 2)"),
            "name": mark("what is measured, as in reports"),
            "kind": mark("what a figure of it is: a ratio, a count, a number, yes or no, a rank, a grade, a text"),
            "unit": mark("the unit of measure, as % or hồ sơ"),
            "item": mark("the counted noun, as hồ sơ"),
            "numerator": mark("what the numerator counts"),
            "denominator": mark("what the denominator counts"),
            "frequency": mark("how often it is measured: month, quarter or year"),
            "aggregation": mark("how figures combine into longer periods; each kind has its own default"),
            "targets": mark("what is to be reached; without it the indicator is only followed"),
            "reading": mark("how the plan's words were read; printed in reports"),
            "beside": mark("ids of the statistics printed with it"),
            "area": mark("the area's id; written for statistics only"),
            "owner": mark("who answers for it, as vp-hdnd-ubnd; default the area's owner"),
            "with": mark("ids of the owners who join in, as [vp-hdnd-ubnd]"),
            "amounts": mark("decimal where numerator and denominator are measured, not counted"),
            "share": mark("false where a ratio in % may exceed 100 %"),
            "factor": mark("what the quotient is multiplied by; default 100 for %, else 1"),
            "scale": mark("the words of a grade, worst to best"),
            "phrases": mark("the two sentences of a yes/no indicator"),
            "baseline": mark("the value from which a course to the target is drawn"),
            "interpolate": mark("linear: the course to a later target is a straight line from the baseline"),
            "valid": mark("the months in which it exists"),
            "measured_over": mark("civil where dates in print follow the calendar year"),
            "announced": mark("who announces the result, where others do"),
            "survey": mark("true where the figures come from surveys"),
            "formerly": mark("ids that it had before"),
            "note": mark("what else has to be said"),
        },
    ),
    model.Target: Described(
        mark("what is to be reached, from a year on or by the end of a year"),
        {
            "from": mark("in force from this year on, until the next `from`, as 2021"),
            "by": mark("due at the end of this year, as 2025"),
            "at_least": mark("the least that is good, as 98"),
            "at_most": mark("the most that is good, as 15; for a rank the last good place"),
            "equal_to": mark("the only good value, as 100 or có"),
            "between": mark("the two ends, both good, as [5, 6]"),
            "as_written": mark("the target in the plan's own words, printed in reports"),
            "document": mark("the document that changed the target"),
        },
    ),
    model.Baseline: Described(
        mark("the value at the end of a year before the target"),
        {
            "year": mark("the year, as 2020"),
            "value": mark("the value at its end, as 45.5"),
        },
    ),
    model.Validity: Described(
        mark("the months in which it exists"),
        {
            "from": mark("the first month, as 2021-01; without it from the beginning"),
            "to": mark("the last month, as 2025-06; without it to the end"),
        },
    ),
    model.Announcement: Described(
        mark("who announces the result"),
        {
            "by": mark("the body, as Ủy ban nhân dân huyện"),
        },
    ),
    model.Phrases: Described(
        mark("the two sentences of a yes/no indicator in reports"),
        {
            "yes": mark("the sentence of a yes"),
            "no": mark("the sentence of a no"),
        },
    ),
    model.Task: Described(
        mark("a task or duty: it repeats, or is due"),
        {
            "id": mark("the task's id, by which data files name it"),
            "ref": mark("the place in the plan's text, as II.2.4.a.3"),
            "title": mark("the task in short words"),
            "area": mark("the area's id; not written in a file of an area"),
            "owner": mark("who answers for it, as vp-hdnd-ubnd; default the area's owner"),
            "with": mark("ids of the owners who join in, as [vp-hdnd-ubnd]"),
            "repeats": mark("done all the time, every year or every quarter"),
            "from": mark("the year in which it begins, as 2022"),
            "due": mark("the year by whose end it is to be done, as 2025"),
            "also": mark("other places of the plan that say the same, as [II.2.8.b.8]"),
            "requested": mark("true for bodies that are only asked; they are never late"),
            "note": mark("what else has to be said"),
        },
    ),
    model.Funding: Described(
        mark("where the plan's money comes from"),
        {
            "ref": mark("the place in the plan's text, as II.2.4.a.3"),
            "text": mark("the source in short words"),
        },
    ),
    model.Identity: Described(
        mark("a whole that its parts add up to; a difference is a warning"),
        {
            "whole": mark("the id of the whole, as ho-so-da-giai-quyet"),
            "parts": mark("the ids of the parts"),
            "carried": mark("true where the parts are those of the period before: what was left over is carried over"),
        },
    ),
    model.DataHead: Described(
        mark("facts about one period: figures, tasks, remarks"),
        {
            "format": mark("the format of the file: always cchc/1"),
            "period": mark("the period that the facts are about, the same as in the file's name"),
            "illustrative": mark("true for made-up figures; all data files agree"),
        },
    ),
    model.Measurement: Described(
        mark("one figure about the period"),
        {
            "numerator": mark("the numerator of a ratio, digits only, as 412"),
            "denominator": mark("the denominator of a ratio, digits only, as 418"),
            "value": mark("the figure; a ratio has it only where nothing but the result was published"),
            "of": mark("a rank: among how many, as 17"),
            "points": mark("the points of a rank, grade or recognition, as 86.25"),
            "text": mark("what is said; only where the indicator is judged in words"),
            "source": mark("where the figure comes from, by system, form or register"),
            "provided": mark("who provided it and when"),
            "checked": mark("who checked it and when"),
            "announced": mark("the decision that announced it"),
            "evidence": mark("what proves it: paths of files, https addresses, or documents"),
            "quality": mark("provisional while the figure may still move; default final"),
            "note": mark("what has to be said about the figure"),
            "survey": mark("a survey's tally, instead of numerator and denominator"),
            "surveys": mark("further surveys of the period; the figure is that of all their answers"),
            "corrections": mark("what stood there before, after figures were closed"),
            "supplement": mark("that the figure came after its period was closed, and by which document"),
            "public": mark("true where the public pages may show note and evidence"),
        },
    ),
    model.Attribution: Described(
        mark("who did it and when"),
        {
            "by": mark("the owner's id, as vp-hdnd-ubnd"),
            "on": mark("the day, as 2023-06-15"),
        },
    ),
    model.AnnouncedResult: Described(
        mark("the document that announced a result"),
        {
            "document": mark("its number, as 415/QĐ-UBND"),
            "date": mark("its day, as 2024-01-10"),
        },
    ),
    model.EvidenceRecord: Described(
        mark("a file or address (path), or a document kept elsewhere (title)"),
        {
            "path": mark("a file of the workspace, as bieu-mau/2023-06.pdf, or an https address"),
            "title": mark("what the document is called, as Biểu II.06a"),
            "document": mark("the document's number, as 12/BC"),
            "date": mark("its day, as 2023-06-15"),
            "kept_at": mark("where it is kept, as Hồ sơ một cửa"),
            "sha256": mark("the SHA-256 of the file, in hexadecimal"),
        },
    ),
    surveys.Survey: Described(
        mark("the tally of answers on the five-level scale; blank ones are out"),
        {
            **_LEVELS,
            "title": mark("what the survey is called, as Khảo sát tại bộ phận một cửa"),
            "from": mark("the day on which it began, as 2023-05-10"),
            "to": mark("the day on which it ended, as 2023-05-31"),
            "run_by": mark("who held it, as Văn phòng HĐND và UBND"),
            "handed_out": mark("forms handed out, as 60"),
            "returned": mark("forms that came back, as 55"),
            "valid": mark("forms that count, as 52"),
            "questions": mark("the tallies of the questions"),
        },
    ),
    surveys.Question: Described(
        mark("the tally of one question's answers"), {**_LEVELS, "text": mark("the question, as Thời gian chờ")}
    ),
    model.OldFigure: Described(
        mark("what stood there before it was corrected"),
        {
            "numerator": mark("the old numerator, as 412"),
            "denominator": mark("the old denominator, as 418"),
            "value": mark("the old value"),
            "of": mark("the old number of ranked units, as 17"),
            "points": mark("the old points"),
            "text": mark("the old text"),
            "survey": mark("the old tally"),
            "surveys": mark("the further surveys as they were"),
            "quality": mark("whether it was provisional, where that changed"),
        },
    ),
    model.Correction: Described(
        mark("a correction of a closed figure"),
        {
            "old": mark("what stood there before"),
            "on": mark("the day, as 2023-06-15"),
            "by": mark("the owner's id, as vp-hdnd-ubnd"),
            "reason": mark("why it was wrong"),
            "document": mark("the document that allows it, as 30/TB-UBND"),
            "seal": mark("the seal of the new figure; written by the program"),
        },
    ),
    model.Supplement: Described(
        mark("a figure that was absent when its period was closed"),
        {
            "on": mark("the day, as 2023-06-15"),
            "by": mark("the owner's id, as vp-hdnd-ubnd"),
            "document": mark("the document that supplements it, as 31/TB-UBND"),
            "seal": mark("the seal of the figure; written by the program"),
        },
    ),
    model.TaskReport: Described(
        mark("how far a task has come at the end of the period"),
        {
            "state": mark("how far it has come"),
            "text": mark("what was done, in a sentence"),
            "completed_on": mark("the day on which it was done, as 2023-06-15"),
            "result": mark("the product: the document or its number"),
            "evidence": mark("what proves it: paths of files, https addresses, or documents"),
            "public": mark("true where the public pages may show what is said"),
        },
    ),
    model.Remark: Described(
        mark("what is said of an area, or of the whole, in the period"),
        {
            "results": mark("what was achieved"),
            "shortcomings": mark("what falls short"),
            "causes": mark("why"),
            "next": mark("what comes next"),
            "proposals": mark("what is asked of others"),
            "public": mark("true where the public pages may show what is said"),
        },
    ),
    model.Causes: Described(
        mark("objective and subjective causes"),
        {
            "objective": mark("causes outside the unit"),
            "subjective": mark("causes inside the unit"),
        },
    ),
    model.Closing: Described(
        mark("a period whose figures are closed"),
        {
            "period": mark("the period, as 2023-06"),
            "on": mark("the day, as 2023-06-15"),
            "by": mark("the owner's id, as vp-hdnd-ubnd"),
            "digest": mark("the digest of the period's figures; written by the program"),
            "commit": mark("the git commit; written by the program"),
            "incomplete": mark("what was absent, provisional or not confirmed on that day; written by the program"),
            "reopened": mark("that it was opened again, by whom and why"),
        },
    ),
    model.Incomplete: Described(
        mark("what was not as it should be of an indicator or statistic when the period was closed"),
        {
            "id": mark("the id of the indicator or statistic"),
            "absent": mark("the periods without a figure"),
            "provisional": mark("the periods whose figure was provisional"),
            "unconfirmed": mark("the periods whose figure nobody had checked"),
        },
    ),
    model.Reopening: Described(
        mark("who opened a closed period again, and why"),
        {
            "on": mark("the day, as 2023-06-15"),
            "by": mark("the owner's id, as vp-hdnd-ubnd"),
            "reason": mark("why it was opened"),
        },
    ),
    model.PrintedFigure: Described(
        mark("what an issued report printed of an indicator or statistic"),
        {
            "id": mark("the id of the indicator or statistic"),
            "printed": mark("the figure as it was printed"),
        },
    ),
    model.IssuedReport: Described(
        mark("a report that was issued"),
        {
            "period": mark("the period, as 2023-06"),
            "number": mark("the report's number, as 25/BC-UBND"),
            "date": mark("the day of issue, as 2023-06-18"),
            "signed_by": mark("who signed it"),
            "cut_off": mark("the last day of the newest month with figures; written by the program"),
            "digest": mark("the digest of the figures that it rests on; written by the program"),
            "texts": mark("the digest of what it says of tasks and in remarks; written by the program"),
            "replaces": mark("the number of the report that it replaces"),
            "figures": mark("what it printed of each indicator and statistic; written by the program"),
        },
    ),
    imports.ImportHead: Described(
        mark("which cells of a table become which figures"),
        {
            "format": mark("the format of the file: always cchc/1"),
            "title": mark("what table this is; stands in the evidence of its figures"),
            "sheet": mark("the sheet's name or its position, as 1; left out: the only one that is not hidden"),
            "numbers": mark("how texts that hold numbers are written: vi for 1.234,5, en for 1,234.5; never guessed"),
            "head": mark("the rows of the table's head; with `row` left out each row below gives figures"),
            "row": mark("the one row that gives figures, found by what it says"),
            "period": mark("the cell or column that says the period; left out or empty: what -p says"),
            "indicator": mark("a column with the id or the full name of each row's indicator"),
            "source": mark("where the figures come from, unless --source says so"),
        },
    ),
    imports.HeadRows: Described(
        mark("the rows of a table's head, as the sheet numbers them"),
        {"from": mark("the first row, as 5"), "to": mark("the last row, as 7")},
    ),
    imports.RowChoice: Described(
        mark("the one row in which a column says something"),
        {
            "column": mark("the column, as B or <its head>"),
            "equals": mark("what its cell says, as Tổng cộng; letters may be large or small"),
        },
    ),
    imports.ImportFigure: Described(
        mark("what becomes one figure, or in a table one figure a row"),
        {
            "indicator": mark("the indicator's or statistic's id; left out where a column names it"),
            "numerator": mark("cells or columns that add up to the numerator, as <trước hạn> + <đúng hạn>"),
            "denominator": mark("cells or columns that add up to the denominator"),
            "value": mark("the cells or columns of the value, where it has no numerator and denominator"),
            "of": mark("of a rank: the cell that says among how many"),
            "points": mark("of a rank or grade: the cell of the points"),
            "optional": mark("true where no figure is meant while all its cells are empty; default false"),
        },
    ),
}

FILES: Mapping[str, Described] = {  # by the kind of the file; its sections
    "plan": Described(
        mark("the plan (plan/plan.yaml)"),
        {},
    ),
    "owners": Described(
        mark("the owners (plan/owners.yaml)"),
        {
            "owners": mark("everybody who answers for figures or tasks"),
        },
    ),
    "area": Described(
        mark("an area (plan/areas/*.yaml)"),
        {
            "indicators": mark("the area's indicators, in the plan's order"),
            "tasks": mark("the area's tasks, in the plan's order"),
        },
    ),
    "solutions": Described(
        mark("solutions, duties and funding (plan/solutions.yaml)"),
        {
            "tasks": mark("solutions and duties, as tasks"),
            "funding": mark("where the money comes from"),
        },
    ),
    "statistics": Described(
        mark("statistics (plan/statistics.yaml)"),
        {
            "statistics": mark("figures that reports list without a target"),
            "identities": mark("which statistics add up to which"),
        },
    ),
    "import": Described(
        mark("what becomes which figure when a table is imported (plan/imports/*.yaml)"),
        {
            "figures": mark("the figures, each with the cells or columns that it comes from"),
        },
    ),
    "data": Described(
        mark("figures of a period (data/*.yaml)"),
        {
            "measurements": mark("figures by the id of their indicator or statistic"),
            "tasks": mark("states of tasks by their id"),
            "remarks": mark("remarks by the id of their area; general is about the whole"),
        },
    ),
    "closed": Described(
        mark("closed periods (data/closed.yaml)"),
        {
            "closed": mark("the periods whose figures are closed"),
        },
    ),
    "reports": Described(
        mark("issued reports (data/reports.yaml)"),
        {
            "reports": mark("the reports that were issued"),
        },
    ),
}

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Kind: {
        Kind.RATIO: mark("numerator and denominator"),
        Kind.COUNT: mark("a whole number from 0 on"),
        Kind.NUMBER: mark("a number with decimals"),
        Kind.YES_NO: mark("yes or no"),
        Kind.RANK: mark("a place among ranked units"),
        Kind.GRADE: mark("a word of the indicator's scale"),
        Kind.NARRATIVE: mark("a text, without a verdict"),
    },
    imports.Written: {
        imports.Written.VIETNAMESE: mark("1.234,5 as Vietnamese writes it"),
        imports.Written.ENGLISH: mark("1,234.5 as English writes it"),
    },
    Aggregation: {
        Aggregation.POOLED: mark("numerators and denominators are summed, then divided once"),
        Aggregation.LAST: mark("the last figure of the period"),
        Aggregation.FIRST: mark("the first figure of the period"),
        Aggregation.MIN: mark("the smallest figure"),
        Aggregation.MAX: mark("the largest figure"),
        Aggregation.MEAN: mark("the mean of the figures"),
        Aggregation.SUM: mark("the sum of the figures"),
        Aggregation.ALL: mark("yes only where every figure is yes"),
    },
    Frequency: {
        Frequency.MONTH: mark("figures of months"),
        Frequency.QUARTER: mark("figures of quarters"),
        Frequency.YEAR: mark("figures of years"),
    },
    Amounts: {
        Amounts.WHOLE: mark("counted: whole numbers"),
        Amounts.DECIMAL: mark("measured: with decimals"),
    },
    MeasuredOver: {
        MeasuredOver.PLAN: mark("by the plan's calendar"),
        MeasuredOver.CIVIL: mark("by the calendar year"),
    },
    Interpolation: {
        Interpolation.LINEAR: mark("a straight line"),
    },
    Repeats: {
        Repeats.CONTINUOUS: mark("all the time"),
        Repeats.YEAR: mark("every year"),
        Repeats.QUARTER: mark("every quarter"),
    },
    Quality: {
        Quality.FINAL: mark("the figure stands"),
        Quality.PROVISIONAL: mark("the figure may still move"),
    },
    TaskState: {
        TaskState.NOT_STARTED: mark("not begun"),
        TaskState.IN_PROGRESS: mark("under way"),
        TaskState.DONE: mark("done"),
        TaskState.STOPPED: mark("given up"),
    },
}
