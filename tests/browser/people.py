"""Somebody at a browser: what they do, and what their browser complains about."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import ConsoleMessage, Error, Locator, Page, Request, Response, expect

from tests.browser.looking import check_problems, look
from tests.browser.stack import Portal
from tests.cast import PASSWORD

REFERENCE = re.compile(r"/referrals/(CG-[0-9A-Z]{4}-[0-9A-Z]{4})/")
# The browser notes every answer of 400 and more itself; for a page that may be just right.
_ANSWERED = "Failed to load resource: the server responded with a status of"


@dataclass
class Somebody:
    """One reader of the portal. Every page that they come to is looked at."""

    page: Page
    portal: Portal
    name: str = ""
    width: int = 1200
    scripts: bool = True
    complaints: list[str] = field(default_factory=list)
    _refusals: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for event, heard in self._listeners().items():
            self.page.on(event, heard)  # type: ignore[call-overload]

    def leaves(self) -> None:
        """Whatever the window does now is somebody else's."""
        for event, heard in self._listeners().items():
            self.page.remove_listener(event, heard)

    def _listeners(self) -> dict[str, Callable[..., None]]:
        return {
            "pageerror": self._failed,
            "console": self._heard,
            "response": self._answered,
            "request": self._asked,
        }

    # --- going about ---
    def goes_to(self, path: str) -> "Somebody":
        """Open a page of the portal."""
        self.page.goto(path)
        return self.looks()

    def looks(self) -> "Somebody":
        """Whatever is on the screen now must be in order."""
        look(self.page, scripts=self.scripts, width=self.width)
        return self

    def follows(self, words: str | re.Pattern[str]) -> "Somebody":
        """Follow a link by its words."""
        self.page.get_by_role("link", name=words, exact=True).click()
        return self.looks()

    def presses(self, words: str | re.Pattern[str], within: str = "main") -> "Somebody":
        """Press a button by its words, and look at the page that it leads to."""
        button = self.page.locator(within).get_by_role("button", name=words, exact=True)
        with self.page.expect_navigation():
            button.click()
        return self.looks()

    def types(self, **fields: str) -> "Somebody":
        """Fill in fields by their names; nothing is sent."""
        for name, text in fields.items():
            self.field(name).fill(text)
        return self

    def chooses(self, words: str) -> "Somebody":
        """Choose one of several answers."""
        self.page.get_by_label(words, exact=True).check()
        return self

    def signs_in(self, name: str, password: str = PASSWORD) -> "Somebody":
        """Fill in the page for signing in, and send it."""
        self.types(login=f"{name}@test.example", password=password)
        return self.presses(re.compile("^Sign in$"))

    # --- reading ---
    def field(self, name: str) -> Locator:
        """An input by its name."""
        return self.page.locator(f'[name="{name}"]')

    def reads(self, *sentences: str | re.Pattern[str]) -> "Somebody":
        """The page says all of these."""
        return self._finds(sentences, said=True)

    def does_not_read(self, *sentences: str | re.Pattern[str]) -> "Somebody":
        """The page says none of these."""
        return self._finds(sentences, said=False)

    def _finds(self, sentences: tuple[str | re.Pattern[str], ...], *, said: bool) -> "Somebody":
        for sentence in sentences:
            if not self._has(sentence, said):  # in fewer words than Playwright would use
                where = f"{self.page.url} {'does not say' if said else 'says'}"
                shown = self.page.locator("#maincontent").inner_text()
                pytest.fail(f"{where}: {sentence}\n{shown}")
        return self

    def _has(self, sentence: str | re.Pattern[str], said: bool) -> bool:
        wanted = expect(self.page.locator("body"))
        try:
            (wanted.to_contain_text if said else wanted.not_to_contain_text)(sentence)
        except AssertionError:
            return False
        return True

    def is_on(self, heading: str | re.Pattern[str]) -> "Somebody":
        """The page's heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        return self

    def is_told_the_problems(self, **problems: str) -> "Somebody":
        """The page explains what is wrong, field by field, in this order."""
        check_problems(self.page, problems, scripts=self.scripts)
        return self

    @property
    def reference(self) -> str:
        """The reference of the referral that is open."""
        found = REFERENCE.search(self.page.url)
        assert found, f"{self.page.url} is not the page of a referral"
        return found[1]

    # --- what the browser says ---
    def may_be_refused(self, *paths: str) -> None:
        """From now on, what the page asks for by itself may be refused at these."""
        self._refusals = paths

    def _complain(self, words: str) -> None:
        self.complaints.append(f"{self.name or 'a visitor'} on {self.page.url}: {words}")

    def _failed(self, error: Error) -> None:
        self._complain(str(error))

    def _heard(self, said: ConsoleMessage) -> None:
        ours = said.type in ("error", "warning") and not said.text.startswith(_ANSWERED)
        if ours and not any(path in said.text for path in self._refusals):
            self._complain(said.text)

    def _answered(self, response: Response) -> None:
        """Of all that a page asks for by itself, everything must be there."""
        if response.status >= 500:
            self._complain(f"{response.status}: {self.portal.last_words()}")
        if response.status < 400 or response.request.is_navigation_request():
            return
        if not response.url.endswith(self._refusals):
            self._complain(f"{response.status} for {response.url}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.portal.url, "data:")):
            self._complain(f"asked for {request.url}, which is not the portal's")
