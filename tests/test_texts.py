"""The Vietnamese catalogue is complete and current, and its placeholders are those of the message ids."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from cchc.core.codes import CODES
from cchc.texts import Language, chosen_language, translator

PLACEHOLDER = re.compile(r"\{[a-z_]*\}")


def _messages(repository: Path) -> set[str]:
    found = extract_from_dir(str(repository / "src" / "cchc"), keywords={"mark": None, "_": None})
    return {message for _, _, message, _, _ in found if isinstance(message, str) and message}


def _marked(repository: Path) -> set[str]:
    """Return the messages that Python sees, also where the extraction does not look, as inside f-strings."""
    calls = (
        node
        for path in (repository / "src" / "cchc").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"mark", "_"}
    )
    arguments = (call.args[0] for call in calls if call.args)
    return {str(argument.value) for argument in arguments if isinstance(argument, ast.Constant)}


def _translations(repository: Path) -> dict[str, str]:
    with (repository / "src/cchc/texts/locale/vi/LC_MESSAGES/cchc.po").open("rb") as stream:
        return {str(entry.id): str(entry.string) for entry in read_po(stream) if entry.id and not entry.fuzzy}


def test_every_message_is_translated_and_none_is_left_over(repository: Path) -> None:
    assert set(_translations(repository)) == _messages(repository)


def test_the_extraction_sees_every_message(repository: Path) -> None:
    assert _marked(repository) - _messages(repository) == set()


def test_no_translation_is_empty_or_english(repository: Path) -> None:
    same = {message for message, text in _translations(repository).items() if not text or text == message}
    assert {message for message in same if re.search("[a-z]{4}", PLACEHOLDER.sub("", message))} == set()


def test_placeholders_are_kept(repository: Path) -> None:
    for message, text in _translations(repository).items():
        assert set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(message)), message


@pytest.mark.parametrize("code", CODES)
def test_a_finding_says_all_that_it_knows_in_both_languages(code: str) -> None:
    vietnamese = translator(Language.VIETNAMESE)
    for message in (CODES[code].message, CODES[code].remedy):
        assert set(PLACEHOLDER.findall(vietnamese(message))) == set(PLACEHOLDER.findall(message))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", Language)
def test_a_finding_can_be_filled_in(code: str, language: Language) -> None:
    for message in (CODES[code].message, CODES[code].remedy):
        text = translator(language)(message)
        names = {name for _, name, _, _ in Formatter().parse(text) if name}
        assert text.format(**dict.fromkeys(names, "x"))


def test_the_compiled_catalogue_is_current(repository: Path) -> None:
    vietnamese = translator(Language.VIETNAMESE)
    assert {message: vietnamese(message) for message in _messages(repository)} == _translations(repository)


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        (None, Language.VIETNAMESE),
        ("", Language.VIETNAMESE),
        ("vi", Language.VIETNAMESE),
        ("fr", Language.VIETNAMESE),
        ("en", Language.ENGLISH),
        ("EN_us", Language.ENGLISH),
    ],
)
def test_english_is_chosen_and_vietnamese_is_the_rule(wish: str | None, language: Language) -> None:
    assert chosen_language(wish) is language
