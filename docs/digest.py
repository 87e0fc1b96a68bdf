"""Recompute the digest of a period's figures without cchc, from the YAML files alone; docs/audit.md tells how.

    python docs/digest.py FOLDER 2023Q2            the digest of the figures as they are today
    python docs/digest.py FOLDER 2023Q2 --lines    the lines that it is computed from
    python docs/digest.py FOLDER --closed          every closing in data/closed.yaml, checked

Needs Python 3.11 and PyYAML, nothing of cchc. It takes files that `cchc validate` finds no errors in.
"""

import argparse
import hashlib
import json
import re
import sys
import unicodedata
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any, NoReturn

import yaml

Period = tuple[int, int, str]  # first and last month, numbered year * 12 + month - 1, and the label
Node = Any  # what PyYAML's BaseLoader returns: texts, lists and mappings of texts
Entry = dict[str, Node]

FORMAT = "cchc-digest/1"
MONTH, QUARTER, YEAR = 1, 3, 12
LENGTHS = {"month": MONTH, "quarter": QUARTER, "year": YEAR}
FIRST_CHOICE = {"ratio": "pooled", "count": "sum"}  # the aggregation where none is named; else last
YES, NO = {"yes", "true", "có", "đạt"}, {"no", "false", "không", "không đạt"}
FIGURE = ("numerator", "denominator", "value", "of", "points", "text", "survey", "surveys", "quality")
LEVELS = ("very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied")
FORMS = ("handed_out", "returned", "valid")
NUMBERS = ("numerator", "denominator", "of", "points", "value")


def refuse(what: str, found: str) -> NoReturn:
    """Stop: the files or the words cannot be meant."""
    sys.exit(f"{what}: {found}")


# files


def read(path: Path) -> Entry:
    """Return a file as texts, lists and mappings; empty where there is none."""
    if not path.exists():
        return {}
    return yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader) or {}  # noqa: S506  # texts only


def text(value: str) -> str:
    """Return a text in NFC without blanks at its ends."""
    return unicodedata.normalize("NFC", value).strip()


def word(value: str) -> str:
    """Return a word of a list of choices: small letters, single blanks."""
    return " ".join(text(value).lower().split())


def number(value: str) -> str:
    """Return a number as its shortest decimal text; every digit counts."""
    plain = format(Decimal(value), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def scalars(value: Node) -> Node:
    """Return a tree with its texts in NFC and without what is empty."""
    if isinstance(value, dict):
        return {key: scalars(one) for key, one in value.items() if one not in ("", [])}
    return [scalars(one) for one in value] if isinstance(value, list) else text(value)


# periods


def period_of(label: str) -> Period:
    """Return the period of a label: 2023-06, 2023Q2, 2023H1, 2023-9T, 2023, 2021..2025."""
    start, _, end = label.partition("..")
    if end:
        return period_of(start)[0], period_of(end)[1], label
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)|Q([1-4])|H([12])|-(9T))?", start)
    if match is None:
        refuse("not a period", label)
    year, month, quarter, half, nine = match.groups()
    length = MONTH if month else QUARTER if quarter else 6 if half else 9 if nine else YEAR
    first = int(year) * 12 + (int(month or quarter or half or 1) - 1) * length
    return first, first + length - 1, label


def named(first: int, length: int) -> Period:
    """Return the month, quarter or year that begins with a month."""
    year, month = divmod(first, 12)
    label = {MONTH: f"{year}-{month + 1:02}", QUARTER: f"{year}Q{month // 3 + 1}", YEAR: f"{year}"}[length]
    return first, first + length - 1, label


def parts(first: int, last: int, length: int) -> set[Period]:
    """Return the months, quarters or years wholly inside."""
    start = -(-first // length) * length
    return {named(at, length) for at in range(start, last - length + 2, length)}


def rests_on(period: Period, term: Period) -> list[Period]:
    """Return the months, quarters and years whose figures the report of a period rests on, in the order of lines."""
    first, last, label = period
    found: set[Period] = set()
    for year in range(first // 12, last // 12 + 1):
        found |= in_year(max(first, year * 12), min(last, year * 12 + 11), label)
    if re.fullmatch(r"\d{4}(\.\.\d{4})?", label):  # reports of years show all years of the term so far
        for length in LENGTHS.values():
            found |= parts(term[0], last, length)
    inside = (one for one in found if term[0] <= one[0] and one[1] <= term[1])
    return sorted(inside, key=lambda one: (one[1], one[0]))


def in_year(first: int, last: int, label: str) -> set[Period]:
    """Return the same for a part of a period that lies in one year."""
    found: set[Period] = set()
    months = last - first + 1
    spans = [(first, last), (first - 12, last - 12)]  # itself, the same months of last year, the months before
    if not label.endswith("-9T") and ".." not in label and months in {1, 3, 6, 12}:
        spans.append((first - months, last - months))
    if ".." in label and months == YEAR:
        spans.append((first - 12, last - 12))
    for length in LENGTHS.values():
        found |= parts(last // 12 * 12, last, length)  # the year to date
        for one, other in spans:
            if months < length and (other + 1) % length == 0:
                found.add(named(other - length + 1, length))  # it ends together with a longer one, which is judged
            found |= parts(one, other, length)
        if months < length and (last + 1) % length:  # else the latest one stands beside it
            latest = last // length * length
            for _ in range({QUARTER: 4, YEAR: 5}[length]):
                latest -= length
                found |= parts(latest // 12 * 12, latest + length - 1, length)
    return found


# the plan


def plan_lines(folder: Path, period: Period) -> tuple[list[str], list[tuple[str, Entry]]]:
    """Return the lines of the plan, and what is defined in the period, each with its lasting id."""
    plan = read(folder / "plan/plan.yaml")
    lists = [read(path).get("indicators") for path in (folder / "plan/areas").glob("*.y*ml")]
    lists.append(read(folder / "plan/statistics.yaml").get("statistics"))
    entries = [scalars(entry) for one in lists for entry in one or []]
    known = sorted((((entry.get("formerly") or [entry["id"]])[0], entry) for entry in entries), key=lambda one: one[0])
    defined = [(key, entry) for key, entry in known if is_defined(entry, period)]
    lines = [
        FORMAT,
        f"plan {plan['id']}",
        f"period {period[2]}",
        f"assessed_from {plan.get('assessed_from') or plan['term']['from']}",
        f"illustrative {'true' if is_made_up(folder, plan, period) else 'false'}",
        *(f"definition {key} {dumped(definition(entry, period))}" for key, entry in defined),
    ]
    return lines, defined


def is_made_up(folder: Path, plan: Entry, period: Period) -> bool:
    """Whether any file that the report rests on says that its figures are made up."""
    term = period_of(f"{plan['term']['from']}..{plan['term']['to']}")
    heads = (read(folder / f"data/{part[2]}.yaml") for part in rests_on(period, term))
    return any(is_yes(head.get("illustrative") or "no") for head in heads)


def is_defined(entry: Entry, period: Period) -> bool:
    """Whether an indicator exists in any month of the period."""
    valid = entry.get("valid", {})
    begins = "from" not in valid or period_of(valid["from"])[0] <= period[1]
    return begins and ("to" not in valid or period_of(valid["to"])[1] >= period[0])


def definition(entry: Entry, period: Period) -> Entry:
    """Return what a line says of a definition, with the defaults."""
    kind = word(entry["kind"])
    share = kind == "ratio" and entry.get("unit") == "%"
    factor = number(entry.get("factor", "100" if share else "1"))
    targets = [target(one, entry) for one in entry.get("targets", []) if int(one.get("from", 0)) <= period[1] // 12]
    as_written = ("name", "announced", "unit", "item", "numerator", "denominator", "scale", "phrases", "reading")
    found = {key: entry[key] for key in as_written if key in entry}
    found |= {"interpolate": word(entry["interpolate"])} if "interpolate" in entry else {}
    if "baseline" in entry:
        found["baseline"] = {"year": entry["baseline"]["year"], "value": number(entry["baseline"]["value"])}
    found |= {"targets": targets} if targets else {"later": True} if entry.get("targets") else {}
    valid = {key: one for key, one in entry.get("valid", {}).items() if key != "to" or period_of(one)[1] <= period[1]}
    return found | {
        "kind": kind,
        "frequency": word(entry["frequency"]),
        "aggregation": word(entry.get("aggregation", FIRST_CHOICE.get(kind, "last"))),
        "factor": factor,
        "share": is_yes(entry.get("share", "yes")),
        "amounts": word(entry.get("amounts", "whole")),
        "survey": is_yes(entry.get("survey", "no")),
        "valid": valid,
    }  # fmt: skip


def target(one: Entry, entry: Entry) -> Entry:
    """Return a target with its bounds as values."""
    found = dict(one)
    for key in ("at_least", "at_most", "equal_to"):
        if key in one:
            found[key] = value_of(one[key], entry)
    if "between" in one:
        found["between"] = [value_of(bound, entry) for bound in one["between"]]
    return found


def is_yes(value: str) -> bool:
    """Return what a yes or no says."""
    if word(value) not in YES | NO:
        refuse("neither yes nor no", value)
    return word(value) in YES


def value_of(value: str, entry: Entry) -> Node:
    """Return a value as the kind of its indicator has it."""
    kind = word(entry["kind"])
    if kind == "yes_no":
        return is_yes(value)
    if kind == "grade":
        return next(one for one in entry["scale"] if word(one) == word(value))
    return value if kind == "narrative" else number(value)


# figures


def figure(entry: Entry, indicator: Entry) -> Entry:
    """Return what a line says of a figure: not who vouches for it, nor what became of it after a closing."""
    left_out = {"provided", "checked", "corrections", "supplement", "public"}
    found = {"quality": "final"} | {key: one for key, one in entry.items() if key not in left_out}
    found["quality"] = word(found["quality"])
    found |= {key: number(found[key]) for key in NUMBERS if key in found and key != "value"}
    if "value" in found:
        found["value"] = value_of(found["value"], indicator)
    if "survey" in found:
        found["survey"] = survey(found["survey"])
    if "surveys" in found:
        found["surveys"] = [survey(one) for one in found["surveys"]]
    if "evidence" in found:
        found["evidence"] = [{"path": one} if isinstance(one, str) else one for one in found["evidence"]]
    return found


def survey(entry: Entry) -> Entry:
    """Return what is known of a survey with its numbers as values."""
    found = {key: number(one) if key in LEVELS + FORMS else one for key, one in entry.items()}
    if "questions" in found:
        found["questions"] = [survey(one) for one in found["questions"]]
    return found


def figure_lines(folder: Path, period: Period, defined: list[tuple[str, Entry]], day: str = "") -> list[list[str]]:
    """Return for each figure the lines that it may have had on a day, "" where it was not there; today without one."""
    plan = read(folder / "plan/plan.yaml")
    term = period_of(f"{plan['term']['from']}..{plan['term']['to']}")
    found = []
    for part in rests_on(period, term):
        entries = read(folder / f"data/{part[2]}.yaml") or read(folder / f"data/{part[2]}.yml")
        entries = entries.get("measurements") or {}
        for key, indicator in defined:
            if indicator["id"] in entries:
                states = at(scalars(entries[indicator["id"]]), day)
                said = [dumped(figure(one, indicator)) if one is not None else "" for one in states]
                found.append([f"figure {part[2]} {key} {one}" if one else "" for one in said])
    return found


def at(entry: Entry, day: str) -> list[Entry | None]:
    """Return what an entry may have been on a day; what happened on that very day lies before or after."""
    if not day:
        return [entry]
    states: list[tuple[Entry | None, str, str]] = []  # what stood there, from which day, to which
    until, standing = "9999", entry
    for correction in reversed(entry.get("corrections", [])):
        states.append((standing, correction["on"], until))
        old = {key: one for key, one in standing.items() if key not in FIGURE or key == "quality"}
        until, standing = correction["on"], old | correction["old"]
    came = entry.get("supplement", {}).get("on", "")
    states.append((standing, came, until))
    if came:
        states.append((None, "", came))
    return [one for one, since, to in states if since <= day <= to]


# the digest


def dumped(value: Node) -> str:
    """Return JSON without blanks, keys in the order of their signs."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def sha256(lines: list[str]) -> str:
    """Return the SHA-256 in hexadecimal of the lines, each with LF at its end."""
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def lines_of(folder: Path, label: str) -> list[str]:
    """Return the lines of a period as the files are today."""
    period = period_of(label)
    lines, defined = plan_lines(folder, period)
    return lines + [one for states in figure_lines(folder, period, defined) for one in states]


def holds(folder: Path, closing: Entry) -> bool:
    """Whether the figures had the digest of a closing on its day, corrections and supplements undone."""
    period = period_of(closing["period"])
    lines, defined = plan_lines(folder, period)
    choices = figure_lines(folder, period, defined, closing["on"])
    return any(sha256(lines + [one for one in chosen if one]) == closing["digest"] for chosen in product(*choices))


def main(words: list[str]) -> int:
    """Do what the words say; 1 where a closing does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("period", nargs="?")
    parser.add_argument("--lines", action="store_true")
    parser.add_argument("--closed", action="store_true")
    given = parser.parse_args(words)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    if given.closed:
        closings = [one for one in read(given.folder / "data/closed.yaml").get("closed", []) if not one.get("reopened")]
        good = [holds(given.folder, one) for one in closings]
        for one, fine in zip(closings, good, strict=True):
            print(one["period"], one["on"], one["digest"][:16], "khớp" if fine else "KHÔNG KHỚP")
        return int(not all(good))
    if given.period is None:
        parser.error("name a period, or --closed")
    lines = lines_of(given.folder, given.period)
    print("\n".join(lines) if given.lines else sha256(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
