"""A council hands over on a day: its open referrals move, with clock and thread, and both sides
are told. Surrey becomes East Surrey and West Surrey on 1 April 2027."""

import logging
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client

from contacts.actions.reference import load_reference_data
from contacts.models import Responsibility
from contacts.successions import handed_over_by, successions
from portal.accounts.models import Organisation
from portal.audit.models import AccessEvent
from portal.core import periodic
from portal.core.clock import now
from portal.core.refused import Refused
from portal.notifications.models import Notification
from referrals.actions import succeed
from referrals.actions.claim import claim
from referrals.actions.succeed import move_with_their_councils
from referrals.actions.write import write
from referrals.detail import detail
from referrals.models import Message, Referral, StatusChange
from referrals.presenters.timeline import timeline
from referrals.queries import told
from referrals.states import Event, Status
from tests.cast import Cast
from tests.referrals.surrey import (
    CHANGE,
    DAY,
    EAST,
    EVE,
    GUILDFORD,
    WEST,
    sent_from,
    told_of,
)

As = Callable[[str], Client]


@pytest.mark.parametrize(("postcode", "name"), [(EAST, "east"), (WEST, "west")])
def test_it_moves_on_the_day_by_the_district_of_the_home(
    cast: Cast, clock: time_machine.Traveller, postcode: str, name: str
) -> None:
    before = sent_from(cast, postcode)
    write(by=cast.reader("alice"), reference=before.reference, body="She fell again.")
    before.refresh_from_db()
    clock.move_to(EVE)
    move_with_their_councils()
    assert Referral.objects.get().service == cast.services["front_door"]
    clock.move_to(DAY)
    move_with_their_councils()
    after = Referral.objects.get()
    assert (after.service, after.receiving_team) == (cast.services[name], cast.teams[name])
    assert (after.status, after.due_at) == (Status.SENT, before.due_at)
    assert after.status_since == before.status_since
    assert after.version == before.version + 1
    assert Message.objects.get().referral == after
    row = StatusChange.objects.get(event=Event.SUCCEED)
    assert (row.by, row.by_team, row.at) == (None, cast.teams[name], DAY)
    assert row.before["receiving_team_id"] == cast.teams["front_door"].pk
    # Both sides: the old team, the new one, the sender.
    assert set(told_of("referral.moved")) == {
        cast.sam.pk,
        cast.tess.pk,
        cast.mina.pk,
        cast.users[name].pk,
        cast.alice.pk,
        cast.ada.pk,
    }
    assert AccessEvent.objects.filter(user=None, subjects=[after.reference]).count() == 1
    # The new team goes on, and the old one still reads it.
    held = claim(by=cast.reader(name), reference=after.reference)
    assert held.held_by == cast.users[name]
    detail(after, cast.teams["front_door"])
    with pytest.raises(Refused, match="Only the team that received"):
        claim(by=cast.reader("sam"), reference=after.reference)


def test_no_person_is_in_any_message(cast: Cast, clock: time_machine.Traveller) -> None:
    sent_from(cast, EAST)
    sent_from(cast, "")
    clock.move_to(DAY)
    move_with_their_councils()
    kinds = ("referral.moved", "referral.left-behind")
    rows = Notification.objects.filter(kind__in=kinds)
    assert {row.kind for row in rows} == set(kinds)
    text = " ".join(str(row.facts) + row.event + row.path for row in rows)
    for planted in ("Margaret", "9990123454", EAST, "RH11AA"):
        assert planted not in text


def test_twice_it_is_done_once(cast: Cast, clock: time_machine.Traveller) -> None:
    sent_from(cast, EAST)
    sent_from(cast, "")
    clock.move_to(DAY)
    move_with_their_councils()
    counts = Notification.objects.count(), StatusChange.objects.count()
    for days in (0, 1, 2):
        clock.move_to(DAY + timedelta(days=days))
        move_with_their_councils()
    assert (Notification.objects.count(), StatusChange.objects.count()) == counts


def test_a_council_with_one_successor_needs_no_postcode(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    rows = Responsibility.objects.filter(area_gss=GUILDFORD, until=None)
    rows.update(authority=cast.organisations["east"])
    sent_from(cast, "")
    clock.move_to(DAY)
    move_with_their_councils()
    assert Referral.objects.get().service == cast.services["east"]


def test_the_page_and_the_api_say_what_happened(
    cast: Cast, clock: time_machine.Traveller, as_: As
) -> None:
    sent = sent_from(cast, EAST)
    clock.move_to(DAY)
    move_with_their_councils()
    after = Referral.objects.get()
    words = [event.what for event in timeline(detail(after, cast.teams["east"]), now())]
    assert words[0] == "Delivered to Adult social care front door"
    moved = (
        "Moved by the portal to Contact centre, East Surrey Council: Surrey County Council"
        " handed over on 1 April 2027"
    )
    assert moved in words
    for name in ("alice", "east", "sam"):
        assert moved in as_(name).get(f"/referrals/{sent.reference}/").content.decode()
    last = told(after, cast.teams["park"]).timeline[-1]
    assert (last["event"], last["by"]) == ("succeed", "the portal")
    html = as_("east").get("/referrals/team/").content.decode()
    assert "Moved to the new council by the portal, East Surrey Council front door" in html


def test_it_comes_round_when_the_day_begins_and_for_what_comes_later(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    sent_from(cast, EAST)
    assert "referrals.councils" not in periodic.claim_due()
    clock.move_to(DAY)
    assert "referrals.councils" in periodic.claim_due()
    assert periodic.run("referrals.councils")
    assert Referral.objects.get().service == cast.services["east"]
    # At noon, from a link that the sender had kept.
    clock.move_to(DAY + timedelta(hours=12))
    assert "referrals.councils" in periodic.claim_due()
    assert periodic.run("referrals.councils")
    late = sent_from(cast, WEST)
    assert "referrals.councils" not in periodic.claim_due()
    clock.shift(timedelta(minutes=10))
    assert "referrals.councils" in periodic.claim_due()
    assert periodic.run("referrals.councils")
    late.refresh_from_db()
    assert late.service == cast.services["west"]


@pytest.mark.parametrize("broken", [ValueError, DatabaseError])
def test_one_that_fails_holds_up_none_of_those_after_it(
    cast: Cast,
    clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    broken: type[Exception],
) -> None:
    first, second = sent_from(cast, EAST), sent_from(cast, EAST)

    def move(referral: Referral, *rest: Any) -> str:
        if referral.pk == first.pk:
            raise broken("Margaret Example")
        return done(referral, *rest)

    done = succeed._move
    monkeypatch.setattr(succeed, "_move", move)
    clock.move_to(DAY)
    with pytest.raises(RuntimeError, match="1 referrals could not be moved"):
        move_with_their_councils()
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.service == cast.services["front_door"]
    assert second.service == cast.services["east"]
    (logged,) = [row for row in caplog.records if row.levelno == logging.ERROR]
    assert vars(logged)["outcome"] == broken.__name__
    assert "Margaret" not in caplog.text


def test_the_councils_that_have_handed_over_are_those_of_the_lists(db: None) -> None:
    load_reference_data()

    def names(day: date) -> set[str]:
        found = set(handed_over_by(day))
        return set(Organisation.objects.filter(pk__in=found).values_list("name", flat=True))

    today = names(date(2026, 11, 28))
    assert {"Cumbria County Council", "Northamptonshire County Council"} <= today
    # Recoded in 2025: the same council goes on.
    assert not any("Barnsley" in name or "Sheffield" in name for name in today)
    assert names(CHANGE) - names(CHANGE - timedelta(days=1)) == {"Surrey County Council"}
    surrey = Organisation.objects.get(name="Surrey County Council")
    cumbria = Organisation.objects.get(name="Cumbria County Council")
    found = successions([surrey.pk, cumbria.pk], [WEST], CHANGE)
    assert found.of(surrey.pk, WEST).name == "West Surrey Council"
    assert "Cumberland Council or Westmorland and Furness Council" in found.of(cumbria.pk, "").why
