"""The referral, its points, its parties, and what happened to it."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contacts.models import Service
from portal.accounts.models import Team
from portal.core.models import VersionedModel
from referrals.models.person import Person
from referrals.states import (
    AGREEMENT_WORDS,
    HELD,
    STATUS_WORDS,
    UNDECIDED,
    URGENCY_WORDS,
    Agreement,
    Event,
    Status,
    Urgency,
)

_USER = settings.AUTH_USER_MODEL


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals by domain names."""

    def undecided(self) -> "ReferralQuerySet":
        """Those that still need a decision from the receiving team."""
        return self.filter(status__in=UNDECIDED)


@pghistory.track()
class Referral(VersionedModel):
    """One request from a team to a service about a person.

    `status` is kept beside the append-only status changes by the same action. `due_at` is None
    while the clock is paused; `remaining_seconds` then holds the working time that was left.
    """

    reference = models.CharField(max_length=20, unique=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="referrals")
    sending_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="sent_referrals")
    receiving_team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="received_referrals"
    )
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="referral")

    urgency = models.CharField(max_length=10, choices=list(URGENCY_WORDS.items()))
    why_now = models.TextField()
    with_person = models.TextField(help_text="Who is with the person today.")
    agreement = models.CharField(max_length=16, choices=list(AGREEMENT_WORDS.items()))
    agreement_note = models.TextField(blank=True)
    call_back = models.CharField(max_length=200)
    letter = models.TextField(
        blank=True, default="", db_default="", help_text="A letter in place of the points."
    )
    rung_whom = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="Whom the sender has rung."
    )
    rung_at = models.DateTimeField(null=True, blank=True)

    sent_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    for_clinician = models.ForeignKey(
        _USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField()
    readable_from = models.DateTimeField(help_text="When the team was next open as it was sent.")

    status = models.CharField(max_length=14, choices=list(STATUS_WORDS.items()))
    status_since = models.DateTimeField()
    held_by = models.ForeignKey(
        _USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    held_since = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    remaining_seconds = models.PositiveIntegerField(null=True, blank=True)
    changed_at = models.DateTimeField()

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referral_held_pair",
                condition=Q(held_by__isnull=True, held_since__isnull=True)
                | Q(held_by__isnull=False, held_since__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_held_when_acknowledged",
                condition=~Q(status__in=sorted(HELD)) | Q(held_by__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_nobody_holds_when_sent",
                condition=~Q(status=Status.SENT) | Q(held_by__isnull=True),
            ),
            models.CheckConstraint(
                name="referral_clock_runs_or_is_paused",
                condition=~Q(status__in=sorted(UNDECIDED))
                | Q(status=Status.ASKED, due_at__isnull=True, remaining_seconds__isnull=False)
                | (~Q(status=Status.ASKED) & Q(due_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="referral_reasons_where_needed",
                condition=Q(agreement=Agreement.AGREES) | ~Q(agreement_note=""),
            ),
        ]
        indexes = [
            # The inbox: what waits for a team, soonest first.
            models.Index(
                F("receiving_team"),
                F("due_at").asc(nulls_last=True),
                F("id"),
                name="referral_inbox",
                condition=Q(status__in=sorted(UNDECIDED)),
            ),
            # What a team has accepted and not closed, among all that it ever decided.
            models.Index(
                F("receiving_team"),
                F("due_at").asc(nulls_last=True),
                F("id"),
                name="referral_accepted",
                condition=Q(status=Status.ACCEPTED),
            ),
            # The board: what a team waits for, among all that it ever sent.
            models.Index(
                F("sending_team"),
                F("due_at").asc(nulls_first=True),
                F("id"),
                name="referral_sent",
                condition=Q(status__in=sorted(UNDECIDED)),
            ),
            models.Index(
                fields=["held_by", "status"],
                name="referral_held",
                condition=Q(held_by__isnull=False),
            ),
            models.Index(fields=["sending_team", "-changed_at"], name="referral_board"),
            models.Index(fields=["receiving_team", "-changed_at"], name="referral_received"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def urgency_word(self) -> str:
        """ "Routine", "This week", "Today"."""
        return URGENCY_WORDS[Urgency(self.urgency)]


@pghistory.track()
class Point(models.Model):
    """A point to sort out: one of up to three, the first thing the social worker reads."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="points")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "position"], name="point_position_once"),
            models.CheckConstraint(
                name="point_one_to_three", condition=Q(position__gte=1, position__lte=3)
            ),
        ]

    def __str__(self) -> str:
        return f"point {self.position}"


class Party(models.Model):
    """A team that has part in a referral: what access to it goes by."""

    class As(models.TextChoices):
        SENDER = "sender", "sender"
        RECEIVER = "receiver", "receiver"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="parties")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=As)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "referral"], name="party_once")]

    def __str__(self) -> str:
        return f"{self.role} {self.team_id}"


class StatusChange(models.Model):
    """Append-only: what happened, who did it (None: the portal) for which team, and when."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="changes")
    event = models.CharField(max_length=10, choices=[(e, e.value) for e in Event])
    from_status = models.CharField(max_length=14, blank=True)
    to_status = models.CharField(max_length=14, choices=list(STATUS_WORDS.items()))
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    by_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    reason = models.CharField(
        max_length=24, blank=True, default="", db_default="", help_text="Coded, where there is one."
    )
    before = models.JSONField(
        null=True, blank=True, help_text="What of the referral it changed: what undoing restores."
    )
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="change_undoes_another",
                condition=Q(event=Event.UNDO.value, undoes__isnull=False)
                | (~Q(event=Event.UNDO.value) & Q(undoes__isnull=True)),
            ),
            models.CheckConstraint(
                name="change_by_somebody_or_the_portal",
                condition=Q(by__isnull=False) | Q(event=Event.SUCCEED.value),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.at:%Y-%m-%d %H:%M}"


class Opening(models.Model):
    """Who of the receiving side opened it, and when first; `seen_at` moves with every look."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="openings")
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "user"], name="opening_first_once")
        ]

    def __str__(self) -> str:
        return f"opened {self.at:%Y-%m-%d %H:%M}"


class RedirectQuerySet(models.QuerySet["Redirect"]):
    """Redirects by domain names."""

    def waiting(self) -> "RedirectQuerySet":
        """Those that the second team has not acknowledged yet."""
        return self.filter(acknowledged_at__isnull=True, ended_at__isnull=True)


class Redirect(models.Model):
    """Handed on to another service: the first team's until the second acknowledges it."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="redirects")
    from_service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    to_service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="+", help_text="Who read for it at the time."
    )
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
    acknowledged_by = models.ForeignKey(
        _USER, null=True, on_delete=models.PROTECT, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="It ended before it was acknowledged.")

    objects = RedirectQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(acknowledged_at__isnull=True, ended_at__isnull=True),
                name="redirect_one_open",
            ),
            models.CheckConstraint(
                name="redirect_acknowledged_pair",
                condition=Q(acknowledged_by__isnull=True, acknowledged_at__isnull=True)
                | Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"redirect {self.pk}"
