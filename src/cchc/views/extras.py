"""Libraries that not everybody needs: what to say where one is not installed."""

from cchc.core.errors import WorldError
from cchc.texts import mark


class ExtraMissing(WorldError):
    """A library that only some need is not installed."""

    def __init__(self, extra: str, library: str) -> None:
        super().__init__(
            mark("this needs {library}, which is not installed"),
            mark('Install it: python -m pip install "cchc[{extra}]"'),
            extra=extra,
            library=library,
        )
