"""What meetings leave on a referral. Written down here by the room of meetings, which is above."""

import pgtrigger
from django.conf import settings
from django.db import models

from portal.accounts.models import Team
from referrals.models.referral import Referral


class MeetingEntry(models.Model):
    """Append-only: a meeting about this referral was arranged, moved, cancelled or held, or did
    without it; or what it decided, or who does what by when. Only the part that concerns this
    referral.

    `meeting` is the meeting's public reference, `path` the address of its page. `about` names what
    an entry is about where a later one may stand for it: an action, until it is done or explained.
    """

    class Verb(models.TextChoices):
        ARRANGED = "arranged", "arranged"
        MOVED = "moved", "moved"
        CANCELLED = "cancelled", "cancelled"
        HELD = "held", "held"
        PUT_OFF = "put-off", "put off"
        TAKEN_OFF = "taken-off", "taken off"
        DECIDED = "decided", "decided"
        ACTION = "action", "action"
        DONE = "done", "done"
        EXPLAINED = "explained", "explained"
        CORRECTED = "corrected", "corrected"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="meeting_entries")
    verb = models.CharField(max_length=10, choices=Verb)
    meeting = models.CharField(max_length=16)
    path = models.CharField(max_length=100)
    text = models.TextField(blank=True)
    about = models.CharField(max_length=40, blank=True)
    meets_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["referral", "at"], name="meeting_entry_of_referral")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.meeting}"
