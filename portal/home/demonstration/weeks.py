"""When everybody works, set by the same actions as people use: sessions, fortnights, leave."""

import json
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from portal.accounts.access import reader_for
from portal.accounts.actions.calendars import add_by_upload
from portal.accounts.models import Membership, User
from portal.core.clock import LONDON, now, standing_at, today
from portal.worktime.actions.patterns import add_day_off, set_pattern
from portal.worktime.given import SessionGiven
from portal.worktime.states import SessionKind

_FILE = Path(__file__).parent / "data" / "weeks.json"
# Long enough ago that meetings of last month can be counted against clinics.
SINCE = timedelta(days=70)


@cache
def weeks() -> dict[str, Any]:
    """Invented working weeks, and who has which."""
    return dict(json.loads(_FILE.read_text(encoding="utf-8")))


def make_weeks() -> None:
    """Patterns from some time ago on, and leave to come."""
    found = User.objects.filter(email__in=weeks()["people"])
    users = {user.email: user for user in found}
    members = Membership.objects.filter(user__in=users.values()).select_related("team")
    places = {member.user_id: member.team.name for member in members if member.team}
    with standing_at(now() - SINCE):
        for email, name in weeks()["people"].items():
            length, lines = weeks()["weeks"][name]
            user = users[email]
            set_pattern(
                by=users[weeks()["set_by"].get(email, email)],
                user_id=user.pk,
                place=places[user.pk],
                nation="England",
                weeks=length,
                starts_on=today(),
                sessions=_sessions(lines),
            )
    for email, ahead, days in weeks()["leave"]:
        begin = _midnight(ahead)
        user = users[email]
        add_day_off(by=user, user_id=user.pk, starts_at=begin, ends_at=begin + timedelta(days=days))


def make_calendar() -> None:
    """One calendar from outside, as a file: what is busy there is gone round as well."""
    given = weeks()["calendar"]
    owner = User.objects.get(email=f"{given['of']}@demo.example")
    data = "\r\n".join([*given["lines"], ""]).encode()
    add_by_upload(
        by=reader_for(owner), data=data, name=given["name"], key="demonstration-calendar-001"
    )


def _sessions(lines: list[Any]) -> list[SessionGiven]:
    return [
        SessionGiven(
            week, weekday, time.fromisoformat(begins), time.fromisoformat(ends), SessionKind(kind)
        )
        for week, weekdays, begins, ends, kind in lines
        for weekday in weekdays
    ]


def _midnight(ahead: int) -> datetime:
    """Of the first Monday that is so many days ahead, or later."""
    day = today() + timedelta(days=ahead)
    day += timedelta(days=-day.weekday() % 7)
    return datetime.combine(day, time(0), tzinfo=LONDON)
