"""Two editors in the same moment, each in a transaction of their own."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from contacts.actions.editing import Clash, as_if_changed, as_if_undone, change_entry
from contacts.models import DirectoryRevision, Service, ServiceChange
from portal.accounts.access import reader_for
from portal.accounts.models import Membership, User
from portal.accounts.roles import Role
from portal.core.references import new_opaque_id
from tests.at_once import at_once
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two(db: None) -> tuple[Cast, list[User]]:
    """Dora, and a colleague with the same role."""
    cast = make_cast()
    colleague = User.objects.create_user("dan@test.example", name="Dan Dale")
    Membership.objects.create(
        user=colleague, organisation=cast.organisations["trafford"], role=Role.DIRECTORY_EDITOR
    )
    return cast, [cast.dora, colleague]


def saving(service: Service, user: User, key: str = "", **changes: Any) -> Callable[[], Any]:
    return lambda: change_entry(
        reference=service.reference,
        version=service.version,
        changes=changes,
        key=key or new_opaque_id(),
        by=reader_for(user),
    )


@pytest.mark.parametrize("again", range(5))
def test_of_two_texts_of_one_field_one_is_kept_and_the_other_handed_back(
    two: tuple[Cast, list[User]], again: int
) -> None:
    cast, users = two
    service = cast.services["front_door"]
    texts = ["Dora's words", "Dan's words"]
    ended = at_once(*(saving(service, u, summary=t) for u, t in zip(users, texts, strict=True)))
    lost = [one for one in ended if isinstance(one, Clash)]
    saved = [one for one in ended if isinstance(one, Service)]
    assert (len(lost), len(saved)) == (1, 1)
    kept = Service.objects.get(pk=service.pk)
    assert (kept.summary, kept.version) == (saved[0].summary, service.version + 1)
    assert lost[0].theirs["summary"] == kept.summary


def test_two_fields_are_both_kept(two: tuple[Cast, list[User]]) -> None:
    cast, (dora, dan) = two
    service = cast.services["front_door"]
    numbers = [["telephone", "0161 496 0888", "", "public"]]
    ended = at_once(saving(service, dora, summary="New"), saving(service, dan, contacts=numbers))
    assert all(isinstance(one, Service) for one in ended), ended
    kept = Service.objects.get(pk=service.pk)
    assert (kept.summary, kept.contacts.get().value) == ("New", "0161 496 0888")
    versions = ServiceChange.objects.filter(service=service).values_list("version", flat=True)
    assert sorted(versions) == [service.version + 1, service.version + 2]


def test_one_form_sent_twice_is_one_change(two: tuple[Cast, list[User]]) -> None:
    cast, (dora, _) = two
    service, key = cast.services["front_door"], new_opaque_id()
    ended = at_once(*(saving(service, dora, key, summary="Once") for _ in range(4)))
    assert all(isinstance(one, Service) for one in ended), ended
    assert ServiceChange.objects.filter(service=service).count() == 1


@pytest.mark.parametrize("named_before", [False, True], ids=["nobody yet", "somebody else"])
def test_whom_to_ring_stays_when_another_part_is_saved_after_waiting(
    two: tuple[Cast, list[User]], named_before: bool
) -> None:
    cast, (dora, dan) = two
    service = cast.services["front_door"]
    first, second = Service.objects.exclude(pk=service.pk).order_by("pk")[:2]
    if named_before:
        saving(service, dora, out_of_hours=first.reference)()
        service.refresh_from_db()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            saving(service, dora, out_of_hours=second.reference)()
            waiting = pool.submit(at_once, saving(service, dan, summary="New"))
            _wait_for_a_lock()
        [ended] = waiting.result(30)
    assert isinstance(ended, Service), ended
    kept = Service.objects.get(pk=service.pk)
    assert (kept.out_of_hours, kept.summary) == (second, "New")


def test_who_looks_before_saving_is_in_no_other_editors_way(two: tuple[Cast, list[User]]) -> None:
    cast, (dora, dan) = two
    mine, other = cast.services["front_door"], cast.services["hub"]
    by, version = reader_for(dora), mine.version + 1
    saving(mine, dora, summary="Old")()
    kept = DirectoryRevision.objects.get()
    for tried in (
        as_if_changed(reference=mine.reference, version=version, changes={"summary": "New"}, by=by),
        as_if_undone(reference=mine.reference, version=version, by=by),
    ):
        with tried as row, connection.cursor() as cursor:
            assert row.summary != "Old"
            cursor.execute("SELECT revision FROM contacts_directoryrevision")
            assert cursor.fetchone() == (kept.revision,)
    with as_if_undone(reference=mine.reference, version=version, by=by):
        [ended] = at_once(saving(other, dan, summary="Saved"))
    assert isinstance(ended, Service), ended
    # What is saved after that, on the same connection, is seen by everybody again.
    before = DirectoryRevision.objects.get().revision
    assert before != kept.revision
    change_entry(
        reference=other.reference, version=ended.version, changes={"ring_first": "Ring"},
        key=new_opaque_id(), by=by,
    )  # fmt: skip
    assert DirectoryRevision.objects.get().revision != before


def _wait_for_a_lock() -> None:
    """Until another connection waits for what this one holds."""
    until = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
            )
            if cursor.fetchone() == (True,):
                return
            time.sleep(0.05)
    raise AssertionError("Nobody has come to wait.")
