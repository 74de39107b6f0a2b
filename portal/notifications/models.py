"""The outbox, and the sign of life of the processes that empty it. Neither is tracked."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.notifications.states import FAILED, OPEN, Channel, State

# Plain values for the database, so that no migration depends on the names in states.py.
_APP = Channel.APP.value
_CLAIMED, _SENT = State.CLAIMED.value, State.SENT.value
_OPEN = [state.value for state in OPEN]
_FAILED = [state.value for state in FAILED]


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Notifications by domain names."""

    def in_app_of(self, user_id: int) -> "NotificationQuerySet":
        """What one reader is told in the app."""
        return self.filter(recipient_id=user_id, channel=Channel.APP)

    def unseen(self) -> "NotificationQuerySet":
        """Those that the reader has not seen."""
        return self.filter(seen_at__isnull=True)

    def failed(self) -> "NotificationQuerySet":
        """Those that somebody has to look at."""
        return self.filter(state__in=FAILED)

    def held(self, token: UUID) -> "NotificationQuerySet":
        """Those that are being sent under a lease."""
        return self.filter(state=State.CLAIMED, lease_token=token)


class Notification(models.Model):
    """One recipient told of one event through one channel: exactly one row.

    `facts` hold no person. `due_at` is when it was first to go out, `next_attempt_at` when the
    dispatcher may take it (again): quiet hours and choices of channel move these two, nothing
    else. A claimed row belongs to whoever holds `lease_token`, until `lease_until`.
    """

    event = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # the indexes below begin with it
    )
    address = models.CharField(max_length=254, blank=True, help_text="Of a mailbox only.")
    channel = models.CharField(max_length=5, choices=[(c.value, c.value) for c in Channel])
    facts = models.JSONField(default=dict)
    path = models.CharField(max_length=300, blank=True, help_text="Where it leads in the portal.")
    state = models.CharField(max_length=20)
    failure = models.CharField(max_length=30, blank=True, help_text="Class of the last failure.")
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    desk = models.CharField(
        max_length=40,
        blank=True,
        db_default="",
        help_text="Who looks after it when it fails: a name that rooms above have given.",
    )

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "recipient", "address", "channel"],
                nulls_distinct=False,
                name="notification_once",
            ),
            models.CheckConstraint(
                name="notification_state_known",
                condition=Q(state__in=[state.value for state in State]),
            ),
            models.CheckConstraint(
                name="notification_account_or_mailbox",
                condition=Q(recipient__isnull=False, address="") | Q(recipient__isnull=True),
            ),
            models.CheckConstraint(
                name="notification_in_app_is_there",
                condition=~Q(channel=_APP) | Q(recipient__isnull=False, state=_SENT),
            ),
            models.CheckConstraint(
                name="notification_claimed_under_lease",
                condition=Q(state=_CLAIMED, lease_token__isnull=False, lease_until__isnull=False)
                | (~Q(state=_CLAIMED) & Q(lease_token__isnull=True, lease_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="notification_sent_when",
                condition=Q(state=_SENT, sent_at__isnull=False)
                | (~Q(state=_SENT) & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                condition=Q(state__in=_OPEN),
                name="notification_due",
            ),
            models.Index(
                fields=["due_at"], condition=Q(state__in=_OPEN), name="notification_unsent"
            ),
            models.Index(
                fields=["state", "-id"], condition=Q(state__in=_FAILED), name="notification_failed"
            ),
            models.Index(
                fields=["desk", "-id"],
                condition=Q(state__in=_FAILED),
                name="notification_desk",
            ),
            models.Index(
                fields=["recipient"],
                condition=Q(state__in=_FAILED),
                name="notification_failed_to",
            ),
            models.Index(
                F("recipient"),
                F("id").desc(),
                condition=Q(channel=_APP),
                name="notification_in_app",
            ),
            models.Index(
                fields=["recipient"],
                condition=Q(channel=_APP, seen_at__isnull=True),
                name="notification_unseen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel} {self.pk}"


class Handling(models.Model):
    """What somebody did about a mail that had failed: append-only."""

    class What(models.TextChoices):
        RETRIED = "retried", "tried again"
        TOLD = "told", "told in another way"

    notification = models.ForeignKey(
        Notification, on_delete=models.PROTECT, related_name="handlings"
    )
    what = models.CharField(max_length=8, choices=What)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Nobody, where it was done on the command line.",
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.what} {self.notification_id}"


class MailChoice(models.Model):
    """Whether somebody wants mails of a group of kinds; without a row, as their team has it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    group = models.CharField(max_length=12)
    wanted = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], name="mail_choice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.group} {self.wanted}"


class Heartbeat(models.Model):
    """When a process was last at work: "dispatcher:host:number", "worker:celery@host"."""

    name = models.CharField(max_length=120, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
