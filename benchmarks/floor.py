"""The floor of `validate` on our own stack: the same libraries, the same models, the same files, and nothing else.

It starts through an empty Typer command as `validate` does, builds the validators that `validate` builds, and takes the
events of libyaml from every file of the workspace without keeping any.
"""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def floor(root: Annotated[str, typer.Argument()]) -> None:
    """Import, build and read what `validate` imports, builds and reads."""
    build_models()
    for path in files(Path(root)):
        take_events(path.read_text(encoding="utf-8"))


def build_models() -> None:
    """Build the validators of the records that a plan with areas and a month of figures need."""
    from cchc.core import model  # noqa: PLC0415  # the command imports what it needs, as `validate` does

    for record in (
        model.PlanFile,
        model.FileHead,
        model.Owner,
        model.AreaHead,
        model.Indicator,
        model.DataHead,
        model.Measurement,
    ):
        record.model_rebuild()


def files(root: Path) -> list[Path]:
    """Return the files of plan and data."""
    return [*root.glob("plan/*.yaml"), *root.glob("plan/areas/*.yaml"), *root.glob("data/*.yaml")]


def take_events(text: str) -> None:
    """Take every event of a text from libyaml."""
    import yaml  # noqa: PLC0415  # as above
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # noqa: PLC0415

    following = CParser(text).get_event
    while type(following()) is not yaml.StreamEndEvent:
        pass


def main() -> None:
    """Run the floor."""
    app()
