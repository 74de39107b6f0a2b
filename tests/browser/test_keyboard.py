"""Nothing but a keyboard."""

from tests.browser.conftest import Visitor
from tests.browser.people import Somebody
from tests.browser.steps import PERSON, then_there_is_one_referral

_FOCUSED = """() => {
    const e = document.activeElement;
    const label = e.getAttribute("aria-label") ?? e.labels?.[0]?.textContent ?? e.textContent;
    return label.replace(/\\s+/g, " ").trim();
}"""
_SEEN = """() => {
    const e = document.activeElement, style = getComputedStyle(e);
    const box = e.getBoundingClientRect();
    const marked = style.outlineStyle !== "none" || style.boxShadow !== "none";
    return marked && box.bottom > 0 && box.top < innerHeight;
}"""


def when_she_tabs_to(reader: Somebody, words: str) -> None:
    """At most a page's worth of tabs; the focus is in sight all the way."""
    for _ in range(40):
        reader.page.keyboard.press("Tab")
        focused = reader.page.evaluate(_FOCUSED)
        assert reader.page.evaluate(_SEEN), f"the focus on {focused!r} cannot be seen"
        if focused == words:
            return
    raise AssertionError(f"no tab leads to {words!r} on {reader.page.url}")


def when_she_types(reader: Somebody, **answers: str) -> None:
    for label, text in answers.items():
        when_she_tabs_to(reader, label.replace("_", " "))
        reader.page.keyboard.type(text)


def when_she_presses_enter(reader: Somebody) -> None:
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Enter")
    reader.looks()


def test_from_the_postcode_to_sent_without_a_mouse(visitor: Visitor) -> None:
    alice = visitor("alice").goes_to("/")
    when_she_tabs_to(alice, "Skip to main content")
    alice.page.keyboard.press("Enter")
    assert alice.page.evaluate("document.activeElement.id") == "maincontent"
    when_she_tabs_to(alice, "Postcode of the person’s home")
    alice.page.keyboard.type("m33 2rh")
    when_she_presses_enter(alice)
    when_she_tabs_to(alice, "Make a referral")
    when_she_presses_enter(alice)

    when_she_types(alice, Name=PERSON, First_point="Can she stay at home safely?")
    when_she_tabs_to(alice, "Routine")
    alice.page.keyboard.press("Space")
    when_she_tabs_to(alice, "Why now?")
    alice.page.keyboard.type("Two falls in ten days")
    when_she_tabs_to(alice, "Who is with the person today?")
    alice.page.keyboard.type("Husband, 87")
    when_she_tabs_to(alice, "Told, and agrees")
    alice.page.keyboard.press("Space")
    when_she_tabs_to(alice, "Where can they ring you?")
    alice.page.keyboard.type("0161 496 0321")
    when_she_tabs_to(alice, "Send")
    when_she_presses_enter(alice)

    alice.is_on("Sent. Not yet received")
    then_there_is_one_referral()
