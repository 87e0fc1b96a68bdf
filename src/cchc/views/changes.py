"""What a command has changed: the lines of the file that differ, and the verdicts that follow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff

from cchc.core.diagnostics import Amount
from cchc.core.model import Indicator
from cchc.core.periods import Period
from cchc.core.results import Evaluation
from cchc.texts import Language, Translate, mark, translator
from cchc.views.excerpt import inert, inert_line
from cchc.views.present import ILLUSTRATIVE, period_title, verdict_text
from cchc.views.present.numbers import official

CONTEXT = 1  # unchanged lines shown around a change


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file's text before and after; `before` is None for a new file."""

    file: str
    before: str | None
    after: str
    written: bool
    illustrative: bool


@dataclass(frozen=True, slots=True)
class WrittenFigure:
    """A figure that was written: what it says, what stood there before if it was another, the verdicts that follow."""

    indicator: Indicator
    new: str
    old: str | None
    verdicts: Sequence[tuple[Period, Evaluation]]


def recorded_text(
    changes: Sequence[FileChange], figures: Sequence[WrittenFigure], _: Translate, *, brief: bool = False
) -> str:
    """Return the changes of the files and the verdicts; `brief` leaves out the changes' lines."""
    lines = []
    for change in changes:
        lines.append(_(_headline(change)).format(file=change.file))
        if not brief:
            lines += diff_lines(change.before or "", change.after)
    if any(change.illustrative for change in changes):
        lines.append(_(ILLUSTRATIVE))
    for figure in figures:
        lines += _figure_lines(figure, _)
    return "\n".join(lines) + "\n"


def _figure_lines(figure: WrittenFigure, _: Translate) -> list[str]:
    lines = [f"{inert(figure.indicator.name)}:"]
    if figure.old is not None:
        lines.append(_(mark("  before: {old}; now: {new}")).format(old=_shown(figure.old), new=_shown(figure.new)))
    return [*lines, *(f"  {_title(period)}: {inert(verdict_text(result, _))}" for period, result in figure.verdicts)]


def _shown(figure: str) -> str:
    return official(figure) if isinstance(figure, Amount) else inert(figure)


def unified(changes: Sequence[FileChange]) -> str:
    """Return the changes as one unified diff, which `git apply` and `patch` understand; lines end at LF alone."""
    return "".join(line for change in changes for line in _unified(change))


def _unified(change: FileChange) -> Iterator[str]:
    old, new = _lines(change.before or ""), _lines(change.after)
    before = "/dev/null" if change.before is None else f"a/{change.file}"
    for line in unified_diff(old, new, before, f"b/{change.file}", n=3):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    return [line for line in text.replace("\n", "\n\0").split("\0") if line]


def _title(period: Period) -> str:
    return period_title(period, translator(Language.VIETNAMESE))


def _headline(change: FileChange) -> str:
    if change.before == change.after:
        return mark("{file}: no change, the figure is already there")
    if not change.written:
        return mark("{file}: would change (nothing was written)")
    return mark("{file}: created") if change.before is None else mark("{file}: changed")


def diff_lines(before: str, after: str) -> list[str]:
    """Return the lines that go (-) and come (+) with their numbers and a line around, ready for any terminal."""
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [line for group in matcher.get_grouped_opcodes(CONTEXT) for line in _group(group, old, new)]


def _group(opcodes: Sequence[tuple[str, int, int, int, int]], old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    for tag, old_start, old_end, new_start, new_end in opcodes:
        if tag == "equal":
            yield from (_line(" ", number + 1, new[number]) for number in range(new_start, new_end))
            continue
        yield from (_line("-", number + 1, old[number]) for number in range(old_start, old_end))
        yield from (_line("+", number + 1, new[number]) for number in range(new_start, new_end))


def _line(sign: str, number: int, text: str) -> str:
    return f"  {sign}{number:>4} | {inert_line(text)}".rstrip()


def counted_text(figures: int, _: Translate) -> str:
    """Return how many figures there were, where that is all that is told of them."""
    return _(mark("figures: {count}; their verdicts: cchc status")).format(count=figures) + "\n"


def committed_text(commit: str, _: Translate) -> str:
    """Return that just this change was committed, and as what."""
    return _(mark("committed: {commit}")).format(commit=commit[:10]) + "\n"


def schemas_text(written: Sequence[str], unchanged: Sequence[str], _: Translate) -> str:
    """Return which schemas were written and which were already so."""
    lines = [_(mark("written: {file}")).format(file=file) for file in written]
    lines += [_(mark("unchanged: {file}")).format(file=file) for file in unchanged]
    return "\n".join(lines) + "\n"


def started_text(folder: str, made: Sequence[str], _: Translate) -> str:
    """Return what `init` has made and what to do next."""
    lines = [_(mark("workspace made in {folder}:")).format(folder=folder), *(f"  {file}" for file in made)]
    lines += [
        _(mark("Next:")),
        f"  cd {folder}",
        _(mark("  edit plan/*.yaml, then: cchc validate")),
        "  cchc add-measure ho-so-dung-han 412/418 -p last-month"
        if "plan/areas/1-thu-tuc-hanh-chinh.yaml" in made
        else "  cchc list indicators",
    ]
    return "\n".join(lines) + "\n"


def hooked_text(file: str, _: Translate) -> str:
    """Return where the hook was written and what it does."""
    return _(mark("{file}: before every commit git now runs `cchc validate --staged`")).format(file=file) + "\n"


def driven_text(file: str, _: Translate) -> str:
    """Return where it is said which files are merged by figure, and that each clone has to be told."""
    lines = (
        _(mark("{file}: git now merges the files of data/ with `cchc merge-driver`")).format(file=file),
        _(mark("  Commit the file; in every other clone run: cchc init . --merge-driver")),
    )
    return "\n".join(lines) + "\n"
