"""What the fuzz target has found, and inputs of every kind, replayed without the fuzzer."""

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

FUZZ = Path(__file__).parents[2] / "fuzz"
CASES = sorted((FUZZ / "regressions").iterdir())


def _target() -> Callable[[bytes], None]:
    spec = importlib.util.spec_from_file_location("fuzz_target", FUZZ / "target.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    one: Callable[[bytes], None] = module.one
    return one


ONE = _target()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_found_case_stays_mended(case: Path) -> None:
    ONE(case.read_bytes())


TOKENS = [
    *(b"&a ", b"*a", b"!!str ", b"- ", b": ", b"{", b"}", b"[", b"]", b",", b"\t", b"\r", b"\n", b"\n  ", b"~", b"|", b">", b"#"),
    *(b"'", b'"', b"<<: ", b"---\n", b"%YAML 1.1\n", b"<<<<<<< a\n", b"\x1b[31m", b"\x00", b"\xff", b"\xed\xa0\x80"),
    *(sign.encode() for sign in ("\u202e", "\u2028", "\ufeff", "e\u0301")),
]  # fmt: skip


@pytest.fixture(scope="module")
def seeds() -> list[bytes]:
    """The good files of the target's own workspace, each with the byte that picks it."""
    workspace = ONE.__globals__["WORKSPACE"]
    return [bytes([number]) + workspace[name] for number, name in enumerate(ONE.__globals__["NAMES"])]


@given(st.data())
def test_a_good_file_with_anything_put_in_or_cut_out_gives_findings_or_is_accepted(
    seeds: list[bytes], data: st.DataObject
) -> None:
    text = data.draw(st.sampled_from(seeds))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(1, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + data.draw(st.sampled_from(TOKENS) | st.binary(max_size=6)) + text[end:]
    ONE(text)
