"""A meeting, those who take part, and the series that it belongs to."""

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from meetings.rhythm import Rhythm
from meetings.states import (
    HOW_WORDS,
    KIND_WORDS,
    STATUS_WORDS,
    Answer,
    Attendance,
    Clash,
    Event,
    Need,
    Status,
)
from portal.accounts.models import Team
from portal.core.clock import now
from portal.core.models import VersionedModel

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from meetings.models.agenda import Item

_USER = settings.AUTH_USER_MODEL


@pghistory.track()
class Series(VersionedModel):
    """Meetings that recur: the monthly one of a neighbourhood, a practice's, a reflection.

    Every `every_weeks` weeks on a weekday, or each month on the `nth` one of it (1 to 4, 5: last).
    """

    reference = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=14, choices=list(KIND_WORDS.items()))
    title = models.CharField(max_length=120)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    other_team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organiser = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    every_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    nth = models.PositiveSmallIntegerField(null=True, blank=True)
    weekday = models.PositiveSmallIntegerField()
    at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=10, choices=list(HOW_WORDS.items()))
    where = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    if TYPE_CHECKING:
        members: "RelatedManager[SeriesMember]"
        meetings: "RelatedManager[Meeting]"

    @property
    def rhythm(self) -> Rhythm:
        """When it meets."""
        return Rhythm(self.weekday, self.at, self.starts_on, self.every_weeks, self.nth)

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.CheckConstraint(
                name="series_by_weeks_or_by_month",
                condition=Q(every_weeks__isnull=True, nth__isnull=False)
                | Q(every_weeks__isnull=False, nth__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.reference


@pghistory.track()
class SeriesMember(models.Model):
    """Somebody who takes part in every meeting of a series, for a team, until they no longer do."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    need = models.CharField(
        max_length=4, choices=[(n, n.value) for n in Need], default=Need.MUST.value
    )
    added_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "user"],
                condition=Q(removed_at__isnull=True),
                name="series_member_once",
            )
        ]

    def __str__(self) -> str:
        return f"member {self.pk}"


@pghistory.track()
class Meeting(VersionedModel):
    """A meeting. Its title and place name no person: they stand in calendars and mails.

    `starts_at` and `ends_at` are there once it is booked. `sequence` counts what those who are
    invited have been told (RFC 5545, 3.8.7.4). While it is looked for, `from_day` and `until_day`
    (the first day after) are the weeks in which it may be. `series_day` is the day that its series
    means it for, wherever it has been moved since: so that it is made once, even when called off.
    """

    reference = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=14, choices=list(KIND_WORDS.items()))
    title = models.CharField(max_length=120)
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    series_day = models.DateField(null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    other_team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organiser = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=10, choices=list(STATUS_WORDS.items()), default=Status.ARRANGING.value
    )
    minutes = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=10, choices=list(HOW_WORDS.items()))
    where = models.CharField(max_length=300, blank=True)
    from_day = models.DateField()
    until_day = models.DateField()
    earliest = models.TimeField()
    latest = models.TimeField()
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    uid = models.CharField(max_length=80, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    note_taker = models.ForeignKey(
        _USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    if TYPE_CHECKING:
        participants: "RelatedManager[Participant]"
        items: "RelatedManager[Item]"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meeting_time_pair",
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="meeting_has_a_time_once_booked",
                condition=~Q(status__in=[Status.BOOKED, Status.HELD]) | Q(starts_at__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_days_in_order", condition=Q(until_day__gt=F("from_day"))
            ),
            models.UniqueConstraint(
                fields=["series", "series_day"],
                condition=Q(series__isnull=False, series_day__isnull=False),
                name="meeting_of_series_once",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "starts_at"], name="meeting_of_team"),
            models.Index(fields=["status", "starts_at"], name="meeting_by_status"),
        ]

    def __str__(self) -> str:
        return self.reference


@pghistory.track()
class Participant(models.Model):
    """Somebody with an account who takes part, or is asked to.

    `team` is the one they come for. `starts_at` and `ends_at` are when they are there, once
    booked: less than the whole meeting for PART, nothing for WRITING and MISSING.
    `clinic_minutes` is how much of that lies inside their clinics, as it is now. `clash` is what
    has come to lie on it, `clash_told_at` when those concerned were told of that: once.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="participants")
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    need = models.CharField(
        max_length=4, choices=[(n, n.value) for n in Need], default=Need.MUST.value
    )
    attendance = models.CharField(
        max_length=12,
        choices=[(a, a.value) for a in Attendance],
        default=Attendance.NOT_PLANNED.value,
    )
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(
        max_length=8, choices=[(a, a.value) for a in Answer], default=Answer.NONE.value
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    clinic_minutes = models.PositiveIntegerField(default=0)
    came = models.CharField(
        max_length=12,
        blank=True,
        choices=[(a, a.value) for a in Attendance],
        help_text="How they took part, as it was; said when the meeting ends.",
    )
    clash = models.CharField(
        max_length=8, blank=True, default="", choices=[(c, c.value) for c in Clash if c]
    )
    clash_told_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="participant_once"),
            models.CheckConstraint(
                name="participant_clash_is_told",
                condition=Q(clash="", clash_told_at__isnull=True)
                | ~Q(clash="") & Q(clash_told_at__isnull=False),
            ),
            models.CheckConstraint(
                name="participant_is_there_at_a_time",
                condition=Q(
                    attendance__in=[Attendance.WHOLE, Attendance.PART],
                    starts_at__isnull=False,
                    ends_at__gt=F("starts_at"),
                )
                | Q(
                    attendance__in=[
                        Attendance.NOT_PLANNED,
                        Attendance.WRITING,
                        Attendance.MISSING,
                    ],
                    starts_at__isnull=True,
                    ends_at__isnull=True,
                ),
            ),
        ]
        indexes = [models.Index(fields=["user", "starts_at"], name="participant_of_user")]

    def __str__(self) -> str:
        return f"participant {self.pk}"


class MeetingChange(models.Model):
    """Append-only: what happened to a meeting, who did it, and when."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="changes")
    event = models.CharField(max_length=10, choices=[(e, e.value) for e in Event])
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.at:%Y-%m-%d %H:%M}"
