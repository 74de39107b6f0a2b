"""People are told in the caller's transaction: once each, however often and however many."""

import select
import threading
from contextlib import closing
from typing import Any

import psycopg2
import pytest
from django.db import IntegrityError, connection, transaction

from portal.core.request_ids import working_on
from portal.notifications.actions import Recipient, tell
from portal.notifications.models import Notification
from tests.notifications.conftest import FACTS, mail_row, make_people, told


@pytest.mark.django_db
def test_a_person_is_told_in_the_app_and_by_mail_and_a_mailbox_by_mail() -> None:
    (ann,) = make_people(1)
    with working_on("request-1234"):
        told(
            "referral 1 sent",
            Recipient.person(ann.pk, None),
            Recipient.mailbox("team@example.org", None),
        )
    rows = Notification.objects.order_by("channel", "address")
    found = [(row.recipient_id, row.address, row.channel, row.state) for row in rows]
    assert found == [
        (ann.pk, "", "app", "sent"),
        (ann.pk, "", "email", "queued"),
        (None, "team@example.org", "email", "queued"),
    ]
    assert {row.request_id for row in rows} == {"request-1234"}
    assert {row.facts["reference"] for row in rows} == {"CG-7K4M-9QXT"}
    identities = {row.message_id for row in rows if row.channel == "email"}
    assert len(identities) == 2


@pytest.mark.django_db
def test_the_same_event_twice_tells_once_and_another_event_tells_again() -> None:
    (ann,) = make_people(1)
    everybody = [Recipient.person(ann.pk, None), Recipient.mailbox("team@example.org", None)]
    told("sent 1", *everybody, *everybody)
    told("sent 1", *everybody)
    assert Notification.objects.count() == 3
    told("sent 2", *everybody)
    assert Notification.objects.count() == 6


@pytest.mark.django_db
def test_the_database_itself_holds_one_row_for_one_recipient_of_one_event() -> None:
    told("sent 1", Recipient.mailbox("team@example.org", None))
    row = mail_row("sent 1")
    row.pk = None
    with pytest.raises(IntegrityError, match="notification_once"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 60])
def test_one_statement_however_many_are_told(count: int, django_assert_num_queries: Any) -> None:
    people = [Recipient.person(user.pk, None) for user in make_people(count)]
    with transaction.atomic(), django_assert_num_queries(1):
        tell(event="e", kind="referral.sent", recipients=people, facts=FACTS, path="/x/")
    assert Notification.objects.count() == 2 * count


@pytest.mark.django_db
def test_nobody_to_tell_needs_no_statement(django_assert_num_queries: Any) -> None:
    with transaction.atomic(), django_assert_num_queries(0):
        tell(event="e", kind="referral.sent", recipients=[], facts=FACTS, path="/x/")


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_refused() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        tell(event="e", kind="referral.sent", recipients=[], facts=FACTS, path="/x/")


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_told() -> None:
    with transaction.atomic():
        told("sent 1", Recipient.mailbox("team@example.org", None))
        transaction.set_rollback(True)
    assert not Notification.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_dispatcher_is_woken_by_the_commit_and_not_before() -> None:
    parameters = connection.get_connection_params()
    with closing(psycopg2.connect(**parameters)) as listener:
        listener.autocommit = True
        listener.cursor().execute("LISTEN outbox")
        with transaction.atomic():
            told(
                "sent 1",
                Recipient.mailbox("a@example.org", None),
                Recipient.mailbox("b@example.org", None),
            )
            assert _calls(listener, within=0.2) == 0
        assert _calls(listener, within=5) == 1
        # Told before: there is nothing to send.
        told("sent 1", Recipient.mailbox("a@example.org", None))
        assert _calls(listener, within=0.2) == 0


def _calls(listener: Any, within: float) -> int:
    """How often the listener was called; a call may take a moment to arrive."""
    select.select([listener], [], [], within)
    listener.poll()
    count = len(listener.notifies)
    listener.notifies.clear()
    return count


@pytest.mark.django_db(transaction=True)
def test_two_requests_that_tell_the_same_at_once_tell_once() -> None:
    people = [Recipient.person(user.pk, None) for user in make_people(8)]
    start = threading.Barrier(4)
    failures: list[BaseException] = []

    def one(order: int) -> None:
        try:
            start.wait(timeout=10)
            told("sent 1", *(people if order % 2 else reversed(people)))
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(order,)) for order in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert failures == []
    assert Notification.objects.count() == 16


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "referral.unheard-of"},
        {"facts": {**FACTS, "name": "Margaret Example"}},
        {"facts": {**FACTS, "nhs_number": "9990000000"}},
        {"kind": "account.invited", "facts": {}, "path": ""},
        {"path": "https://elsewhere.example/"},
        {"path": "//elsewhere.example/"},
        {"path": "referrals/"},
    ],
)
def test_what_may_not_be_told_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="notification"):
        told("sent 1", Recipient.mailbox("team@example.org", None), **wrong)
    assert not Notification.objects.exists()


@pytest.mark.django_db
def test_a_link_that_opens_an_account_is_not_readable_in_the_database() -> None:
    told(
        "invitation 1",
        Recipient.mailbox("new@example.org", None),
        kind="account.invited",
        facts={"link": "https://portal.example.org/secret-part"},
        path="",
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT notification::text FROM notifications_notification AS notification")
        (text,) = cursor.fetchone()
    assert "invited" in text
    assert "secret-part" not in text


@pytest.mark.django_db
def test_every_character_that_can_be_typed_can_be_told() -> None:
    strange = (
        "Ward \0 7\r\nBcc: everybody@example.org\x85\u2028 “ü” \u202eהפוך 🏥 ' \\ %s {{ 7*7 }}"
    )
    told("sent 1", Recipient.mailbox("team@example.org", None), facts={"team": strange})
    kept = mail_row("sent 1").facts["team"]
    assert len(kept.splitlines()) == 1
    assert "“ü”" in kept
    assert "🏥" in kept
