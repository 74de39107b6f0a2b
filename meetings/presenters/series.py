"""Series of meetings in finished words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from meetings.colleagues import Colleague
from meetings.models import Meeting, Series
from meetings.references import path_to, path_to_series
from meetings.states import HOW_WORDS, KIND_WORDS, How, Kind, Status
from portal.core.clock import now
from portal.ui.shapes import Link
from portal.ui.words import join_words, plural, short_day, short_when
from referrals.models import Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """One series in a list or above its page."""

    href: str
    title: str
    when: str
    quiet: str
    ended: str


def add_link(meeting: Meeting, referral: Referral) -> Link:
    """ "Add to the neighbourhood meeting on Tue 8 Dec"."""
    kind = KIND_WORDS[Kind(meeting.kind)].lower()
    on = f" on {short_day(meeting.starts_at)}" if meeting.starts_at else ""
    href = f"/meetings/add/{referral.reference}/?meeting={meeting.reference}"
    return Link(label=f"Add to the {kind}{on}", href=href)


def choice_words(meeting: Meeting, left: int) -> str:
    """A meeting to which somebody can be added: `Tue 8 Dec 13:05, Title: 20 minutes are left`."""
    when = short_when(meeting.starts_at) if meeting.starts_at else ""
    room = f"{plural(left, 'minute')} left" if left > 0 else "full"
    return f"{when}, {meeting.title}: {room}"


def series_row(series: Series, at: datetime) -> SeriesRow:
    """When it meets, how long and how."""
    rhythm = series.rhythm
    return SeriesRow(
        href=path_to_series(series.reference),
        title=series.title,
        when=f"Meets {rhythm.words}, {plural(series.minutes, 'minute')},"
        f" {HOW_WORDS[How(series.how)]}",
        quiet=f"{KIND_WORDS[Kind(series.kind)]} · {series.team.name} · {series.reference}",
        ended=f"Ended {short_when(series.ended_at, at)}. No more meetings are made."
        if series.ended_at
        else "",
    )


def stands_words(series: Series, members: Sequence[Colleague]) -> str:
    """All of it in a sentence or two, for whoever changes it while somebody else has."""
    place = f", {series.where}" if series.where else ""
    who = join_words(each.name for each in members)
    return f"“{series.title}”. {series_row(series, now()).when}{place}. With {who}."


def series_rows(found: Sequence[Series]) -> list[SeriesRow]:
    """The list of them."""
    at = now()
    return [series_row(series, at) for series in found]


def meeting_lines(
    found: Sequence[Meeting], notes: dict[int, str], opens: Collection[int]
) -> list[tuple[Link, str]]:
    """The meetings of a series, each with what is to be said of it; a link (without an address
    where the reader takes no part)."""
    lines = []
    for meeting in found:
        when = short_when(meeting.starts_at) if meeting.starts_at else "a time is being looked for"
        words = {Status.CANCELLED: "Cancelled. ", Status.HELD: "Held. "}.get(
            Status(meeting.status), ""
        )
        href = path_to(meeting.reference) if meeting.pk in opens else ""
        link = Link(label=when, href=href)
        lines.append((link, f"{words}{notes.get(meeting.pk, '')}".strip()))
    return lines
