"""The hidden sheet of a form: what its rows held when it was made, and the words that drop-downs offer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cchc.core.entryform import COLUMNS, FORMAT, HEAD, HIDDEN, EntryForm, Input, fingerprint, seal
from cchc.views.excerpt import inert
from cchc.views.present.entrypage import EntryPage

ABOVE = 2  # rows before those that are kept: format and seal


class Ranges(NamedTuple):
    """The cells of the hidden sheet that drop-downs offer: people, and each scale."""

    people: str
    scales: Mapping[tuple[str, ...], str]


def kept_rows(form: EntryForm, page: EntryPage, columns: Iterable[str]) -> Iterator[list[str]]:
    """Yield the rows under the seal: what the form is about, its rows with what they hold, people, scales."""
    yield ["plan", form.plan.head.id]
    yield ["period", form.period.label]
    yield [COLUMNS, " ".join(columns)]
    yield [HEAD, page.provider]
    for line in page.lines:
        cells = [line.inputs[name].kept if name in line.inputs else "" for name in Input]
        yield ["row", line.row.key, fingerprint(line.row.indicator), line.name, line.period, *cells]
    yield from (["person", person.id, person.name] for person in page.people)
    for at, scale in enumerate(_scales(page)):
        yield from (["scale", str(at), inert(word)] for word in scale)


def _scales(page: EntryPage) -> tuple[tuple[str, ...], ...]:
    """Return the different scales of the form's grades."""
    return tuple(dict.fromkeys(line.row.indicator.scale for line in page.lines if line.row.indicator.scale))


def ranges_of(kept: Sequence[Sequence[str]], page: EntryPage) -> Ranges:
    """Return where drop-downs find their words in the hidden sheet."""
    cells: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(kept, start=ABOVE + 1):
        if row[0] in {"person", "scale"}:
            cells.setdefault((row[0], row[1] if row[0] == "scale" else ""), []).append(number)
    names = {key: f"={HIDDEN}!$C${numbers[0]}:$C${numbers[-1]}" for key, numbers in cells.items()}
    scales = {scale: names["scale", str(at)] for at, scale in enumerate(_scales(page))}
    return Ranges(names["person", ""], scales)


def hide(book: Any, kept: Sequence[Sequence[str]]) -> None:
    """Write the hidden sheet; only programs see it, and Excel does not offer to show it."""
    sheet = book.add_worksheet(HIDDEN)
    for at, row in enumerate([[FORMAT], ["seal", seal(kept)], *kept]):
        for column, text in enumerate(row):
            if text:
                sheet.write_string(at, column, text)
    sheet.protect()
    sheet.very_hidden()
