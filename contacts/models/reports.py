"""What readers report about an entry, and what its owner answers."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from contacts import states
from contacts.models.services import Service
from portal.core.references import new_reference


def new_report_reference() -> str:
    """A public reference for a report: RP-7K4M-9QXT."""
    return new_reference("RP")


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports by domain names."""

    def open(self) -> "ReportQuerySet":
        """Those that nobody has answered."""
        return self.filter(answered_at__isnull=True)


@pghistory.track()
class Report(models.Model):
    """Somebody found one thing wrong with one entry. Open until its owner answers."""

    Trouble = states.Trouble
    Outcome = states.Outcome

    reference = models.CharField(max_length=16, unique=True, default=new_report_reference)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="reports")
    trouble = models.CharField(max_length=16, choices=states.choices(states.TROUBLE_WORDS))
    words = models.CharField(max_length=400, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reported_at = models.DateTimeField()
    outcome = models.CharField(
        max_length=10, blank=True, choices=states.choices(states.OUTCOME_WORDS)
    )
    answer = models.CharField(max_length=400, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "trouble", "reported_by"],
                condition=Q(answered_at__isnull=True),
                name="report_open_once",
            ),
            models.CheckConstraint(
                name="report_answered_by_somebody",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, outcome="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(outcome="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["service", "reported_at"],
                condition=Q(answered_at__isnull=True),
                name="report_open",
            )
        ]

    def __str__(self) -> str:
        return self.reference
