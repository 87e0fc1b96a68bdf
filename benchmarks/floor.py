"""The floor of `validate` on our own stack: the same libraries, the same models, the same files, and nothing else.

It starts through an empty Typer command as `validate` does, builds the models that `validate` builds, and walks the
events of libyaml over every file of the workspace without keeping any.
"""

from pathlib import Path
from typing import Annotated

import typer

PARAMETERS = 10  # `validate` has as many

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def floor(root: Annotated[str, typer.Argument()]) -> None:
    """Import, build and read what `validate` imports, builds and reads."""
    build_models()
    for path in files(Path(root)):
        read_events(path.read_bytes())


def build_models() -> None:
    """Build the validators of the records that a workspace with indicators and figures needs."""
    from cchc.core import model  # noqa: PLC0415  # as in `validate`: the command imports what it needs

    for record in (model.PlanFile, model.FileHead, model.Owner, model.AreaHead, model.Indicator, model.DataHead):
        record.model_rebuild()
    model.Measurement.model_rebuild()


def files(root: Path) -> list[Path]:
    """Return the files of plan and data."""
    return sorted(root.glob("plan/**/*.yaml")) + sorted(root.glob("data/*.yaml"))


def read_events(data: bytes) -> None:
    """Take every event of a file from libyaml."""
    import yaml  # noqa: PLC0415
    from yaml.cyaml import CParser  # noqa: PLC0415

    following = CParser(data.decode("utf-8")).get_event
    while type(following()) is not yaml.StreamEndEvent:
        pass


def main() -> None:
    """Run the floor as a command."""
    app()


if __name__ == "__main__":
    main()
