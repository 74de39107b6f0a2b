"""Councils that have handed over, and which council took over for a home. Goes by districts.

A county that was split has no one successor; each of its districts has. So the successor is whoever
answers today where the old council did (docs/adr/0029).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet, Value

from contacts.models import Postcode, Responsibility
from contacts.models.places import ResponsibilityQuerySet
from contacts.postcodes import parse_postcode
from contacts.states import BASIS_WORDS, Basis
from portal.core.refused import InvalidInput
from portal.ui.words import join_words


def handed_over_by(day: date) -> QuerySet[Responsibility, int | None]:
    """The organisations (ids) that answered for some district before and for none on this day."""
    answering = _answering(day)
    ended = Responsibility.objects.filter(until__lte=day, authority__isnull=False)
    return ended.exclude(authority__in=answering.values("authority")).values_list(
        "authority", flat=True
    )


# What the postcode of a home decides. Where somebody is now, and the practice that they are
# registered with, may lie in another district.
BY_THE_HOME = frozenset({Basis.LIVES, Basis.CARED_FOR})


@dataclass(frozen=True, slots=True)
class Successor:
    """Who took over: `organisation_id` is None where that cannot be told, and `why` says why."""

    organisation_id: int | None
    name: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Successions:
    """Who answers where on a day, and where those asked about that have handed over did.

    `ended_on`: since when each of these answers nowhere. No further query.
    """

    ended_on: dict[int, date] = field(default_factory=dict)
    districts: dict[str, tuple[int, str]] = field(default_factory=dict)
    were: dict[int, set[str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)

    def of(
        self,
        organisation_id: int,
        postcode: str,
        basis: str = Basis.LIVES,
        practice_area: str = "",
    ) -> Successor:
        """The successor of a council that has handed over, for a home in its area.

        Where there are several, what `basis` goes by decides: the postcode of the home, or the
        district of the practice. One that is not given, not known here or outside the area leaves
        it open; so does what goes by where the person is now, which nobody has written down.
        """
        areas = self.were.get(organisation_id, set())
        found = {self.districts[area] for area in areas if area in self.districts}
        if not found:
            return Successor(None, why="Nobody is recorded as having taken over.")
        if len(found) > 1:
            names = join_words(sorted(name for _, name in found), "or")
            if basis in BY_THE_HOME:
                area, why = self.district(postcode), "The postcode of the home does not say which"
            else:
                area = practice_area if basis == Basis.REGISTERED else ""
                goes_by = BASIS_WORDS[Basis(basis)]
                why = f"It goes by {goes_by}, and the portal cannot tell that"
            there = self.districts.get(area)
            if there not in found:
                return Successor(None, why=f"{why}: {names}.")
            found = {there}
        ((pk, name),) = found
        return Successor(pk, name)

    def has_handed_over(self, organisation_id: int) -> bool:
        """Whether it is one of those asked about, and of `handed_over_by` on the day."""
        return organisation_id in self.ended_on

    def district(self, postcode: str) -> str:
        """The code of the home's district; "" where the postcode is none that is known here."""
        return self.homes.get(_key(postcode), "")


def successions(organisations: Iterable[int], postcodes: Iterable[str], day: date) -> Successions:
    """All that is needed to say who took over from these councils, for these homes: two queries."""
    wanted = set(organisations)
    made = Successions()
    answering = _answering(day).annotate(over=Value(False))
    ended = handed_over_by(day).filter(authority__in=wanted).annotate(over=Value(True))
    columns = ("area_gss", "authority", "authority__name", "until", "over")
    rows = answering.values_list(*columns).union(ended.values_list(*columns), all=True)
    for area, pk, name, until, over in rows:
        if over:
            made.were.setdefault(pk, set()).add(area)
            made.ended_on[pk] = max(until, made.ended_on.get(pk, until))
        else:
            made.districts[area] = (pk, name)
    keys = {_key(postcode) for postcode in postcodes} - {""}
    known = Postcode.objects.filter(key__in=keys) if keys else Postcode.objects.none()
    made.homes.update(known.values_list("key", "district_gss"))
    return made


def _answering(day: date) -> ResponsibilityQuerySet:
    return Responsibility.objects.on(day).filter(authority__isnull=False)


def _key(postcode: str) -> str:
    """As postcodes are kept; "" for what is none."""
    try:
        return parse_postcode(postcode).key if postcode else ""
    except InvalidInput:
        return ""
