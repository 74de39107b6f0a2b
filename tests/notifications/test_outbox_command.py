"""What an operator sees of the outbox: how it stands and what failed, and no address."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models.functions import Now

from portal.notifications.actions import Recipient
from portal.notifications.models import Notification
from tests.notifications.conftest import mail_row, make_people, told

pytestmark = pytest.mark.django_db


def _outbox(*arguments: str) -> str:
    out = StringIO()
    call_command("outbox", *arguments, stdout=out)
    return out.getvalue()


def _fail(**changes: object) -> Notification:
    values = {"state": "failed-permanently", "failure": "recipient-refused", "attempts": 3}
    Notification.objects.filter(channel="email").update(**{**values, **changes})
    return Notification.objects.filter(channel="email").get()


def test_an_empty_outbox() -> None:
    assert _outbox() == "Oldest unsent mail: none\n"


def test_counts_and_failures_without_an_address() -> None:
    (ann,) = make_people(1)
    told("e", Recipient.person(ann.pk, None))
    row = _fail()
    told("f", Recipient.mailbox("team@example.org", None))
    text = _outbox()
    assert "1  app    sent" in text
    assert "1  email  waits to be sent" in text
    assert f"{row.pk}  " in text
    assert "the mail server knows no such address (3 tries)" in text
    assert "@" not in text


def test_a_failed_mail_is_put_back() -> None:
    told("e", Recipient.mailbox("team@example.org", None))
    row = _fail(due_at=Now())
    assert "due again" in _outbox("--retry", str(row.pk))
    row.refresh_from_db()
    assert (row.state, row.attempts, row.failure) == ("queued", 0, "")


@pytest.mark.parametrize("state", ["queued", "not-needed"])
def test_only_what_failed_is_put_back(state: str) -> None:
    told("e", Recipient.mailbox("team@example.org", None))
    row = mail_row("e")
    Notification.objects.update(state=state)
    why = "Nobody needs this mail" if state == "not-needed" else "seen to this mail already"
    with pytest.raises(CommandError, match=why):
        _outbox("--retry", str(row.pk))


def test_a_link_that_is_gone_cannot_be_sent_again() -> None:
    facts = {"link": "https://portal.example.org/i/abc"}
    told(
        "e", Recipient.mailbox("a@example.org", None), kind="account.invited", facts=facts, path=""
    )
    row = _fail(facts={})
    with pytest.raises(CommandError, match="ask for a new one"):
        _outbox("--retry", str(row.pk))
