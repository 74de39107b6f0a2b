"""The demonstration area is as it says: real places, invented people, every state."""

from collections import Counter

import pytest
from django.core.management import call_command

from contacts.models import Council, Postcode, Service
from meetings.access import visible_to
from meetings.in_clinics import minutes_in_clinics
from meetings.models import Action, Contribution, Decision, Meeting, Visit
from meetings.partners import never_met
from portal.accounts.access import reader_for
from portal.accounts.demonstration import PASSWORD, all_sign_ins
from portal.accounts.models import Organisation, Team, User
from portal.core.clock import now
from portal.home.demonstration.history import ROUTES
from portal.notifications.models import Notification
from portal.worktime.models import OutsideCalendar
from referrals.models import Person, Referral
from referrals.nhs_number import what_is_wrong
from referrals.states import Status


@pytest.mark.django_db
def test_the_demonstration_area() -> None:
    call_command("load_demonstration", verbosity=0)
    call_command("load_demonstration", if_empty=True)  # a second time changes nothing
    assert (Team.objects.count(), User.objects.count(), Referral.objects.count()) == (8, 40, 300)
    assert Council.objects.filter(type="metropolitan").exists()
    assert Postcode.objects.filter(district_gss="E08000009").count() >= 11_264
    assert Organisation.objects.filter(kind="practice").count() > 300
    assert all(service.is_invented for service in Service.objects.all())
    assert set(Referral.objects.values_list("status", flat=True)) == set(Status)
    oldest = Referral.objects.order_by("sent_at")[0].sent_at
    assert 60 <= (now() - oldest).days <= 95
    _homes_and_practices()
    _people_are_invented()
    _meetings()
    for sign_in in all_sign_ins():
        assert User.objects.get(email=sign_in.email).check_password(PASSWORD)
    mails = Notification.objects.filter(channel="email")
    assert not mails.exclude(event="demonstration: a mail that failed").exists()


def _homes_and_practices() -> None:
    """One in five where home and practice differ."""
    sent = Counter(
        (team, service)
        for team, service in Referral.objects.values_list("sending_team__name", "service__name")
    )
    crossing = sum(
        count
        for (team, service), count in sent.items()
        if ("Brooklands" in team and "front door" in service)
        or ("Park" in team and "contact centre" in service)
    )
    assert 0.15 <= crossing / 300 <= 0.25
    assert sum(r.weight for r in ROUTES if r.differs) == 20


def _meetings() -> None:
    """One of each kind of state, none in anybody's clinic, and something for every sign-in."""
    assert set(Meeting.objects.values_list("status", flat=True)) == {"arranging", "booked", "held"}
    assert Meeting.objects.filter(series__isnull=False, status="booked").exists()
    held = Meeting.objects.get(status="held", kind="case")
    assert Decision.objects.filter(item__meeting=held).count() == 2
    assert Action.objects.filter(meeting=held).count() == 2
    assert Contribution.objects.get(item__meeting=held, written_at__isnull=False).used
    improved = Action.objects.filter(meeting__kind="reflection", is_improvement=True)
    assert sorted(improved.values_list("state", flat=True)) == ["done", "open"]
    assert Visit.objects.get().said == "none"
    assert OutsideCalendar.objects.get().state == "read"
    assert minutes_in_clinics(Team.objects.values_list("pk", flat=True)) == 0
    without_a_team = {f"{who}@demo.example" for who in ("directory", "privacy", "organisation")}
    for sign_in in all_sign_ins():
        reader = reader_for(User.objects.get(email=sign_in.email))
        sees = visible_to(reader).exists()
        assert sees == (sign_in.email not in without_a_team), sign_in.email
    others = {
        one.other for one in never_met(reader_for(User.objects.get(email="gp2@demo.example")))
    }
    assert "Trafford front door" in others


def _people_are_invented() -> None:
    """NHS numbers are of the range that is never issued; mail goes to .example."""
    numbers = list(Person.objects.values_list("nhs_number", flat=True))
    assert all(n.startswith("999") and what_is_wrong(n) is None for n in numbers)
    assert len(set(numbers)) == 300
    assert all(u.email.endswith("@demo.example") for u in User.objects.all())
