"""Handed over outside the portal: to a service that takes no referrals here, and no decline."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.http import Http404
from django.test import Client

from contacts.models import Contact, Service
from contacts.search import PAGE
from portal.api.actions import create_token
from portal.core.clock import now, today
from portal.core.refused import HeldByAnother, Refused, Stale
from portal.notifications.composing import compose
from portal.notifications.models import Notification
from portal.ui.words import short_when
from referrals.actions.ask import answer, ask
from referrals.actions.claim import claim
from referrals.actions.look import open_referral
from referrals.actions.outside import hand_over_outside
from referrals.actions.redirect import redirect
from referrals.actions.reopen import reopen
from referrals.actions.undo import undo
from referrals.detail import detail
from referrals.elsewhere import offered
from referrals.models import Decision, Referral, StatusChange
from referrals.presenters.clocks import clocks
from referrals.states import Event, Status
from tests.cast import Cast
from tests.conftest import send
from tests.referrals.test_pages import hidden

As = Callable[[str], Client]


@pytest.fixture
def elsewhere(cast: Cast) -> Service:
    """Salford's front door: nobody reads for it here. Colleagues have a number of their own."""
    service = Service.objects.create(
        organisation=cast.organisations["manchester"],
        name="Salford contact centre",
        kind=Service.Kind.FRONT_DOOR,
        basis=Service.Basis.LIVES,
        nation="England",
        is_always_open=True,
    )
    numbers = (
        ("0161 496 0001", Contact.Visibility.PROTECTED),
        ("0161 496 0002", Contact.Visibility.PROFESSIONAL),
    )
    for place, (number, visibility) in enumerate(numbers):
        Contact.objects.create(
            service=service,
            kind=Contact.Kind.TELEPHONE,
            value=number,
            visibility=visibility,
            position=place,
        )
    return service


def outside(
    cast: Cast, found: Referral, to: Service, name: str = "sam", at: datetime | None = None
) -> Referral:
    """Somebody rang the other service a moment ago."""
    return hand_over_outside(
        by=cast.reader(name),
        reference=found.reference,
        version=found.version,
        to_service=to,
        spoke_to="Jo, duty desk",
        spoken_at=at or now(),
        words="They ring her today.",
    )


def before(cast: Cast, status: Status) -> Referral:
    """A referral that is sent, held or asked about."""
    sent = send(cast)
    if status == Status.SENT:
        return sent
    held = claim(by=cast.reader("sam"), reference=sent.reference)
    if status == Status.ACKNOWLEDGED:
        return held
    return ask(
        by=cast.reader("sam"),
        reference=held.reference,
        body="Where does she stay?",
        until=today(),
        with_person="Husband",
        version=held.version,
    )


UNDECIDED = [Status.SENT, Status.ACKNOWLEDGED, Status.ASKED]


@pytest.mark.parametrize("status", UNDECIDED)
def test_it_is_closed_and_the_sender_reads_to_whom_and_how_to_reach_them(
    cast: Cast, as_: As, elsewhere: Service, status: Status
) -> None:
    done = outside(cast, before(cast, status), elsewhere)
    assert (done.status, done.held_by) == (Status.CLOSED, cast.sam)
    assert not Decision.objects.exists()
    assert not done.pauses.filter(ended_at__isnull=True).exists()
    told = Notification.objects.get(kind="referral.outside", recipient=cast.alice, channel="app")
    assert told.facts["wanted"] == "Read which service has it now, and how to reach it"
    html = as_("alice").get(f"/referrals/{done.reference}/").content.decode()
    assert "Handed over outside the portal by Sam Sharp, social worker" in html
    assert "Salford contact centre, Manchester City Council: 0161 496 0002." in html
    assert "Spoke to Jo, duty desk, " in html
    assert "0161 496 0001" not in html
    assert "Declined" not in html


def test_its_clock_stands_still_from_then_on(cast: Cast, elsewhere: Service) -> None:
    done = outside(cast, before(cast, Status.ACKNOWLEDGED), elsewhere)
    shown = detail(done, cast.teams["front_door"])
    later = now() + timedelta(days=9)
    first, then = (clocks(shown, at, for_sender=False, with_us=True) for at in (now(), later))
    assert first == then


@pytest.mark.parametrize("status", UNDECIDED)
def test_undone_it_is_where_it_was(cast: Cast, elsewhere: Service, status: Status) -> None:
    found = before(cast, status)
    kept = Referral.objects.values("status", "held_by", "due_at", "remaining_seconds").get()
    done = outside(cast, found, elsewhere)
    undo(by=cast.reader("sam"), reference=done.reference, version=done.version)
    assert Referral.objects.values(*kept).get() == kept
    told = Notification.objects.get(kind="referral.undone", recipient=cast.alice, channel="app")
    assert told.facts["wanted"].startswith("Answer" if status == Status.ASKED else "Nothing")
    assert ("Nobody holds it now" in told.facts["wanted"]) == (status == Status.SENT)
    if status == Status.ASKED:
        assert answer(by=cast.reader("ada"), reference=found.reference, body="At home.").due_at


def test_reopened_it_is_new_in_the_inbox_and_not_accepted(
    cast: Cast, as_: As, elsewhere: Service
) -> None:
    done = outside(cast, before(cast, Status.ACKNOWLEDGED), elsewhere)
    page = as_("alice").get(f"/referrals/{done.reference}/reopen/").content.decode()
    assert "its clock begins again" in page
    again = reopen(
        by=cast.reader("alice"), reference=done.reference, version=done.version, words="Not theirs"
    )
    assert (again.status, again.held_by) == (Status.SENT, None)
    assert again.due_at is not None


def test_a_redirect_that_waits_ends_with_it(cast: Cast, elsewhere: Service) -> None:
    held = before(cast, Status.ACKNOWLEDGED)
    handed = redirect(
        by=cast.reader("sam"),
        reference=held.reference,
        to_service=cast.services["hub"],
        reason="In hospital",
        version=held.version,
    )
    with pytest.raises(Refused, match="another team's until yours acknowledges it"):
        outside(cast, handed, elsewhere, "hugo")
    done = outside(cast, handed, elsewhere)
    with pytest.raises(Http404):
        open_referral(by=cast.reader("hugo"), reference=done.reference)


def test_only_to_what_takes_none_here_and_only_what_has_happened(
    cast: Cast, elsewhere: Service
) -> None:
    held = before(cast, Status.ACKNOWLEDGED)
    with pytest.raises(Refused, match=r"takes referrals here\. Redirect it"):
        outside(cast, held, cast.services["other_front_door"])
    with pytest.raises(Refused, match="lies ahead"):
        outside(cast, held, elsewhere, at=now() + timedelta(hours=1))
    with pytest.raises(HeldByAnother, match="Sam Sharp holds this referral"):
        outside(cast, held, elsewhere, "tess")
    outside(cast, held, elsewhere)
    with pytest.raises(Stale):
        outside(cast, held, elsewhere)
    assert StatusChange.objects.filter(event=Event.OUTSIDE).count() == 1


def test_on_the_page_the_ones_that_take_none_are_offered_with_their_number(
    cast: Cast, as_: As, elsewhere: Service
) -> None:
    sent, sam = send(cast), as_("sam")
    here = f"/referrals/{sent.reference}/"
    link = f'href="{here}outside/"'
    for page in ("", "redirect/"):
        assert link in sam.get(here + page).content.decode()
    assert link not in as_("alice").get(here).content.decode()
    html = sam.get(f"{here}outside/").content.decode()
    assert "Salford contact centre, Manchester City Council" in html
    assert "0161 496 0002" in html
    assert "0161 496 0001" not in html
    assert "Care transfer hub" not in html
    typed = {**hidden(html), "to_service": elsewhere.reference, "spoke_to": "Jo"}
    day = today() - timedelta(days=1)
    typed["spoken_on"] = day.isoformat()
    for time in ("noonish", ""):
        again = sam.post(f"{here}outside/", {**typed, "spoken_at": time})
        assert again.status_code == 422
        assert "Give the time, for example 14:05" in again.content.decode()
    done = sam.post(f"{here}outside/", {**typed, "spoken_at": "14:05"})
    assert done.status_code == 302
    assert "Spoke to Jo, " in StatusChange.objects.get(event=Event.OUTSIDE).note
    assert "14:05" in StatusChange.objects.get(event=Event.OUTSIDE).note


def test_the_search_finds_it(cast: Cast, as_: As, elsewhere: Service) -> None:
    sent, sam = send(cast), as_("sam")
    path = f"/referrals/{sent.reference}/outside/"
    form = hidden(sam.get(path).content.decode())
    for find, found in (("Salford", True), ("Transfer hub", False)):
        html = sam.post(path, {**form, "find": find, "look": "1"}).content.decode()
        assert (f'value="{elsewhere.reference}"' in html) == found


def test_the_search_finds_it_behind_a_page_of_others(
    cast: Cast, as_: As, elsewhere: Service
) -> None:
    for number in range(PAGE):
        Service.objects.create(
            organisation=cast.organisations["manchester"],
            receiving_team=cast.teams["hub"],
            name=f"A Salford team, {number:02}",
            kind=Service.Kind.FRONT_DOOR,
            basis=Service.Basis.LIVES,
            nation="England",
            routine_minutes=600,
            this_week_minutes=600,
            today_minutes=60,
        )
    found = offered(send(cast), now(), find="Salford", outside=True)
    assert found.services == (elsewhere,)
    Service.objects.filter(name__startswith="A Salford").update(receiving_team=None)
    Service.objects.filter(pk=elsewhere.pk).update(
        receiving_team=cast.teams["hub"],
        routine_minutes=600,
        this_week_minutes=600,
        today_minutes=60,
    )
    assert offered(send(cast), now(), find="Salford").services == (elsewhere,)


def test_the_search_keeps_what_is_typed(cast: Cast, as_: As, elsewhere: Service) -> None:
    """The day above all: from then on both sides read it."""
    sent, sam = send(cast), as_("sam")
    path = f"/referrals/{sent.reference}/outside/"
    typed = {"spoken_on-day": "25", "spoken_on-month": "11", "spoken_on-year": "2025"}
    typed |= {"spoken_at": "09:15", "spoke_to": "Jo", "to_service": elsewhere.reference}
    form = hidden(sam.get(path).content.decode())
    html = sam.post(path, {**form, **typed, "find": "Salford", "look": "1"}).content.decode()
    for value in ("25", "11", "2025", "09:15", "Jo"):
        assert f'value="{value}"' in html
    assert re.search(rf'value="{elsewhere.reference}"[^>]* checked', html)


def test_the_mail_does_not_say_that_the_work_is_done(cast: Cast, elsewhere: Service) -> None:
    outside(cast, send(cast), elsewhere)
    mail = Notification.objects.filter(kind="referral.outside", channel="email")[0]
    text = " ".join(str(compose(mail, "gp@practice.example").body).split())
    assert "nobody works on it here any more" in text
    assert "done" not in text


def test_by_a_program(cast: Cast, elsewhere: Service) -> None:
    sent, at = send(cast), now()
    body = {"to_service": elsewhere.reference, "spoke_to": "Jo", "spoken_at": at.isoformat()}
    answers = []
    for name in ("alice", "sam"):
        token = create_token(owner=cast.users[name], days=1)
        headers = {"Authorization": f"Bearer {token}", "If-Match": f'"{sent.version}"'}
        path = f"/api/v1/referrals/{sent.reference}/outside/"
        answers.append(Client().post(path, body, "application/json", headers=headers))
    assert [answer.status_code for answer in answers] == [403, 200]
    done = answers[1].json()
    assert done["status"] == "closed"
    assert f"Spoke to Jo, {short_when(at)}." in done["timeline"][-1]["note"]
