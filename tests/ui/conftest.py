"""Chromium, and the sample pages that it opens."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from portal.ui.build_assets import build
from tests.ui.samples import ROOT, Site

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@pytest.fixture(scope="module")
def assets(tmp_path_factory):
    """Styles and scripts, put together once."""
    public = tmp_path_factory.mktemp("assets") / "public"
    build(ROOT / "node_modules", public)
    return public


@pytest.fixture
def site(assets):
    """A site of the test's own: what a page saves while it is closed may come late, and must not
    come to the next test."""

    def fetch(path):
        folder = assets if path.startswith("/assets/") else ROOT
        found = folder / path.lstrip("/")
        known = path.startswith(("/assets/", "/static/cg/")) and found.is_file()
        return found.read_bytes() if known else None

    site = Site(fetch)
    yield site
    site.stop()


@pytest.fixture(scope="module")
def chromium():
    path = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("No Chromium: install it, or name one in PORTAL_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, site):
    """Opens a sample page; fails at the end when the browser complained about anything."""
    complaints, contexts = [], []

    def open_page(path, width=1200, clock=False, scripts=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts
        )
        contexts.append(context)
        context.add_cookies([{"name": "csrftoken", "value": "first", "url": site.address}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if _is_ours(told) else None)
        if clock:
            page.clock.install()
        page.goto(site.address + path, wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _is_ours(told):
    # The browser itself notes every answer of 400 and more; the tests ask for those.
    return told.type == "error" and not told.text.startswith("Failed to load resource")
