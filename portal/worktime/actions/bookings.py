"""People's time is taken for something of the portal's: everybody's at once, or nobody's."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet

from portal.core.clock import now
from portal.core.refused import Refused
from portal.core.retrying import retry_deadlocks
from portal.worktime.hours import in_utc
from portal.worktime.locking import lock_people
from portal.worktime.models import Booking

Wanted = tuple[int, datetime, datetime]  # a user's id, from when, until when (half-open)
_TAKEN = "23P01"  # exclusion_violation
_WHO = """
SELECT DISTINCT wanted.user_id
FROM unnest(%(user_ids)s::bigint[], %(starts)s::timestamptz[], %(ends)s::timestamptz[])
    AS wanted (user_id, starts_at, ends_at)
JOIN worktime_booking AS booking
    ON int8range(booking.user_id, booking.user_id, '[]')
        && int8range(wanted.user_id, wanted.user_id, '[]')
    AND booking.during && tstzrange(wanted.starts_at, wanted.ends_at)
    AND booking.released_at IS NULL
ORDER BY wanted.user_id
"""


class AlreadyBooked(Refused):
    """Somebody is elsewhere by now; `user_ids` are those who are, in order."""

    code = "already-booked"

    def __init__(self, user_ids: Collection[int]) -> None:
        super().__init__("Somebody has been booked for that time meanwhile. Choose another time.")
        self.user_ids = sorted(set(user_ids))


@retry_deadlocks
def book(*, subject: str, bookings: Sequence[Wanted]) -> None:
    """Take the time of everybody named for `subject` ("meeting M-..."), all or none.

    Raises AlreadyBooked, after which the caller's transaction is as it was before and can be
    used; ValueError for a stretch that does not end after it starts, or two of one person that
    overlap.
    """
    _check(bookings)
    with transaction.atomic():
        lock_people("booking", _people(bookings))
        _insert(subject, bookings)


@retry_deadlocks
def release(*, subject: str, user_id: int | None = None) -> int:
    """Give back all time that is taken for `subject`, or one person's of it: how many bookings
    that were."""
    held = _mine(subject) if user_id is None else _mine(subject).filter(user=user_id)
    return held.update(released_at=now())


@retry_deadlocks
def replace(*, subject: str, bookings: Sequence[Wanted]) -> None:
    """Release what `subject` has and take this instead, in one; raises as `book` does.

    After AlreadyBooked `subject` has what it had before.
    """
    _check(bookings)
    with transaction.atomic():
        held = _mine(subject).values_list("user_id", flat=True)
        lock_people("booking", {*held, *_people(bookings)})
        _mine(subject).update(released_at=now())
        _insert(subject, bookings)


def _mine(subject: str) -> QuerySet[Booking]:
    return Booking.objects.filter(subject=subject, released_at__isnull=True)


def _insert(subject: str, bookings: Sequence[Wanted]) -> None:
    rows = [
        Booking(user_id=user_id, during=DateTimeTZRange(start, end), subject=subject)
        for user_id, start, end in sorted(bookings)
    ]
    try:
        with transaction.atomic():
            Booking.objects.bulk_create(rows)
    except IntegrityError as error:
        if getattr(error.__cause__, "pgcode", None) != _TAKEN:
            raise
        raise AlreadyBooked(_taken(bookings)) from None


def _taken(bookings: Sequence[Wanted]) -> list[int]:
    """Who of them is elsewhere. Whoever took their time held the lock before us, and is done."""
    user_ids, starts, ends = (list(column) for column in zip(*bookings, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_WHO, {"user_ids": user_ids, "starts": starts, "ends": ends})
        return [user_id for (user_id,) in cursor.fetchall()]


def _people(bookings: Sequence[Wanted]) -> set[int]:
    return {user_id for user_id, _, _ in bookings}


def _check(bookings: Sequence[Wanted]) -> None:
    until: dict[int, datetime] = {}
    for user_id, start, end in sorted(bookings):
        if in_utc(end) <= in_utc(start):
            raise ValueError("A booking ends after it starts.")
        if user_id in until and in_utc(start) < until[user_id]:
            raise ValueError("Nobody is booked twice for the same time.")
        until[user_id] = in_utc(end)
