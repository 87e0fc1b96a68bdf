"""Empty Typer programs: one with plain help, and one with an argument, which is all that it takes."""

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)
with_argument = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def empty() -> None:
    """Do nothing."""


@with_argument.command()
def take(word: str) -> None:
    """Take a word."""
    del word


def main() -> None:
    """Run the program without arguments."""
    app()


def main_with_argument() -> None:
    """Run the program with one."""
    with_argument()
