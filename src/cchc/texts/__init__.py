"""Marking and loading of messages: English message ids in code, catalogues beside this module."""

from cchc.texts.catalogue import Language, Translate, chosen_language, mark, translator

__all__ = ["Language", "Translate", "chosen_language", "mark", "translator"]
