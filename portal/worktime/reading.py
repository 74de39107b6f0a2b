"""What people have said of their working time, read from the tables."""

from collections.abc import Sequence
from datetime import datetime

from portal.worktime.given import OneOffGiven, PatternGiven, SessionGiven, WorkGiven
from portal.worktime.models import DayOff, OneOff, OutsideCalendar, Pattern
from portal.worktime.packing import unpack_pairs
from portal.worktime.states import SessionKind


def works_of(user_ids: Sequence[int]) -> dict[int, WorkGiven]:
    """All that is known of each, in five queries however many they are."""
    patterns: dict[int, list[PatternGiven]] = {}
    rows = Pattern.objects.filter(user_id__in=user_ids).order_by("starts_on", "pk")
    for pattern in rows.prefetch_related("sessions"):
        patterns.setdefault(pattern.user_id, []).append(given_of(pattern))
    one_offs: dict[int, list[OneOffGiven]] = {}
    for row in OneOff.objects.filter(user_id__in=user_ids).order_by("day", "starts", "pk"):
        given = OneOffGiven(row.day, row.starts, row.ends, SessionKind(row.kind), row.instead)
        one_offs.setdefault(row.user_id, []).append(given)
    leave: dict[int, list[tuple[datetime, datetime]]] = {}
    for off in DayOff.objects.filter(user_id__in=user_ids).order_by("starts_at", "pk"):
        leave.setdefault(off.user_id, []).append((off.starts_at, off.ends_at))
    busy: dict[int, list[tuple[int, int]]] = {}
    calendars = OutsideCalendar.objects.filter(user_id__in=user_ids, removed_at__isnull=True)
    for user_id, kept in calendars.order_by("pk").values_list("user_id", "busy"):
        busy.setdefault(user_id, []).extend((a, b) for a, b in unpack_pairs(kept).tolist())
    return {
        user_id: WorkGiven(
            tuple(patterns.get(user_id, ())),
            tuple(one_offs.get(user_id, ())),
            tuple(leave.get(user_id, ())),
            tuple(busy.get(user_id, ())),
        )
        for user_id in user_ids
    }


def given_of(pattern: Pattern) -> PatternGiven:
    """A pattern as plain values; its sessions in the order of the week."""
    sessions = (
        SessionGiven(row.week, row.weekday, row.starts, row.ends, SessionKind(row.kind))
        for row in pattern.sessions.all()
    )
    return PatternGiven(
        nation=pattern.nation,
        starts_on=pattern.starts_on,
        sessions=tuple(sessions),
        weeks=pattern.weeks,
        ends_on=pattern.ends_on,
        works_on_bank_holidays=pattern.works_on_bank_holidays,
        buffer_minutes=pattern.buffer_minutes,
    )
