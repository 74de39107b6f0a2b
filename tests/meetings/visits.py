"""Visits among the cast."""

from datetime import datetime, timedelta

from meetings.actions.arrange import Invited
from meetings.actions.visit import ask_for_visit
from meetings.models import Meeting
from meetings.visit_times import offered_times
from portal.core.clock import today
from portal.worktime.states import SessionKind
from tests.cast import PEOPLE, Cast
from tests.meetings.clinics import works
from tests.meetings.conftest import new_key

DAYS = range(5)


def has_duty(cast: Cast, name: str, kind: SessionKind = SessionKind.DUTY) -> None:
    """Every weekday from nine to twelve."""
    sessions = [(day, "09:00", "12:00") for day in DAYS]
    works(cast, name, sessions, kind=kind, starts_on=today() - timedelta(days=7))


def times_for(
    cast: Cast, visitor: str, host: str, kind: SessionKind = SessionKind.DUTY, minutes: int = 60
) -> list[tuple[datetime, datetime]]:
    """What is offered."""
    return offered_times(
        visitor_id=cast.users[visitor].pk,
        host_id=cast.users[host].pk,
        kind=kind,
        minutes=minutes,
    ).times


def asked_for(
    cast: Cast, visitor: str, host: str, kind: SessionKind = SessionKind.DUTY, **changes: object
) -> Meeting:
    """The first time that fits, for an hour; the host has sessions of that kind from then on."""
    has_duty(cast, host, kind)
    start, _ = times_for(cast, visitor, host, kind)[0]
    given: dict[str, object] = {
        "team_id": cast.teams[PEOPLE[visitor][2]].pk,
        "other_id": cast.teams[PEOPLE[host][2]].pk,
        "host": Invited(cast.users[host].pk, cast.teams[PEOPLE[host][2]].pk),
        "kind": kind,
        "minutes": 60,
        "start": start,
        "words": "How a morning of yours goes",
        "key": new_key(),
        **changes,
    }
    return ask_for_visit(by=cast.reader(visitor), **given)  # type: ignore[arg-type]
