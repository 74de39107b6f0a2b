"""Put the look's files where the portal serves them: `python -m portal.ui.build_assets`.

Takes NHS.UK frontend and htmx from `node_modules` (after `npm ci`) and writes `.build/public`,
the root of WhiteNoise, so that `/assets/...` resolves. Two things are left out, because they
are licensed to nhs.uk only: the Frutiger font, which the style sheet would load from outside,
and every picture of the NHS logo. Standard library only: set-up runs it before Django is there.
"""

import gzip
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

from portal.ui.assets import ASSETS, HTMX_VERSION, NHSUK_VERSION, RECIPE

ROOT = Path(__file__).resolve().parents[2]
FONT_FACE = re.compile(r"@font-face\s*\{[^{}]*\}")
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$")
# The mask and the numbered icons are the NHS logo in various sizes.
LOGO = re.compile(r"^(favicon\..*|nhsuk-icon-(mask\.svg|\d+\.png)|nhsuk-opengraph-image\.png)$")


class AssetError(Exception):
    """Something is missing or not as expected; the text says what to do."""


def build(node_modules: Path, public: Path) -> bool:
    """Build into `public`; True when files were written, False when they were up to date.

    Raises AssetError, with one sentence for the person at the keyboard.
    """
    wanted = {"nhsuk-frontend": NHSUK_VERSION, "htmx.org": HTMX_VERSION, "recipe": RECIPE}
    if _is_up_to_date(public, wanted):
        return False
    for package in ("nhsuk-frontend", "htmx.org"):
        _check_version(node_modules, package, str(wanted[package]))
    public.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="assets-", dir=public.parent))
    try:
        fresh.chmod(0o755)  # the portal may run as somebody else
        _fill(fresh, node_modules)
        files = sorted(p.relative_to(fresh).as_posix() for p in fresh.rglob("*") if p.is_file())
        shutil.rmtree(public, ignore_errors=True)
        fresh.rename(public)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    _manifest(public).write_text(json.dumps({**wanted, "files": files}, indent=2) + "\n")
    return True


def _fill(folder: Path, node_modules: Path) -> None:
    nhsuk = node_modules / "nhsuk-frontend" / "dist" / "nhsuk"
    _write(folder, ASSETS.css, strip_fonts(_read(nhsuk / "nhsuk-frontend.min.css")))
    _write(folder, ASSETS.js, SOURCE_MAP.sub("", _read(nhsuk / "nhsuk-frontend.min.js")))
    _write(folder, ASSETS.htmx, _read(node_modules / "htmx.org" / "dist" / "htmx.min.js"))
    for icon in sorted((nhsuk / "assets" / "images").iterdir()):
        if not LOGO.match(icon.name):
            _write(folder, f"/assets/images/{icon.name}", _read(icon))


def _manifest(public: Path) -> Path:
    return public.with_name(f"{public.name}.json")  # beside it: what is inside is served


def strip_fonts(css: str) -> str:
    """The style sheet without its two @font-face blocks; refuses one that is not as we know it."""
    stripped, found = FONT_FACE.subn("", css)
    if found != 2 or "assets.nhs.uk" in stripped:
        raise AssetError(
            f"The NHS.UK style sheet has {found} @font-face blocks where 2 were expected, or still"
            " loads from assets.nhs.uk: look at what changed, then adapt portal/ui/build_assets.py."
        )
    return SOURCE_MAP.sub("", stripped)


def _is_up_to_date(public: Path, wanted: dict[str, object]) -> bool:
    try:
        manifest = json.loads(_manifest(public).read_text())
        same = all(manifest[key] == value for key, value in wanted.items())
        return same and all((public / name).is_file() for name in manifest["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _check_version(node_modules: Path, package: str, wanted: str) -> None:
    try:
        found = json.loads((node_modules / package / "package.json").read_text())["version"]
    except (OSError, ValueError, KeyError):
        raise AssetError(f"{package} is not in {node_modules}: run `npm ci` first.") from None
    if found != wanted:
        raise AssetError(
            f"{package} is {found} and the portal is made for {wanted}: run `npm ci`,"
            " or change the version in portal/ui/assets.py along with package.json."
        )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        raise AssetError(f"{path} is missing: run `npm ci` again.") from None


def _write(folder: Path, address: str, text: str) -> None:
    path = folder / address.lstrip("/")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    if len(text) > 2000:
        # WhiteNoise sends the packed neighbour where the browser takes it: 278 kB become 29.
        packed = gzip.compress(text.encode(), 9, mtime=0)
        path.with_name(f"{path.name}.gz").write_bytes(packed)


def main() -> int:
    """For the command line: 0 when the files are there, 1 with one sentence when not."""
    public = ROOT / ".build" / "public"
    try:
        written = build(ROOT / "node_modules", public)
    except AssetError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"Cannot write {public}: {error.strerror}.\n")
        return 1
    done = "built in" if written else "are up to date in"
    sys.stdout.write(f"Front-end files {done} {public}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
