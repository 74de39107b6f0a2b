"""What is not urgent waits until a clinic is over; what is urgent does not."""

from datetime import timedelta

import pytest

from portal.accounts.models import User
from portal.core.clock import now
from portal.home import health
from portal.notifications import heartbeats
from portal.notifications.actions import Recipient
from portal.notifications.claims import claim
from portal.notifications.models import Notification
from portal.notifications.queries import oldest_unsent_seconds
from portal.worktime.models import QuietTime
from tests.notifications.conftest import mail_row, make_people, told

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def clinic(user: User, begun: int, over: int) -> QuietTime:
    """A clinic that began so many minutes ago, and is over in so many."""
    at = now()
    return QuietTime.objects.create(
        user=user, starts_at=at - begun * MINUTE, ends_at=at + over * MINUTE
    )


def taken() -> list[int]:
    """What the dispatcher would take now."""
    return claim(batch=50, most=50, lease=MINUTE).ids


def test_a_mail_waits_until_the_clinic_is_over_and_the_line_in_the_app_does_not() -> None:
    (ann,) = make_people(1)
    held = clinic(ann, 30, 45)
    told("sent 1", Recipient.person(ann.pk, None))
    mail = mail_row("sent 1")
    assert (mail.due_at, mail.next_attempt_at) == (held.ends_at, held.ends_at)
    assert Notification.objects.get(channel="app").sent_at is not None
    assert taken() == []


def test_once_the_clinic_is_over_it_goes() -> None:
    (ann,) = make_people(1)
    clinic(ann, 30, 45)
    told("sent 1", Recipient.person(ann.pk, None))
    mails = Notification.objects.filter(channel="email")
    mails.update(due_at=now() - MINUTE, next_attempt_at=now() - MINUTE)
    assert taken() == [mail_row("sent 1").pk]


def test_what_is_urgent_does_not_wait() -> None:
    (ann,) = make_people(1)
    clinic(ann, 30, 45)
    told("sent 1", Recipient.person(ann.pk, None), urgent=True)
    assert taken() == [mail_row("sent 1").pk]


def test_what_concerns_an_account_does_not_wait() -> None:
    (ann,) = make_people(1)
    clinic(ann, 30, 45)
    told(
        "reset 1",
        Recipient.person(ann.pk, None),
        kind="account.password-reset",
        facts={"link": "https://portal.example/reset/1/"},
        path="",
    )
    assert taken() == [mail_row("reset 1").pk]


def test_a_mailbox_has_no_clinics_and_colleagues_have_their_own() -> None:
    ann, ben = make_people(2)
    clinic(ann, 30, 45)
    told(
        "sent 1",
        *(Recipient.person(u.pk, None) for u in (ann, ben)),
        Recipient.mailbox("t@example.org", None),
    )
    waiting = Notification.objects.exclude(pk__in=taken()).filter(channel="email")
    assert [row.recipient_id for row in waiting] == [ann.pk]


@pytest.mark.parametrize(("begun", "over"), [(90, -1), (-1, 90)])
def test_before_and_after_a_clinic_nothing_waits(begun: int, over: int) -> None:
    (ann,) = make_people(1)
    clinic(ann, begun, over)
    told("sent 1", Recipient.person(ann.pk, None))
    assert taken() == [mail_row("sent 1").pk]


def test_of_two_clinics_at_once_the_later_end_counts() -> None:
    (ann,) = make_people(1)
    clinic(ann, 30, 10)
    held = clinic(ann, 20, 45)
    told("sent 1", Recipient.person(ann.pk, None))
    assert mail_row("sent 1").due_at == held.ends_at


def test_a_mail_that_waits_for_a_clinic_is_not_overdue() -> None:
    """Told ten minutes ago, due in half an hour: an outside watcher is not alarmed."""
    (ann,) = make_people(1)
    clinic(ann, 30, 30)
    told("sent 1", Recipient.person(ann.pk, None))
    Notification.objects.update(created_at=now() - 10 * MINUTE)
    heartbeats.beat("worker:w@host")
    heartbeats.beat("dispatcher:host")
    assert oldest_unsent_seconds() == 0
    assert health.look().oldest_unsent_seconds == 0
    Notification.objects.filter(channel="email").update(due_at=now() - MINUTE)
    assert 55 <= oldest_unsent_seconds() <= 90
