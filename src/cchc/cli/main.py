"""The entry point: one error boundary from typed words to exit status."""

import gc
import sys
from collections.abc import Sequence

from cchc.core.errors import CommandError, Exit


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line and exit with its status.

    The process ends with its answer, so that collecting cycles of garbage costs a third of the time and frees nothing.
    """
    gc.disable()
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


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
    except BrokenPipeError:
        return _reader_gone()
    except Exception as error:
        if "--debug" in arguments:
            raise
        return _bug(error)


def _run(arguments: list[str]) -> int:
    from cchc.cli.app import app  # noqa: PLC0415
    from cchc.cli.usage import dispatch  # noqa: PLC0415

    return dispatch(app, arguments)


def _say(error: CommandError) -> int:
    from cchc.cli.options import _  # noqa: PLC0415
    from cchc.cli.session import say  # noqa: PLC0415
    from cchc.views import excerpt  # noqa: PLC0415

    problems = getattr(error, "problems", ())
    if problems:
        say(excerpt.problems_text(problems, _))
    say(excerpt.error_text(error, _))
    return error.exit


def _reader_gone() -> int:
    """Whoever read our output has left, as `head` does: nothing is wrong, but nothing more can be written."""
    import os  # noqa: PLC0415

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.FINE


def _bug(error: Exception) -> int:
    from cchc.cli.options import _  # noqa: PLC0415
    from cchc.cli.session import say  # noqa: PLC0415
    from cchc.texts import mark  # noqa: PLC0415

    text = _(mark("this is a bug in cchc: {error}. Run it again with --debug and report what it shows."))
    say(f"{_('error')}: {text.format(error=f'{type(error).__name__}: {error}')}")
    return Exit.BUG
