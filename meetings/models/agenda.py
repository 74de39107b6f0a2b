"""What a meeting is about: items, who is needed for which, and what is said in writing."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models.meeting import Meeting, Participant
from meetings.states import Guest as GuestKind
from meetings.states import ItemState
from portal.core.clock import now
from portal.core.models import VersionedModel
from referrals.models import Referral

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

_USER = settings.AUTH_USER_MODEL


@pghistory.track()
class Item(VersionedModel):
    """One item of the agenda, with its points to sort out (one a line), minutes and an owner.

    About one person where it has a referral: then nobody sees it who has no part in it. In a
    reflection an item can come from an improvement agreed at the meeting before (`follows`).
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160, help_text="Names no person.")
    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    points = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField()
    owner = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(null=True, blank=True, help_text="As planned when booked.")
    state = models.CharField(
        max_length=8, choices=[(s, s.value) for s in ItemState], default=ItemState.OPEN.value
    )
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    safe_online = models.BooleanField(
        null=True,
        blank=True,
        help_text="Whether the person may see online what is filed of it; asked when it ends.",
    )
    hide_because = models.TextField(blank=True)
    follows = models.ForeignKey(
        "meetings.Action", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    added_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True, blank=True)

    if TYPE_CHECKING:
        needs: "RelatedManager[ItemNeed]"
        contributions: "RelatedManager[Contribution]"

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(name="item_takes_time", condition=Q(minutes__gte=5)),
            models.CheckConstraint(
                name="item_hidden_for_a_reason",
                condition=Q(safe_online=False) & ~Q(hide_because="")
                | (Q(safe_online__isnull=True) | Q(safe_online=True)) & Q(hide_because=""),
            ),
        ]
        indexes = [models.Index(fields=["referral"], name="item_of_referral")]

    def __str__(self) -> str:
        return f"item {self.pk}"


@pghistory.track()
class ItemNeed(models.Model):
    """Somebody who is needed for an item. Without one, an item needs nobody in particular."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="needs")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="needs")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "participant"], name="item_need_once")
        ]

    def __str__(self) -> str:
        return f"item {self.item_id} needs {self.participant_id}"


@pghistory.track()
class Contribution(VersionedModel):
    """What somebody who cannot come writes to an item beforehand; and how the meeting used it.

    It is asked for (`asked_at`), then written, then taken into account in words: a meeting does
    not end before that has been recorded for each that was written.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="contributions")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="contributions"
    )
    asked_at = models.DateTimeField(default=now)
    body = models.TextField(blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    used = models.TextField(blank=True, help_text="How it was taken into account.")
    used_by = models.ForeignKey(
        _USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "participant"], name="contribution_once"),
            models.CheckConstraint(
                name="contribution_written_pair",
                condition=Q(written_at__isnull=True, body="")
                | Q(written_at__isnull=False) & ~Q(body=""),
            ),
            models.CheckConstraint(
                name="contribution_used_by_somebody",
                condition=Q(used="", used_by__isnull=True, used_at__isnull=True)
                | Q(used_by__isnull=False, used_at__isnull=False) & ~Q(used=""),
            ),
        ]

    def __str__(self) -> str:
        return f"contribution {self.pk}"


@pghistory.track()
class Guest(models.Model):
    """The person, or their carer, invited to the person's own item: without an account.

    `needs` is what they need to take part (interpreter, step-free room, somebody with them),
    `wishes` what they wish to be said or asked on their item. `told_how` is how they were told.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="guests")
    kind = models.CharField(max_length=6, choices=[(k, k.value) for k in GuestKind])
    needs = models.TextField(blank=True)
    wishes = models.TextField(blank=True)
    told_how = models.CharField(max_length=200, blank=True)
    comes = models.BooleanField(null=True, blank=True)
    invited_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "kind"],
                condition=Q(removed_at__isnull=True),
                name="guest_of_item_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
