"""Directory entries: a service, its hours, its area, and how it is reached."""

from datetime import timedelta

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Now

from contacts import states
from contacts.codes import AREA_PATTERN, NATIONS
from contacts.models.history import every_change
from contacts.models.revision import revises_the_directory
from contacts.states import CHECK_EVERY
from portal.core.clock import today
from portal.core.models import VersionedModel
from portal.core.references import new_reference
from portal.worktime.hours import Opening, WeeklyHours


def new_service_reference() -> str:
    """A public reference for a directory entry: SV-7K4M-9QXT."""
    return new_reference("SV")


@pghistory.track()
class Service(VersionedModel):
    """One entry of the directory. Entries are closed, never deleted.

    Response standards are minutes of the service's own opening hours.
    """

    Kind = states.Kind
    Basis = states.Basis

    reference = models.CharField(max_length=16, unique=True, default=new_service_reference)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="services"
    )
    receiving_team = models.ForeignKey(
        "accounts.Team",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="services",
        help_text="Who reads referrals; without one, none can be sent here.",
    )
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=states.choices(states.KIND_WORDS))
    basis = models.CharField(max_length=10, choices=states.choices(states.BASIS_WORDS))
    nation = models.CharField(max_length=16, choices=[(n, n) for n in NATIONS])
    is_single_point_of_access = models.BooleanField(default=False)
    summary = models.CharField(max_length=400, blank=True)
    what_it_needs = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    what_it_does_not_do = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    how_it_takes_referrals = models.CharField(max_length=300, blank=True)
    ring_first = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="What they want to be rung about.",
    )
    threshold = models.CharField(
        max_length=600,
        blank=True,
        default="",
        db_default="",
        help_text="What is for them, and what is not.",
    )
    is_always_open = models.BooleanField(default=False)
    closed_on_bank_holidays = models.BooleanField(default=True)
    out_of_hours = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whom to ring while this one is closed.",
    )
    routine_minutes = models.PositiveIntegerField(null=True, blank=True)
    this_week_minutes = models.PositiveIntegerField(null=True, blank=True)
    today_minutes = models.PositiveIntegerField(null=True, blank=True)
    last_checked_on = models.DateField(null=True, blank=True)
    last_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    check_every_months = models.PositiveSmallIntegerField(
        default=CHECK_EVERY, db_default=CHECK_EVERY, help_text="Set by its owner (rules.py)."
    )
    entered_on = models.DateField(
        default=today,
        db_default=Cast(Now(), models.DateField()),
        help_text="An entry that was never checked falls due from this day.",
    )
    is_invented = models.BooleanField(default=False, help_text="For the demonstration only.")
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=200, blank=True, default="", db_default="")

    # Its hours, where they were read together with it: contacts.one_service.
    read_with: WeeklyHours | None = None

    class Meta:
        triggers = [revises_the_directory()]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(closed_on__isnull=True),
                name="service_name_once",
            ),
            models.CheckConstraint(
                name="service_checked_by_on",
                condition=Q(last_checked_by__isnull=True) | Q(last_checked_on__isnull=False),
            ),
            models.CheckConstraint(
                name="service_check_rhythm",
                condition=Q(check_every_months__gte=1, check_every_months__lte=12),
            ),
            models.CheckConstraint(
                name="service_not_its_own_out_of_hours", condition=~Q(out_of_hours=F("id"))
            ),
            models.CheckConstraint(
                name="service_standards_all_or_none",
                condition=Q(
                    routine_minutes__isnull=True,
                    this_week_minutes__isnull=True,
                    today_minutes__isnull=True,
                )
                # A comparison with nothing is neither true nor false, and a check lets it pass.
                | Q(
                    routine_minutes__isnull=False,
                    this_week_minutes__isnull=False,
                    today_minutes__isnull=False,
                    routine_minutes__gte=F("this_week_minutes"),
                    this_week_minutes__gte=F("today_minutes"),
                    today_minutes__gt=0,
                ),
            ),
            # A referral has a clock, and a clock needs a standard.
            models.CheckConstraint(
                name="service_that_takes_referrals_has_standards",
                condition=Q(receiving_team__isnull=True) | Q(routine_minutes__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"

    def hours(self) -> WeeklyHours:
        """Its opening hours (one query, or prefetched); none at all where nobody has said."""
        if self.is_always_open:
            return WeeklyHours.always(self.nation)
        if self.read_with is not None:
            return self.read_with
        openings = tuple(
            Opening(row.weekday, row.opens, row.closes) for row in self.opening_hours.all()
        )
        return WeeklyHours(openings, self.nation, self.closed_on_bank_holidays)

    def response_time(self, urgency: str) -> timedelta | None:
        """Working time to an answer for `routine`, `this-week` or `today`; None without one."""
        minutes = {
            "routine": self.routine_minutes,
            "this-week": self.this_week_minutes,
            "today": self.today_minutes,
        }[urgency]
        return None if minutes is None else timedelta(minutes=minutes)


@pghistory.track(*every_change())
class ServiceHours(models.Model):
    """Open on a weekday (0 is Monday) between two London clock times.

    `closes` at 00:00 is the midnight at the end of the day.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        triggers = [revises_the_directory()]
        ordering = ["weekday", "opens"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "weekday", "opens"], name="service_hours_once"
            ),
            models.CheckConstraint(
                name="service_hours_weekday", condition=Q(weekday__gte=0, weekday__lte=6)
            ),
            models.CheckConstraint(
                name="service_hours_closes_after_opening",
                condition=Q(closes__gt=F("opens")) | Q(closes="00:00"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.weekday} {self.opens}"


@pghistory.track(*every_change())
class ServiceArea(models.Model):
    """A district that a service covers, by its GSS code.

    For a service that goes by registration it is the district the practice stands in.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="areas")
    area_gss = models.CharField(max_length=9)

    class Meta:
        triggers = [revises_the_directory()]
        constraints = [
            models.UniqueConstraint(fields=["area_gss", "service"], name="service_area_once"),
            models.CheckConstraint(
                name="service_area_code", condition=Q(area_gss__regex=AREA_PATTERN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.area_gss}"


@pghistory.track(*every_change())
class Contact(models.Model):
    """A way to reach a service, and who may see it.

    Public: everybody. Professional: whoever is signed in. Protected (a refuge, a single
    supported-living address): nowhere in the portal, kept so that its owner can be asked.
    """

    Kind = states.Channel
    Visibility = states.Visibility

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=10, choices=states.choices(states.CHANNEL_WORDS))
    value = models.CharField(max_length=200)
    label = models.CharField(max_length=80, blank=True)
    visibility = models.CharField(max_length=12, choices=states.choices(states.VISIBILITY_WORDS))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        triggers = [revises_the_directory()]
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["service", "kind", "value"], name="contact_once"),
            # A link of another scheme could run a script in the reader's browser.
            models.CheckConstraint(
                name="contact_value_shape",
                condition=Q(kind="telephone", value__regex=r"^\+?[0-9][0-9 ]{2,28}$")
                | Q(kind="email", value__regex=r"^[^\s@]+@[^\s@]+\.[^\s@]+$")
                | Q(kind="web", value__regex=r"^https?://[^\s]+$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.kind}"
