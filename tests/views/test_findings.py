"""Findings for pipelines: SARIF as its schema has it, GitHub's annotations as GitHub escapes them."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests import problem_catalogue as catalogue

from cchc.core.codes import CODES
from cchc.core.diagnostics import At, PlainReading, Problem, Span
from cchc.texts import Language, translator
from cchc.views import excerpt, findings
from cchc.workspace.splice import Intent, NotMinimal


@pytest.fixture(scope="module")
def sarif() -> Any:
    """The validator of SARIF 2.1.0."""
    schema = json.loads((Path(__file__).parents[1] / "vendor/sarif/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator.check_schema(schema)
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("code", CODES)
def test_every_finding_is_good_sarif(code: str, language: Language, tmp_path: Path, sarif: Any) -> None:
    found, _ = catalogue.problems(code, catalogue.workspace(code, "input", tmp_path))
    log = json.loads(findings.render("sarif", found, 1, translator(language)))
    assert list(sarif.iter_errors(log)) == []
    assert {result["ruleId"] for result in log["runs"][0]["results"]} == {problem.code for problem in found}


def test_no_finding_is_good_sarif_too(sarif: Any) -> None:
    log = json.loads(findings.render("sarif", (), 1, translator(Language.VIETNAMESE)))
    assert list(sarif.iter_errors(log)) == []
    assert log["runs"][0]["results"] == []


STRANGE = Problem("E301", "data/a b%,:\n\udcff\u202e.yaml", ("measurements", "x"), At.KEY, {"id": "%\r\n::", "nearest": ()}, Span(1, 2, 1, 3))  # fmt: skip  # noqa: E501


def test_names_of_files_are_addresses_in_sarif(sarif: Any) -> None:
    log = json.loads(findings.render("sarif", [STRANGE], 1, translator(Language.ENGLISH)))
    assert list(sarif.iter_errors(log)) == []
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "data/a%20b%25%2C%3A%0A%FF%E2%80%AE.yaml"


def test_an_annotation_is_one_line_with_its_signs_escaped() -> None:
    text = findings.render("github", [STRANGE], 1, translator(Language.ENGLISH))
    place, _, message = text.removeprefix("::error ").partition("::")
    assert place == "file=data/a b%25%2C%3A%0A\ufffd\ufffd.yaml,title=E301,line=1,endLine=1,col=2,endColumn=3"
    assert message.startswith("the plan has no indicator or statistic %25␍␊::. ")
    assert text.index("\n") == len(text) - 1


def test_lines_to_type_by_hand_stay_lines() -> None:
    error = NotMinimal("data/2023-06.yaml", Intent("measurements", "so-luong", {"value": "1", "note": "a\x1bb"}))
    text = excerpt.error_text(error, translator(Language.ENGLISH))
    assert '\nmeasurements:\n  so-luong:\n    value: 1\n    note: "a' in text
    assert text.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("E209", "12:30", "12:30 is not a date; plain YAML would read 750"),
        ("E209", "15/06/2023", "15/06/2023 is not a date"),
        ("E207", "135.5", "135.5 is not a whole number"),
        ("E213", "0x1", "0x1 is neither yes nor no; plain YAML would read 1"),
        ("E211", "on", "on is none of the known values; plain YAML would read true"),
        ("E221", "0o17", "0o17 is not a whole year between 1900 and 2199"),
        ("E221", "02023", "02023 is not a whole year between 1900 and 2199; plain YAML would read 1043"),
    ],
)
def test_a_scalar_says_what_plain_yaml_would_have_read_where_that_differs(code: str, text: str, said: str) -> None:
    problem = Problem(code, "data/2023.yaml", args={"text": text, "reading": PlainReading(text)})
    assert excerpt.message_of(problem, translator(Language.ENGLISH)) == said
