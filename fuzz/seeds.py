"""Write the inputs to begin with into a folder: files of real workspaces, each for the file that it is like."""

import sys
from pathlib import Path

from target import DATA, NAMES, WORKSPACE

REPOSITORY = Path(__file__).parents[1]


def kind_of(path: Path) -> int:
    """Return the number of the file in a small workspace that a file is like."""
    like = {"areas": "plan/areas/1-thu.yaml", "data": DATA}.get(path.parent.name, f"{path.parent.name}/{path.name}")
    exact = f"{path.parent.name}/{path.name}"
    return NAMES.index(exact if exact in NAMES else like) if exact in NAMES or like in NAMES else 0


def main() -> None:
    """Write the seeds."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    found = [path for top in ("plan", "data", "tests/golden") for path in (REPOSITORY / top).rglob("*.yaml")]
    inputs = [bytes([kind_of(path)]) + path.read_bytes() for path in found]
    inputs += [bytes([number]) + WORKSPACE[name] for number, name in enumerate(NAMES)]
    inputs += [path.read_bytes() for path in (REPOSITORY / "fuzz/regressions").iterdir()]
    for number, data in enumerate(inputs):
        (folder / f"seed-{number}").write_bytes(data[:20_000])


if __name__ == "__main__":
    main()
