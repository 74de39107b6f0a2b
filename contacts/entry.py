"""A directory entry as its readers get it: only the contacts they may see, hours ready to ask."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from contacts.access import visibilities, visible_contacts
from contacts.falling_due import checks_of
from contacts.models import Service
from contacts.rhythm import Checks
from contacts.states import Basis, Channel, Kind, Visibility
from portal.accounts.models import Organisation
from portal.worktime.hours import WeeklyHours


class Way(NamedTuple):
    """One way to reach a service; `for_colleagues` is not public."""

    kind: Channel
    value: str
    label: str
    for_colleagues: bool = False


class Notice(NamedTuple):
    """Words that stand beside an entry for a while; half-open, moments in UTC."""

    text: str
    starts_at: datetime
    ends_at: datetime


class MainNumber(NamedTuple):
    """Whom to ring where an entry may be wrong: the council's main number."""

    council: str
    telephone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One service. `routine_minutes` are minutes of its opening hours; None without a standard.

    `checked_by` is a name for colleagues; empty for the public.
    """

    reference: str
    name: str
    organisation_id: int
    organisation: str
    is_councils: bool
    kind: Kind
    basis: Basis
    summary: str
    needs: tuple[str, ...]
    does_not_do: tuple[str, ...]
    how_it_takes_referrals: str
    hours: WeeklyHours
    ways: tuple[Way, ...]
    routine_minutes: int | None
    last_checked_on: date | None
    checked_by_owner: bool
    checked_by: str
    checks: Checks
    main_numbers: tuple[MainNumber, ...]
    takes_referrals: bool
    is_single_point_of_access: bool
    is_invented: bool
    ring_first: str = ""
    threshold: str = ""
    notices: tuple[Notice, ...] = ()
    out_of_hours: "Entry | None" = None

    def notices_at(self, at: datetime) -> list[Notice]:
        """The notices that stand at a moment: an entry may be kept longer than they last."""
        return [one for one in self.notices if one.starts_at <= at < one.ends_at]

    def first(self, kind: Channel) -> str:
        """The first telephone number, address or page that the reader may see; else empty."""
        return next((way.value for way in self.ways if way.kind == kind), "")

    @property
    def telephone(self) -> str:
        """The number to ring."""
        return self.first(Channel.TELEPHONE)


def entry_of(service: Service, *, signed_in: bool) -> Entry:
    """A row as an entry, with the one to ring out of hours."""
    other = service.out_of_hours
    instead = None
    if other and not other.closed_on:
        instead = _entry(other, None, signed_in=signed_in)
    return _entry(service, instead, signed_in=signed_in)


def _entry(service: Service, out_of_hours: Entry | None, *, signed_in: bool) -> Entry:
    return Entry(
        reference=service.reference,
        name=service.name,
        organisation_id=service.organisation_id,
        organisation=service.organisation.name,
        is_councils=service.organisation.kind == Organisation.Kind.COUNCIL,
        kind=Kind(service.kind),
        basis=Basis(service.basis),
        summary=service.summary,
        needs=tuple(service.what_it_needs),
        does_not_do=tuple(service.what_it_does_not_do),
        how_it_takes_referrals=service.how_it_takes_referrals,
        hours=service.hours(),
        ways=tuple(
            Way(
                Channel(one.kind),
                one.value,
                one.label,
                for_colleagues=one.visibility == Visibility.PROFESSIONAL,
            )
            for one in visible_contacts(service, signed_in=signed_in)
        ),
        routine_minutes=service.routine_minutes,
        last_checked_on=service.last_checked_on,
        checked_by_owner=service.last_checked_by_id is not None,
        checked_by=service.last_checked_by.name if signed_in and service.last_checked_by else "",
        checks=checks_of(service),
        main_numbers=_main_numbers(service),
        takes_referrals=service.receiving_team_id is not None,
        is_single_point_of_access=service.is_single_point_of_access,
        is_invented=service.is_invented,
        ring_first=service.ring_first,
        threshold=service.threshold,
        notices=_notices(service, signed_in=signed_in),
        out_of_hours=out_of_hours,
    )


def _notices(service: Service, *, signed_in: bool) -> tuple[Notice, ...]:
    seen = visibilities(signed_in=signed_in)
    return tuple(
        Notice(one.text, one.starts_at, one.ends_at)
        for one in service.notices.all()
        if one.visibility in seen
    )


def _main_numbers(service: Service) -> tuple[MainNumber, ...]:
    """What access.py has read with the entry; nothing on a row that came another way."""
    lines = (getattr(service, "main_numbers", "") or "").splitlines()
    return tuple(MainNumber(*line.split("\t")) for line in lines)
