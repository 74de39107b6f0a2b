"""One meeting in finished words: when, who comes how, what about, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from meetings.models import Item, Meeting, MeetingChange, Participant
from meetings.presenters.times import (
    asked_words,
    clock_spans,
    long_when,
    short_span,
    weeks_words,
)
from meetings.queries import Detail
from meetings.states import (
    KIND_WORDS,
    Answer,
    Attendance,
    Event,
    ItemState,
    Kind,
    Need,
    Status,
)
from meetings.stays import stays_of
from portal.ui.shapes import Chip
from portal.ui.shapes import Event as Dot
from portal.ui.words import clock_time, join_words, plural, short_when
from referrals import states as referrals

_EVENTS = {
    Event.BOOK: "Booked",
    Event.MOVE: "Moved",
    Event.PLACE: "Held now",
    Event.CANCEL: "Cancelled",
    Event.BEGIN: "Begun",
    Event.END: "Held",
}
_ANSWERS = {
    Answer.NONE: Chip(text="no answer yet"),
    Answer.YES: Chip(text="comes", tint="green"),
    Answer.NO: Chip(text="cannot come", tint="red"),
    Answer.WRITING: Chip(text="answers in writing", tint="amber"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comer:
    """One person of a meeting: who, and how they take part."""

    pk: int
    name: str
    about: str
    how: str
    chip: Chip | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item of the agenda; `opens`: whether the reader may open its referral."""

    pk: int
    number: int
    title: str
    points: Sequence[str]
    minutes: str
    reference: str
    opens: bool
    needs: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What stands above everything else on the page of a meeting."""

    heading: str
    title: str
    quiet: str
    where: str
    where_href: str


def shown(meeting: Meeting) -> Shown:
    """When it is, or that its time is looked for; how and where."""
    kind = KIND_WORDS[Kind(meeting.kind)]
    if meeting.starts_at and meeting.ends_at:
        heading = long_when(meeting.starts_at, meeting.ends_at)
    elif meeting.status == Status.CANCELLED:
        heading = "No time was booked"
    elif meeting.kind == Kind.VISIT:
        heading = "A time has been asked for"
    else:
        heading = f"Looking for a time: {weeks_words(meeting)}"
    return Shown(
        heading=heading,
        title=meeting.title,
        quiet=f"{kind} · {asked_words(meeting)} · {meeting.reference} · {meeting.team.name}",
        where=meeting.where,
        where_href=meeting.where if meeting.where.startswith("https://") else "",
    )


def comers(found: Detail) -> list[Comer]:
    """Everybody, with when they are there."""
    return comers_of(found.meeting, found.people)


def comers_of(meeting: Meeting, people: Sequence[Participant]) -> list[Comer]:
    """The same, without the rest of the page."""
    booked = meeting.status in (Status.BOOKED, Status.HELD)
    return [
        Comer(
            pk=each.pk,
            name=each.user.name,
            about=", ".join(part for part in (each.user.job_title, each.team.name) if part),
            how=attendance_words(each) if booked else _need_words(each),
            chip=_ANSWERS[Answer(each.answer)] if meeting.status == Status.BOOKED else None,
        )
        for each in people
    ]


def attendance_words(part: Participant) -> str:
    """`for all of it`, `13:05 to 13:15 and 13:25 to 13:35 only`, `in writing, beforehand`; of a row
    of `meetings.stays.with_stays`."""
    match Attendance(part.attendance):
        case Attendance.WHOLE:
            return "for all of it"
        case Attendance.PART if stays := stays_of(part):
            return f"{clock_spans(stays)} only"
        case Attendance.WRITING:
            return "in writing, beforehand"
        case Attendance.MISSING:
            return "reads afterwards what was decided"
    return _need_words(part)


def _need_words(part: Participant) -> str:
    return "must be there" if part.need == Need.MUST else "may come"


def agenda(found: Detail) -> list[Line]:
    """The items that the reader may read, in order; who is needed for each by name."""
    names = {each.pk: each.user.name for each in found.people}
    return [_line(number, item, names) for number, item in enumerate(found.items, start=1)]


def _line(number: int, item: Item, names: dict[int, str]) -> Line:
    needed = [names[n.participant_id] for n in item.needs.all() if n.participant_id in names]
    length = plural(item.minutes, "minute")
    return Line(
        pk=item.pk,
        number=number,
        title=item.title,
        points=[point for point in item.points.splitlines() if point.strip()],
        minutes=f"{clock_time(item.starts_at)}, {length}" if item.starts_at else length,
        reference=item.referral.reference if item.referral else "",
        opens=bool(getattr(item, "opens", False)),
        needs=", ".join(needed),
        since=since_words(item),
    )


def since_words(item: Item) -> str:
    """That the referral of an item to come has ended since it was put on the agenda."""
    if item.referral is None or item.state != ItemState.OPEN:
        return ""
    status = referrals.Status(item.referral.status)
    return referrals.WHY_NOT[status] if status in referrals.ENDED else ""


def refused_words(found: Detail, at: datetime) -> str:
    """Who must be there and has said that they cannot, while it lies ahead. The time of a series is
    fixed: who cannot come to one of its meetings is told of, and bars nothing."""
    meeting = found.meeting
    ahead = (
        meeting.series_id is None
        and meeting.status == Status.BOOKED
        and bool(meeting.starts_at and meeting.starts_at > at)
    )
    names = [
        each.user.name
        for each in found.people
        if ahead and each.need == Need.MUST and each.answer == Answer.NO
    ]
    return f"{join_words(names)} must be there and cannot come" if names else ""


def hidden_words(found: Detail) -> str:
    """What is said of items that are about somebody the reader has no part in."""
    if not found.hidden_minutes:
        return ""
    return (
        f"Another {plural(found.hidden_minutes, 'minute')} are about people in whose care you have"
        " no part."
    )


def history(changes: Sequence[MeetingChange], at: datetime) -> list[Dot]:
    """What happened, the newest last."""
    return [
        Dot(what=_happened(change, at), when=f"{short_when(change.at, at)}, {change.by.name}")
        for change in changes
    ]


def _happened(change: MeetingChange, at: datetime) -> str:
    what = _EVENTS[Event(change.event)]
    if change.starts_at and change.ends_at and change.event in (Event.BOOK, Event.MOVE):
        return f"{what}: {short_span(change.starts_at, change.ends_at, at)}"
    return f"{what}: {change.note}" if change.note else what


def own_words(found: Detail) -> str:
    """`You are expected for all of it. You have said that you come.`"""
    if found.part is None:
        return ""
    expected = {
        Attendance.WRITING: "You are asked to write to your points beforehand.",
        Attendance.MISSING: "It is held without you.",
    }.get(Attendance(found.part.attendance), f"You are expected {attendance_words(found.part)}.")
    said = {
        Answer.YES: "You have said that you come.",
        Answer.NO: "You have said that you cannot come.",
        Answer.WRITING: "You have said that you answer in writing.",
    }.get(Answer(found.part.answer), "")
    return f"{expected} {said}".strip()
