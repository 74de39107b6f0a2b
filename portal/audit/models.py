"""Reads of a person's data, searches, exports and refusals."""

import pgtrigger
from django.conf import settings
from django.db import models

from portal.core.clock import now


class AccessEvent(models.Model):
    """Somebody saw something about a person, or was refused. Never changed, never deleted."""

    class Verb(models.TextChoices):
        READ = "read", "read"
        LISTED = "listed", "saw in a list"
        SEARCHED = "searched", "searched"
        EXPORTED = "exported", "exported"
        REFUSED = "refused", "was refused"

    at = models.DateTimeField(default=now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    verb = models.CharField(max_length=12, choices=Verb)
    subject_kind = models.CharField(max_length=40)
    # References, not names: one for a page, those of the rows for a list.
    subjects = models.JSONField(default=list)
    reason = models.CharField(max_length=200, blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "at"], name="access_event_user"),
            models.Index(fields=["subject_kind", "at"], name="access_event_kind"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.at:%Y-%m-%d %H:%M}"
