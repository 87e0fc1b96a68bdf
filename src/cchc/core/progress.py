"""How far something long has come, told while it runs to whoever wants to know."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
Progress = Callable[[int, int], None]  # how many of how many are done; of 0 where nobody knows how many there are


def silent(done: int, total: int, /) -> None:
    """Tell nobody."""


def watched(items: Iterable[T], progress: Progress, total: int = 0) -> Iterator[T]:
    """Yield the items and tell after each how many there were."""
    for done, item in enumerate(items, 1):
        yield item
        progress(done, total)
