"""A mailbox that a team shares, before it is used."""

import pghistory
from django.db import models
from django.db.models import Q

from portal.accounts.models.people import Team, User
from portal.core.clock import now


class MailboxRequestQuerySet(models.QuerySet["MailboxRequest"]):
    """Requests by domain names."""

    def open(self) -> "MailboxRequestQuerySet":
        """Those whose code can still be entered."""
        return self.filter(
            confirmed_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now()
        )


@pghistory.track(exclude=["code_digest", "wrong_codes"])
class MailboxRequest(models.Model):
    """A mailbox that somebody wants for a team. It is used once the code that was mailed to it has
    been entered, so that no mail about a referral goes to an address that was mistyped."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    address = models.EmailField()
    code_digest = models.CharField(max_length=64)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = MailboxRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(confirmed_at__isnull=True, withdrawn_at__isnull=True),
                name="mailbox_request_open_once",
            ),
            models.CheckConstraint(
                name="mailbox_request_confirmed_by_somebody",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"mailbox request {self.pk}"
