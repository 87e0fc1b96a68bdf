"""The short way to a file's records: what it returns is what the tree says, and then there is no finding."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from cchc.core import checks
from cchc.core.fields import Kind, Shape
from cchc.core.model import DataFile, Indicator, Measurement
from cchc.workspace import datafiles, yamltree
from cchc.workspace.datafiles import Known
from cchc.workspace.load import load

REPOSITORY = Path(__file__).parents[2]
PIECES = (
    "", " ", "\n", "\t", ":", "- ", "&a ", "*a", "!t ", "%", "<<: ", "~", "null", "''", '"', "{", "}", "[", "]", "#",
    ",",
    "0", "-1", "99999", "1.234", "ệ", "e\u0323\u0302", "\u2028", "\ufeff", "---\n", "...\n", "value: 1\n", "x: ",
    "<<<<<<< a\n", ">>>>>>> a\n", "%TAG ! a\n", "\r",
)  # fmt: skip


@pytest.fixture(scope="module")
def known() -> Known:
    plan = load(REPOSITORY).plan
    assert plan is not None
    return datafiles.known_of(plan)


def _texts() -> Iterator[str]:
    for name in ("2023-06", "2023Q2", "2023", "2022H1", "2023H1"):
        path = REPOSITORY / f"data/{name}.yaml"
        if path.exists():
            yield path.read_text(encoding="utf-8")


@given(text=st.sampled_from(list(_texts())), data=st.data())
@settings(max_examples=300, deadline=None)
def test_what_is_faultless_has_no_finding_and_the_same_records(text: str, data: st.DataObject, known: Known) -> None:
    for _ in range(data.draw(st.integers(0, 2))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 6))
        text = text[:at] + data.draw(st.sampled_from(PIECES)) + text[at + cut :]
    document = yamltree.parse("data/2023-06.yaml", text)
    found = datafiles.faultless(document, known)
    if found is not None:
        assert document.problems == ()
        assert datafiles.read(document, known) == (found, [])


@pytest.mark.parametrize("file", sorted(path.name for path in (REPOSITORY / "data").glob("20*.yaml")))
def test_every_file_of_the_real_workspace_goes_the_short_way(file: str, known: Known) -> None:
    text = (REPOSITORY / "data" / file).read_text(encoding="utf-8")
    assert isinstance(datafiles.faultless(yamltree.parse(f"data/{file}", text), known), DataFile)


def test_a_file_with_findings_is_read_by_its_tree(known: Known) -> None:
    for text in ("", "- a\n", "a", "a: [", "%TAG ! a\n", "format: cchc/2\n", "format: cchc/1\nmeasurements: 5\n"):
        assert datafiles.faultless(yamltree.parse("data/2023-06.yaml", text), known) is None


COUNTS = st.sampled_from(["0", "1", "2", "7", "0.5", "2.5"])
FIELDS = {
    "numerator": COUNTS, "denominator": COUNTS, "value": COUNTS, "of": st.just("3"), "points": st.just("5"),
    "text": st.just("a"), "source": st.just("s"), "note": st.just("n"),
    "quality": st.sampled_from(["final", "provisional"]),
    "evidence": st.just(["a.pdf"]), "announced": st.just({"document": "a"}), "provided": st.just({"by": "van-phong"}),
}  # fmt: skip


@given(
    fields=st.fixed_dictionaries({}, optional=FIELDS),
    amounts=st.sampled_from(["whole", "decimal"]),
    share=st.booleans(),
)
@settings(max_examples=500)
def test_what_is_plainly_good_has_no_finding(fields: dict[str, object], amounts: str, share: bool) -> None:  # noqa: FBT001
    raw = {"id": "a", "name": "A", "kind": "ratio", "frequency": "month", "unit": "%", "amounts": amounts}
    indicator = Indicator.model_validate(raw | {"share": "true" if share else "false"}, context=Shape(Kind.RATIO))
    try:
        entry = Measurement.model_validate(fields, context=indicator.shape)
    except ValidationError:
        return
    if checks.is_plainly_good(indicator, entry):
        assert list(checks.measurement_findings(indicator, entry)) == []
