"""How far something long has come, told while it runs to whoever wants to know."""

from collections.abc import Callable

Progress = Callable[[int, int], None]  # how many of how many are done


def silent(done: int, total: int, /) -> None:
    """Tell nobody."""
