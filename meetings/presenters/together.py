"""Teams that work together, and what they are offered, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from meetings.partners import Shared
from meetings.reflections import Before
from portal.ui.words import long_date, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A first meeting: `says` why, `href` leads to it, `not_now` says no for a while."""

    team: str
    other: str
    says: str
    href: str
    not_now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A team of the other side: what is shared, and where a visit or a reflection is arranged."""

    other: str
    shares: str
    visit: str
    reflection: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """One item that is suggested."""

    title: str
    about: str
    minutes: str


def offer(found: Shared) -> Offer:
    """`Park Practice and Trafford front door have 6 referrals together and have never met.`"""
    here = _path(found)
    return Offer(
        team=found.team,
        other=found.other,
        says=(
            f"{found.team} and {found.other} have {plural(found.together, 'referral')} together"
            " and have never met."
        ),
        href=f"{here}first/",
        not_now=f"{here}first/not-now/",
    )


def partner_rows(found: Iterable[Shared]) -> list[Partner]:
    """Those with most referrals together first."""
    return [
        Partner(
            other=one.other,
            shares=f"{plural(one.together, 'referral')} with {one.team} in the last six months",
            visit=f"{_path(one)}visit/",
            reflection=f"{_path(one)}reflection/",
        )
        for one in found
    ]


def agenda_lines(agenda: Iterable[tuple[str, str, int]]) -> list[AgendaLine]:
    """The suggested items, with how long each takes."""
    return [
        AgendaLine(title=title, about=about, minutes=plural(minutes, "minute"))
        for title, about, minutes in agenda
    ]


def since_words(found: Before) -> str:
    """When the two teams last reflected, and what is open since."""
    if found.last is None:
        return "Your two teams have not had one yet. About once a quarter is a good rhythm."
    left = plural(len(found.open), "improvement")
    return f"The last one was on {long_date(found.last)}. {left} agreed until now, still open."


def _path(found: Shared) -> str:
    return f"/meetings/together/{found.team_id}/{found.other_id}/"
