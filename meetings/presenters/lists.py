"""A reader's meetings in rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from meetings.models import Meeting, Participant
from meetings.presenters.meeting import attendance_words
from meetings.presenters.times import asked_words, short_span, weeks_words
from meetings.queries import Lists
from meetings.references import path_to
from meetings.states import Answer, Clash, Kind, Said, Status
from portal.ui.shapes import Chip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One meeting in a list. `todo` says what waits for the reader."""

    href: str
    when: str
    title: str
    quiet: str
    todo: str
    chip: Chip | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One list with its heading."""

    heading: str
    rows: list[Row]


def parts(found: Lists, at: datetime, reader_id: int) -> list[Part]:
    """The lists that have something in them; what waits for the reader leads."""
    rows = {m.pk: _row(m, found, at, reader_id) for m in (*found.looking, *found.coming)}
    waiting = [m for m in (*found.looking, *found.coming) if rows[m.pk].todo]
    coming = [m for m in (*found.coming, *found.looking) if not rows[m.pk].todo]
    return [
        Part(heading=heading, rows=list(given))
        for heading, given in (
            ("Waits for you", _of(rows, waiting)),
            ("Coming", _of(rows, coming)),
            ("Your team's other meetings", [_row(m, found, at, 0) for m in found.team]),
            ("The last two months", [_row(m, found, at, 0) for m in found.past]),
        )
        if given
    ]


def _of(rows: dict[int, Row], meetings: Iterable[Meeting]) -> list[Row]:
    return [rows[meeting.pk] for meeting in meetings]


def _row(meeting: Meeting, found: Lists, at: datetime, reader_id: int) -> Row:
    part = found.parts.get(meeting.pk)
    asked = "Asked for" if meeting.kind == Kind.VISIT else "Looking for a time"
    when = f"{asked}: {weeks_words(meeting)}"
    if meeting.starts_at and meeting.ends_at:
        when = short_span(meeting.starts_at, meeting.ends_at, at)
    how = attendance_words(part) if part and meeting.status == Status.BOOKED else ""
    cancelled = meeting.status == Status.CANCELLED
    return Row(
        href=path_to(meeting.reference),
        when=when,
        title=meeting.title,
        quiet=" · ".join(x for x in (asked_words(meeting), how, meeting.team.name) if x),
        todo=_todo(meeting, part, found, at, reader_id),
        chip=Chip(text="cancelled", tint="red") if cancelled else _clash(meeting, at),
    )


def _clash(meeting: Meeting, at: datetime) -> Chip | None:
    """What has come to lie on one that has not begun."""
    clash = getattr(meeting, "clash", "")
    if not clash or not _comes(meeting, at):
        return None
    what = "A clinic" if clash == Clash.CLINIC else "Something"
    return Chip(text=f"{what} has come to lie on it", tint="red")


def _comes(meeting: Meeting, at: datetime) -> bool:
    """It is booked, and its time lies ahead."""
    return meeting.status == Status.BOOKED and bool(meeting.starts_at and meeting.starts_at > at)


def _todo(
    meeting: Meeting, part: Participant | None, found: Lists, at: datetime, reader_id: int
) -> str:
    organises = meeting.organiser_id == reader_id
    if meeting.status == Status.ARRANGING and meeting.kind == Kind.VISIT:
        hosts = getattr(meeting, "visit_host", None) == reader_id
        return _visit_todo(getattr(meeting, "visit_said", None), organises, hosts)
    if meeting.status == Status.ARRANGING:
        return "Find a time" if organises else ""
    if not _comes(meeting, at):
        return ""
    if _clash(meeting, at) and organises and meeting.kind != Kind.VISIT:
        return "Find another time"
    if organises and meeting.series_id is None and getattr(meeting, "refused", False):
        return "Somebody who must be there cannot come"
    if meeting.pk in found.to_write:
        return "Write to your points"
    if organises and not meeting.where and meeting.kind != Kind.VISIT:
        return "Add where you meet"
    unanswered = part is not None and part.answer == Answer.NONE and part.starts_at is not None
    return "Say whether you come" if reader_id and unanswered else ""


def _visit_todo(said: str | None, organises: bool, hosts: bool) -> str:
    """The host is waited for first; the visitor, once the host has said no."""
    if organises:
        return "Ask for another time" if said == Said.NO else ""
    return "Say whether it suits you" if said == Said.NOTHING and hosts else ""
