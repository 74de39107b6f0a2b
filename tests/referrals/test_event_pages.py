"""The pages of handing on, ending, undoing and beginning again; what each role is offered."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from contacts.models import Service
from portal.core.clock import now, standing_at, today
from portal.core.refused import NotAllowed
from referrals.actions.ask import answer, ask
from referrals.actions.claim import claim
from referrals.actions.decide import accept, decline
from referrals.actions.redirect import redirect
from referrals.actions.send import PersonDetails
from referrals.actions.write import write
from referrals.elsewhere import offered
from referrals.models import Message, Referral
from referrals.states import Status
from tests.cast import Cast
from tests.conftest import send
from tests.referrals.test_pages import hidden

As = Callable[[str], Client]


def claimed(cast: Cast, **changes: object) -> Referral:
    """A referral that Sam holds."""
    return claim(by=cast.reader("sam"), reference=send(cast, **changes).reference)


def parks(cast: Cast) -> Service:
    """Park Practice takes referrals as well."""
    return Service.objects.create(
        organisation=cast.organisations["park_practice"],
        receiving_team=cast.teams["park"],
        name="Park Practice",
        kind=Service.Kind.FRONT_DOOR,
        basis=Service.Basis.REGISTERED,
        nation="England",
        is_always_open=True,
        routine_minutes=960,
        this_week_minutes=480,
        today_minutes=120,
    )


def page_of(browser: Client, held: Referral, event: str = "") -> str:
    """The page of a referral, or of one of its forms."""
    path = f"/referrals/{held.reference}/" + (f"{event}/" if event else "")
    return browser.get(path).content.decode()


def test_redirected_to_what_was_found_with_the_words_kept(cast: Cast, as_: As) -> None:
    held, sam = claimed(cast), as_("sam")
    path = f"/referrals/{held.reference}/redirect/"
    form = hidden(page_of(sam, held, "redirect"))
    hub, other = cast.services["hub"].reference, cast.services["other_front_door"].reference
    looked = sam.post(path, {**form, "find": "transfer", "reason": "In hospital", "look": "1"})
    html = looked.content.decode()
    assert looked.status_code == 200
    assert hub in html
    assert other not in html
    assert "In hospital</textarea>" in html
    done = sam.post(
        path, {**hidden(html), "find": "transfer", "reason": "In hospital", "to_service": hub}
    )
    assert done.status_code == 302
    assert held.redirects.get().to_service == cast.services["hub"]


def test_no_words_that_find_nothing_and_none_that_are_odd_are_an_error(cast: Cast, as_: As) -> None:
    held, sam = claimed(cast), as_("sam")
    form = hidden(page_of(sam, held, "redirect"))
    for words in ("zebra", "<b>\0", "🦓" * 500):
        looked = sam.post(
            f"/referrals/{held.reference}/redirect/", {**form, "find": words, "look": "1"}
        )
        assert looked.status_code == 200
        nothing = "Nothing that takes referrals here was found" in looked.content.decode()
        assert nothing == ("🦓" not in words)


def test_the_senders_own_practice_and_the_team_itself_are_not_offered(cast: Cast) -> None:
    park = parks(cast)
    held = claimed(cast)
    names = {service.name for service in offered(held, now()).services}
    assert park.name not in names
    assert cast.services["front_door"].name not in names
    assert {cast.services["hub"].name, cast.services["other_front_door"].name} <= names


def test_residence_is_no_reason_to_decline_and_the_way_to_redirect_is_shown(
    cast: Cast, as_: As
) -> None:
    held = claimed(cast)
    html = page_of(as_("sam"), held, "decline")
    assert "Where the person lives is no reason" in html
    assert f'href="/referrals/{held.reference}/redirect/"' in html


def test_the_second_team_is_offered_to_take_it_on_or_to_hand_it_back(cast: Cast, as_: As) -> None:
    held = claimed(cast)
    redirect(
        by=cast.reader("sam"),
        reference=held.reference,
        to_service=cast.services["hub"],
        reason="In hospital",
        version=held.version,
    )
    hugo = as_("hugo")
    html = page_of(hugo, held)
    assert "Acknowledge and take it on" in html
    form = hidden(page_of(hugo, held, "hand-back"))
    path = f"/referrals/{held.reference}/hand-back/"
    assert hugo.post(path, {**form, "words": ""}).status_code == 422
    done = hugo.post(path, {**form, "words": "She has gone home."})
    assert done["Location"] == "/referrals/inbox/"
    html = page_of(as_("alice"), held)
    assert "Not taken on by Hugo Hale, social worker, Care transfer hub. She has gone home." in html


def test_closed_by_the_sender_with_a_reason_and_reopened(cast: Cast, as_: As) -> None:
    held = claimed(cast)
    accept(
        by=cast.reader("sam"),
        reference=held.reference,
        version=held.version,
        waiting_until=today() + timedelta(days=30),
    )
    alice = as_("alice")
    path = f"/referrals/{held.reference}/"
    form = hidden(page_of(alice, held, "close"))
    bare = alice.post(f"{path}close/", {**form, "reason": "no-longer-needed"})
    assert bare.status_code == 409
    assert "why you close it" in bare.content.decode()
    words = {"reason": "no-longer-needed", "words": "Her daughter moved in."}
    assert alice.post(f"{path}close/", {**form, **words}).status_code == 302
    assert "Closed by Dr Alice Abbot, GP. It is no longer needed: Her" in page_of(alice, held)
    form = hidden(page_of(alice, held, "reopen"))
    alice.post(f"{path}reopen/", {**form, "words": "She fell again."})
    html = page_of(as_("sam"), held)
    assert "Reopened by Dr Alice Abbot, GP: She fell again." in html
    assert "On the waiting list, expected by" in html
    assert Referral.objects.get().status == Status.ACCEPTED


def test_undo_is_offered_to_whoever_did_it_for_ten_minutes(cast: Cast, as_: As) -> None:
    held = claimed(cast)
    done = decline(
        by=cast.reader("sam"),
        reference=held.reference,
        version=held.version,
        reason="other",
        words="No.",
    )
    offer = re.compile(r"Undo \(until \d\d:\d\d\)")
    assert offer.search(page_of(as_("sam"), done))
    assert not offer.search(page_of(as_("tess"), done))
    with standing_at(now() + timedelta(minutes=10, seconds=1)):
        assert not offer.search(page_of(as_("sam"), done))
    sam = as_("sam")
    back = sam.post(f"/referrals/{done.reference}/undo/", {"version": done.version}, follow=True)
    html = back.content.decode()
    assert "Undone. Whoever had been told is told so." in html
    assert "<s>Declined by Sam Sharp, social worker: Another reason</s>" in html
    assert "Undone by Sam Sharp, social worker. It was declined" in html
    # What is undone is no decision: the first thing on the page is not that it was declined.
    assert "cg-note" not in html


def test_a_question_taken_back_waits_for_nothing_and_took_no_time(cast: Cast, as_: As) -> None:
    held = claimed(cast)
    asked = ask(
        by=cast.reader("sam"),
        reference=held.reference,
        body="Is it new?",
        until=today(),
        with_person="Husband",
        version=held.version,
    )
    as_("sam").post(f"/referrals/{held.reference}/undo/", {"version": asked.version})
    html = page_of(as_("alice"), held)
    assert "question taken back, no answer needed" in html
    assert "The team asks you" not in html
    assert "Paused for" not in html


def test_one_clock_until_it_is_paused_and_then_both(cast: Cast, as_: As) -> None:
    held = claimed(cast)
    assert page_of(as_("sam"), held).count('class="cg-clock"') == 1
    moment = now()
    with standing_at(moment):
        ask(
            by=cast.reader("sam"),
            reference=held.reference,
            body="Is it new?",
            until=today() + timedelta(days=3),
            with_person="Husband",
            version=held.version,
        )
    with standing_at(moment + timedelta(hours=26)):
        answer(by=cast.reader("ada"), reference=held.reference, body="Yes")
    team, sender = page_of(as_("sam"), held), page_of(as_("alice"), held)
    assert "Paused for an answer from Park Practice" in team
    assert "Paused for your answer" in sender
    assert "With us" in team
    assert "With Trafford front door" in sender
    for html in (team, sender):
        assert "1 day 2 hours" in html


def test_only_the_number_of_a_call_back_is_a_link(cast: Cast, as_: As) -> None:
    html = page_of(as_("sam"), claimed(cast))
    assert '<a href="tel:01614960321">0161 496 0321</a>, between surgeries' in html


def test_times_of_today_say_today(cast: Cast, as_: As) -> None:
    html = page_of(as_("sam"), claimed(cast))
    assert len(re.findall(r"today \d\d:\d\d", html)) >= 2


def test_a_message_and_an_answer_say_what_became_of_them(cast: Cast, as_: As) -> None:
    held, sam = claimed(cast), as_("sam")
    path = f"/referrals/{held.reference}/"
    form = hidden(page_of(sam, held), "write")
    said = sam.post(
        f"{path}write/", {**form, "body": "I ring her.", "audience": "both"}, follow=True
    )
    assert "The other side has been told that there is a message." in said.content.decode()
    assert "Sent." not in said.content.decode()


# --- staff of a practice or ward ---
def test_staff_of_a_practice_hold_and_ask_but_a_clinician_decides(cast: Cast, as_: As) -> None:
    cast.services["park"] = parks(cast)
    sent = send(cast, by="sam", team="front_door", to="park")
    held = claim(by=cast.reader("ada"), reference=sent.reference)
    html = page_of(as_("ada"), held)
    assert "A clinician of your team accepts or declines it" in html
    assert "/accept/" not in html
    assert "/ask/" in html
    path = f"/referrals/{held.reference}/"
    assert "/outside/" not in as_("ada").get(f"{path}redirect/").content.decode()
    assert as_("ada").get(f"{path}outside/").status_code == 403  # before anybody is rung
    with pytest.raises(NotAllowed, match="A clinician of your team"):
        decline(
            by=cast.reader("ada"),
            reference=held.reference,
            version=held.version,
            reason="other",
            words="No.",
        )
    write(by=cast.reader("ada"), reference=held.reference, body="She was here on Monday.")
    assert "for the team, not a clinician" in page_of(as_("sam"), held)
    write(by=cast.reader("alice"), reference=held.reference, body="I saw her.")
    assert list(Message.objects.values_list("for_the_team", flat=True)) == [True, False]


def test_the_postcode_of_the_home_decides_what_is_suggested_first(cast: Cast) -> None:
    held = claimed(cast, person=PersonDetails(name="Margaret Example", postcode="XX1 1XX"))
    # A postcode that nobody knows here bars nothing.
    assert offered(held, now()).services


def test_a_practice_offers_its_clinicians_as_worker_and_no_administrator(
    cast: Cast, as_: As
) -> None:
    """Who accepts for a practice is chosen from those who decide."""
    cast.services["park"] = parks(cast)
    held = send(cast, by="gina", team="grove", to="park")
    claim(by=cast.reader("alice"), reference=held.reference)
    html = as_("alice").get(f"/referrals/{held.reference}/accept/").content.decode()
    assert f'value="{cast.alice.pk}"' in html
    assert f'value="{cast.ada.pk}"' not in html


def test_reopening_is_offered_while_it_is_possible(cast: Cast, as_: As) -> None:
    with standing_at(now() - timedelta(days=29)):
        old = claimed(cast)
        decline(
            by=cast.reader("sam"),
            reference=old.reference,
            version=old.version,
            reason="advice-given",
            words="Advice given by telephone",
        )
    assert "/reopen/" not in page_of(as_("sam"), old)


def test_an_address_that_only_takes_what_a_form_sends_says_so(cast: Cast, as_: As) -> None:
    """An error leaves its address in the bar: typed once more, it must not be an empty page."""
    answer = as_("sam").get(f"/referrals/{send(cast).reference}/write/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "Nothing has been sent now." in answer.content.decode()
