"""What is read of a series of meetings; each says how many queries it costs."""

from collections.abc import Sequence
from datetime import datetime

from meetings.colleagues import Colleague, named
from meetings.models import Meeting, MeetingChange, Series
from meetings.states import Event


def meetings_of(series: Series, since: datetime) -> list[Meeting]:
    """Those of a series from a moment on, the next first: one query."""
    rows = Meeting.objects.filter(series=series, starts_at__gte=since)
    return list(rows.order_by("starts_at", "pk")[:30])


def put_off_notes(meetings: Sequence[Meeting]) -> dict[int, str]:
    """Why a meeting is not on its usual day, by its key: one query."""
    rows = MeetingChange.objects.filter(meeting__in=meetings, event=Event.BOOK).exclude(note="")
    return dict(rows.values_list("meeting_id", "note"))


def members_of(series: Series) -> list[Colleague]:
    """The standing members who still work there: two queries."""
    rows = series.members.filter(removed_at__isnull=True).order_by("pk")
    return named([f"{user}-{team}" for user, team in rows.values_list("user_id", "team_id")])
