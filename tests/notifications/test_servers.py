"""What a real mail server may do at each stage of a conversation, and what becomes of the mail."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from portal.notifications import claims
from portal.notifications.actions import Recipient
from portal.notifications.delivery import deliver
from portal.notifications.models import Notification
from tests.mail_server import HANG, HANG_UP, MailServer
from tests.notifications.conftest import told

pytestmark = pytest.mark.django_db
# Beginning with the addresses, so that the first in the alphabet is told and sent first.
FIRST, SECOND = "a@example.org", "b@example.org"


@pytest.fixture(params=[False, True], ids=["one-by-one", "pipelining"])
def server(request: pytest.FixtureRequest, mail_server: MailServer, settings: Any) -> MailServer:
    """With and without several commands at once."""
    settings.EMAIL_TIMEOUT = 0.4
    mail_server.pipelining = request.param
    return mail_server


def _send() -> int:
    held = claims.claim(batch=100, most=1000, lease=timedelta(seconds=60))
    return deliver(held.ids, held.token)


def _tell_two() -> None:
    told("e", Recipient.mailbox(FIRST, None), Recipient.mailbox(SECOND, None))


def _row(address: str) -> tuple[str, str]:
    return Notification.objects.values_list("state", "failure").get(address=address)


@pytest.mark.parametrize(
    ("stage", "answer", "failure"),
    [
        ("MAIL", "451 4.3.0 Try again", "deferred"),
        ("RCPT", "450 4.2.0 Greylisted", "deferred"),
        ("RCPT", "452 4.2.2 Mailbox full", "deferred"),
        ("DATA", "451 4.3.2 Not now", "deferred"),
        ("mail", "451 4.7.1 Greylisted after all", "deferred"),
        ("mail", "452 4.3.1 Disk full", "deferred"),
    ],
)
def test_later_puts_off_one_mail_and_the_next_goes_on_the_same_line(
    server: MailServer, stage: str, answer: str, failure: str
) -> None:
    server.at[stage] = [answer]
    _tell_two()
    assert _send() == 2
    assert _row(FIRST) == ("queued", failure)
    assert _row(SECOND) == ("sent", "")
    assert [mail.to for mail in server.mails] == [SECOND]
    assert server.lines_taken == 1
    Notification.objects.filter(state="queued").update(next_attempt_at=Now())
    assert _send() == 1
    assert _row(FIRST) == ("sent", "")


@pytest.mark.parametrize(
    ("stage", "answer", "failure"),
    [
        ("RCPT", "550 5.1.1 No such mailbox", "recipient-refused"),
        ("RCPT", "553 5.1.3 Bad address", "recipient-refused"),
        ("RCPT", "571 5.7.1 Not allowed", "recipient-refused"),
        ("DATA", "554 5.7.1 No", "mail-refused"),
        ("mail", "550 5.7.1 Looks like spam", "mail-refused"),
        ("mail", "552 5.3.4 Too large", "mail-refused"),
    ],
)
def test_a_refusal_for_good_ends_one_mail_and_the_next_goes(
    server: MailServer, stage: str, answer: str, failure: str
) -> None:
    server.at[stage] = [answer]
    _tell_two()
    assert _send() == 2
    assert _row(FIRST) == ("failed-permanently", failure)
    assert _row(SECOND) == ("sent", "")


def test_a_refused_sender_concerns_every_mail(server: MailServer) -> None:
    server.at["MAIL"] = ["550 5.7.1 Not from you"]
    _tell_two()
    assert _send() == 1
    assert {_row(FIRST), _row(SECOND)} == {("queued", "sender-refused")}


@pytest.mark.parametrize("stage", ["EHLO", "MAIL", "RCPT", "DATA", "mail"])
@pytest.mark.parametrize("trouble", [HANG_UP, HANG, "421 4.3.2 Going down"])
def test_a_line_that_breaks_is_temporary_at_every_stage(
    server: MailServer, stage: str, trouble: str
) -> None:
    server.at[stage] = [trouble]
    server.at["HELO"] = [trouble] if stage == "EHLO" else []
    _tell_two()
    _send()
    first, second = _row(FIRST), _row(SECOND)
    assert first == ("queued", "connection")
    assert second == ("queued", "connection")
    assert server.mails == []
    server.at.clear()
    Notification.objects.update(next_attempt_at=Now())
    assert _send() == 2
    assert len(server.mails) == 2


def test_a_mail_at_which_the_server_hangs_does_not_stand_before_the_others_again(
    server: MailServer,
) -> None:
    _tell_two()
    server.at["mail"] = [HANG]
    _send()
    due = dict(Notification.objects.values_list("address", "next_attempt_at"))
    assert due[FIRST] > due[SECOND]
    shift = due[SECOND] - Notification.objects.values_list(Now(), flat=True)[0]
    for row in Notification.objects.all():
        row.next_attempt_at -= shift + timedelta(seconds=1)
        row.save()
    assert _send() == 1
    assert [mail.to for mail in server.mails] == [SECOND]


def test_a_mail_whose_lines_begin_with_full_stops_arrives_as_it_was(server: MailServer) -> None:
    facts = {"subject": "Your password was changed", "body": ".\n..two\nThree."}
    told("e", Recipient.mailbox(FIRST, None), kind="account.mail", facts=facts, path="")
    _send()
    assert ".\r\n..two\r\nThree." in server.mails[0].text


def test_an_address_in_another_script_is_refused_in_words_and_stops_nobody(
    server: MailServer,
) -> None:
    told("e", Recipient.mailbox("zażółć@example.org", None), Recipient.mailbox(FIRST, None))
    assert _send() == 2
    assert _row(FIRST) == ("sent", "")
    assert _row("zażółć@example.org")[0] in {"sent", "failed-permanently"}
