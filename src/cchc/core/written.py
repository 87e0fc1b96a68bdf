"""Numbers that stand in a table as text: 1.234,5 or 1,234.5, told apart by what was said beforehand, never by guess."""

import re
from collections.abc import Mapping
from decimal import Decimal

from cchc.core.imports import Written
from cchc.core.scalars import Number, Unfit

_PLAIN = re.compile(r"-?[0-9]{1,18}")
_FORMS: Mapping[Written, tuple[re.Pattern[str], str, str]] = {  # the form, between thousands, before decimals
    Written.VIETNAMESE: (
        re.compile(r"-?(?:[0-9]{1,18}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,5})(?:,[0-9]{1,18})?"),
        ".",
        ",",
    ),
    Written.ENGLISH: (re.compile(r"-?(?:[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\.[0-9]{1,18})?"), ",", "."),
}


def parse_written(text: str, form: Written | None) -> Number:
    """Return the number that a text holds; without a form only digits alone are one. Raises Unfit E206."""
    if _PLAIN.fullmatch(text):
        return int(text)
    if form is None:
        raise Unfit("E206", text=text)
    pattern, thousands, point = _FORMS[form]
    if pattern.fullmatch(text) is None:
        raise Unfit("E206", text=text)
    plain = text.replace(thousands, "").replace(point, ".")
    return Decimal(plain) if "." in plain else int(plain)
