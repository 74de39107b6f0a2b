"""What cannot move with its council stays, is shown to the lead, and is tried again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from contacts.models import Practice, Responsibility, Service, ServiceArea
from contacts.states import Basis
from portal.celery import app
from portal.core.clock import now
from referrals.actions import succeed
from referrals.actions.succeed import move_with_their_councils
from referrals.models import Referral
from referrals.oversight import oversight
from tests.cast import Cast
from tests.conftest import send
from tests.referrals.surrey import (
    DAY,
    EAST,
    ELMBRIDGE,
    ELSEWHERE,
    GUILDFORD,
    entry_like,
    goes_by,
    home,
    nobody_works,
    sent_from,
    told_of,
)
from tests.referrals.test_budget import queries

As = Callable[[str], Client]


@pytest.mark.parametrize("postcode", ["", "nonsense", "SW1A 1AA", ELSEWHERE])
def test_where_the_district_cannot_be_told_it_stays_and_the_lead_is_told_once(
    cast: Cast, clock: time_machine.Traveller, as_: As, postcode: str
) -> None:
    sent = sent_from(cast, postcode)
    clock.move_to(DAY)
    for _ in "12":
        move_with_their_councils()
    after = Referral.objects.get()
    assert (after.receiving_team, after.version) == (cast.teams["front_door"], sent.version)
    why = "The postcode of the home does not say which: East Surrey Council or West Surrey Council."
    assert told_of("referral.left-behind") == dict.fromkeys(
        (cast.tess.pk, cast.mina.pk), f"Help it on. {why}"
    )
    html = as_("mina").get("/referrals/team/").content.decode()
    assert f"Surrey County Council handed over on 1 April 2027. {why}" in html
    assert html.count(f"/referrals/{sent.reference}/") >= 2


def test_without_an_entry_it_stays_until_there_is_one(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    sent_from(cast, EAST)
    Service.objects.filter(pk=cast.services["east"].pk).update(receiving_team=None)
    clock.move_to(DAY)
    move_with_their_councils()
    assert Referral.objects.get().service == cast.services["front_door"]
    (left,) = oversight(cast.reader("mina"), now()).left
    assert left.why == (
        "East Surrey Council has no entry of the same kind that takes referrals here."
    )
    assert oversight(cast.reader("oscar"), now()).left == []
    Service.objects.filter(pk=cast.services["east"].pk).update(receiving_team=cast.teams["east"])
    clock.move_to(DAY + timedelta(days=3))
    move_with_their_councils()
    assert Referral.objects.get().service == cast.services["east"]
    assert oversight(cast.reader("mina"), now()).left == []


def test_as_many_queries_for_six_that_were_left_as_for_one(
    cast: Cast, clock: time_machine.Traveller, as_: As
) -> None:
    sent_from(cast, "")
    clock.move_to(DAY)
    mina = as_("mina")
    mina.get("/referrals/team/")
    one = queries(mina, "/referrals/team/")
    for _ in range(5):
        sent_from(cast, "")
    assert queries(mina, "/referrals/team/") == one


def test_a_round_ends_before_its_worker_is_and_what_stays_keeps_nobody_from_their_turn(
    cast: Cast, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert app.conf.task_soft_time_limit - 10 >= succeed.LONGEST_SECONDS
    for postcode in ("", "", "", EAST):
        last = sent_from(cast, postcode)
    clock.move_to(DAY)
    monkeypatch.setattr(succeed, "LONGEST_SECONDS", 0)
    for _ in range(100):
        move_with_their_councils()  # one of them, whichever it is
        if Referral.objects.get(pk=last.pk).service == cast.services["east"]:
            break
    else:
        pytest.fail("it never had its turn")


@pytest.mark.parametrize("postcode", ["", EAST], ids=["which council", "nobody works there"])
def test_what_stays_takes_a_few_queries_each(
    cast: Cast, clock: time_machine.Traveller, django_assert_max_num_queries: Any, postcode: str
) -> None:
    """Thousands may wait for one entry, every ten minutes anew."""
    nobody_works(cast, "east")
    for _ in range(10):
        sent_from(cast, postcode)
    clock.move_to(DAY)
    with django_assert_max_num_queries(10 + 4 * 10):
        move_with_their_councils()
    assert set(told_of("referral.left-behind")) == {cast.tess.pk, cast.mina.pk}


def test_of_several_entries_the_one_that_covers_the_home(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    sent_from(cast, EAST)
    east = cast.organisations["east"]
    entry_like(cast, east, cast.teams["east"], name="Adult social care front door")
    other = entry_like(cast, east, cast.teams["east"], name="Carers", kind=Service.Kind.CARERS)
    ServiceArea.objects.create(service=other, area_gss=ELMBRIDGE)
    clock.move_to(DAY)
    move_with_their_councils()
    assert Referral.objects.get().service == cast.services["east"]


def test_where_it_is_not_plain_which_entry_somebody_chooses(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    sent_from(cast, EAST)
    east = cast.organisations["east"]
    twin = entry_like(cast, east, cast.teams["east"], name="Another centre")
    ServiceArea.objects.create(service=twin, area_gss=ELMBRIDGE)
    clock.move_to(DAY)
    move_with_their_councils()
    assert Referral.objects.get().service == cast.services["front_door"]
    assert "several entries" in told_of("referral.left-behind")[cast.tess.pk]


def test_without_opening_hours_it_stays_until_they_are_said(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    """Sending refuses such an entry, and no clock could go by it."""
    sent_from(cast, EAST)
    cast.services["east"].opening_hours.all().delete()
    clock.move_to(DAY)
    move_with_their_councils()
    assert Referral.objects.get().service == cast.services["front_door"]
    (left,) = oversight(cast.reader("mina"), now()).left
    assert left.why == "The entry of East Surrey Council does not say when it is open."
    Service.objects.filter(pk=cast.services["east"].pk).update(is_always_open=True)
    move_with_their_councils()
    assert Referral.objects.get().service == cast.services["east"]


def test_where_the_person_is_now_is_not_told_by_the_home(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    goes_by(cast, Basis.IS_NOW)
    sent_from(cast, EAST)
    clock.move_to(DAY)
    move_with_their_councils()
    assert Referral.objects.get().service == cast.services["front_door"]
    assert told_of("referral.left-behind")[cast.tess.pk] == (
        "Help it on. It goes by where the person is now, and the portal cannot tell that:"
        " East Surrey Council or West Surrey Council."
    )
    # With one successor there is nothing to tell.
    rows = Responsibility.objects.filter(area_gss=GUILDFORD, until=None)
    rows.update(authority=cast.organisations["east"])
    move_with_their_councils()
    assert Referral.objects.get().service == cast.services["east"]


@pytest.mark.parametrize(("area", "name"), [(GUILDFORD, "west"), ("", "front_door")])
def test_what_goes_by_registration_goes_by_the_practice_that_sent_it(
    cast: Cast, clock: time_machine.Traveller, area: str, name: str
) -> None:
    goes_by(cast, Basis.REGISTERED)
    park = cast.organisations["park_practice"]
    Practice.objects.create(organisation=park, ods=park.code, area_gss=area)
    sent_from(cast, EAST)
    clock.move_to(DAY)
    move_with_their_councils()
    assert Referral.objects.get().service == cast.services[name]


def test_what_a_ward_has_sent_says_nothing_of_a_registration(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    goes_by(cast, Basis.REGISTERED)
    send(cast, by="phil", team="ward", person=home(EAST))
    clock.move_to(DAY)
    move_with_their_councils()
    assert Referral.objects.get().service == cast.services["front_door"]


def test_where_nobody_is_left_to_be_told_the_log_says_how_many(
    cast: Cast, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    sent = [sent_from(cast, "") for _ in range(2)]
    clock.move_to(DAY)
    move_with_their_councils()
    assert not caplog.records
    nobody_works(cast, "front_door")
    move_with_their_councils()
    (warned,) = caplog.records
    assert (warned.levelname, vars(warned)["event"]) == ("WARNING", "council-change")
    assert warned.getMessage().startswith("2 referrals stay")
    assert not any(one.reference in caplog.text for one in sent)
