"""Forms that are sent once and save themselves, and sessions that end, in Chromium."""

import pytest

from tests.ui.samples import axe

pytestmark = pytest.mark.browser
MINUTE = 60_000


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
    shown = status(page, "Not saved: you are signed out.")
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


def test_a_session_at_its_longest_offers_no_more(open_page, site):
    site.answers["/still-here/"] = (200, {"account": "a1", "seconds": 300})
    page = open_page("/plain/", clock=True)
    page.clock.run_for(2 * MINUTE)
    with page.expect_response("**/still-here/"):
        page.locator("#id_why").press("a")
    page.wait_for_timeout(100)
    page.locator("#id_why").press_sequentially("quickly")
    assert len(site.posts) == 1
    page.clock.run_for(2 * MINUTE)
    assert not idle_box(page).is_visible()
    page.clock.run_for(MINUTE + 10_000)
    assert "has reached its longest time" in idle_box(page).inner_text()
    assert page.get_by_role("button", name="Stay signed in").count() == 0


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
