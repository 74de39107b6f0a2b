"""What came of a meeting: notes, decisions, actions, and what was set right afterwards."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models.agenda import Item
from meetings.models.meeting import Meeting
from meetings.states import ActionState
from portal.core.clock import now
from portal.core.models import VersionedModel
from referrals.models import Referral

_USER = settings.AUTH_USER_MODEL


@pghistory.track()
class Note(VersionedModel):
    """What the note-taker writes to an item; its version says which text somebody has seen."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="note")
    body = models.TextField(blank=True)
    saved_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"note {self.pk}"


class Decision(models.Model):
    """A decision, on the referral that it concerns where there is one. Append-only."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decisions")
    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    body = models.TextField()
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["at", "pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"


class Correction(models.Model):
    """What is set right in the minutes of an item afterwards, by whoever takes notes. Append-only:
    what was written at the meeting stays as it was, and this stands under it."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="corrections")
    body = models.TextField()
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["at", "pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"correction {self.pk}"


@pghistory.track()
class Action(VersionedModel):
    """Something that somebody is to do by a day: done, or explained why not."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    item = models.ForeignKey(
        Item, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField()
    owner = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(
        max_length=9, choices=[(s, s.value) for s in ActionState], default=ActionState.OPEN.value
    )
    words = models.TextField(blank=True, help_text="What was done, or why it was not.")
    ended_by = models.ForeignKey(
        _USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    is_improvement = models.BooleanField(
        default=False, help_text="Of a reflection: looked at first next time."
    )
    reminded_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="action_ended_by_somebody",
                condition=Q(state=ActionState.OPEN, ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False) & ~Q(state=ActionState.OPEN),
            ),
            models.CheckConstraint(
                name="action_explained_in_words",
                condition=~Q(state=ActionState.EXPLAINED) | ~Q(words=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                name="action_open_of_owner",
                condition=Q(state=ActionState.OPEN),
            )
        ]

    def __str__(self) -> str:
        return f"action {self.pk}"
