"""Who was reminded of which entry: each of them once for each time that it falls due."""

from django.db import models

from contacts import states
from contacts.models.services import Service


class CheckReminder(models.Model):
    """The owner, or later the lead, was told that an entry is due.

    `since` is its last check, or the day it was entered: with the next check it begins anew. The
    row is what makes a reminder happen once, however often and in how many processes the work of
    the day is done. Not a record of anybody's data, so it is not tracked.
    """

    Stage = states.Stage

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    stage = models.CharField(max_length=5, choices=states.choices(states.STAGE_WORDS))
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "since", "stage"], name="check_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.stage} {self.since}"
