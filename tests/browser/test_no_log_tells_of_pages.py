"""What people type into pages stands in no log: every form that takes words, sent and taken.

The processes are the real ones. What programs say is in test_no_log_tells.py; bad input of every
kind, taken or not, is in tests/test_bad_input_everywhere.py, which looks at our own log too.
"""

import json
from datetime import timedelta

from contacts.models import Report, Service
from meetings.actions.series_meetings import make_ahead
from meetings.models import Action, Item, Meeting
from portal.core.clock import today
from tests.browser.planting import (
    ADDRESS,
    NAME,
    NUMBER,
    TELEPHONE,
    WORDS,
    Talker,
    problems,
    sent,
    told_of,
)
from tests.browser.stack import Portal
from tests.cast import PEOPLE
from tests.meetings.conftest import arranged
from tests.meetings.held import begun, series_of
from tests.meetings.visits import asked_for
from tests.processes import wait_until

PERSON = {
    "person_name": NAME,
    "nhs_number": NUMBER,
    "born_on-day": "12",
    "born_on-month": "3",
    "born_on-year": "1948",
    "address": ADDRESS,
    "postcode": "M33 2RH",
    "telephone": TELEPHONE,
}
ANSWERS = {
    **PERSON,
    "point_1": WORDS,
    "point_2": f"{WORDS} {NAME}",
    "point_3": WORDS,
    "letter": f"Dear colleague,\n\n{NAME} {NUMBER}, {WORDS}",
    "urgency": "today",
    "rung_whom": f"{NAME} {WORDS}",
    "rung_at": WORDS,
    "why_now": WORDS,
    "with_person": f"{WORDS} {TELEPHONE}",
    "agreement": "objects",
    "agreement_note": WORDS,
    "call_back": f"{TELEPHONE} {WORDS}",
}
BANNER = f"QUILLFEATHER, Zephyrine (Ms) Born 12-Mar-1948 NHS No. 999 012 3454 {ADDRESS} {WORDS}"


def in_days(days: int) -> str:
    """A day from now on."""
    return str(today() + timedelta(days=days))


def written(portal: Portal, alice: Talker) -> str:
    """A referral that was written on its page, saved on the way, and sent: its reference."""
    service = portal.cast.services["front_door"].reference
    answer = alice.form(f"/referrals/new/{service}/", {"postcode": "M33 2RH"})
    assert answer.status == 302
    draft = answer.headers["location"]
    filled = alice.form(draft, {"banner": BANNER, "fill": "1", "version": "1"})
    assert filled.status == 200
    assert f"{NUMBER[:3]} {NUMBER[3:6]}" in filled.text, "the banner is read"
    version = alice.form_on(draft, draft).given["version"]
    saved = json.loads(alice.form(f"{draft}save/", {**ANSWERS, "version": version}).text)
    version = saved["version"]
    assert alice.form(f"{draft}save/", {**ANSWERS, "why_now": NAME, "version": "1"}).status == 409
    stale = alice.form(draft, {**ANSWERS, "why_now": NAME, "version": "1", "save": "1"})
    assert stale.status == 409, "both texts are shown"
    assert alice.form(f"{draft}known/", ANSWERS).status == 200
    sent_as = alice.form(draft, {**ANSWERS, "version": version})
    assert sent_as.status == 302, problems(sent_as.text)
    return next(part for part in sent_as.headers["location"].split("/") if part.startswith("CG-"))


def test_no_log_tells_of_a_referral_written_and_answered_on_its_pages(portal: Portal) -> None:
    alice, sam = Talker(portal, "alice"), Talker(portal, "sam")
    one = f"/referrals/{written(portal, alice)}/"
    for reader in (alice, sam):
        reader.plants(one, f"{one}write/", body=f"{WORDS} {NAME}")
    sam.plants(one, f"{one}claim/")
    sam.plants(f"{one}ask/", f"{one}ask/", body=WORDS, until=in_days(7), with_person=WORDS)
    alice.plants(one, f"{one}answer/", body=WORDS)
    sam.plants(f"{one}accept/", f"{one}accept/", words=WORDS)
    sam.plants(f"{one}close/", f"{one}close/", words=WORDS)
    alice.plants(f"{one}reopen/", f"{one}reopen/", words=WORDS)
    assert told_of(portal) == []


def test_no_log_tells_of_a_referral_ended_on_its_pages(portal: Portal) -> None:
    alice, sam, oscar = Talker(portal, "alice"), Talker(portal, "sam"), Talker(portal, "oscar")
    declined, withdrawn, redirected = (
        f"/referrals/{sent(portal, alice, f'planted-{number}')}/" for number in range(2001, 2004)
    )
    for one in (declined, redirected):
        sam.plants(one, f"{one}claim/")
    sam.plants(f"{declined}decline/", f"{declined}decline/", words=WORDS)
    alice.plants(f"{withdrawn}withdraw/", f"{withdrawn}withdraw/", words=WORDS)
    other = portal.cast.services["other_front_door"].reference
    page = f"{redirected}redirect/"
    sam.plants(page, page, to_service=other, find="", reason=WORDS)
    oscar.plants(f"{redirected}hand-back/", f"{redirected}hand-back/", words=WORDS)
    assert told_of(portal) == []


def test_no_log_tells_of_the_directory_and_of_accounts(portal: Portal) -> None:
    alice, dora, olga = Talker(portal, "alice"), Talker(portal, "dora"), Talker(portal, "olga")
    page = f"/directory/{portal.cast.services['hub'].reference}/"
    alice.plants(page, f"{page}report/", trouble="moved")
    alice.plants(page, "/words/", words=f"{WORDS} {TELEPHONE}")
    report = f"/directory/reports/{Report.objects.get().reference}/"
    dora.plants(report, report, outcome="was-right", words=WORDS)
    entry = {"name": WORDS, "summary": WORDS, "telephone": TELEPHONE}
    dora.plants("/directory/own/new/", "/new/", **entry, act="save")
    # Of that one alone: the directory of the cast stays as it is for the journeys to come.
    own = f"/directory/own/{Service.objects.get(name=WORDS).reference}/"
    dora.plants(f"{own}reach/", f"{own}reach/", **{"contact-0-label": WORDS}, act="save")
    dora.plants(f"{own}about/", f"{own}about/", name=f"{WORDS} {NAME}", act="save")
    dora.plants(f"{own}close/", f"{own}close/", reason=WORDS)

    organisation = portal.cast.organisations["trafford"].pk
    invite = f"/account/people/invite/{organisation}/"
    email = f"{NAME.split()[0]}@test.example"
    team = str(portal.cast.teams["front_door"].pk)
    role = {"role": "social-worker", "team": team}
    olga.plants(invite, invite, name=NAME, job_title=WORDS, email=email, **role)
    calendars = "/account/calendars/"
    address = f"https://calendar.example/{WORDS.split()[0]}.ics"
    alice.plants(calendars, f"{calendars}address/", address=address, name=WORDS)
    assert told_of(portal) == []


def test_no_log_tells_of_a_meeting_before_it(portal: Portal) -> None:
    cast, alice = portal.cast, Talker(portal, "alice")
    reference = sent(portal, alice, "planted-3001")
    at = {"title": WORDS, "where": f"https://video.example/{WORDS.split()[0]}"}
    item = {"title_0": WORDS, "points_0": f"{WORDS} {NAME}"}
    days = {"from_day": in_days(1), "last_day": in_days(12)}
    both = [f"{cast.users[n].pk}-{cast.teams[PEOPLE[n][2]].pk}" for n in ("alice", "sam")]
    needed = {f"need_{key}": "must" for key in both}
    page = "/meetings/arrange/"
    alice.plants(page, page, **at, search="", **item, **days, who=both, **needed)
    meeting = arranged(cast, about=reference)
    here = f"/meetings/{meeting.reference}/"
    of_it = f"{here}items/{Item.objects.filter(meeting=meeting).get().pk}/"
    alice.plants(f"{of_it}write/", f"{of_it}write/", body=f"{WORDS} {NAME}")
    guest = {"wishes": WORDS, "needs": WORDS, "told_how": WORDS}
    alice.plants(f"{of_it}guests/", f"{of_it}guests/", **guest)
    alice.plants(f"{here}place/", f"{here}place/", where=at["where"])
    alice.plants(f"{here}cancel/", f"{here}cancel/", words=WORDS)

    when = {"starts_on": in_days(7), "search": ""}
    alice.plants("/meetings/series/new/", "/new/", **at, **when, members=both)
    series = series_of(cast, members=("alice", "sam"))
    make_ahead()
    coming = Meeting.objects.filter(series=series).order_by("starts_at")[0]
    add, item = f"/meetings/add/{reference}/", {"title": WORDS, "points": f"{WORDS} {NAME}"}
    alice.plants(
        f"{add}?meeting={coming.reference}", add, **item, meeting=coming.reference, owner=""
    )
    of_it = f"/meetings/{coming.reference}/items/{coming.items.get().pk}/"
    alice.plants(f"{of_it}take-off/", f"{of_it}take-off/", why=WORDS)
    change = f"/meetings/series/{series.reference}/change/"
    alice.plants(change, change, **at, **when, members=both)
    visit = f"/meetings/{asked_for(cast, visitor='alice', host='tess').reference}/"
    Talker(portal, "tess").plants(visit, f"{visit}visit/decline/", words=WORDS)
    assert told_of(portal) == []


def test_no_log_tells_of_a_meeting_and_its_minutes(portal: Portal) -> None:
    cast, alice, sam = portal.cast, Talker(portal, "alice"), Talker(portal, "sam")
    reference = sent(portal, alice, "planted-4001")
    meeting, item = begun(cast, about=reference)
    here = f"/meetings/{meeting.reference}/"
    at, of_it = f"{here}at/", f"{here}at/items/{item.pk}/"
    saved = sam.form(f"{of_it}note/save/", {"body": f"{WORDS} {NAME}", "version": "0"})
    assert saved.status == 200, saved.text
    stale = sam.form(f"{of_it}note/", {"body": f"{WORDS} again", "version": "0"})
    assert stale.status == 409
    sam.plants(at, f"{of_it}note/", body=f"{WORDS} {NUMBER}")
    sam.plants(at, f"{of_it}decide/", body=WORDS)
    owner = str(cast.users["alice"].pk)
    sam.plants(at, f"{of_it}action/", text=WORDS, owner=owner, due_on=in_days(14))
    sam.plants(at, f"{of_it}end/", safe_online="hide", hide_because=WORDS)
    alice_was, sam_was = (f"came_{part.pk}" for part in meeting.participants.order_by("pk"))
    came = {alice_was: "whole", sam_was: "whole"}
    sam.plants(f"{at}end/", f"{at}end/", sure="on", **came)
    correct = f"{here}items/{item.pk}/correct/"
    sam.plants(correct, correct, body=WORDS, safe_online="hide", hide_because=WORDS)
    action = f"/meetings/actions/{Action.objects.get().pk}/"
    alice.plants("/meetings/actions/", action, ending="done", words=WORDS)
    wait_until(lambda: portal.mails.mails, "mails have gone out")
    assert told_of(portal) == []
