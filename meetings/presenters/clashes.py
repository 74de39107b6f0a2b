"""What has come to lie on a meeting, in words, and what can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from meetings.asking import asked
from meetings.finding import mark_of, slot_at
from meetings.models import Participant
from meetings.presenters.finding import button_words
from meetings.queries import Detail
from meetings.states import CLASH_WORDS, Clash, Kind, Status
from portal.accounts.access import Reader
from portal.ui.words import clock_time, plural
from portal.worktime.packing import minute_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """The meeting keeps its time and is ordered anew: `start` and `mark` are what is posted."""

    sentence: str
    button: str
    start: int
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClashShown:
    """What stands at the top of the page. A visit is not moved: whoever asked for it
    cancels it, and asks anew. `stay` is there where the order of the items helps."""

    title: str
    lines: Sequence[str]
    may_move: bool
    may_cancel: bool
    may_write: bool
    stay: Stay | None


def shown(found: Detail, reader: Reader, *, organises: bool) -> ClashShown | None:
    """Nothing while nothing lies on it. Otherwise what, on whose part, and the ways out."""
    meeting = found.meeting
    if meeting.status != Status.BOOKED or meeting.begun_at is not None:
        return None
    parts = [part for part in found.people if part.clash]
    if not parts:
        return None
    visit = meeting.kind == Kind.VISIT
    own = next((part for part in parts if part.user_id == reader.user.pk), None)
    return ClashShown(
        title="Something has come to lie on this meeting",
        lines=[_line(part, own=part is own) for part in parts],
        may_move=organises and not visit,
        may_cancel=organises and visit,
        may_write=own is not None,
        stay=_stay(found, reader) if organises and not visit else None,
    )


def _line(part: Participant, *, own: bool) -> str:
    """Others read of somebody's time that it is a clinic or taken; what by is their own."""
    who = "You are" if own else f"{part.user.name} is"
    clash = Clash(part.clash)
    what = CLASH_WORDS[clash] if own or clash == Clash.CLINIC else "not free"
    when = ""
    if part.starts_at and part.ends_at:
        when = f" ({clock_time(part.starts_at)} to {clock_time(part.ends_at)})"
    counted = ""
    if part.clinic_minutes:
        minutes = plural(part.clinic_minutes, "minute")
        counted = f" It counts as {minutes} of meetings inside clinics until it is resolved."
    return f"{who} now {what} then{when}.{counted}"


def _stay(found: Detail, reader: Reader) -> Stay | None:
    """The same time, with the items in an order in which whoever it is about can be there for
    their own, or in writing. Four queries or five, only while something lies on it."""
    meeting = found.meeting
    if meeting.starts_at is None:
        return None
    made = asked(meeting, reader_id=reader.user.pk)
    slot = slot_at(made, minute_of(meeting.starts_at))
    if slot is None:
        return None
    return Stay(
        sentence=slot.sentence,
        button=button_words(made, slot, verb="Keep the time"),
        start=slot.start,
        mark=mark_of(slot),
    )
