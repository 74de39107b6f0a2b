"""A visit: what of whose work is to be seen, when it was asked for, and what the host says."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from meetings.models.meeting import Meeting
from meetings.states import Said
from portal.core.clock import now
from portal.worktime.states import SESSION_WORDS


@pghistory.track()
class Visit(models.Model):
    """Beside its meeting. The organiser is the visitor, the other participant the host.

    `starts_at` and `ends_at` are what was asked for: in a session of the host's of this `kind`.
    The meeting has a time once the host has said yes; after a no another is asked for.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="visit")
    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=list(SESSION_WORDS.items()))
    words = models.TextField(blank=True, help_text="What the visitor would like to see or ask.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    asked_at = models.DateTimeField(default=now)
    said = models.CharField(
        max_length=4, choices=[(s, s.value) for s in Said], default=Said.NOTHING
    )
    reply = models.TextField(blank=True, help_text="What the host says to it.")
    said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="visit_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="visit_said_at_a_time",
                condition=Q(said=Said.NOTHING, said_at__isnull=True)
                | ~Q(said=Said.NOTHING) & Q(said_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"visit {self.pk}"
