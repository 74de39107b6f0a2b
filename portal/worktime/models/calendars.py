"""Somebody's other calendars. Only when they are busy is kept, never what with."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.core.clock import now
from portal.worktime.states import CalendarState, CalendarTrouble


@pghistory.track(fields=["user", "name", "removed_at"])
class OutsideCalendar(models.Model):
    """A calendar that is fetched from an address, or was uploaded once (no address).

    `busy` holds pairs of int32, little-endian: the first minute of a busy stretch and the first
    after it, in minutes since 1970, ordered and apart. What could not be read leaves the last
    good `busy` as it was. The address opens the calendar, so it is kept sealed.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    sealed_address = models.TextField(blank=True)
    busy = models.BinaryField(default=bytes)
    busy_until = models.DateField(null=True, blank=True, help_text="How far ahead it was read.")
    state = models.CharField(
        max_length=8, choices=[(s, s.value) for s in CalendarState], default=CalendarState.NEW.value
    )
    trouble = models.CharField(
        max_length=16, blank=True, choices=[(t, t.value) for t in CalendarTrouble]
    )
    trouble_since = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    next_read_at = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="calendar_trouble_has_a_name",
                condition=Q(state=CalendarState.TROUBLE, trouble_since__isnull=False)
                & ~Q(trouble="")
                | ~Q(state=CalendarState.TROUBLE) & Q(trouble="", trouble_since__isnull=True),
            )
        ]
        indexes = [
            models.Index(fields=["user"], name="calendar_of_user"),
            models.Index(
                fields=["next_read_at"],
                name="calendar_due",
                condition=Q(removed_at__isnull=True, next_read_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"calendar {self.pk}"
