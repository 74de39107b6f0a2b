"""Somebody's working pattern, and what differs from it on single days. Clock times are London's."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.core.clock import now
from portal.core.models import VersionedModel
from portal.worktime.states import SESSION_WORDS

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

_USER = settings.AUTH_USER_MODEL
# Plain values, so that no migration depends on the names in states.py.
_KINDS = [(kind.value, words) for kind, words in SESSION_WORDS.items()]
# What is taken away is remembered as well.
_EVENTS = pghistory.InsertEvent, pghistory.UpdateEvent, pghistory.DeleteEvent


@pghistory.track(*(event() for event in _EVENTS))
class Pattern(VersionedModel):
    """Sessions that recur by week or fortnight, at one place of work.

    Somebody who works in two places has two patterns, which hold side by side. The first week of
    a fortnight is the one in which `starts_on` lies; `ends_on` is the first day on which it no
    longer holds.
    """

    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=160, help_text="As its owner calls it: Park Practice.")
    nation = models.CharField(max_length=20, help_text="Whose bank holidays it keeps.")
    works_on_bank_holidays = models.BooleanField(default=False)
    weeks = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    buffer_minutes = models.PositiveSmallIntegerField(
        default=5, help_text="Kept free before and after each clinic."
    )
    set_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=now)

    if TYPE_CHECKING:
        sessions: "RelatedManager[PatternSession]"

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(name="pattern_week_or_fortnight", condition=Q(weeks__in=[1, 2])),
            models.CheckConstraint(
                name="pattern_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="pattern_buffer_bounded", condition=Q(buffer_minutes__lte=60)
            ),
        ]
        indexes = [models.Index(fields=["user", "starts_on"], name="pattern_of_user")]

    def __str__(self) -> str:
        return f"pattern {self.pk}"


@pghistory.track(*(event() for event in _EVENTS))
class PatternSession(models.Model):
    """One session of a pattern. One that ends at or before its start ends on the next day."""

    pattern = models.ForeignKey(Pattern, on_delete=models.PROTECT, related_name="sessions")
    week = models.PositiveSmallIntegerField(default=0, help_text="0, or 1: the second week.")
    weekday = models.PositiveSmallIntegerField(help_text="Monday is 0.")
    starts = models.TimeField()
    ends = models.TimeField()
    kind = models.CharField(max_length=12, choices=_KINDS)

    class Meta:
        ordering = ["week", "weekday", "starts"]
        constraints = [
            models.CheckConstraint(
                name="session_weekday", condition=Q(weekday__gte=0, weekday__lte=6)
            ),
            models.CheckConstraint(name="session_week", condition=Q(week__in=[0, 1])),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts:%H:%M} {self.kind}"


@pghistory.track(*(event() for event in _EVENTS))
class OneOff(models.Model):
    """A session on one day. Where one of a day's is `instead`, no pattern holds on it."""

    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    kind = models.CharField(max_length=12, choices=_KINDS)
    instead = models.BooleanField(default=False)
    set_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["day", "starts"]
        indexes = [models.Index(fields=["user", "day"], name="one_off_of_user")]

    def __str__(self) -> str:
        return f"{self.day} {self.starts:%H:%M} {self.kind}"


@pghistory.track(*(event() for event in _EVENTS))
class DayOff(models.Model):
    """Leave, half-open. Why somebody is away is not kept."""

    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    set_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                name="day_off_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]
        indexes = [models.Index(fields=["user", "starts_at"], name="day_off_of_user")]

    def __str__(self) -> str:
        return f"away from {self.starts_at:%Y-%m-%d %H:%M}"
