"""Where a referral can be redirected to: the order, and no more read than is offered."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.access import services_to_redirect_to
from contacts.actions.reference import load_reference_data
from contacts.models import Service
from portal.core.clock import now
from referrals.actions.claim import claim
from referrals.actions.send import PersonDetails
from referrals.elsewhere import AT_MOST, offered
from referrals.models import Referral
from tests.cast import Cast
from tests.conftest import send


@pytest.fixture
def held(cast: Cast) -> Referral:
    """Sam holds it, among thirty more services of Manchester and its hub."""
    Service.objects.bulk_create(
        Service(
            reference=f"SV-TEST-{number:04}",
            organisation=cast.organisations["manchester"],
            receiving_team=cast.teams["other_front_door"],
            name=f"A service {number:02}",
            kind=Service.Kind.FRONT_DOOR,
            basis=Service.Basis.LIVES,
            nation="England",
            is_always_open=True,
            routine_minutes=960,
            this_week_minutes=480,
            today_minutes=120,
        )
        for number in range(30)
    )
    return claim(by=cast.reader("sam"), reference=send(cast).reference)


def test_no_more_services_are_read_than_are_offered(held: Referral) -> None:
    read: list[object] = []

    def count(sender: type[Service], **_: object) -> None:
        read.append(sender)

    post_init.connect(count, sender=Service)
    try:
        with CaptureQueriesContext(connection) as seen:
            assert len(offered(held, now()).services) == AT_MOST
    finally:
        post_init.disconnect(count, sender=Service)
    assert len(read) <= AT_MOST
    assert len(seen.captured_queries) <= 3


def test_the_same_organisation_comes_before_the_alphabet(cast: Cast, held: Referral) -> None:
    found = offered(held, now()).services
    assert found[0] == cast.services["hub"]
    assert [each.name for each in found[1:3]] == ["A service 00", "A service 01"]


def test_another_councils_service_says_so(cast: Cast, as_: Callable[[str], Client]) -> None:
    load_reference_data()
    person = PersonDetails(name="Margaret Example", postcode="M33 2RH")
    referral = claim(by=cast.reader("sam"), reference=send(cast, person=person).reference)
    found = offered(referral, now())
    said = "Another council’s: the person’s home is in Trafford"
    assert list(found.beside) == [cast.services["other_front_door"].reference]
    page = as_("sam").get(f"/referrals/{referral.reference}/redirect/").content.decode()
    assert said in page


def test_in_the_order_that_is_asked_for(cast: Cast) -> None:
    front, hub, other = (cast.services[n] for n in ("front_door", "hub", "other_front_door"))
    for ids in ([other.pk, hub.pk], [hub.pk, other.pk], [other.pk], []):
        found = services_to_redirect_to(front, at_most=9, only=[front.pk, *ids])
        assert [each.pk for each in found] == ids
    found = services_to_redirect_to(front, at_most=9, first=[other.reference], near=[0])
    assert found == [other, hub]
    trafford = cast.organisations["trafford"].pk
    assert services_to_redirect_to(front, at_most=9, near=[trafford]) == [hub, other]
    assert services_to_redirect_to(front, at_most=9, not_of=trafford) == [other]
    assert services_to_redirect_to(front, at_most=9, not_teams=[hub.receiving_team_id]) == [other]
    assert services_to_redirect_to(front, at_most=1, first=[other.reference]) == [other]
