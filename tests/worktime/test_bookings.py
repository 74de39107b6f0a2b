"""Everybody's time is taken at once, or nobody's; nobody is in two places."""

import random
import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection, transaction

from portal.accounts.models import User
from portal.core.retrying import retry_deadlocks
from portal.worktime.actions.bookings import AlreadyBooked, book, release, replace
from portal.worktime.models import Booking

START = datetime(2026, 12, 8, 13, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(user: User, minute: int, minutes: int = 30) -> tuple[int, datetime, datetime]:
    return user.pk, START + minute * MINUTE, START + (minute + minutes) * MINUTE


def held(subject: str) -> list[int]:
    rows = Booking.objects.filter(subject=subject, released_at__isnull=True)
    return sorted(rows.values_list("user_id", flat=True))


def test_all_or_none_and_the_transaction_goes_on(people: list[User]) -> None:
    ann, ben, col = people
    book(subject="meeting M-1", bookings=[at(ann, 0), at(ben, 0)])
    with transaction.atomic():
        with pytest.raises(AlreadyBooked) as refused:
            book(subject="meeting M-2", bookings=[at(col, 15), at(ben, 15), at(ann, 29)])
        assert refused.value.user_ids == [ann.pk, ben.pk]
        book(subject="meeting M-3", bookings=[at(col, 15)])
    assert (held("meeting M-1"), held("meeting M-2"), held("meeting M-3")) == (
        [ann.pk, ben.pk],
        [],
        [col.pk],
    )


def test_stretches_that_meet_do_not_overlap(people: list[User]) -> None:
    book(subject="meeting M-1", bookings=[at(people[0], 0, 30)])
    book(subject="meeting M-2", bookings=[at(people[0], 30, 10), at(people[0], -10, 10)])


def test_what_is_released_can_be_taken(people: list[User]) -> None:
    book(subject="meeting M-1", bookings=[at(user, 0) for user in people])
    assert release(subject="meeting M-1") == 3
    assert release(subject="meeting M-1") == 0
    book(subject="meeting M-2", bookings=[at(user, 0) for user in people])
    assert Booking.objects.count() == 6


def test_replaced_within_its_own_time(people: list[User]) -> None:
    ann, ben, col = people
    book(subject="meeting M-1", bookings=[at(ann, 0), at(ben, 0)])
    replace(subject="meeting M-1", bookings=[at(ann, 10), at(col, 10)])
    assert held("meeting M-1") == [ann.pk, col.pk]


def test_what_cannot_be_replaced_keeps_what_it_had(people: list[User]) -> None:
    ann, ben, _ = people
    book(subject="meeting M-1", bookings=[at(ann, 0)])
    book(subject="meeting M-2", bookings=[at(ben, 60)])
    with pytest.raises(AlreadyBooked):
        replace(subject="meeting M-1", bookings=[at(ann, 60), at(ben, 60)])
    assert held("meeting M-1") == [ann.pk]
    assert Booking.objects.get(subject="meeting M-1").during.lower == START


def test_what_makes_no_sense_is_an_error(people: list[User]) -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        book(subject="meeting M-1", bookings=[at(people[0], 0, 0)])
    with pytest.raises(ValueError, match="twice"):
        book(subject="meeting M-1", bookings=[at(people[0], 0), at(people[0], 20)])
    naive = START.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        book(subject="meeting M-1", bookings=[(people[0].pk, naive, naive + MINUTE)])


@pytest.mark.django_db(transaction=True)
def test_24_people_book_200_meetings_at_once(people: list[User]) -> None:
    """8 at a time, each of 24 people in many of the meetings: no overlap, and no deadlock shown."""
    chance = random.Random(24)  # noqa: S311 (no secret)
    users = User.objects.bulk_create(
        User(email=f"at-once{n}@example.org", name=f"Colleague {n}", password="!")
        for n in range(24)
    )
    wanted = [
        (f"meeting M-{n}", [at(user, start) for user in chance.sample(users, chance.randint(2, 8))])
        for n in range(200)
        for start in [5 * chance.randint(0, 60)]
    ]
    booked: list[str] = []
    lost: list[str] = []
    failures: list[BaseException] = []
    start = threading.Barrier(24)

    @retry_deadlocks
    def inside(subject: str, bookings: list[tuple[int, datetime, datetime]]) -> None:
        """As a meeting does it: in a transaction of its own, which reads before and after."""
        with transaction.atomic():
            held(subject)
            book(subject=subject, bookings=bookings)
            held(subject)

    def alone(subject: str, bookings: list[tuple[int, datetime, datetime]]) -> None:
        book(subject=subject, bookings=bookings)

    def one(number: int) -> None:
        try:
            start.wait(timeout=60)
            for subject, bookings in wanted[number::24]:
                act = inside if number % 2 else alone
                try:
                    act(subject, bookings)
                    booked.append(subject)
                except AlreadyBooked:
                    lost.append(subject)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[number]) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(booked) + len(lost) == 200
    assert len(booked) > 10
    # All or none, and nobody in two places.
    people_of = dict(wanted)
    assert {s: held(s) for s in booked} == {s: sorted(u for u, *_ in people_of[s]) for s in booked}
    assert [held(s) for s in lost] == [[]] * len(lost)
    taken = sorted(
        (row.user_id, row.during.lower, row.during.upper) for row in Booking.objects.all()
    )
    for (user, _, until), (other, begins, _) in pairwise(taken):
        assert user != other or until <= begins
