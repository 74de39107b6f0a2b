"""Many people book at the same moment, on real connections."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from meetings.actions.book import book
from meetings.asking import Asked
from meetings.finding import found_for, mark_of, slot_at
from meetings.models import Meeting, MeetingChange
from meetings.states import Status
from portal.core.refused import Refused
from portal.worktime.models import Booking
from portal.worktime.packing import moment_of
from tests.cast import Cast, make_cast
from tests.meetings.conftest import arranged, best, new_key

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, MEETINGS = 24, 200
NAMES = ("alice", "sam", "ada", "gina", "phil", "wanda", "tess", "mina", "hugo", "oscar")
_OVERLAPS = """
SELECT count(*) FROM worktime_booking a JOIN worktime_booking b
    ON a.id < b.id AND a.user_id = b.user_id AND a.during && b.during
WHERE a.released_at IS NULL AND b.released_at IS NULL
"""


def at_once(work: Sequence[Callable[[], str]], workers: int) -> list[str]:
    """What each comes to; all begin together, each on a connection of its own."""
    gate = threading.Barrier(min(workers, len(work)))
    waited = threading.local()

    def one(act: Callable[[], str]) -> str:
        if not hasattr(waited, "done"):
            waited.done = True
            gate.wait(timeout=60)
        try:
            return act()
        except Refused as no:
            return no.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(one, work))


def taking(cast: Cast, meeting: Meeting, by: str, start: int, shown: str = "") -> Callable[[], str]:
    """Booking a meeting for a start, as it was shown."""

    def act() -> str:
        book(
            by=cast.reader(by),
            reference=meeting.reference,
            start=moment_of(start),
            version=1,
            key=new_key(),
            shown=shown,
        )
        return "booked"

    return act


def overlaps() -> int:
    """How many pairs of bookings have somebody in two places."""
    with connection.cursor() as cursor:
        cursor.execute(_OVERLAPS)
        return int(cursor.fetchone()[0])


def test_24_people_book_200_overlapping_meetings_and_nobody_is_in_two_places(db: None) -> None:
    cast = make_cast()
    work, meetings = [], []
    for number in range(MEETINGS):
        must = [NAMES[(number + step) % len(NAMES)] for step in (0, 1, 3)]
        meeting = arranged(cast, by=must[0], must=must)
        meetings.append(meeting)
        if number == 0:
            slot = best(cast, meeting, must[0])
        # As everybody for all of it, at one of three starts that overlap.
        start = slot.start + 10 * (number % 3)
        made, _ = found_for(meeting, reader_id=cast.users[must[0]].pk)
        work.append(_whole(cast, meeting, must[0], start, made))
    answers = Counter(at_once(work, PEOPLE))
    assert set(answers) <= {"booked", "slot-taken"}, answers
    assert answers["booked"] >= 1
    assert answers["booked"] + answers["slot-taken"] == MEETINGS
    assert overlaps() == 0
    booked = Meeting.objects.filter(status=Status.BOOKED)
    assert booked.count() == answers["booked"] == MeetingChange.objects.count()
    # All or none: each booked meeting has three bookings, and no other has any.
    held = Counter(Booking.objects.filter(released_at=None).values_list("subject", flat=True))
    assert held == {f"meeting {meeting.reference}": 3 for meeting in booked}
    # Who lost is offered another time.
    lost = next(m for m in meetings if m.pk not in set(booked.values_list("pk", flat=True)))
    lost = Meeting.objects.get(pk=lost.pk)
    offered = best(cast, lost, _by(lost, cast))
    assert taking(cast, lost, _by(lost, cast), offered.start, mark_of(offered))() == "booked"


def _whole(cast: Cast, meeting: Meeting, by: str, start: int, made: Asked) -> Callable[[], str]:
    slot = slot_at(made, start)
    assert slot is not None
    return taking(cast, meeting, by, start, mark_of(slot))


def _by(meeting: Meeting, cast: Cast) -> str:
    return next(name for name, user in cast.users.items() if user.pk == meeting.organiser_id)


def test_of_many_who_book_the_same_meeting_one_does(db: None) -> None:
    cast = make_cast()
    meeting = arranged(cast, by="sam", must=["sam", "alice", "tess"])
    slot = best(cast, meeting, "sam")
    names = ["sam", "tess", "mina"] * 4
    work = [taking(cast, meeting, name, slot.start, mark_of(slot)) for name in names]
    answers = Counter(at_once(work, len(names)))
    assert answers["booked"] == 1
    assert set(answers) <= {"booked", "stale", "wrong-status"}
    assert (overlaps(), MeetingChange.objects.count()) == (0, 1)
