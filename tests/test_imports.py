"""What each command imports: the gate of start-up time without its noise. The times themselves are in benchmarks/."""

LOADED = """
import json, sys
from cchc.cli.main import run
status = run(json.loads(sys.argv[1]))
sys.stderr.write("\\n" + json.dumps([status, sorted(sys.modules)]))
"""
EMPTY = """
import json, sys, typer
app = typer.Typer(add_completion=False, rich_markup_mode=None)
@app.command()
def empty(word: str = ""): pass
try:
    app(json.loads(sys.argv[1]))
finally:
    sys.stderr.write("\\n" + json.dumps([0, sorted(sys.modules)]))
"""
HEAVY = {
    "rich",
    "jinja2",
    "filelock",
    "yaml",
    "pydantic",
    "importlib.metadata",
    "unittest",
    "http",
    "email",
    "asyncio",
    "urllib.request",
    "xml",
    "sqlite3",
    "difflib",
}

REPORTED = {"yaml", "pydantic"}
COMMANDS: dict[
    str, tuple[list[str], set[str]]
] = {  # what each may load of HEAVY beyond what an empty Typer program loads
    "--version": (["--version"], set()),
    "--help": (["--help"], set()),
    "help of a command": (["report", "--help"], set()),
    "init": (["init", "new"], set()),
    "validate": (["validate"], REPORTED),
    "validate json": (["validate", "-f", "json"], REPORTED),
    "validate sarif": (["validate", "-f", "sarif"], REPORTED),
    "report json": (["report", "2023Q2", "-f", "json"], REPORTED),
    "report md": (["report", "2023Q2", "-f", "md"], REPORTED | {"jinja2"}),
    "report html": (["report", "2023Q2", "-f", "html"], REPORTED | {"jinja2"}),
    "status json": (["status", "-f", "json"], REPORTED),
    "status": (["status"], REPORTED | {"rich"}),
    "list json": (["list", "tasks", "-f", "json"], REPORTED),
    "list": (["list", "tasks"], REPORTED | {"rich"}),
    "add-measure": (
        ["add-measure", "ho-so-dung-han", "412/418", "-p", "2023-07", "--illustrative"],
        REPORTED | {"filelock"},
    ),
}
