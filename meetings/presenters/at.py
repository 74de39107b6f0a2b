"""The screen at the meeting in finished words: what runs, how long it has, who has the pen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from meetings.models import Action, Contribution
from meetings.outcome_queries import Agenda, Place
from meetings.outcome_rules import EARLY
from meetings.presenters.meeting import attendance_words, since_words
from meetings.presenters.minutes import ItemWords, item_words, written_words
from meetings.queries import Detail
from meetings.states import ActionState, ItemState, Status
from portal.ui.shapes import Person
from portal.ui.words import clock_time, plural
from referrals.presenters.referral import banner


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How an item stands. While it runs, static/cg/clock.js counts on from `begun` (seconds since
    1970) against `planned` (minutes)."""

    words: str
    over: bool = False
    begun: int = 0
    planned: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What somebody wrote beforehand, and whether the meeting has still to say how it used it."""

    pk: int
    version: int
    who: str
    words: str
    used: str
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One item on the screen; `words` are those of the minutes. `pk` 0: the reader has no part.
    `improvement_version` is that of the open improvement which it looks at; 0 without one."""

    pk: int
    number: int
    words: ItemWords
    clock: Clock
    runs: bool = False
    over: bool = False
    person: Person | None = None
    reference: str = ""
    papers: Sequence[Paper] = ()
    note_version: int = 0
    improvement_version: int = 0
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """All of it. `revision` changes whenever anything does."""

    rows: Sequence[Row]
    status: str
    pen: str
    can_begin: bool
    running: bool
    has_pen: bool
    holder_id: int
    others: Sequence[tuple[int, str]]
    revision: str


def screen(found: Agenda, reader_id: int, at: datetime) -> Screen:
    """The screen for one reader."""
    meeting = found.meeting
    running = meeting.status == Status.BOOKED and meeting.begun_at is not None
    holder = meeting.note_taker
    return Screen(
        rows=[_row(place, at) for place in found.places],
        status=_status(found, at),
        pen=_pen(found, reader_id) if running else "",
        can_begin=meeting.status == Status.BOOKED
        and meeting.begun_at is None
        and meeting.starts_at is not None
        and at >= meeting.starts_at - EARLY,
        running=running,
        has_pen=running and holder is not None and holder.pk == reader_id,
        holder_id=holder.pk if holder else 0,
        others=[(p.user_id, p.user.name) for p in found.people if p.user_id != reader_id],
        revision=meeting.changed_at.isoformat(),
    )


def planned_attendance(found: Agenda) -> list[tuple[int, str, str]]:
    """(participant, name and how it was planned, how it was planned as a value)."""
    return [
        (part.pk, f"{part.user.name} (planned: {attendance_words(part)})", part.attendance)
        for part in found.people
    ]


def after_booking(found: Detail, at: datetime) -> dict[str, bool]:
    """What the page of a meeting offers once there is a time, besides moving it."""
    meeting = found.meeting
    booked = meeting.status == Status.BOOKED
    near = meeting.starts_at is not None and at >= meeting.starts_at - EARLY
    coming = booked and meeting.begun_at is None
    return {
        "at": booked and near,
        "minutes": meeting.status == Status.HELD,
        "carry": meeting.status == Status.CANCELLED
        and meeting.series_id is not None
        and bool(found.items),
        "write": booked and found.part is not None,
        "guests": booked,
        "take_off": coming and meeting.series_id is not None,
    }


def _status(found: Agenda, at: datetime) -> str:
    meeting = found.meeting
    if meeting.status == Status.HELD:
        return "This meeting has been held."
    if meeting.begun_at is None or meeting.ends_at is None:
        return "It has not begun."
    left = int((meeting.ends_at - at).total_seconds() // 60)
    words = f"Begun {clock_time(meeting.begun_at)}, planned until {clock_time(meeting.ends_at)}: "
    if left < 0:
        return f"{words}{plural(-left, 'minute')} over."
    return f"{words}{plural(left, 'minute')} left."


def _pen(found: Agenda, reader_id: int) -> str:
    holder = found.meeting.note_taker
    if holder is None:
        return "Nobody has the pen. Take it to write for everybody."
    if holder.pk == reader_id:
        return "You have the pen: you write for everybody, and what you write is saved as you go."
    return f"{holder.name} has the pen and writes for everybody. This page follows by itself."


def _row(place: Place, at: datetime) -> Row:
    item, words = place.item, item_words(place)
    clock = _clock(place, at)
    runs = place.begun_at is not None and place.ended_at is None
    if item is None:
        return Row(pk=0, number=place.number, words=words, clock=clock, runs=runs)
    note = getattr(item, "note", None)
    return Row(
        pk=item.pk,
        number=place.number,
        words=words,
        clock=clock,
        runs=runs,
        over=item.state != ItemState.OPEN,
        person=banner(item.referral) if item.referral else None,
        reference=item.referral.reference if item.referral else "",
        papers=[_paper(c) for c in item.contributions.all() if c.written_at],
        note_version=note.version if note else 0,
        improvement_version=_open_version(item.follows),
        since=since_words(item),
    )


def _open_version(followed: Action | None) -> int:
    """Something can be said of an improvement while it is open."""
    return followed.version if followed and followed.state == ActionState.OPEN else 0


def _paper(contribution: Contribution) -> Paper:
    said = written_words(contribution)
    return Paper(
        pk=contribution.pk,
        version=contribution.version,
        who=said.who,
        words=said.words,
        used=said.used,
        waits=not contribution.used,
    )


def _clock(place: Place, at: datetime) -> Clock:
    planned = f"{clock_time(place.starts_at)}, " if place.starts_at else ""
    length = plural(place.minutes, "minute")
    if place.begun_at is None:
        return Clock(words=f"Planned: {planned}{length}")
    end = place.ended_at or at
    gone = int(max(0, (end - place.begun_at).total_seconds()) // 60)
    if place.ended_at is not None:
        return Clock(words=f"It took {plural(max(1, gone), 'minute')} of {place.minutes} planned")
    return Clock(
        words=elapsed_words(gone, place.minutes),
        over=gone >= place.minutes,
        begun=int(place.begun_at.timestamp()),
        planned=place.minutes,
    )


def elapsed_words(gone: int, planned: int) -> str:
    """`7 of 15 minutes`, `15 of 15 minutes`, `3 minutes over the 15 planned`."""
    if gone <= planned:
        return f"{gone} of {planned} minutes"
    return f"{plural(gone - planned, 'minute')} over the {planned} planned"
