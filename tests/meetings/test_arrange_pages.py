"""The sheet on which a meeting is arranged, and the page with the times."""

from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client

from meetings.models import Meeting, Participant
from meetings.states import Status
from portal.worktime.actions import bookings
from portal.worktime.packing import moment_of
from portal.worktime.states import SessionKind
from tests.cast import Cast
from tests.conftest import send
from tests.meetings.conftest import arranged, next_monday, on_clock, works
from tests.referrals.test_budget import queries

As = Callable[[str], Client]
SHEET = "/meetings/arrange/"


def form_of(html: str, action: str = SHEET) -> dict[str, list[str]]:
    """What the sheet would send: hidden and typed, chosen and ticked."""
    reader = SheetReader()
    reader.feed(html)
    return next(form for where, form in reader.forms if where == action)


class SheetReader(HTMLParser):
    """All that the forms of a page send, each name with its values."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        name = has.get("name", "")
        if tag == "form":
            self.forms.append((has.get("action", ""), {}))
        if not self.forms:
            return
        given = self.forms[-1][1]
        if tag == "input" and name and _is_sent(has):
            given.setdefault(name, []).append(has.get("value", ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in has:
            given[self._select] = [has.get("value", "")]
        elif tag == "textarea":
            self._area = name
            given[name] = [""]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][1][self._area] = [data.removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        self._area = "" if tag == "textarea" else self._area


def _is_sent(has: dict[str, str]) -> bool:
    chosen = has.get("type") in ("checkbox", "radio")
    return has.get("type") != "submit" and (not chosen or "checked" in has)


def test_a_referral_suggests_who_and_what_about(cast: Cast, as_: As) -> None:
    reference = send(cast, points=["Can Margaret stay at home?", "Equipment?"]).reference
    page = as_("ada").get(f"{SHEET}?referral={reference}")
    html = page.content.decode()
    sheet = form_of(html)
    assert sheet["title"] == [f"About {reference}"]
    keys = [f"{cast.users[name].pk}-{cast.teams['park'].pk}" for name in ("ada", "alice")]
    assert sheet["who"] == keys
    # A point that names the person goes beneath a title that does not.
    assert (sheet["title_0"], sheet["points_0"]) == (
        ["Point 1 to sort out"],
        ["Can Margaret stay at home?"],
    )
    assert (sheet["title_1"], sheet["minutes"]) == (["Equipment?"], ["30"])
    assert "Sam Sharp, Social worker, Trafford front door" in html


def test_from_the_sheet_to_a_booked_time(cast: Cast, as_: As) -> None:
    reference = send(cast).reference
    browser = as_("alice")
    sheet = form_of(browser.get(f"{SHEET}?referral={reference}").content.decode())
    sam = f"{cast.sam.pk}-{cast.teams['front_door'].pk}"
    again = browser.post(SHEET, {**sheet, "add": [sam], "do": "add", "title": "Home support"})
    sheet = form_of(again.content.decode())
    assert (again.status_code, sheet["title"], sam in sheet["who"]) == (200, ["Home support"], True)
    answer = browser.post(SHEET, sheet)
    meeting = Meeting.objects.get()
    assert answer.headers["Location"] == f"/meetings/{meeting.reference}/find/"
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "Book this for everyone" in page
    times = form_of(page, f"/meetings/{meeting.reference}/book/")
    done = browser.post(f"/meetings/{meeting.reference}/book/", times, follow=True)
    assert "Everybody has been invited" in done.content.decode()
    meeting.refresh_from_db()
    assert meeting.status == Status.BOOKED
    for name in ("alice", "sam"):
        assert meeting.title in as_(name).get("/meetings/").content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": "Margaret's meeting"}, "title", "Take out “Margaret”"),
        ({"title": "About 999 012 3454"}, "title", "Take out the NHS number"),
        ({"where": "Margaret Example's house"}, "where", "Take out “Margaret Example”"),
        ({"minutes": "45"}, "minutes", "The items take 30 minutes together, and the meeting 45"),
        ({"earliest": "12:00", "latest": "12:15"}, "latest", "no room for 30 minutes"),
        ({"title_0": "For Margaret"}, "title_0", "Take out “Margaret”"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason_and_kept(
    cast: Cast, as_: As, changes: dict[str, str], field: str, words: str
) -> None:
    reference = send(cast).reference
    browser = as_("alice")
    sheet = form_of(browser.get(f"{SHEET}?referral={reference}").content.decode())
    sam = f"{cast.sam.pk}-{cast.teams['front_door'].pk}"
    sheet = form_of(browser.post(SHEET, {**sheet, "add": [sam], "do": "add"}).content.decode())
    answer = browser.post(SHEET, {**sheet, **changes})
    html = answer.content.decode()
    assert answer.status_code in (409, 422)
    assert words in html.replace("&#39;", "'")
    assert f'href="#id_{field}"' in html
    (name, typed), *_ = changes.items()
    assert form_of(html)[name] == [typed.replace("'", "'")]
    assert not Meeting.objects.exists()


def test_anybody_of_a_known_team_is_found_by_name_job_or_team(cast: Cast, as_: As) -> None:
    browser = as_("alice")
    sheet = form_of(browser.get(SHEET).content.decode())
    for words, found in [("oscar", True), ("manchester worker", True), ("nobody such", False)]:
        html = browser.post(SHEET, {**sheet, "search": words, "do": "search"}).content.decode()
        assert ("Oscar Owen, Social worker, Manchester front door" in html) is found
        assert ("Nobody by that name" in html) is not found


def test_rows_are_added_and_people_taken_out_and_nothing_typed_is_lost(cast: Cast, as_: As) -> None:
    browser = as_("alice")
    sheet = form_of(browser.get(SHEET).content.decode())
    me = sheet["who"][0]
    sheet |= {"title": ["T"], "title_0": ["First"], "from_day-day": ["x"], f"need_{me}": ["out"]}
    html = browser.post(SHEET, {**sheet, "do": "item"}).content.decode()
    again = form_of(html)
    assert (again["title_0"], again["title_1"], again["from_day-day"]) == (["First"], [""], ["x"])
    assert "who" not in again
    assert "There is a problem" not in html


def test_about_a_referral_of_others_there_is_no_sheet(cast: Cast, as_: As) -> None:
    reference = send(cast, by="gina", team="grove", to="other_front_door").reference
    assert as_("alice").get(f"{SHEET}?referral={reference}").status_code == 404
    assert as_("alice").post(SHEET, {"referral": reference}).status_code == 404


def test_when_nothing_fits_it_says_what_stands_in_the_way_and_what_would_open_more(
    cast: Cast, as_: As
) -> None:
    works(cast, "hugo", [("08:00", "18:00", SessionKind.CLINIC)])
    meeting = arranged(cast, must=["alice", "sam", "hugo"])
    browser = as_("alice")
    html = browser.get(f"/meetings/{meeting.reference}/find/").content.decode()
    assert "What stands in the way" in html
    assert "Hugo Hale: in clinic" in html
    assert "Book, and ask Hugo Hale in writing" in html
    assert 'find/?without=3">Without Hugo Hale' in html
    html = browser.get(f"/meetings/{meeting.reference}/find/?without=3").content.decode()
    assert "Hugo Hale may come, and need not" in html
    times = form_of(html, f"/meetings/{meeting.reference}/book/")
    browser.post(f"/meetings/{meeting.reference}/book/", times)
    assert Participant.objects.get(user=cast.hugo).need == "may"


def test_others_see_that_time_is_taken_not_by_what(cast: Cast, as_: As) -> None:
    for day in range(5):
        start = on_clock(next_monday() + timedelta(days=day), "08:00")
        with transaction.atomic():
            bookings.book(
                subject=f"x {day}",
                bookings=[(cast.sam.pk, start, start + timedelta(hours=10))],
            )
    meeting = arranged(cast, must=["alice", "sam", "tess"])
    html = as_("alice").get(f"/meetings/{meeting.reference}/find/").content.decode()
    assert "Sam Sharp is busy" in html
    assert "another meeting" not in html


def test_the_one_who_comes_second_is_offered_the_next_best(cast: Cast, as_: As) -> None:
    meeting = arranged(cast)
    browser, address = as_("alice"), f"/meetings/{meeting.reference}/"
    times = form_of(browser.get(f"{address}find/").content.decode(), f"{address}book/")
    start = moment_of(int(times["start"][0]))
    with transaction.atomic():
        bookings.book(subject="x", bookings=[(cast.sam.pk, start, start + timedelta(minutes=30))])
    lost = browser.post(f"{address}book/", times)
    html = lost.content.decode()
    assert (lost.status_code, "Nothing has been booked" in html) == (409, True)
    offered = form_of(html, f"{address}book/")
    assert offered["start"] != times["start"]
    assert browser.post(f"{address}book/", offered).status_code == 302


def test_the_sheet_stays_within_its_budget(cast: Cast, as_: As) -> None:
    reference = send(cast).reference
    browser = as_("alice")
    browser.get(f"{SHEET}?referral={reference}")
    assert queries(browser, f"{SHEET}?referral={reference}") <= 12


@pytest.mark.parametrize("path", ["/meetings/", "find/", ""])
def test_as_many_queries_for_many_rows_as_for_one(cast: Cast, as_: As, path: str) -> None:
    small = arranged(cast)
    browser = as_("alice")
    address = path if path.startswith("/") else f"/meetings/{small.reference}/{path}"
    browser.get(address)
    one = queries(browser, address)
    everybody = ["alice", "sam", "ada", "gina", "phil", "wanda", "tess", "mina", "hugo", "oscar"]
    for _ in range(24):
        large = arranged(cast, must=everybody)
    address = path if path.startswith("/") else f"/meetings/{large.reference}/{path}"
    assert queries(browser, address) == one
    assert one <= 12
