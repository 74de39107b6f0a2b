"""What the tests of the repository share: its files, as git sees them."""

import ast
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("portal", "contacts", "referrals", "meetings")


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or could be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found = (ROOT / name for name in listed.split("\0") if name)
    return tuple(sorted(path for path in found if path.is_file()))


def named(*endings: str) -> list[Path]:
    """The files whose names end so."""
    return [path for path in files() if path.name.endswith(endings)]


def name_of(path: Path) -> str:
    """The path as it is written in this repository."""
    return path.relative_to(ROOT).as_posix()


def code() -> list[Path]:
    """The rooms' own Python: no tests, no migrations."""
    return [
        path
        for path in named(".py")
        if name_of(path).split("/")[0] in ROOMS and "migrations" not in path.parts
    ]


@cache
def parsed(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def texts(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """Name and content of those that are text."""
    for path in paths:
        with suppress(UnicodeDecodeError):
            yield name_of(path), path.read_text(encoding="utf-8")


def imported() -> dict[str, str]:
    """Every module outside of this repository that the rooms import: its first name, and a file."""
    found: dict[str, str] = {}
    for path in code():
        for node in ast.walk(parsed(path)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            found.update({name.partition(".")[0]: name_of(path) for name in names})
    return {name: where for name, where in found.items() if name not in ROOMS}
