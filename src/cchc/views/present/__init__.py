"""The only place that formats a number or a date: results to ready strings, in Vietnamese form."""

from cchc.views.present.numbers import day, decimal, grouped, period_title
from cchc.views.present.words import (
    ILLUSTRATIVE,
    actual_text,
    frequency_word,
    status_text,
    summary_word,
    target_text,
    verdict_text,
)

__all__ = [
    "ILLUSTRATIVE",
    "actual_text",
    "day",
    "decimal",
    "frequency_word",
    "grouped",
    "period_title",
    "status_text",
    "summary_word",
    "target_text",
    "verdict_text",
]
