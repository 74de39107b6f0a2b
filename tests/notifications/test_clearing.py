"""What nobody needs any more is cleared away; what somebody has not seen never is."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from portal.celery import app
from portal.core import periodic
from portal.core.models import OneTimeKey
from portal.home import clearing
from portal.notifications.actions import Recipient
from portal.notifications.models import Handling, Notification
from tests.notifications.conftest import make_people, told

pytestmark = pytest.mark.django_db


def _age(days: int, **which: Any) -> None:
    ago = timedelta(days=days)
    rows = Notification.objects.filter(**which)
    rows.update(created_at=F("created_at") - ago, seen_at=F("seen_at") - ago)


def _kept() -> set[tuple[str, str]]:
    return set(Notification.objects.values_list("event", "channel"))


def test_old_mails_that_are_over_go_and_nothing_else() -> None:
    for event in ("sent", "left", "failed", "waits", "young", "handled"):
        told(event, Recipient.mailbox(f"{event}@example.org", None))
    Notification.objects.filter(event__in=["sent", "young"]).update(state="sent", sent_at=Now())
    Notification.objects.filter(event="left").update(state="not-needed")
    Notification.objects.filter(event="failed").update(state="failed-permanently")
    Notification.objects.filter(event="handled").update(state="handled")
    handled = Notification.objects.get(event="handled")
    Handling.objects.create(notification=handled, what="told", at=Now())
    _age(91)
    Notification.objects.filter(event="young").update(created_at=Now() - timedelta(days=80))
    clearing.clear()
    assert {event for event, _ in _kept()} == {"failed", "waits", "young", "handled"}


def test_a_notification_goes_long_after_it_was_seen_and_never_before() -> None:
    (ann,) = make_people(1)
    for event in ("unseen", "seen", "seen lately"):
        told(event, Recipient.person(ann.pk, None))
    Notification.objects.filter(event__startswith="seen").update(seen_at=Now())
    _age(2000, event__in=["unseen", "seen"])
    _age(100, event="seen lately")
    Notification.objects.filter(channel="email").delete()
    clearing.clear()
    assert {event for event, _ in _kept()} == {"unseen", "seen lately"}


def test_ended_sessions_and_old_keys_go() -> None:
    (ann,) = make_people(1)
    for expiry in (60, -60):
        store = SessionStore()
        store.set_expiry(expiry)
        store.create()
    for key in ("old-key-1", "new-key-1"):
        OneTimeKey.objects.create(user=ann, purpose="x", key=key, fingerprint="f")
    OneTimeKey.objects.filter(key="old-key-1").update(created_at=Now() - timedelta(days=31))
    gone = clearing.clear()
    assert (gone["django_session"], gone["core_onetimekey"]) == (1, 1)
    assert Session.objects.count() == 1
    assert OneTimeKey.objects.get().key == "new-key-1"


def test_it_goes_in_batches_until_all_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clearing, "BATCH", 10)
    told("e", *(Recipient.mailbox(f"box{n}@example.org", None) for n in range(35)))
    Notification.objects.update(state="sent", sent_at=Now())
    _age(100)
    assert clearing.clear()["notifications_notification"] == 35
    assert not Notification.objects.exists()


def test_every_rule_has_its_turn_within_what_a_worker_has(monkeypatch: pytest.MonkeyPatch) -> None:
    assert app.conf.task_soft_time_limit - 10 > clearing.LONGEST_SECONDS
    monkeypatch.setattr(clearing, "BATCH", 1)
    monkeypatch.setattr(clearing, "LONGEST_SECONDS", 0.5)
    told("e", *(Recipient.mailbox(f"box{n}@example.org", None) for n in range(2_000)))
    Notification.objects.update(state="sent", sent_at=Now())
    _age(100)
    store = SessionStore()
    store.set_expiry(-60)
    store.create()
    gone = clearing.clear()
    assert gone["django_session"] == 1
    assert Notification.objects.exists()  # more than could be done


def test_it_comes_round_by_itself_and_when_it_is_asked_for() -> None:
    told("e", Recipient.mailbox("a@example.org", None))
    Notification.objects.update(state="sent", sent_at=Now())
    _age(100)
    out = StringIO()
    call_command("clear", stdout=out)
    assert "1  notifications_notification" in out.getvalue()
    with connection.cursor() as cursor:
        periodic.claim_due()
        cursor.execute("UPDATE core_periodicwork SET due_at = now(), lease_until = NULL")
    assert "home.clearing" in periodic.claim_due()
    assert periodic.run("home.clearing")
