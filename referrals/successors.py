"""Referrals whose council has handed over, and where each of them goes (docs/adr/0005)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from contacts.access import entries
from contacts.models import Service
from contacts.states import Basis
from contacts.successions import Successor, handed_over_by, successions
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


def onward(asked: Sequence[tuple[Service, str]], day: date) -> list[Onward | None]:
    """For each service and home (its postcode) where it goes; None where its council has not
    handed over. Four queries, however many are asked about.

    The corresponding entry is of the same kind and basis and takes referrals here. Where there
    are several, the one that covers the home, is a single point of access as the old one was,
    and has the same name, as far as that decides.
    """
    left = [service for service, _ in asked]
    councils = {service.organisation_id for service in left}
    found = successions(councils, [postcode for _, postcode in asked], day)
    took_over = [found.of(service.organisation_id, postcode) for service, postcode in asked]
    districts = [found.district(postcode) for _, postcode in asked]
    services = (
        entries()
        .filter(organisation__in={one.organisation_id for one in took_over if one.organisation_id})
        .select_related("receiving_team", "organisation")
        .prefetch_related("areas")
    )
    open_ones = [one for one in services if not why_none(one, day)]
    return [
        _one(service, found.ended_on[service.organisation_id], successor, open_ones, district)
        if found.has_handed_over(service.organisation_id)
        else None
        for service, successor, district in zip(left, took_over, districts, strict=True)
    ]


def _one(
    left: Service, ended_on: date, successor: Successor, services: list[Service], district: str
) -> Onward:
    if successor.organisation_id is None:
        return Onward(left, ended_on, None, successor.why)
    alike = [
        one
        for one in services
        if one.organisation_id == successor.organisation_id
        and (one.kind, one.basis) == (left.kind, left.basis)
    ]
    closest = _closest(left, alike, district)
    if len(closest) == 1:
        return Onward(left, ended_on, closest[0])
    words = (
        f"{successor.name} has several entries of the same kind: it is not plain which."
        if closest
        else f"{successor.name} has no entry of the same kind that takes referrals here."
    )
    return Onward(left, ended_on, None, words)


def _closest(left: Service, alike: list[Service], district: str) -> list[Service]:
    def covers(one: Service) -> bool:
        # What goes by registration is found by where the practice stands, not the home.
        return left.basis != Basis.REGISTERED and district in {a.area_gss for a in one.areas.all()}

    tests: tuple[Callable[[Service], bool], ...] = (
        covers,
        lambda one: one.is_single_point_of_access == left.is_single_point_of_access,
        lambda one: one.name == left.name,
    )
    for test in tests:
        alike = [one for one in alike if test(one)] or alike
    return alike
