"""What a cell of the form takes, as the workbook checks it while somebody types, with what it says to him."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cchc.core.entryform import NO, YES, Input
from cchc.core.fields import Amounts, Kind
from cchc.core.model import Indicator
from cchc.texts import Translate, mark
from cchc.views.excerpt import inert

LONGEST_MESSAGE = 255  # signs that a workbook takes, in UTF-16
LONGEST_TITLE = 32
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)

Rule = dict[str, Any]  # the options of XlsxWriter's data_validation
Places = Mapping[Input, str]  # the cells of a row, as formulas name them: $H8

HEADS: Mapping[Input, str] = {
    Input.NUMERATOR: "Tử số",
    Input.DENOMINATOR: "Mẫu số",
    Input.VALUE: "Kết quả",
    Input.OF: "Trên tổng số",
    Input.POINTS: "Điểm",
    Input.SOURCE: "Nguồn số liệu",
    Input.EVIDENCE: "Minh chứng",
    Input.QUALITY: "Tạm tính",
    Input.BY: "Người cung cấp",
    Input.ON: "Ngày cung cấp",
    Input.NOTE: "Ghi chú",
}
_ASKED: Mapping[Input, str] = {
    Input.OF: mark("Among how many units it is ranked, e.g. 17."),
    Input.POINTS: mark("The points that were announced, e.g. 86.25; leave it empty without any."),
    Input.SOURCE: mark("System, form or register that the figure comes from. What stands there is that of last time."),
    Input.EVIDENCE: mark(
        "Document with its number and day, a file of the workspace or an https address; each on a line of its own "
        "(Alt+Enter). Add new ones below those that stand there."
    ),
    Input.QUALITY: mark("“có” while the figure may still change, “không” once it stands. Empty: it stands."),
    Input.BY: mark("Choose from the list. Empty: whoever is named at the top of the sheet."),
    Input.ON: mark("Day, month, year. Empty: the day at the top of the sheet, else the day on which the form is read."),
    Input.NOTE: mark("What has to be said about the figure."),
}
_VALUES: Mapping[Kind, str] = {
    Kind.RATIO: mark("Only where nothing but the result was published, without numerator and denominator."),
    Kind.COUNT: mark("A whole number from 0 on."),
    Kind.NUMBER: mark("A number; decimals are allowed."),
    Kind.YES_NO: mark("Choose “có” or “không”."),
    Kind.RANK: mark("The rank, e.g. 5."),
    Kind.GRADE: mark("Choose from the list."),
    Kind.NARRATIVE: mark("What was done, in words; Alt+Enter begins a new line."),
}
_WHOLE = mark("Only a whole number from 0 on fits here.")
_AMOUNT = mark("Only a number from 0 on fits here.")
_LISTED = mark("Choose one of the words of the list.")


def rule_of(indicator: Indicator, name: Input, at: Places, listed: str, _: Translate) -> Rule:
    """Return what an input of a row takes and says; `listed` are the cells with the words of a drop-down."""
    asked = _asked(indicator, name, _)
    checked, refused = _checked(indicator, name, at, listed)
    return {
        **checked,
        "input_title": shortened(HEADS[name], LONGEST_TITLE),
        "input_message": shortened(asked, LONGEST_MESSAGE),
        **({"error_title": shortened(HEADS[name], LONGEST_TITLE), "error_message": _(refused)} if refused else {}),
    }


def head_rule(name: Input, listed: str, _: Translate) -> Rule:
    """Return what an input of the head takes: who provided the figures, when."""
    checked, refused = _day_rule() if name is Input.ON else _listed(listed)
    asked = (
        mark("The day of all figures for which none is given in their row.")
        if name is Input.ON
        else mark("Who provided the figures for which nobody is named in their row.")
    )
    return {
        **checked,
        "input_title": HEADS[name],
        "input_message": _(asked),
        "error_title": HEADS[name],
        "error_message": _(refused),
    }


def _asked(indicator: Indicator, name: Input, _: Translate) -> str:
    """Return what an input asks for."""
    if name in {Input.NUMERATOR, Input.DENOMINATOR}:
        definition = indicator.numerator if name is Input.NUMERATOR else indicator.denominator
        return " ".join(filter(None, (f"{definition}." if definition else "", _(mark("Nothing arose: 0 in both.")))))
    return _(_VALUES[indicator.kind] if name is Input.VALUE else _ASKED[name])


def _checked(indicator: Indicator, name: Input, at: Places, listed: str) -> tuple[Rule, str]:
    """Return how an input is checked, and what is said of what does not fit."""
    match name:
        case Input.NUMERATOR | Input.DENOMINATOR:
            return _part_rule(indicator, name, at)
        case Input.VALUE:
            return _value_rule(indicator, listed)
        case Input.OF:
            rank = at[Input.VALUE]
            rule = _formula(at[name], f"{_is_whole(at[name])},OR(NOT(ISNUMBER({rank})),{rank}<={at[name]})")
            return rule, mark("Only a whole number, not below the rank, fits here.")
        case Input.POINTS:
            return {"validate": "decimal", "criteria": ">=", "value": 0}, _AMOUNT
        case Input.QUALITY:
            return {"validate": "list", "source": [YES, NO]}, _LISTED
        case Input.BY:
            return _listed(listed)
        case Input.ON:
            return _day_rule()
        case _:
            return {"validate": "any"}, ""


def _part_rule(indicator: Indicator, name: Input, at: Places) -> tuple[Rule, str]:
    """Return how numerator and denominator are checked, of a share also against each other."""
    whole = indicator.amounts is Amounts.WHOLE
    if not indicator.is_share:
        return {
            "validate": "integer" if whole else "decimal",
            "criteria": ">=",
            "value": 0,
        }, _WHOLE if whole else _AMOUNT
    other = Input.DENOMINATOR if name is Input.NUMERATOR else Input.NUMERATOR
    fits = f"{at[Input.NUMERATOR]}<={at[Input.DENOMINATOR]}"
    itself = _is_whole(at[name]) if whole else f"ISNUMBER({at[name]}),{at[name]}>=0"
    rule = _formula(at[name], f"{itself},OR(NOT(ISNUMBER({at[other]})),{fits})")
    if whole:
        return rule, mark(
            "Only a whole number from 0 on fits here, and the numerator must not be above the denominator."
        )
    return rule, mark("Only a number from 0 on fits here, and the numerator must not be above the denominator.")


def _value_rule(indicator: Indicator, listed: str) -> tuple[Rule, str]:
    match indicator.kind:
        case Kind.RATIO if indicator.is_share:
            rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": str(indicator.factor)}
            return rule, mark("A share lies between 0 and 100 %.")
        case Kind.RATIO:
            return {"validate": "decimal", "criteria": ">=", "value": 0}, _AMOUNT
        case Kind.COUNT:
            return {"validate": "integer", "criteria": ">=", "value": 0}, _WHOLE
        case Kind.NUMBER:
            most = 10**18
            rule = {"validate": "decimal", "criteria": "between", "minimum": -most, "maximum": most}
            return rule, mark("Only a number fits here.")
        case Kind.YES_NO:
            return {"validate": "list", "source": [YES, NO]}, _LISTED
        case Kind.RANK:
            return {"validate": "integer", "criteria": ">=", "value": 1}, mark(
                "Only a whole number from 1 on fits here."
            )
        case Kind.GRADE:
            return _listed(listed)
        case _:
            return {"validate": "any"}, ""


def _formula(cell: str, conditions: str) -> Rule:
    """Return a check by conditions; told to ignore blanks, Excel would take anything while another cell is empty."""
    return {"validate": "custom", "value": f"=OR(ISBLANK({cell}),AND({conditions}))", "ignore_blank": False}


def _is_whole(cell: str) -> str:
    return f"ISNUMBER({cell}),{cell}>=0,{cell}=INT({cell})"


def _listed(source: str) -> tuple[Rule, str]:
    return {"validate": "list", "source": source}, _LISTED


def _day_rule() -> tuple[Rule, str]:
    rule = {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY}
    return rule, mark("Only a day fits here, e.g. 15/7/2023.")


def shortened(text: str, longest: int) -> str:
    """Return a text as a workbook takes it: its length counts in UTF-16, what is too long ends in an ellipsis."""
    text = inert(text)
    if _units(text) <= longest:
        return text
    while _units(text) >= longest:
        text = text[:-1]
    return f"{text}…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
