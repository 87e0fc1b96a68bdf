"""How fast and how large `cchc` is, against the floor of its own stack and against beancount.

    python benchmarks/run.py [--quick] [--runs N] [--gate]

It prints; only with --gate does a bound that is not kept change the exit status: a busy machine is no bug.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # a script sees only its own folder

from benchmarks import histories, measuring, peer, workspaces
from benchmarks.measuring import Failed, cchc, python

HISTORIES = (12, 60, 240)  # months
INDICATORS = 30
EMPTY = "import empty; empty.main()"
EMPTY_WITH_ARGUMENT = "import empty; empty.main_with_argument()"
CALAMINE = "import sys, python_calamine as c; c.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python()"
FLOOR = "import floor; floor.main()"

START_RATIO = 1.25  # --version and --help against an empty Typer program
FLOOR_RATIO = 1.25
PEER_RATIO = 1.1
SPOILED_RATIO = 1.15  # findings in one of a hundred entries against none
SPOILED = 100
STATUS_RATIO = 2.2  # the board against an empty Typer program with one argument
REPORT_RATIO = 2.1  # a quarter's report as HTML against an empty Typer program with one argument
TERM_RATIO = 2.0  # the term's report over 60 months against the quarter's
SITE_RATIO = 10.0  # the public pages of 60 months against one report
PAGE = 250.0  # kB
COMPLETE_RATIO = 1.3  # what a shell asks at Tab against an empty Typer program with one argument
EXPORT_LINEAR = 1.25  # a figure of 240 months against one of 60
DIFF_RATIO = 2.0  # `diff HEAD~1` against an empty Typer program with one argument
COMMITS = 2000  # of the long history
REVISIONS = 200  # commits of the one whose branches and tags are completed
LOG_SECONDS = 1.0  # a thousand commits that touch data
LINEAR = 1.25  # the second half of a history against the first
TRAIL_MEMORY = 150.0  # MB
IMPORT_RATIO = 3.0  # 60 months × 30 indicators against a bare read of the workbook and one `validate`
WRITE_RATIO = 1.8  # add-measure against an empty Typer program with one argument
GROWTH = 25.0  # µs a measurement
FILES = 26
MEMORY = 70.0  # MB
SITE_MEMORY = 160.0  # MB; all pages of 240 months at once


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, what it is held against, and its bound, if it has one."""

    name: str
    value: str
    against: str = ""
    figure: str = ""
    bound: str = ""
    kept: bool | None = None

    @classmethod
    def of_ratio(cls, name: str, against: str, times: dict[str, float], bound: float) -> "Row":
        """Return the row of a command's time against another's."""
        ratio = times[name] / times[against]
        return cls(name, _ms(times[name]), against, f"{ratio:.2f} ×", f"{bound:.2f} ×", ratio <= bound)

    def __str__(self) -> str:
        verdict = {None: "", True: "ok", False: "OVER"}[self.kept]
        return (
            f"{self.name:<26}{self.value:>12}  {self.against:<18}{self.figure:>9}{self.bound:>10}  {verdict}".rstrip()
        )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def starts(runs: int) -> Iterator[Row]:
    """Yield what it costs to start."""
    commands = {"empty Typer": python(EMPTY, "--help"), "--version": cchc("--version"), "--help": cchc("--help")}
    times = measuring.medians(commands, runs)
    yield Row("empty Typer", _ms(times["empty Typer"]))
    for name in ("--version", "--help"):
        yield Row.of_ratio(name, "empty Typer", times, START_RATIO)


def validations(made: Path, runs: int) -> Iterator[Row]:
    """Yield what `validate` costs beside its floor and beancount, and how it grows."""
    names = {months: f"validate {months} months" for months in HISTORIES}
    commands = {name: cchc("validate", "-C", str(made / f"{months}")) for months, name in names.items()}
    commands["floor"] = python(FLOOR, str(made / "60"))
    program = peer.bean_check()
    if program is not None:
        commands["bean-check"] = [str(program), "--no-cache", str(made / "60.beancount")]
    times = measuring.medians(commands, runs)
    for name in (name for name in times if not name.startswith("validate")):
        yield Row(name, _ms(times[name]))
    yield Row(names[12], _ms(times[names[12]]))
    yield Row.of_ratio(names[60], "floor", times, FLOOR_RATIO)
    if program is None:
        yield Row("bean-check", "beancount could not be installed; see above")
    else:
        yield Row.of_ratio(names[60], "bean-check", times, PEER_RATIO)
    growth = (times[names[240]] - times[names[60]]) * 1e6 / ((240 - 60) * INDICATORS)
    yield Row(names[240], _ms(times[names[240]]))
    yield Row("growth a measurement", f"{growth:.1f} µs", bound=f"{GROWTH:.0f} µs", kept=growth <= GROWTH)


def spoiled(made: Path, runs: int) -> Iterator[Row]:
    """Yield what findings cost."""
    clean, wrong = "validate, clean", f"validate, 1 of {SPOILED} wrong"
    commands = {
        clean: cchc("validate", "-C", str(made / "60")),
        wrong: cchc("validate", "-C", str(made / "60-spoiled")),
    }
    times = measuring.medians(commands, runs)
    yield Row(clean, _ms(times[clean]))
    yield Row.of_ratio(wrong, clean, times, SPOILED_RATIO)


def writes(made: Path, runs: int) -> Iterator[Row]:
    """Yield what it costs to write a figure, however long the history is."""

    def forget() -> None:
        for months in (12, 240):
            (made / f"{months}/data/{workspaces.FREE_MONTH}.yaml").unlink(missing_ok=True)

    words = ("add-measure", _first_id(), "412/418", "-p", workspaces.FREE_MONTH, "-C")
    commands = {f"add-measure, {months} months": cchc(*words, str(made / f"{months}")) for months in (12, 240)}
    empty = {"empty with argument": python(EMPTY_WITH_ARGUMENT, "word")}
    times = measuring.medians(empty | commands, runs, forget)
    forget()
    yield Row("empty with argument", _ms(times["empty with argument"]))
    for name in commands:
        yield Row.of_ratio(name, "empty with argument", times, WRITE_RATIO)


def imports(made: Path, runs: int) -> Iterator[Row]:
    """Yield what it costs to take a whole history over from one workbook."""
    workspace = workspaces.write_workspace(made / "import", 60, INDICATORS)
    table = workspaces.write_table(made / "import.xlsx", 60, INDICATORS)

    def forget() -> None:
        for file in (workspace / "data").glob("*.yaml"):
            file.unlink()

    bare, check, ours = "bare calamine read", "validate of the same", "import, 60 months"
    commands = {
        bare: python(CALAMINE, str(table)),
        check: cchc("validate", "-C", str(made / "60")),
        ours: cchc("import", str(table), "-q", "-C", str(workspace)),
    }
    times = measuring.medians(commands, runs, forget)
    for name in (bare, check):
        yield Row(name, _ms(times[name]))
    both = "the two together"
    yield Row.of_ratio(ours, both, times | {both: times[bare] + times[check]}, IMPORT_RATIO)


def reports(made: Path, runs: int) -> Iterator[Row]:
    """Yield what reports and the public pages cost."""
    workspace = str(made / "60")
    quarter, term, site = "report 2023Q2 -f html", "report of the term", "site, 60 months"
    page = made / "page.html"
    html = ("-f", "html", "-C", workspace)
    commands = {
        "empty with argument": python(EMPTY_WITH_ARGUMENT, "word"),
        quarter: cchc("report", "2023Q2", *html),
        term: cchc("report", workspaces.term_of(60), *html),
        site: cchc("site", "-o", str(made / "site"), "-C", workspace),
    }
    times = measuring.medians(commands, runs)
    yield Row("empty with argument", _ms(times["empty with argument"]))
    yield Row.of_ratio(quarter, "empty with argument", times, REPORT_RATIO)
    yield Row.of_ratio(term, quarter, times, TERM_RATIO)
    yield Row.of_ratio(site, quarter, times, SITE_RATIO)
    measuring.opened_data_files("report", "2023Q2", *html, "-o", str(page), "-q")
    size = page.stat().st_size / 1000
    yield Row("HTML of a quarter", f"{size:.0f} kB", bound=f"{PAGE:.0f} kB", kept=size < PAGE)


def boards(made: Path, runs: int) -> Iterator[Row]:
    """Yield what the board costs."""
    commands = {
        "empty with argument": python(EMPTY_WITH_ARGUMENT, "word"),
        "status": cchc("status", "-C", str(made / "60")),
        "status --remind all": cchc("status", "--remind", "all", "-C", str(made / "60")),
    }
    times = measuring.medians(commands, runs)
    yield Row("empty with argument", _ms(times["empty with argument"]))
    for name in ("status", "status --remind all"):
        yield Row.of_ratio(name, "empty with argument", times, STATUS_RATIO)


def completions(made: Path, runs: int) -> Iterator[Row]:
    """Yield what a shell waits for at Tab: commands, options, ids, periods of the longest history."""
    workspace = ("-C", str(made / "240"))
    asked = {
        "commands": ("",),
        "options": ("report", "--"),
        "indicators": (*workspace, "add-measure", ""),
        "periods": (*workspace, "report", ""),
        "owners": (*workspace, "report", "--owner", ""),
        "codes": ("explain", "E"),
        "revisions": ("-C", str(histories.write_history(made / "git-tab", REVISIONS)), "diff", ""),
    }
    commands = {
        f"Tab: {name}": cchc("_complete", "bash", *(f":{word}" for word in words)) for name, words in asked.items()
    }
    times = measuring.medians({"empty with argument": python(EMPTY_WITH_ARGUMENT, "word")} | commands, runs)
    yield Row("empty with argument", _ms(times["empty with argument"]))
    for name in commands:
        yield Row.of_ratio(name, "empty with argument", times, COMPLETE_RATIO)


def exports(made: Path, runs: int) -> Iterator[Row]:
    """Yield what exports cost, and how that grows with the history."""
    name = "export verdicts, {} months".format
    commands = {
        name(months): cchc("export", "verdicts", "-o", str(made / "a.csv"), "-q", "-C", str(made / f"{months}"))
        for months in HISTORIES
    }
    times = measuring.medians(commands, runs)
    short, middle, long = (times[name(months)] for months in HISTORIES)
    growth = (long - middle) / (middle - short) / ((HISTORIES[2] - HISTORIES[1]) / (HISTORIES[1] - HISTORIES[0]))
    for one in commands:
        yield Row(one, _ms(times[one]))
    yield Row(
        "a month from 60 to 240",
        _ms((long - middle) / (HISTORIES[2] - HISTORIES[1])),
        "one from 12 to 60",
        f"{growth:.2f} ×",
        f"{EXPORT_LINEAR:.2f} ×",
        growth <= EXPORT_LINEAR,
    )
    yield _peak(
        "export -f xlsx, memory", ["export", "-q", "-o", str(made / "a.xlsx"), "-C", str(made / "240")], SITE_MEMORY
    )


def trail(made: Path, runs: int) -> Iterator[Row]:
    """Yield what it costs to read the trail, and how that grows with the history."""
    long, half = (str(histories.write_history(made / f"git-{count}", count)) for count in (COMMITS, COMMITS // 2))
    diff, log, short = "diff HEAD~1", f"log, {COMMITS} commits", f"log, {COMMITS // 2} commits"
    commands = {
        "empty with argument": python(EMPTY_WITH_ARGUMENT, "word"),
        diff: cchc("diff", "HEAD~1", "-C", long),
        log: cchc("log", _first_id(), "-C", long),
        short: cchc("log", _first_id(), "-C", half),
    }
    times = measuring.medians(commands, runs)
    yield Row("empty with argument", _ms(times["empty with argument"]))
    yield Row.of_ratio(diff, "empty with argument", times, DIFF_RATIO)
    yield Row(short, _ms(times[short]))
    second = times[log] - times[short]
    each = second / (COMMITS / 2000)
    growth = second / (times[short] - times["empty with argument"])
    yield Row(log, _ms(times[log]), "", f"{each:.2f} s/1000", f"{LOG_SECONDS:.2f} s", each <= LOG_SECONDS)
    yield Row("its second half", _ms(second), "the first", f"{growth:.2f} ×", f"{LINEAR:.2f} ×", growth <= LINEAR)
    for name in (diff, log):
        yield _peak(f"{name}, memory", commands[name][3:], TRAIL_MEMORY)


def files(made: Path, _: int) -> Iterator[Row]:
    """Yield how many data files a report and a board open."""
    for months in (24, 240):
        for command in ("report", "status"):
            words = (command, "2023Q2", "-f", "json", "-o", "-", "-C", str(made / f"{months}"))
            count = measuring.opened_data_files(*words)
            yield Row(f"{command} 2023Q2 of {months}", f"{count} files", bound=f"{FILES}", kept=count <= FILES)


def memory(made: Path, _: int) -> Iterator[Row]:
    """Yield the peak memory of every command on the longest history."""
    workspace = str(made / "240")
    for name, words in {
        "--version": ["--version"],
        "--help": ["--help"],
        "init": ["init", str(made / "new")],
        "list indicators": ["list", "indicators", "-C", workspace],
        "validate": ["validate", "-C", workspace],
        "report -f md": ["report", "2023Q2", "-f", "md", "-C", workspace],
        "report -f html": ["report", "2023Q2", "-f", "html", "-C", workspace],
        "report -f docx": ["report", "2023Q2", "-q", "-o", str(made / "a.docx"), "-C", workspace],
        "report -f xlsx": ["report", "2023Q2", "-q", "-o", str(made / "a.xlsx"), "-C", workspace],
        "site": ["site", "-q", "-o", str(made / "site-240"), "-C", workspace],
        "report -f json": ["report", "2023Q2", "-f", "json", "-C", workspace],
        "status": ["status", "-C", workspace],
        "add-measure": ["add-measure", _first_id(), "412/418", "-p", workspaces.FREE_MONTH, "-C", workspace],
    }.items():
        yield _peak(name, words, SITE_MEMORY if name == "site" else MEMORY)


def _peak(name: str, words: list[str], bound: float) -> Row:
    try:
        peak = measuring.peak_memory(cchc(*words))
    except Failed as failed:
        return Row(name, str(failed), kept=False)
    return Row(name, f"{peak:.1f} MB", bound=f"{bound:.0f} MB", kept=peak <= bound)


def _first_id() -> str:
    return workspaces.indicators_of(1)[0].id


SECTIONS: tuple[tuple[str, Callable[[Path, int], Iterator[Row]]], ...] = (
    ("start", lambda _, runs: starts(runs)),
    ("validate", validations),
    ("findings", spoiled),
    ("writing", writes),
    ("importing", imports),
    ("reports", reports),
    ("the board", boards),
    ("completion", completions),
    ("export", exports),
    ("trail", trail),
    ("data files opened", files),
    ("peak memory, 240 months", memory),
)


def measure(made: Path, runs: int) -> bool:
    """Print every section and return whether all bounds are kept."""
    kept = True
    for title, section in SECTIONS:
        print(f"\n{title}")
        try:
            for row in section(made, runs):
                print(f"  {row}", flush=True)
                kept = kept and row.kept is not False
        except Failed as failed:
            print(f"  {failed}")
            kept = False
    return kept


def main() -> int:
    """Measure and return the exit status: 1 when --gate was given and a bound is not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=25, help="runs of each command (default 25)")
    parser.add_argument("--quick", action="store_true", help="5 runs of each command")
    parser.add_argument("--gate", action="store_true", help="exit 1 when a bound is not kept")
    given = parser.parse_args()
    made = Path(tempfile.mkdtemp(prefix="cchc-bench-"))
    try:
        for months in sorted({*HISTORIES, 24}):
            workspaces.write_workspace(made / f"{months}", months, INDICATORS)
        workspaces.spoil(workspaces.write_workspace(made / "60-spoiled", 60, INDICATORS), SPOILED)
        workspaces.write_ledger(made / "60.beancount", 60, INDICATORS)
        runs = 5 if given.quick else given.runs
        print(f"Python {sys.version.split()[0]}, medians of {runs} interleaved runs, {INDICATORS} indicators a month")
        return int(not measure(made, runs) and given.gate)
    finally:
        shutil.rmtree(made)


if __name__ == "__main__":
    sys.exit(main())
