"""A row is taken by one at a time, under a lease that runs out."""

import threading
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now

from portal.notifications import claims
from portal.notifications.actions import Recipient
from portal.notifications.models import Notification
from portal.notifications.states import State
from tests.notifications.conftest import told

LEASE = timedelta(seconds=60)


def _queue(count: int) -> None:
    told("e", *(Recipient.mailbox(f"box{number:03}@example.org", None) for number in range(count)))


def _claim(batch: int = 10, most: int = 100, lease: timedelta = LEASE) -> claims.Claim:
    return claims.claim(batch=batch, most=most, lease=lease)


@pytest.mark.django_db
def test_the_oldest_due_rows_are_taken_and_nobody_gets_them_again() -> None:
    _queue(15)
    first, second, third = _claim(), _claim(), _claim()
    assert len(first.ids) == 10
    assert first.full
    assert len(second.ids) == 5
    assert not second.full
    assert third.ids == []
    assert max(first.ids) < min(second.ids)


@pytest.mark.django_db
def test_rows_put_off_wait_for_their_time() -> None:
    _queue(2)
    Notification.objects.update(next_attempt_at=Now() + timedelta(seconds=30))
    assert _claim().ids == []


@pytest.mark.django_db
def test_a_lease_that_ran_out_frees_the_row_and_its_holder_cannot_finish_it() -> None:
    _queue(1)
    lost = _claim(lease=timedelta(seconds=-1))
    assert claims.begin(lost.ids, lost.token) == []
    again = _claim()
    assert again.ids == lost.ids
    (one,) = claims.begin(again.ids, again.token)
    sent = [claims.Outcome(one.row.pk, State.SENT)]
    assert claims.finish(sent, lost.token) == set()
    assert claims.finish(sent, again.token) == {one.row.pk}
    assert claims.finish(sent, again.token) == set()


@pytest.mark.django_db
def test_no_more_than_the_most_are_held_at_once() -> None:
    _queue(30)
    assert len(_claim(batch=10, most=25).ids) == 10
    assert len(_claim(batch=10, most=25).ids) == 10
    full = _claim(batch=10, most=25)  # five would fit, but single rows are not worth the trouble
    assert full.ids == []
    assert full.full


@pytest.mark.django_db
def test_whoever_was_told_the_old_lease_stands_back() -> None:
    _queue(3)
    old = _claim()
    new = claims.take_over(old.ids[:2], old.token, LEASE)
    assert new.ids == old.ids[:2]
    assert [one.row.pk for one in claims.begin(old.ids, old.token)] == old.ids[2:]
    assert [one.row.pk for one in claims.begin(new.ids, new.token)] == new.ids


@pytest.mark.django_db
def test_rows_given_back_are_due_again_without_a_try_counted() -> None:
    _queue(2)
    held = _claim()
    claims.give_back(held.ids, held.token)
    assert set(Notification.objects.values_list("state", "attempts")) == {("queued", 0)}
    assert _claim().ids == held.ids


@pytest.mark.django_db
def test_what_is_told_in_the_app_is_never_taken() -> None:
    Notification.objects.all().delete()
    assert _claim().ids == []
    assert claims.begin([1, 2], uuid.uuid4()) == []


@pytest.mark.django_db(transaction=True)
def test_four_dispatchers_at_once_take_each_row_once() -> None:
    _queue(200)
    start = threading.Barrier(4)
    taken: list[int] = []

    def take() -> None:
        try:
            start.wait(timeout=10)
            while ids := _claim(batch=7, most=10_000).ids:
                taken.extend(ids)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    # A row that another was just looking at is skipped, so a last round may find some.
    while ids := _claim(batch=7, most=10_000).ids:
        taken.extend(ids)
    assert len(taken) == 200
    assert set(Counter(taken).values()) == {1}
