"""An empty Typer program with plain help: what `--version` and `--help` are measured against."""

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def empty() -> None:
    """Do nothing."""


def main() -> None:
    """Run the program."""
    app()
