"""When somebody is there: who comes for two items alone leaves, and comes back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Value
from django.db.models.functions import Concat

from meetings.models import Participant
from meetings.references import subject_of
from meetings.states import Attendance
from portal.worktime.models import Booking

Stretch = tuple[datetime, datetime]


def with_stays(parts: QuerySet[Participant]) -> QuerySet[Any]:
    """The same rows, each with what is booked for it as `booked`: no query more."""
    mine = Booking.objects.filter(
        user=OuterRef("user"),
        subject=Concat(Value(subject_of("")), OuterRef("meeting__reference")),
        released_at__isnull=True,
    )
    return parts.annotate(booked=ArraySubquery(mine.order_by("during").values("during")))


def stays_of(part: Participant) -> list[Stretch]:
    """The stretches of one row of `with_stays`, in order; [] where they do not come."""
    whole = whole_stay(part)
    booked = [(span.lower, span.upper) for span in getattr(part, "booked", ())]
    return booked if whole and booked else whole


def stretches_of(parts: Sequence[Participant]) -> dict[int, list[Stretch]]:
    """The same for rows that have just been written, by participant: one query."""
    rows = Booking.objects.filter(
        subject__in=sorted({subject_of(part.meeting.reference) for part in parts}),
        released_at__isnull=True,
    )
    booked: dict[tuple[str, int], list[Stretch]] = {}
    for subject, user_id, during in rows.values_list("subject", "user_id", "during"):
        if during.lower and during.upper:
            booked.setdefault((subject, user_id), []).append((during.lower, during.upper))
    return {
        part.pk: sorted(
            booked.get((subject_of(part.meeting.reference), part.user_id), whole_stay(part))
        )
        for part in parts
    }


def span_of(part: Participant) -> Stretch | None:
    """From their first minute to their last; None where they do not come."""
    return (part.starts_at, part.ends_at) if part.starts_at and part.ends_at else None


def whole_stay(part: Participant) -> list[Stretch]:
    """The same as the one stretch of a list, or none."""
    span = span_of(part)
    return [span] if span else []


def seat(part: Participant, attendance: Attendance, stays: Sequence[Stretch] = ()) -> None:
    """How they take part, and when they are there: from their first minute to their last.

    None but WHOLE and PART have a time. The caller saves `part`.
    """
    part.attendance = attendance.value
    part.starts_at = stays[0][0] if stays else None
    part.ends_at = stays[-1][1] if stays else None


def in_a_row(spans: Iterable[Stretch]) -> list[Stretch]:
    """Those that follow one another as one; `spans` are in order and do not overlap."""
    found: list[Stretch] = []
    for first, end in spans:
        if found and found[-1][1] == first:
            found[-1] = found[-1][0], end
        else:
            found.append((first, end))
    return found
