"""Referrals whose council has handed over, and where each of them goes (docs/adr/0029)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q

from contacts.access import entries
from contacts.models import Service
from contacts.successions import BY_THE_HOME, Successor, handed_over_by, successions
from referrals.models import Redirect, Referral
from referrals.models.referral import ReferralQuerySet
from referrals.states import OPEN
from referrals.taking import why_none


@dataclass(frozen=True, slots=True)
class Onward:
    """Where what is with `left` goes: `service` is None where a hand is needed, `why` says why."""

    left: Service
    ended_on: date
    service: Service | None
    why: str = ""


def left_behind(day: date) -> ReferralQuerySet:
    """Open referrals that are with a council that has handed over, or redirected to one."""
    handed_over = handed_over_by(day)
    redirected = Redirect.objects.waiting().filter(
        referral=OuterRef("pk"), to_service__organisation__in=handed_over
    )
    return Referral.objects.filter(
        Q(service__organisation__in=handed_over) | Q(Exists(redirected)), status__in=OPEN
    )


def with_home(rows: ReferralQuerySet) -> ReferralQuerySet:
    """With all that says where each belongs: its service, its person, the practice that sent it."""
    return rows.select_related(
        "person", "service__organisation", "sending_team__organisation__practice"
    )


def services_left(found: Mapping[int, Referral]) -> list[tuple[Service, Referral]]:
    """What `onward` is asked about each of these, by their keys: the service that has it, and that
    to which it is being redirected. One query."""
    asked = [(referral.service, referral) for referral in found.values()]
    redirects = Redirect.objects.waiting().filter(referral__in=found)
    return asked + [
        (one.to_service, found[one.referral_id])
        for one in redirects.select_related("to_service__organisation")
    ]


def onward(asked: Sequence[tuple[Service, Referral]], day: date) -> list[Onward | None]:
    """For each service and referral where it goes; None where the service's council has not
    handed over. Five queries, however many are asked about, if the referrals are read `with_home`.

    The corresponding entry is of the same kind and basis, takes referrals here, and says when it
    is open, as sending asks of it too. Where there are several, the one that covers the home, is a
    single point of access as the old one was, and has the same name, as far as that decides.
    """
    homes = [referral.person.postcode for _, referral in asked]
    found = successions({service.organisation_id for service, _ in asked}, homes, day)
    took_over = [
        found.of(service.organisation_id, home, service.basis, _practice_area(referral))
        for (service, referral), home in zip(asked, homes, strict=True)
    ]
    services = (
        entries()
        .filter(organisation__in={one.organisation_id for one in took_over if one.organisation_id})
        .select_related("receiving_team", "organisation")
        .prefetch_related("areas", "opening_hours")
    )
    open_ones = [one for one in services if not why_none(one, day)]
    return [
        _one(
            Onward(service, found.ended_on[service.organisation_id], None, successor.why),
            successor,
            open_ones,
            found.district(home),
        )
        if found.has_handed_over(service.organisation_id)
        else None
        for (service, referral), successor, home in zip(asked, took_over, homes, strict=True)
    ]


def _practice_area(referral: Referral) -> str:
    """The district of the practice that sent it: whoever a practice refers is registered there."""
    practice = getattr(referral.sending_team.organisation, "practice", None)
    return practice.area_gss if practice else ""


def _one(open_: Onward, successor: Successor, services: list[Service], district: str) -> Onward:
    """`open_` with the entry of the successor; or with why there is none."""
    if successor.organisation_id is None:
        return open_
    left = open_.left
    alike = [
        one
        for one in services
        if one.organisation_id == successor.organisation_id
        and (one.kind, one.basis) == (left.kind, left.basis)
    ]
    # The clock goes by its hours: without them nothing more could be done to the referral. Its
    # times to answer in are there, as the database asks for them (Service's constraints).
    counting = [one for one in alike if not one.hours().never_opens]
    closest = _closest(left, counting, district)
    if len(closest) == 1:
        return replace(open_, service=closest[0])
    if closest:
        words = f"{successor.name} has several entries of the same kind: it is not plain which."
    elif alike:
        words = f"The entry of {successor.name} does not say when it is open."
    else:
        words = f"{successor.name} has no entry of the same kind that takes referrals here."
    return replace(open_, why=words)


def _closest(left: Service, alike: list[Service], district: str) -> list[Service]:
    def covers(one: Service) -> bool:
        # What goes by registration is found by where the practice stands, not the home.
        return left.basis in BY_THE_HOME and district in {a.area_gss for a in one.areas.all()}

    tests: tuple[Callable[[Service], bool], ...] = (
        covers,
        lambda one: one.is_single_point_of_access == left.is_single_point_of_access,
        lambda one: one.name == left.name,
    )
    for test in tests:
        alike = [one for one in alike if test(one)] or alike
    return alike
