"""What takes somebody's time: bookings, and two tables worked out from patterns and calendars."""

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from portal.core.clock import now

_USER = settings.AUTH_USER_MODEL
# PostgreSQL's own GiST knows ranges and not numbers: one somebody is a range of one.
_ONE_USER = Func(
    F("user_id"),
    F("user_id"),
    Value("[]"),
    function="int8range",
    output_field=BigIntegerRangeField(),
)


@pghistory.track()
class Booking(models.Model):
    """A stretch of somebody's time that is taken by something of the portal's.

    `subject` says by what ("meeting M-...", a name of the room that books). Nobody is in two
    places: the database holds it. A released booking takes no time.
    """

    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    during = DateTimeRangeField(help_text="Half-open, UTC.")
    subject = models.CharField(max_length=60)
    booked_at = models.DateTimeField(default=now)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="booking_one_place_at_a_time",
                expressions=[
                    (_ONE_USER, RangeOperators.OVERLAPS),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(released_at__isnull=True),
            ),
            models.CheckConstraint(name="booking_not_empty", condition=Q(during__isempty=False)),
        ]
        indexes = [models.Index(fields=["subject"], name="booking_subject")]

    def __str__(self) -> str:
        return f"booking {self.pk}"


class PackedTime(models.Model):
    """All that is known of somebody's time but bookings, worked out whenever it changes.

    `spans` holds triples of int32, little-endian: first minute, first minute after it, code of
    the use (packing.py), in minutes since 1970. `covers_until` is the day up to which it was
    worked out; it is worked out anew before that comes near.
    """

    user = models.OneToOneField(_USER, primary_key=True, on_delete=models.PROTECT, related_name="+")
    spans = models.BinaryField(default=bytes)
    covers_from = models.DateField()
    covers_until = models.DateField()
    has_pattern = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"time of {self.user_id}"


class QuietTime(models.Model):
    """A clinic to come: what is not urgent waits until it is over. Worked out with PackedTime."""

    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "ends_at"], name="quiet_time_of_user")]
        constraints = [
            models.CheckConstraint(
                name="quiet_time_not_empty", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]

    def __str__(self) -> str:
        return f"quiet {self.pk}"
