"""One portal and one browser for all journeys; fresh windows and an empty inbox for each."""

import json
import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.people import Somebody
from tests.browser.stack import Portal, portal_at_work, sweep
from tests.browser.windows import Windows

HERE = "tests/browser/"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# For every page with a form, Chromium asks patterns of many languages whether a field is an address
# or a password, to offer what was filled in before: a fifth of a second of work for a long form. It
# takes these only from a file that is read at its first run.
PREFERENCES = {
    "autofill": {"enabled": False, "profile_enabled": False, "credit_card_enabled": False},
    "credentials_enable_service": False,
    "profile": {"password_manager_enabled": False},
}
Visitor = Callable[..., Somebody]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys come last, in whatever order the rest is: they leave rows for one another, and
    Playwright allows one of its kind at a time in a process."""
    items.sort(key=lambda item: item.nodeid.startswith(HERE))
    for item in items:
        if item.nodeid.startswith(HERE):
            item.add_marker(pytest.mark.browser)


def chromium_path() -> str:
    """The browser to drive; fails in words where there is none."""
    named = os.environ.get("PORTAL_CHROMIUM", "")
    here = ("chromium-headless-shell", "chromium")
    for path in (named, *(shutil.which(name) or "" for name in here)):
        if path and os.access(path, os.X_OK):
            return path
        if path and path == named:
            pytest.fail(f"PORTAL_CHROMIUM={named} is no program: correct it, or unset it.")
    return pytest.fail(
        "The journeys need Chromium: install it (on Debian, as root:"
        " apt-get install chromium-headless-shell) or name one in PORTAL_CHROMIUM."
    )


@pytest.fixture(scope="package")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all journeys."""
    path = chromium_path()
    preferences = tmp_path_factory.mktemp("chromium") / "preferences.json"
    preferences.write_text(json.dumps(PREFERENCES), encoding="utf-8")
    first = ["--force-first-run", f"--initial-preferences-file={preferences}"]
    with pytest.MonkeyPatch.context() as patched, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, in which Django would refuse to work.
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=QUIET + first)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def _database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, open to this process.

    pytest-django makes it only where it resets it after each test, which here `portal` does.
    """
    with django_db_blocker.unblock():
        given = connection.settings_dict
        if given["NAME"] == given["TEST"]["NAME"]:
            yield
            return
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        yield
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="package")
def _portal(_database: None) -> Iterator[Portal]:
    with portal_at_work() as portal:
        yield portal


@pytest.fixture
def portal(_portal: Portal) -> Iterator[Portal]:
    """The portal at work, with nothing in it but the cast and the directory."""
    yield _portal
    sweep(_portal.cast)
    _portal.mails.mails.clear()
    connection.close()  # while an event loop runs in this thread, Django keeps one apart


@pytest.fixture(scope="package")
def _windows(chromium: Browser, _portal: Portal) -> Windows:
    return Windows(chromium, _portal.url)


@pytest.fixture
def visitor(portal: Portal, _windows: Windows) -> Iterator[Visitor]:
    """`visitor("alice")`: somebody of the cast, signed in, at a browser of their own.

    `visitor()` has not signed in. Options: `scripts`, `width`, `own` (a window for this test
    alone, in which it may change anything), `clock` (such a one, with a clock that the test can
    move on), `tab` (one that is open already). At the end, whatever their browsers have
    complained about fails the test.
    """
    people: list[Somebody] = []
    shared: list[Page] = []

    def come_in(
        name: str = "",
        *,
        scripts: bool = True,
        width: int = 1200,
        own: bool = False,
        clock: bool = False,
        tab: Page | None = None,
    ) -> Somebody:
        own = own or clock
        page = tab or (_windows.new if own else _windows.open)(width=width, scripts=scripts)
        if not own and not tab:
            shared.append(page)
        if name:
            cookie = {"name": "portal_session", "value": portal.session_of(name)}
            page.context.add_cookies([{**cookie, "url": portal.url}])
        if clock:
            page.clock.install()
        people.append(Somebody(page, portal, name, width=width, scripts=scripts))
        return people[-1]

    yield come_in
    complaints = [line for one in people for line in one.complaints]
    for one in people:
        one.leaves()
        if one.page in shared:
            _windows.give_back(one.page, width=one.width, scripts=one.scripts)
        else:
            one.page.context.close()
    assert complaints == []
