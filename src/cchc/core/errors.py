"""What stops a command. Wrong user data is no exception but a `Problem`."""

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType

from cchc.texts import mark

INDICATOR: Mapping[str, str] = MappingProxyType({"id": mark("INDICATOR")})


class Exit(IntEnum):
    """Exit statuses; the worst wins, and interruption is the shell's own."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    WORLD = 3
    BUG = 4
    INTERRUPTED = 130


class CommandError(Exception):
    """A command cannot go on: a message id with its arguments, its remedy, and the exit status.

    `message` and `remedy` are English message ids of the catalogue; `args_` fill their `{placeholders}`. `naming` are
    the arguments that only say which figure it is: where nothing else differs, several figures have one cause.
    """

    exit: Exit = Exit.WORLD
    naming: Mapping[str, str] = MappingProxyType({})  # with what stands for any of them in a remedy

    def __init__(self, message: str, remedy: str = "", /, **args: object) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.arguments = args


class UsageError(CommandError):
    """What was typed cannot be meant (exit 2)."""

    exit = Exit.USAGE


class WorldError(CommandError):
    """The world is in the way: no workspace, figure already there, unwritable (exit 3)."""

    exit = Exit.WORLD
