"""What both sides write, when the clock stood still, and how it was decided."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.accounts.models import Team
from referrals.models.referral import Referral
from referrals.states import DECLINE_WORDS, Audience, Status, Voice

_USER = settings.AUTH_USER_MODEL


class Message(models.Model):
    """One entry of the thread. Append-only: a correction is another message."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    voice = models.CharField(max_length=8, choices=[(v, v.value) for v in Voice])
    audience = models.CharField(
        max_length=8, choices=[(a, a.value) for a in Audience], default=Audience.BOTH
    )
    body = models.TextField()
    answers = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    at = models.DateTimeField()
    for_the_team = models.BooleanField(
        default=False,
        db_default=False,
        help_text="By practice or ward staff: practical, and no clinician's view.",
    )

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="message_answers_a_question",
                condition=Q(voice=Voice.ANSWER, answers__isnull=False)
                | (~Q(voice=Voice.ANSWER) & Q(answers__isnull=True)),
            ),
            models.CheckConstraint(
                name="message_question_is_for_both",
                condition=Q(voice=Voice.NOTE) | Q(audience=Audience.BOTH),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.voice} {self.pk}"


@pghistory.track()
class Pause(models.Model):
    """The clock stands still while the sender is asked; with who is with the person until then."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="pauses")
    question = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="pause")
    started_at = models.DateTimeField()
    until = models.DateField(help_text="When the answer is needed.")
    with_person = models.TextField(help_text="Who is with the person until then.")
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(
        null=True, blank=True, help_text="When both sides were told that the day has passed."
    )

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(ended_at__isnull=True), name="pause_one_open"
            ),
            models.CheckConstraint(
                name="pause_ends_after_it_starts",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("started_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"


@pghistory.track()
class Decision(models.Model):
    """Accepted by a named worker or onto the waiting list with a date; or declined, coded."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="decisions")
    status = models.CharField(
        max_length=14, choices=[(s, s.value) for s in (Status.ACCEPTED, Status.DECLINED)]
    )
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    worker = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    waiting_until = models.DateField(null=True, help_text="Waiting list: expected by this date.")
    reason = models.CharField(max_length=16, blank=True, choices=list(DECLINE_WORDS.items()))
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_accepted_or_declined",
                condition=(
                    Q(status=Status.ACCEPTED, worker__isnull=False, waiting_until__isnull=True)
                    | Q(status=Status.ACCEPTED, worker__isnull=True, waiting_until__isnull=False)
                    | Q(
                        status=Status.DECLINED,
                        worker__isnull=True,
                        waiting_until__isnull=True,
                    )
                    & ~Q(reason="")
                    & ~Q(words="")
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.at:%Y-%m-%d}"
