"""Mails are sent through a real server, and what it answers decides what becomes of the row."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from portal.notifications import claims
from portal.notifications.actions import Recipient
from portal.notifications.delivery import deliver
from portal.notifications.models import Notification
from referrals.actions.claim import claim
from tests.cast import Cast
from tests.conftest import send
from tests.mail_server import MailServer
from tests.notifications.conftest import mail_row, make_people, told

pytestmark = pytest.mark.django_db
BOX = Recipient.mailbox("team@example.org", None)


def _send(lease: timedelta = timedelta(seconds=60)) -> int:
    held = claims.claim(batch=100, most=1000, lease=lease)
    return deliver(held.ids, held.token)


def _due_now() -> None:
    Notification.objects.filter(state="queued").update(next_attempt_at=Now())


def test_an_accepted_mail_is_sent_and_leaves_the_outbox(mail_server: MailServer) -> None:
    told("e", BOX)
    assert _send() == 1
    row = mail_row("e")
    assert (row.state, row.attempts, row.failure, row.lease_token) == ("sent", 1, "", None)
    assert row.sent_at is not None
    (mail,) = mail_server.mails
    assert mail.to == "team@example.org"
    assert mail.message["Message-ID"] == row.message_id
    assert _send() == 0


def test_an_account_is_written_to_at_the_address_it_has_when_the_mail_is_sent(
    mail_server: MailServer,
) -> None:
    (ann,) = make_people(1)
    told("e", Recipient.person(ann.pk, None))
    ann.email = "married.name@example.org"
    ann.save()
    _send()
    assert [mail.to for mail in mail_server.mails] == ["married.name@example.org"]


def test_somebody_who_has_left_gets_no_mail(mail_server: MailServer) -> None:
    (ann,) = make_people(1)
    told("e", Recipient.person(ann.pk, None))
    ann.is_active = False
    ann.save()
    _send()
    assert mail_server.mails == []
    assert mail_row("e").state == "not-needed"


def test_a_server_that_says_later_is_asked_again_later(mail_server: MailServer) -> None:
    mail_server.answers["team@example.org"] = ["450 4.2.0 Greylisted"]
    told("e", BOX, Recipient.mailbox("other@example.org", None))
    _send()
    row = Notification.objects.get(address="team@example.org")
    assert (row.state, row.failure, row.attempts) == ("queued", "deferred", 1)
    assert row.next_attempt_at > row.created_at + timedelta(seconds=4)
    assert len(mail_server.to("other@example.org")) == 1  # the same connection went on
    assert _send() == 0
    _due_now()
    assert _send() == 1
    assert len(mail_server.to("team@example.org")) == 1
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("sent", 2)


@pytest.mark.parametrize(
    ("at_rcpt", "after_data", "failure"),
    [
        (["550 5.1.1 No such mailbox"], [], "recipient-refused"),
        ([], ["554 5.6.0 Refused"], "mail-refused"),
    ],
)
def test_a_refusal_for_good_is_kept_for_somebody_to_see(
    mail_server: MailServer, at_rcpt: list[str], after_data: list[str], failure: str
) -> None:
    mail_server.answers["team@example.org"] = at_rcpt
    mail_server.after_data = after_data
    told("e", BOX)
    _send()
    row = mail_row("e")
    assert (row.state, row.failure) == ("failed-permanently", failure)
    assert _send() == 0


def test_what_has_no_address_fails_and_stops_nobody_else(mail_server: MailServer) -> None:
    told("e", Recipient.mailbox("not an address", None), Recipient.mailbox("", None), BOX)
    assert _send() == 3
    failed = Notification.objects.filter(failure="no-address", state="failed-permanently")
    assert failed.count() == 2
    assert len(mail_server.mails) == 1


def test_a_fault_of_ours_is_kept_apart_and_stops_nobody_else(mail_server: MailServer) -> None:
    told("e", BOX)
    told("f", Recipient.mailbox("other@example.org", None))
    Notification.objects.filter(event="e").update(kind="no.longer-known")
    _send()
    assert (mail_row("e").state, mail_row("e").failure) == ("failed-technically", "composing")
    assert mail_row("f").state == "sent"


def test_a_server_that_is_away_is_met_once_for_a_whole_handful(mail_server: MailServer) -> None:
    mail_server.stop()
    told("e", BOX, *(Recipient.mailbox(f"box{number}@example.org", None) for number in range(5)))
    assert _send() == 1
    found = Notification.objects.values_list("state", "failure", "attempts")
    assert set(found) == {("queued", "connection", 1)}
    mail_server.start()
    _due_now()
    assert _send() == 6
    assert len(mail_server.mails) == 6


def test_a_server_that_hangs_costs_one_time_limit(mail_server: MailServer, settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    mail_server.holding = True
    told("e", BOX, Recipient.mailbox("other@example.org", None))
    assert _send() == 1
    assert set(Notification.objects.values_list("state", "failure")) == {("queued", "connection")}


def test_a_server_that_hangs_up_between_mails_is_rung_again(mail_server: MailServer) -> None:
    told("e", BOX, Recipient.mailbox("other@example.org", None))
    mail_server.hang_up_after = 1
    assert _send() == 2
    assert len(mail_server.mails) == 2
    assert set(Notification.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_after_a_day_it_is_given_up(mail_server: MailServer) -> None:
    mail_server.stop()
    told("e", BOX)
    Notification.objects.update(due_at=F("due_at") - timedelta(hours=25))
    _send()
    row = mail_row("e")
    assert (row.state, row.failure) == ("failed-permanently", "gave-up")


def test_nothing_is_sent_under_a_lease_that_is_over(mail_server: MailServer) -> None:
    told("e", BOX)
    held = claims.claim(batch=1, most=10, lease=timedelta(seconds=60))
    claims.take_over(held.ids, held.token, timedelta(seconds=60))
    assert deliver(held.ids, held.token) == 0
    assert mail_server.mails == []


def test_rows_for_which_the_lease_may_not_last_are_given_back(
    mail_server: MailServer, settings: Any
) -> None:
    settings.EMAIL_TIMEOUT = 30
    told("e", BOX, Recipient.mailbox("other@example.org", None))
    mail_server.pause = 0.6
    assert _send(lease=timedelta(seconds=1)) == 1  # more than half of the lease is gone by then
    assert Notification.objects.filter(state="queued", attempts=1).count() == 1
    assert _send() == 1
    assert len(mail_server.mails) == 2


def test_a_mail_sent_twice_can_be_known_by_its_identity(mail_server: MailServer) -> None:
    told("e", BOX)
    _send()
    Notification.objects.update(state="queued", sent_at=None)
    _due_now()
    _send()
    assert len({mail.message["Message-ID"] for mail in mail_server.mails}) == 1
    assert len(mail_server.mails) == 2


@pytest.mark.parametrize("answer", ["250 OK", "550 No such mailbox"])
def test_a_secret_link_is_forgotten_once_it_is_no_longer_needed(
    mail_server: MailServer, answer: str
) -> None:
    mail_server.answers["new@example.org"] = [] if answer.startswith("2") else [answer]
    told(
        "e",
        Recipient.mailbox("new@example.org", None),
        kind="account.invited",
        facts={"link": "https://portal.example.org/i/secret-part", "team": "Ward 7"},
        path="",
    )
    _send()
    assert ["secret-part" in mail.text for mail in mail_server.mails] == [True] * (answer[0] == "2")
    assert mail_row("e").facts == {"team": "Ward 7"}


def test_a_secret_link_is_kept_while_the_server_is_away(mail_server: MailServer) -> None:
    mail_server.stop()
    facts = {"link": "https://portal.example.org/i/secret-part"}
    told("e", BOX, kind="account.password-reset", facts=facts, path="")
    _send()
    mail_server.start()
    _due_now()
    _send()
    assert "https://portal.example.org/i/secret-part" in mail_server.mails[0].text


def test_mail_is_never_sent_inside_a_transaction(mail_server: MailServer) -> None:
    told("e", BOX)
    held = claims.claim(batch=1, most=10, lease=timedelta(seconds=60))
    with transaction.atomic(), pytest.raises(RuntimeError, match="cannot be nested"):
        deliver(held.ids, held.token)


def test_a_handful_of_mails_takes_few_statements(mail_server: MailServer) -> None:
    told("e", *(Recipient.mailbox(f"box{number}@example.org", None) for number in range(20)))
    held = claims.claim(batch=20, most=20, lease=timedelta(seconds=60))
    with CaptureQueriesContext(connection) as statements:
        deliver(held.ids, held.token)
    # One to begin them all, and one to finish each group of ten.
    assert len([s for s in statements if "SAVEPOINT" not in s["sql"]]) == 1 + 2


def test_no_mail_about_a_referral_names_the_person(mail_server: MailServer, cast: Cast) -> None:
    planted = {
        "why_now": "Planted-why-now",
        "with_person": "Planted-husband",
        "points": ["Planted-point"],
        "call_back": "Planted-call-back",
    }
    referral = send(cast, **planted)
    claim(by=cast.reader("sam"), reference=referral.reference)
    _send()
    assert len(mail_server.mails) >= 2
    for mail in mail_server.mails:
        text = mail.message.as_string()
        assert referral.reference in text
        for hidden in ("Planted", "Margaret", "Example", "9990123454", "999 012 3454"):
            assert hidden not in text


def test_addresses_and_what_servers_say_are_not_logged(
    mail_server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    mail_server.answers["team@example.org"] = ["550 Margaret Example is unknown here"]
    told("e", BOX)
    with caplog.at_level("DEBUG", logger="portal"):
        _send()
    ours = str([vars(line) for line in caplog.records if line.name.startswith("portal")])
    assert "recipient-refused" in ours
    assert "team@" not in ours
    assert "Margaret" not in ours
    with connection.cursor() as cursor:
        cursor.execute("SELECT n::text FROM notifications_notification AS n")
        assert "Margaret" not in cursor.fetchone()[0]
