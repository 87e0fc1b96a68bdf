"""The wheel is whole: built without isolation, installed outside the checkout, it carries templates and catalogues."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("wheel")


def _run(*words: str | Path, cwd: Path, language: str = "vi") -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("CCHC_", "PYTHON", "PIP_"))}
    env = clean | {"CCHC_LANG": language, "CCHC_TODAY": "2023-07-03", "PIP_NO_INDEX": "1", "HOME": str(cwd)}
    return subprocess.run([str(word) for word in words], cwd=cwd, env=env, capture_output=True, text=True, check=False)


def _python(environment: Path) -> Path:
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of its own with the wheel in it, and the dependencies beside it."""
    repository = Path(__file__).parents[1]
    wheels, environment = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("environment")
    built = _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", wheels, repository, cwd=wheels)
    assert built.returncode == 0, built.stderr + built.stdout
    (wheel,) = wheels.glob("cchc-*.whl")
    venv.create(environment, with_pip=True)
    python = _python(environment)
    done = _run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=wheels)
    assert done.returncode == 0, done.stderr
    where = _run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=wheels).stdout.strip()
    (Path(where) / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


def test_the_installed_package_does_the_main_job_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    def cchc(*words: str) -> subprocess.CompletedProcess[str]:
        return _run(installed, "-m", "cchc", *words, cwd=tmp_path)

    where = _run(installed, "-c", "import cchc; print(cchc.__file__)", cwd=tmp_path).stdout
    assert str(Path(__file__).parents[1]) not in where
    assert cchc("init", "xa").returncode == 0
    added = cchc("add-measure", "ho-so-dung-han", "412/418", "-p", "2023-06", "-C", "xa")
    assert added.returncode == 0, added.stderr
    assert "98,56%" in added.stdout
    checked = cchc("validate", "-C", "xa")
    assert checked.returncode == 0, checked.stdout
    for form, sign in (("md", "98,56%"), ("html", "<!DOCTYPE html>"), ("json", '"cchc/report/1"')):
        reported = cchc("report", "2023Q2", "-f", form, "-C", "xa")
        assert reported.returncode == 0, reported.stderr
        assert sign in reported.stdout
    assert cchc("template", "export", "report.docx", "-o", "a.docx", "-C", "xa").returncode == 0
    assert (tmp_path / "a.docx").read_bytes()[:2] == b"PK"
    assert cchc("site", "-o", "cong-khai", "-C", "xa").returncode == 0
    assert cchc("export", "-C", "xa").stdout.count("ho-so-dung-han") == 1
    for shell in ("bash", "zsh", "fish", "powershell"):
        assert "_complete" in cchc("completion", shell).stdout


def test_the_installed_package_speaks_english_when_asked(installed: Path, tmp_path: Path) -> None:
    done = _run(installed, "-m", "cchc", "validate", cwd=tmp_path, language="en")
    assert done.returncode == 3
    assert "no workspace" in done.stderr
