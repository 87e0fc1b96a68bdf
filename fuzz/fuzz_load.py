"""Coverage-guided search for an input that breaks a claim of `target`: `make fuzz`, or with libFuzzer's options."""

import sys

import atheris

with atheris.instrument_imports(include=["cchc"]):
    import target


def main() -> None:
    """Search until the time is over or a claim is broken."""
    atheris.Setup(sys.argv, target.one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
