"""Other calendars in finished words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.accounts.actions.calendar_reading import COUNTS_FOR, LEASE
from portal.ui.words import duration_words, long_date, near_when
from portal.worktime.calendars.words import WHY
from portal.worktime.models import OutsideCalendar
from portal.worktime.states import CalendarState, CalendarTrouble


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRow:
    """One calendar. `state` is the sentence that says how it stands, `more` what to do or know;
    `awaited` says that it is read just now or soon, and is empty otherwise."""

    pk: int
    name: str
    awaited: str
    state: str
    more: str
    trouble: bool
    uploaded: bool


def calendar_rows(found: Sequence[OutsideCalendar], at: datetime, day: date) -> list[CalendarRow]:
    """As they come."""
    return [_row(one, at, day) for one in found]


def _row(one: OutsideCalendar, at: datetime, day: date) -> CalendarRow:
    trouble = one.state == CalendarState.TROUBLE
    state, more = _in_trouble(one, at) if trouble else _well(one, at, day)
    return CalendarRow(
        pk=one.pk,
        name=one.name,
        awaited=_awaited(one, at),
        state=state,
        more=more,
        trouble=trouble,
        uploaded=not one.sealed_address,
    )


def _awaited(one: OutsideCalendar, at: datetime) -> str:
    """While it is due, or in the hands of a worker, which has it for LEASE at most."""
    if one.next_read_at is None or one.next_read_at > at + LEASE:
        return ""
    if one.read_at is None and not one.trouble:
        return "It is being read: that takes a minute or two."
    return "It is read again within a few minutes."


def _well(one: OutsideCalendar, at: datetime, day: date) -> tuple[str, str]:
    if one.read_at is None or one.busy_until is None:
        return "", ""
    until = long_date(one.busy_until - timedelta(days=1))
    if one.sealed_address:
        return f"Read {_ago(one.read_at, at)}: busy times up to {until}.", ""
    if one.busy_until <= day:
        return f"Ended on {until}.", "Upload it as it is now, or remove it."
    more = "It does not change by itself: upload it again when the calendar has changed."
    return f"Uploaded {_ago(one.read_at, at)}: busy times up to {until}.", more


def _in_trouble(one: OutsideCalendar, at: datetime) -> tuple[str, str]:
    why = WHY[CalendarTrouble(one.trouble)]
    since = near_when(one.trouble_since or at, at)
    state = f"Cannot be read since {since}: {why.because}."
    if one.read_at is None:
        return state, why.do
    ends = one.read_at + COUNTS_FOR
    counts = f"counts until {near_when(ends, at)}" if ends > at else "does not count any more"
    return state, f"{why.do} What was read before {counts}."


def _ago(moment: datetime, at: datetime) -> str:
    passed = at - moment
    if passed < timedelta(minutes=1):
        return "just now"
    return (
        f"{duration_words(passed)} ago" if passed < timedelta(hours=12) else near_when(moment, at)
    )
