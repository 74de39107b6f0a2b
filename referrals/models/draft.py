"""A referral that is being written. It may be half finished and wrong: that is what it is for."""

from collections.abc import Sequence

from django.conf import settings
from django.db import models

from contacts.models import Service
from portal.accounts.models import Team
from portal.core.models import VersionedModel
from referrals.models.referral import Referral


class Draft(VersionedModel):
    """What was typed so far, by field name: the team's, whoever began it.

    Emptied when it is sent (`sent_as`) or added to a referral that was open (`added_to`), or
    thrown away.
    """

    key = models.CharField(max_length=40, unique=True, help_text="128 random bits.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="drafts")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    typed = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who saved it last; empty in rows from before anybody else could.",
    )
    sent_as = models.OneToOneField(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="draft"
    )
    discarded_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Thrown away and emptied; the row stays for a colleague who writes on.",
    )
    added_to = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    # (user id, name) of whom it can be prepared for; read by one_draft.find_draft alone.
    clinicians: Sequence[tuple[int, str]] = ()

    class Meta:
        indexes = [
            models.Index(
                fields=["team", "-saved_at"],
                name="draft_of_team",
                condition=models.Q(
                    sent_as__isnull=True, added_to__isnull=True, discarded_at__isnull=True
                ),
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is still being written."""
        return not (self.sent_as_id or self.added_to_id or self.discarded_at)

    def __str__(self) -> str:
        return f"draft {self.pk}"
