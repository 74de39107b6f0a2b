"""The look and its scripts in Chromium, under a policy that refuses everything inline."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from portal.ui.build_assets import build
from tests.ui.samples import ROOT, Site

pytestmark = pytest.mark.browser
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
MINUTE = 60_000


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    public = tmp_path_factory.mktemp("assets") / "public"
    build(ROOT / "node_modules", public)

    def fetch(path):
        folder = public if path.startswith("/assets/") else ROOT
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
    site.posts.clear()
    site.answers.clear()

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


def axe(page):
    session = page.context.new_cdp_session(page)  # past the page's policy, as a tool may
    source = Path(ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
    session.send("Runtime.evaluate", {"expression": source})
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]


# --- how it looks ---
@pytest.mark.parametrize("width", [320, 640, 1200])
@pytest.mark.parametrize("path", ["/everything/", "/wrong/", "/error/"])
def test_accessible_and_nothing_to_scroll_sideways(open_page, path, width):
    page = open_page(path, width)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_nothing_is_missing(open_page):
    page = open_page("/everything/", scripts=False)
    assert page.get_by_role("button", name="Send: will be read Monday 08:30").is_visible()
    assert not page.get_by_text("Print this page").is_visible()


def test_targets_on_a_telephone_are_44_pixels_high(open_page):
    page = open_page("/wrong/", 320)
    small = page.evaluate(
        """[...document.querySelectorAll("a, button, input, select, textarea")]
        .filter(e => e.checkVisibility() && !e.closest("p, li p, .nhsuk-skip-link, .cg-message"))
        .filter(e => !e.closest(".nhsuk-u-visually-hidden") && e.type !== "hidden")
        .filter(e => !["radio", "checkbox"].includes(e.type))
        .filter(e => e.getBoundingClientRect().height < 43.5)
        .map(e => `${e.outerHTML.slice(0, 80)} ${e.getBoundingClientRect().height}`)"""
    )
    assert small == []


def test_focus_is_plain_to_see(open_page):
    page = open_page("/everything/")
    for name in ("Mails", "Sign out", "My board", "Overdue", "Make a referral", "Withdraw"):
        control = (
            page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first
        )
        control.focus()
        assert (
            control.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 235, 59)"
        ), name


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(open_page):
    page = open_page("/wrong/")
    assert page.evaluate("document.activeElement.className") == "nhsuk-error-summary"
    page.get_by_role("link", name="“Date of birth” needs a date").click()
    assert page.evaluate("document.activeElement.id") == "id_born-day"
    page.get_by_role("link", name="“How urgent?”: choose an answer").click()
    assert page.evaluate("document.activeElement.id") == "id_urgency"


def test_a_printed_sheet_has_the_matter_and_no_controls(open_page):
    page = open_page("/everything/")
    page.emulate_media(media="print")
    assert page.get_by_text("Margaret Example", exact=True).first.is_visible()
    for control in ("Sign out", "My board", "Make a referral", "Claim"):
        assert not page.get_by_text(control, exact=True).first.is_visible()


# --- a form is sent once ---
def test_pressed_three_times_sent_once_with_the_buttons_value(open_page, site):
    page = open_page("/saving/")
    page.route("**/send/", lambda route: None)  # an answer that does not come
    sent = []
    page.on(
        "request",
        lambda request: sent.append(request.post_data) if "/send/" in request.url else None,
    )
    button = page.get_by_role("button", name="Send")
    # By timers in the page: the driver itself waits until a page that is being left has gone.
    button.evaluate("e => [0, 100, 200].forEach(delay => setTimeout(() => e.click(), delay))")
    page.wait_for_timeout(600)
    assert len(sent) == 1
    assert "step=send" in sent[0]


# --- a form saves itself ---
def status(page, words):
    page.get_by_text(words).wait_for(timeout=3000)
    return page.locator("[data-autosave-status]")


def test_saved_shortly_after_the_last_change(open_page, site):
    site.answers["/draft/"] = (200, {"saved_at": "14:05", "version": "2"})
    page = open_page("/saving/", clock=True)
    page.fill("[name=secret]", "hunter2")
    page.fill("#id_why", "Two falls")
    page.clock.run_for(1400)
    assert site.posts == []
    page.clock.run_for(200)
    status(page, "Saved 14:05")
    assert [(post.path, post.body, post.token) for post in site.posts] == [
        ("/draft/", "version=1&why=Two+falls", "first")
    ]
    page.fill("#id_why", "Two falls in ten days")
    page.clock.run_for(1600)
    page.wait_for_timeout(200)
    assert "version=2&" in site.posts[1].body
    page.clock.run_for(MINUTE)
    assert len(site.posts) == 2


def test_a_long_typist_is_saved_on_the_way(open_page, site):
    page = open_page("/saving/", clock=True)
    for number in range(12):
        page.fill("#id_why", f"word {number}")
        page.clock.run_for(1000)
    page.wait_for_timeout(200)
    assert len(site.posts) >= 1


def test_saved_when_the_reader_turns_away(open_page, site):
    page = open_page("/saving/")
    page.fill("#id_why", "Two falls")
    page.goto(site.address + "/error/")
    page.wait_for_timeout(300)
    assert [post.body for post in site.posts] == ["version=1&why=Two+falls"]


def test_somebody_else_changed_it(open_page, site):
    site.answers["/draft/"] = (409, {"message": "S. Worker changed this.", "url": "/theirs/"})
    page = open_page("/saving/", clock=True)
    page.fill("#id_why", "Mine")
    page.clock.run_for(1600)
    shown = status(page, "S. Worker changed this.")
    assert shown.get_by_role("link", name="See theirs").get_attribute("href") == "/theirs/"
    page.fill("#id_why", "Mine again")
    page.clock.run_for(MINUTE)
    assert len(site.posts) == 1


@pytest.mark.parametrize("code", [302, 401, 403])
def test_signed_out_says_so(open_page, site, code):
    site.answers["/draft/"] = (code, {})
    page = open_page("/saving/", clock=True)
    page.fill("#id_why", "Mine")
    page.clock.run_for(1600)
    shown = status(page, "Not saved: sign in again.")
    assert shown.get_by_role("link", name="Sign in").get_attribute("href") == "/sign-in/"


def test_a_server_or_a_network_that_is_away_is_tried_again(open_page, site):
    site.answers["/draft/"] = (503, {})
    page = open_page("/saving/", clock=True)
    page.fill("#id_why", "Mine")
    page.clock.run_for(1600)
    status(page, "Not saved: the portal did not answer. Trying again.")
    page.context.set_offline(True)
    page.clock.run_for(5100)
    status(page, "Not saved: no connection. Trying again.")
    site.answers["/draft/"] = (200, {"saved_at": "14:06"})
    page.context.set_offline(False)
    page.clock.run_for(10_100)
    status(page, "Saved 14:06")


def test_what_is_sent_is_not_saved_afterwards(open_page, site):
    page = open_page("/saving/")
    page.fill("#id_why", "Two falls")
    page.get_by_role("button", name="Send").click()
    page.wait_for_timeout(2000)
    assert [post.path for post in site.posts] == ["/send/"]


# --- a session ends ---
def idle_box(page):
    return page.get_by_role("region", name="Your session")


def test_two_minutes_before_the_end_the_page_says_so_and_offers_to_stay(open_page, site):
    page = open_page("/plain/", clock=True)
    page.clock.run_for(12 * MINUTE + 50_000)
    assert not idle_box(page).is_visible()
    page.clock.run_for(20_000)
    assert "You will be signed out in 2 minutes, at " in idle_box(page).inner_text()
    assert axe(page) == []
    page.get_by_role("button", name="Stay signed in").click()
    idle_box(page).wait_for(state="hidden", timeout=3000)
    assert [post.path for post in site.posts] == ["/still-here/"]
    assert site.posts[0].token == "first"
    page.clock.run_for(12 * MINUTE)
    assert not idle_box(page).is_visible()


def test_typing_counts_and_is_told_once_a_minute(open_page, site):
    page = open_page("/plain/", clock=True)
    for _ in range(20):
        page.clock.run_for(61_000)
        with page.expect_response("**/still-here/"):
            page.locator("#id_why").press("a")
        page.wait_for_timeout(50)
    assert len(site.posts) == 20
    assert not idle_box(page).is_visible()
    site.posts.clear()
    page.locator("#id_why").press_sequentially("thirty letters in one minute..")
    assert len(site.posts) <= 1


def test_when_it_has_ended_the_page_is_covered_and_what_was_typed_comes_back(open_page, site):
    site.answers["/still-here/"] = (401, {})
    page = open_page("/plain/", clock=True)
    page.fill("#id_why", "Not sent yet")
    page.clock.run_for(15 * MINUTE + 5_000)
    page.get_by_text("What you typed is still on this page").wait_for(timeout=3000)
    assert page.get_by_role("heading", level=1).all_inner_texts() == ["You are signed out"]
    assert not page.locator("#maincontent").is_visible()
    assert axe(page) == []
    page.get_by_role("button", name="I have signed in").click()
    page.wait_for_timeout(200)
    assert not page.locator("#maincontent").is_visible()
    site.answers["/still-here/"] = (200, {"account": "a1"})
    page.context.add_cookies([{"name": "csrftoken", "value": "second", "url": site.address}])
    page.get_by_role("button", name="I have signed in").click()
    page.locator("#maincontent").wait_for(state="visible", timeout=3000)
    assert page.input_value("#id_why") == "Not sent yet"
    tokens = page.locator("input[name=csrfmiddlewaretoken]").evaluate_all(
        "all => all.map(e => e.value)"
    )
    assert set(tokens) == {"second"}


def test_nothing_comes_back_for_another_account(open_page, site):
    page = open_page("/plain/", clock=True)
    page.fill("#id_why", "Not sent yet")
    page.clock.run_for(15 * MINUTE + 5_000)
    site.answers["/still-here/"] = (200, {"account": "b2"})
    with page.expect_navigation():
        page.get_by_role("button", name="I have signed in").click()
    assert page.input_value("#id_why") == ""


def test_with_nothing_typed_signing_in_leads_back_here(open_page, site):
    page = open_page("/plain/?show=mine", clock=True)
    page.clock.run_for(15 * MINUTE + 5_000)
    link = page.get_by_role("link", name="Sign in again")
    assert link.get_attribute("href") == "/sign-in/?next=%2Fplain%2F%3Fshow%3Dmine"


def test_two_tabs_share_one_clock(open_page, site):
    page = open_page("/plain/", clock=True)
    other = page.context.new_page()
    other.goto(site.address + "/plain/", wait_until="networkidle")
    page.clock.run_for(13 * MINUTE + 5_000)
    assert idle_box(page).is_visible()
    soon = page.evaluate("Date.now()")
    other.evaluate("now => localStorage.setItem('cg-last-contact', String(now))", soon)
    idle_box(page).wait_for(state="hidden", timeout=3000)
