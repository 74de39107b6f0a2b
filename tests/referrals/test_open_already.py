"""One that is open already: said to the own organisation, and to the receiving team."""

from datetime import date, timedelta

import pytest

from portal.accounts.models import Membership, Team
from portal.accounts.roles import Role
from portal.audit.models import AccessEvent
from portal.core.clock import now
from portal.notifications.kinds import KINDS
from portal.notifications.models import MailChoice, Notification
from referrals.letters import LETTER_AT_MOST
from referrals.models import Message, Referral
from tests.cast import Cast
from tests.conftest import send
from tests.referrals.test_before_sending import MARGARET, field_of
from tests.referrals.test_pages import SIX, As, started

NUMBER = {"nhs_number": "999 012 3454"}
BORN = {"born_on-day": "12", "born_on-month": "03", "born_on-year": "1948"}


@pytest.mark.parametrize("known", [NUMBER, BORN], ids=["number", "surname and birth date"])
def test_an_open_one_is_said_before_and_when_sending(
    cast: Cast, as_: As, known: dict[str, str]
) -> None:
    one = send(cast, person=MARGARET)
    browser, address = started(cast, as_, by="ada")
    live = browser.post(f"{address}known/", {**SIX, **known}).content.decode()
    assert one.reference in live
    assert "sent" in live
    page = browser.post(address, {**SIX, **known, "why_now": "Typed with care"})
    html = page.content.decode()
    assert page.status_code == 409
    assert "Not sent yet. Your organisation has an open referral about this person" in html
    assert "Typed with care" in html
    assert Referral.objects.count() == 1
    seen = field_of(html, "seen_open")
    again = browser.post(address, {**SIX, **known, "seen_open": seen, "again": "1"})
    assert again["Location"].endswith("/sent/")
    assert Referral.objects.count() == 2
    searches = AccessEvent.objects.filter(user=cast.ada, verb=AccessEvent.Verb.SEARCHED)
    assert [one.reference] in searches.values_list("subjects", flat=True)


def test_it_can_be_added_to_instead(cast: Cast, as_: As) -> None:
    one = send(cast, person=MARGARET)
    browser, address = started(cast, as_, by="ada")
    little = {**NUMBER, "point_1": "She fell again", "why_now": "Today", "version": "1"}
    added = browser.post(address, {**little, "add_to": one.reference})
    assert added["Location"] == f"/referrals/{one.reference}/"
    message = Message.objects.get()
    assert "To sort out: 1. She fell again" in message.body
    assert "Why now: Today" in message.body
    assert (message.referral, message.author) == (one, cast.ada)
    assert Referral.objects.count() == 1
    assert browser.get(address)["Location"] == f"/referrals/{one.reference}/"
    browser.post(address, {**little, "add_to": one.reference})
    assert Message.objects.count() == 1


def test_everything_that_was_typed_is_added(cast: Cast, as_: As) -> None:
    one = send(cast, person=MARGARET)
    browser, address = started(cast, as_, by="ada")
    letter = "She fell again. " * (LETTER_AT_MOST // 16)
    typed = {
        **NUMBER,
        **BORN,
        "person_name": "Margaret Example",
        "telephone": "0161 496 0455",
        "address": "2 Example Road",
        "letter": letter,
        "urgency": "today",
        "rung_whom": "Duty desk",
        "rung_at": "14:05",
        "agreement": "objects",
        "agreement_note": "She is not safe",
        "call_back": "0161 496 0321",
        "for_clinician": str(cast.alice.pk),
    }
    added = browser.post(address, {**typed, "version": "1", "add_to": one.reference})
    assert added["Location"] == f"/referrals/{one.reference}/"
    body = Message.objects.get().body
    for words in (
        f"Letter: {letter.strip()}\n\n",
        "How urgent: Today",
        "Rung: Duty desk\n\nRung when: 14:05",
        "Does the person know and agree: Told, and objects\n\nWhy all the same: She is not safe",
        f"Ring: 0161 496 0321\n\nPrepared for: {cast.alice.name}",
        "About the person:\nName: Margaret Example\nDate of birth: 12 March 1948\nNHS number:",
        "Address: 2 Example Road\nTelephone: 0161 496 0455",
    ):
        assert words in body


def test_a_new_telephone_alone_can_be_added(cast: Cast, as_: As) -> None:
    one = send(cast, person=MARGARET)
    browser, address = started(cast, as_)
    only = {**NUMBER, "telephone": "0161 496 0455", "version": "1", "add_to": one.reference}
    assert browser.post(address, only).status_code == 302
    assert "Telephone: 0161 496 0455" in Message.objects.get().body


@pytest.mark.parametrize(("urgency", "mails"), [("today", 1), ("routine", 0)])
def test_what_is_added_for_today_is_mailed_whatever_was_chosen(
    cast: Cast, as_: As, urgency: str, mails: int
) -> None:
    one = send(cast, person=MARGARET)
    Team.objects.update(mailbox="")
    group = KINDS["referral.message"].group
    MailChoice.objects.create(user=cast.sam, group=group, wanted=False, at=now())
    browser, address = started(cast, as_)
    new = {**NUMBER, "why_now": "Worse", "urgency": urgency, "version": "1"}
    browser.post(address, {**new, "add_to": one.reference})
    told = Notification.objects.filter(kind="referral.message", recipient=cast.sam)
    assert told.filter(channel="email").count() == mails
    assert told.get(channel="app").facts["urgency"] == urgency.capitalize()


def test_nothing_to_add_is_said(cast: Cast, as_: As) -> None:
    one = send(cast, person=MARGARET)
    browser, address = started(cast, as_)
    page = browser.post(address, {**NUMBER, "add_to": one.reference})
    assert "Say what you want to add" in page.content.decode()
    assert not Message.objects.exists()


def test_twins_and_decided_ones_are_not_it(cast: Cast, as_: As) -> None:
    send(cast, person=MARGARET)
    browser, address = started(cast, as_)
    twin = {**SIX, **BORN, "nhs_number": "943 476 5919"}
    assert "open referral" not in browser.post(f"{address}known/", twin).content.decode()
    Referral.objects.update(status="declined", due_at=None)
    live = browser.post(f"{address}known/", {**SIX, **NUMBER}).content.decode()
    assert "open referral" not in live


def test_another_team_of_the_own_organisation_is_named_and_no_more(cast: Cast, as_: As) -> None:
    nurses = Team.objects.create(
        organisation=cast.organisations["park_practice"], name="Park nurses", side="health"
    )
    Membership.objects.create(
        user=cast.gina,
        organisation=nurses.organisation,
        team=nurses,
        role=Role.CLINICIAN,
        since=date(2020, 1, 1),
    )
    cast.teams["nurses"] = nurses
    one = send(cast, by="gina", team="nurses", person=MARGARET)
    browser, address = started(cast, as_)
    live = browser.post(f"{address}known/", {**SIX, **NUMBER}).content.decode()
    assert "Park nurses has one open. Ask them before you send." in live
    assert one.reference not in live
    answer = browser.post(address, {**SIX, **NUMBER, "add_to": one.reference})
    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_another_organisations_is_told_to_the_receiving_team_only(cast: Cast, as_: As) -> None:
    theirs = send(cast, by="gina", team="grove", person=MARGARET)
    elsewhere = send(cast, by="gina", team="grove", to="other_front_door", person=MARGARET)
    browser, address = started(cast, as_)
    live = browser.post(f"{address}known/", {**SIX, **NUMBER}).content.decode()
    assert "open referral" not in live
    browser.post(address, {**SIX, **NUMBER})
    ours = Referral.objects.latest("pk")
    page = f"/referrals/{ours.reference}/"
    received = as_("sam").get(page).content.decode()
    assert "Possible duplicate" in received
    assert f'href="/referrals/{theirs.reference}/"' in received
    assert elsewhere.reference not in received
    assert "One is open with Manchester front door." in received
    sender = as_("alice").get(page).content.decode()
    assert "Possible duplicate" not in sender
    assert theirs.reference not in sender
    seen = AccessEvent.objects.filter(user=cast.sam, reason="possible duplicate")
    assert set(seen.get().subjects) == {theirs.reference, elsewhere.reference}


def test_no_identifier_of_a_person_is_in_an_address(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    html = browser.get(address).content.decode()
    assert f'hx-post="{address}known/"' in html
    assert browser.get(f"{address}known/", {"nhs_number": "9990123454"}).status_code == 405


def test_the_time_of_the_old_one_is_said(cast: Cast, as_: As) -> None:
    one = send(cast, person=MARGARET)
    Referral.objects.filter(pk=one.pk).update(sent_at=one.sent_at - timedelta(days=400))
    browser, address = started(cast, as_)
    live = browser.post(f"{address}known/", {**SIX, **NUMBER}).content.decode()
    assert str(one.sent_at.year - 1) in live
