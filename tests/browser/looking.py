"""What must hold on every page, in every state that a journey reaches.

Set PORTAL_TEST_PICTURES to a folder to keep a picture of each.
"""

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.browser.kinds import judged, new_kinds

DESKTOP, TELEPHONE = 1200, 320
_AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Nothing here plays sound or films: what axe would fetch beforehand to look at them, it need not.
_RUN = """(tags) => axe.run(document, {runOnly: {type: "tag", values: tags}, preload: false,
    resultTypes: ["violations"]}).then(found => found.violations.map(
    v => [v.id, v.help, v.nodes.map(n => n.html.slice(0, 160))]))"""
_LINKS = """(scope) => [...document.querySelectorAll(`${scope} a[href]`)]
    .filter(link => link.checkVisibility() && !link.closest("[aria-hidden=true]"))
    .map(link => [link.getAttribute("aria-label") || link.textContent, link.href])
    .map(([words, href]) => [words.replace(/\\s+/g, " ").trim(), href])"""
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
# Tokens, keys, references, times: what makes two pages differ that look the same.
_WITHOUT_MEANING = re.compile(
    r"""value="[^"]*"|CG-\w{4}-\w{4}|/drafts/[\w-]+/|\b\d\d:\d\d\b|since=[^"&]*|message-\d+"""
)
_seen: set[tuple[str, bool]] = set()
_pictures: list[str] = []


@cache
def _axe() -> str:
    return _AXE.read_text(encoding="utf-8")


def look(page: Page, *, scripts: bool = True, width: int = DESKTOP) -> None:
    """Check the page as it is now, at two widths; leave it at the width it had.

    What differs in nothing that matters from a page that was checked before is not checked again,
    and axe is not asked again about kinds of elements that it has judged.
    """
    page.wait_for_load_state("load")
    drawn = _WITHOUT_MEANING.sub("", page.content())
    if (drawn, scripts) in _seen:
        return
    _check_words(page)
    new = new_kinds(page, scripts=scripts)
    if scripts:
        _check_layout(page, new)
        _resize(page, width)
    else:
        _look_at_copy(page, new)
    _seen.add((drawn, scripts))
    judged(new, scripts=scripts)


def _check_layout(page: Page, new: set[str]) -> None:
    for seen_at in (DESKTOP, TELEPHONE):
        _resize(page, seen_at)
        if new:
            _check_accessible(page, seen_at)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= seen_at, f"{page.url} scrolls sideways at {seen_at} pixels: it has {wide}"
        _keep_picture(page, seen_at)


def _look_at_copy(page: Page, new: set[str]) -> None:
    """axe is a script: where none may run, it is given the same page in another window."""
    assert page.context.browser
    copy = _other_window(page.context.browser)
    html = _SCRIPT.sub("", page.content())
    copy.route(page.url, lambda route: route.fulfill(body=html, content_type="text/html"))
    copy.goto(page.url)
    _check_layout(copy, new)
    copy.unroute(page.url)


@cache
def _other_window(browser: Browser) -> Page:
    return browser.new_context().new_page()


def _resize(page: Page, width: int) -> None:
    if page.viewport_size != {"width": width, "height": 900}:
        page.set_viewport_size({"width": width, "height": 900})


def _check_accessible(page: Page, width: int) -> None:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe() + ";null")
    found = page.evaluate(_RUN, _RULES)
    assert found == [], f"{page.url} at {width} pixels:\n{json.dumps(found, indent=1)}"


def _check_words(page: Page) -> None:
    """A title, one h1, and links that can be told apart."""
    expect(page).to_have_title(re.compile(r"^(Error: )?\S.* – Common Ground$"))
    headings = [text for text in page.locator("h1:visible").all_inner_texts() if text.strip()]
    assert len(headings) == 1, f"{page.url} has {len(headings)} h1: {headings}"
    targets: dict[str, str] = {}
    for words, href in page.evaluate(_LINKS, "body"):
        assert words, f"{page.url}: a link to {href} has no words"
        assert targets.setdefault(words, href) == href, f"{page.url}: two targets of “{words}”"
    # One number may answer for two services: that is one link, twice.
    within = [w for w, href in page.evaluate(_LINKS, "main") if not href.startswith("tel:")]
    twice = {words for words in within if within.count(words) > 1}
    assert not twice, f"{page.url}: the same words on two links: {twice}"


def _keep_picture(page: Page, width: int) -> None:
    folder = os.environ.get("PORTAL_TEST_PICTURES", "")
    if not folder:
        return
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition("::")[2].partition(" ")[0]
    _pictures.append(test)
    name = f"{test}-{_pictures.count(test):03}-{width}.png"
    page.screenshot(path=Path(folder) / name, full_page=True)


def check_problems(page: Page, problems: dict[str, str], *, scripts: bool = True) -> None:
    """An error page explains itself: `problems` are {name of the field: what it says}.

    The title says "Error: ", the summary has the focus and a link for each, a link leads into its
    field, and the same words stand beside the field.
    """
    expect(page).to_have_title(re.compile("^Error: "))
    summary = page.locator(".nhsuk-error-summary")
    expect(summary.get_by_role("heading", level=2)).to_have_text("There is a problem")
    assert summary.get_by_role("link").all_inner_texts() == list(problems.values())
    if scripts:
        expect(summary).to_be_focused()
    for field, words in problems.items():
        summary.get_by_role("link", name=words, exact=True).click()
        if scripts:
            _check_focus(page, field)
        message = page.locator(f"#{_described_by(page, field)}")
        expect(message).to_have_text(f"Error: {words}")


def _check_focus(page: Page, field: str) -> None:
    name = page.evaluate("document.activeElement.name || ''")
    assert name.partition("-")[0] == field, f"the link leads to {name!r}, not to {field!r}"


def _described_by(page: Page, field: str) -> str:
    """The id of the error message that belongs to the field, or to the group it is in."""
    found: Any = page.evaluate(
        """(field) => {
            const input = document.querySelector(`[name="${field}"], [name^="${field}-"]`);
            const group = input.closest("fieldset");
            const ids = [input, group].flatMap(
                e => (e?.getAttribute("aria-describedby") ?? "").split(" "));
            return ids.find(id => id && document.getElementById(id)
                ?.classList.contains("nhsuk-error-message")) ?? "";
        }""",
        field,
    )
    assert found, f"no error message belongs to {field!r}"
    return str(found)
