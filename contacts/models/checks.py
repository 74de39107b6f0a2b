"""Who was reminded of what waits at which entry: each of them once for each time."""

from django.db import models

from contacts import states
from contacts.models.revision import revises_the_directory
from contacts.models.services import Service


class CheckReminder(models.Model):
    """The owner, or later the lead, was told that an entry is due, or a report not answered.

    `since` is the entry's last check, or the day it was entered: with the next check it begins
    anew. Of a report (`trouble`) it is the day of the first that is open. The row is what makes a
    reminder happen once, however often and in how many processes the work of the day is done; and
    what follows counts from its `told_at` (rhythm.py), so readers are shown it. Not a record of
    anybody's data, so it is not tracked.
    """

    Stage = states.Stage

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    stage = models.CharField(max_length=5, choices=states.choices(states.STAGE_WORDS))
    trouble = models.CharField(
        max_length=16,
        blank=True,
        default="",
        db_default="",
        choices=states.choices(states.TROUBLE_WORDS),
        help_text="Which reports of the entry wait; empty where its check is due.",
    )
    told_at = models.DateTimeField()

    class Meta:
        triggers = [revises_the_directory()]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "since", "stage", "trouble"], name="check_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.stage} {self.since}"
