"""The front-end files that set-up builds, from the real packages."""

import gzip
import json
import re
import shutil
import subprocess
import sys
from importlib.metadata import metadata, version
from pathlib import Path

import pytest

from portal.ui import build_assets
from portal.ui.assets import ASSETS, HTMX_VERSION, IMMUTABLE, NHSUK_VERSION
from portal.ui.build_assets import AssetError, build, strip_fonts

ROOT = Path(__file__).resolve().parents[2]
NODE_MODULES = ROOT / "node_modules"
FONT = "@font-face{font-family:F;src:url(https://assets.nhs.uk/f.woff2)}"


@pytest.fixture(scope="module")
def public(tmp_path_factory):
    public = tmp_path_factory.mktemp("assets") / "public"
    assert build(NODE_MODULES, public) is True
    return public


def test_nothing_is_loaded_from_outside(public):
    for path in public.rglob("*"):
        if path.suffix in {".css", ".js"}:
            text = path.read_text()
            assert "assets.nhs.uk" not in text
            assert "@font-face" not in text
            assert "sourceMappingURL" not in text


def test_the_pages_links_resolve_and_may_be_kept_for_ever(public):
    for address in ASSETS:
        assert (public / address.lstrip("/")).stat().st_size > 10_000
        assert re.search(IMMUTABLE, address)
    assert not re.search(IMMUTABLE, "/assets/images/nhsuk-icon-tick.svg")
    assert re.search(IMMUTABLE, "/static/cg/cg.0123456789ab.css")


def test_icons_are_there_and_the_nhs_logo_is_not(public):
    names = {path.name for path in (public / "assets" / "images").iterdir()}
    assert "nhsuk-icon-chevron-left-circle.svg" in names
    assert not {name for name in names if re.search(r"favicon|mask|\d|opengraph", name)}
    css = (public / ASSETS.css.lstrip("/")).read_text()
    for used in set(re.findall(r"/assets/images/([\w.-]+)", css)):
        assert used in names


def test_what_is_packed_is_the_same(public):
    css = public / ASSETS.css.lstrip("/")
    assert gzip.decompress(css.with_name(f"{css.name}.gz").read_bytes()) == css.read_bytes()


def test_a_second_build_does_nothing_and_a_damaged_one_is_mended(tmp_path):
    public = tmp_path / "public"
    assert build(NODE_MODULES, public) is True
    assert build(NODE_MODULES, public) is False
    (public / ASSETS.htmx.lstrip("/")).unlink()
    assert build(NODE_MODULES, public) is True
    (tmp_path / "public.json").write_text("{")
    assert build(NODE_MODULES, public) is True
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("assets-")] == []


@pytest.mark.parametrize(
    "css", ["a{}", FONT, FONT * 3, FONT * 2 + "b{background:url(//assets.nhs.uk/x)}"]
)
def test_a_style_sheet_that_is_not_as_known_is_refused(css):
    with pytest.raises(AssetError, match=r"build_assets\.py"):
        strip_fonts(css)


def test_two_font_blocks_go_and_the_rest_stays():
    assert strip_fonts(FONT + "a{b:c}" + FONT + "/*# sourceMappingURL=x.css.map */\n") == "a{b:c}"


def test_missing_packages_are_one_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(build_assets, "ROOT", tmp_path)
    assert build_assets.main() == 1
    told = capsys.readouterr().err
    assert "npm ci" in told
    assert told.count("\n") == 1


def test_another_version_is_refused(tmp_path):
    package = tmp_path / "nhsuk-frontend"
    package.mkdir()
    (package / "package.json").write_text(json.dumps({"version": "10.5.0"}))
    with pytest.raises(AssetError, match=rf"10\.5\.0.*{re.escape(NHSUK_VERSION)}"):
        build(tmp_path, tmp_path / "public")


def test_a_half_installed_package_is_refused_and_the_old_build_stays(tmp_path):
    modules, public = tmp_path / "modules", tmp_path / "public"
    build(NODE_MODULES, public)
    (tmp_path / "public.json").unlink()
    shutil.copytree(NODE_MODULES / "nhsuk-frontend", modules / "nhsuk-frontend")
    shutil.copytree(NODE_MODULES / "htmx.org", modules / "htmx.org")
    (modules / "htmx.org" / "dist" / "htmx.min.js").unlink()
    with pytest.raises(AssetError, match="npm ci"):
        build(modules, public)
    assert (public / ASSETS.css.lstrip("/")).is_file()


def test_runs_before_anything_is_installed():
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import portal.ui.build_assets;"
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], check=False)
    assert done.returncode == 0


def test_one_version_everywhere():
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert wanted == {"nhsuk-frontend": NHSUK_VERSION, "htmx.org": HTMX_VERSION}
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert locked["node_modules/nhsuk-frontend"]["version"] == NHSUK_VERSION
    assert locked["node_modules/htmx.org"]["version"] == HTMX_VERSION


def test_the_macros_are_made_for_this_version_of_the_style_sheet():
    readme = metadata("nhsuk-frontend-jinja").get_payload()
    ported = dict(
        reversed(pair) for pair in re.findall(r"\| (\d+\.\d+\.\d+) \| (\d+\.\d+\.\d+) \|", readme)
    )
    assert ported[version("nhsuk-frontend-jinja")] == NHSUK_VERSION
