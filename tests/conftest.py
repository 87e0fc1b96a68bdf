"""Fixtures that make forgetting loud: no test reaches the real home, clock, git identity or settings by accident."""

import csv
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from tests.repositories import Repo

from cchc.cli.main import run
from cchc.core.fields import Kind as IndicatorKind
from cchc.core.fields import Shape
from cchc.core.model import Area, DataFile, Dataset, Indicator, Measurement, Plan, PlanFile, Remark, Task, TaskReport
from cchc.core.period_forms import parse_period
from cchc.core.periods import Period

settings.register_profile("default", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("long", deadline=None, max_examples=1500)
settings.load_profile("long" if os.environ.get("CCHC_LONG") else "default")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the broom for golden files."""
    parser.addoption("--update-golden", action="store_true", help="write what comes out now into the golden files")
    parser.addoption("--update-pictures", action="store_true", help="take the pictures of docs/ anew")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say which tests were left out for want of a program, and how to get it."""
    missing: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", ()):
        reason = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if "needs " in reason:
            text = reason.removeprefix("Skipped: ")
            missing[text] = missing.get(text, 0) + 1
    for text, count in sorted(missing.items()):
        terminalreporter.write_line(f"{count} tests left out: {text}", yellow=True)


REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _sealed(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test an empty home, a fixed day and language, and no settings of git or of ours."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith(("CCHC_", "GIT_", "XDG_"))]:
        monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LANG", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("CCHC_TODAY", "2023-06-20")
    monkeypatch.setenv("PYTHONUTF8", "1")


@pytest.fixture
def repository() -> Path:
    """The checkout, which is the workspace of xã Lê Hồng; tests only read it."""
    return REPOSITORY


Cchc = Callable[..., tuple[int, str, str]]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repository with a small workspace, its plan committed."""
    return Repo.begun(tmp_path / "xa")


@pytest.fixture
def cchc(repo: Repo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cchc:
    """Run a command line in it, on a fixed day; another folder may be named with -C."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_DATE", "2023-07-02T08:00:00+07:00")

    def call(*words: str) -> tuple[int, str, str]:
        where = () if "-C" in words else ("-C", str(repo.root))
        status = run([*words, *where])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


# datasets built from values: a plan with the indicators that a test needs, and figures by period

Texts = Mapping[str, Any]


def indicator(**fields: Any) -> Indicator:
    """Return an indicator; by default the monthly share of what was done in time."""
    raw = {
        "id": "chi-tieu", "name": "Chỉ tiêu", "kind": "ratio", "unit": "%", "frequency": "month",
        "owner": "van-phong", "area": "thu",
    } | fields  # fmt: skip
    raw = {key: value for key, value in raw.items() if value is not None}
    shape = Shape(IndicatorKind(raw["kind"]), scale=tuple(raw.get("scale", ())))
    return Indicator.model_validate(raw, context=shape)


def task(**fields: Any) -> Task:
    """Return a task; by default one that repeats every year."""
    raw = {"id": "viec", "ref": "II", "title": "Việc", "owner": "van-phong", "area": "thu"} | fields
    return Task.model_validate(raw if "due" in raw else {"repeats": "year"} | raw)


def dataset(
    *indicators: Indicator,
    figures: Mapping[str, Mapping[str, Texts]] | None = None,
    tasks: tuple[Task, ...] = (),
    task_reports: Mapping[str, Mapping[str, Texts]] | None = None,
    remarks: Mapping[str, Mapping[str, Texts]] | None = None,
    statistics: tuple[Indicator, ...] = (),
    term: tuple[int, int] = (2021, 2025),
    assessed_from: int | None = None,
) -> Dataset:
    """Return a dataset; figures, task reports and remarks by period and id, written as in files."""
    head = PlanFile.model_validate(
        {
            "format": "cchc/1", "id": "thu", "title": "Kế hoạch", "term": {"from": str(term[0]), "to": str(term[1])},
            "unit": {"name": "Xã Thử", "authority": "Ủy ban nhân dân xã Thử"},
            **({"assessed_from": str(assessed_from)} if assessed_from else {}),
        }
    )  # fmt: skip
    area = Area("thu", "II.1", "Lĩnh vực thử", "van-phong", indicators, tasks)
    plan = Plan(head, (), (area,), (), (), statistics, ())
    figures, task_reports, remarks = figures or {}, task_reports or {}, remarks or {}
    files: dict[Period, DataFile] = {}
    for label in {*figures, *task_reports, *remarks}:
        period = parse_period(label)
        files[period] = DataFile(
            f"data/{label}.yaml",
            period,
            illustrative=False,
            measurements={
                key: Measurement.model_validate(dict(entry), context=plan.measured[key].shape)
                for key, entry in figures.get(label, {}).items()
            },
            tasks={key: TaskReport.model_validate(dict(entry)) for key, entry in task_reports.get(label, {}).items()},
            remarks={key: Remark.model_validate(dict(entry)) for key, entry in remarks.get(label, {}).items()},
        )
    return Dataset(plan, files)


def counts(text: str, **more: str) -> dict[str, str]:
    """Return an entry of numerator and denominator: `counts("412/418")`."""
    numerator, denominator = text.split("/")
    return {"numerator": numerator, "denominator": denominator, **more}


def of(entries: Mapping[str, Texts | str], key: str = "chi-tieu") -> dict[str, dict[str, Texts]]:
    """Return the figures of one indicator by period; a text is `numerator/denominator` or a value."""
    return {
        period: {key: entry if not isinstance(entry, str) else counts(entry) if "/" in entry else {"value": entry}}
        for period, entry in entries.items()
    }


@pytest.fixture
def build() -> "type[Build]":
    """The builders, for tests of every module of the core."""
    return Build


class Build:
    """The builders under one name."""

    indicator: Callable[..., Indicator] = staticmethod(indicator)
    dataset: Callable[..., Dataset] = staticmethod(dataset)
    task: Callable[..., Task] = staticmethod(task)
    of: Callable[..., dict[str, dict[str, Texts]]] = staticmethod(of)
    counts: Callable[..., dict[str, str]] = staticmethod(counts)


@pytest.fixture
def published(repository: Path) -> list[dict[str, str]]:
    """Figures of real offices with their sources, as they were published."""
    with (repository / "tests/core/published-figures.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
