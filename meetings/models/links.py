"""Links that work without signing in. Each does one act, and is kept as a hash."""

from django.conf import settings
from django.db import models

from meetings.models.meeting import Participant
from portal.core.clock import now

_USER = settings.AUTH_USER_MODEL


class AnswerLink(models.Model):
    """A link in an invitation, with which its reader says whether they come. Shows no person."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"answer link {self.pk}"


class Feed(models.Model):
    """The address of somebody's own meetings, for their calendar. Can be revoked; one at a time."""

    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(revoked_at__isnull=True),
                name="feed_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"
