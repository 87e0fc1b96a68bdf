"""The entry point: one error boundary from typed words to exit status."""

import gc
import os
import sys
from collections.abc import Sequence

from cchc.core.errors import CommandError, Exit

COMPLETE = "_complete"  # the word by which shells ask; see `completing`


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line and exit with its status.

    A command lives for a moment and makes hardly any cycles: looking for them would cost a fifth of it, at its end too.
    Nor do plugins of Pydantic that happen to be installed have a say, or cost a search through all packages.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.disable()
    status = run(sys.argv[1:] if arguments is None else arguments)
    gc.freeze()
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit status; the only place where errors become text."""
    from cchc.cli import session  # noqa: PLC0415  # its import is part of what the boundary guards

    session.utf8_streams()
    try:
        return _run(list(arguments))
    except CommandError as error:
        return _say(error)
    except KeyboardInterrupt:
        session.say("")
        return Exit.INTERRUPTED
    except (session.ReaderGone, BrokenPipeError):
        return _reader_gone()
    except Exception as error:
        if "--debug" in arguments:
            raise
        return _bug(error)


def _run(arguments: list[str]) -> int:
    if arguments[:1] == [COMPLETE]:
        from cchc.cli.completing import answer  # noqa: PLC0415  # only for shells

        return answer(arguments[1:])
    from cchc.cli.app import program_of  # noqa: PLC0415
    from cchc.cli.usage import dispatch  # noqa: PLC0415

    return dispatch(program_of(arguments), arguments)


def _say(error: CommandError) -> int:
    from cchc.cli.options import _  # noqa: PLC0415
    from cchc.cli.session import say  # noqa: PLC0415
    from cchc.views import excerpt  # noqa: PLC0415

    problems = getattr(error, "problems", ())
    if problems:
        say(excerpt.problems_text(problems, _))
    refusals = getattr(error, "refusals", ())
    if refusals:
        from cchc.views.refusals import refusals_text  # noqa: PLC0415  # only tables are refused by place

        say(refusals_text(refusals, _))
    say(excerpt.error_text(error, _))
    return error.exit


def _reader_gone() -> int:
    """Whoever read our output has left, as `head` does: nothing is wrong, but nothing more can be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.FINE


def _bug(error: Exception) -> int:
    from cchc.cli.options import _  # noqa: PLC0415
    from cchc.cli.session import say  # noqa: PLC0415
    from cchc.texts import mark  # noqa: PLC0415

    text = _(mark("this is a bug in cchc: {error}. Run it again with --debug and report what it shows."))
    say(f"{_('error')}: {text.format(error=f'{type(error).__name__}: {error}')}")
    return Exit.BUG
