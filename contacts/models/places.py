"""Councils, who answers for adult social care in which area from when until when, postcodes."""

from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from contacts import states
from contacts.codes import AREA_PATTERN, COUNTY_PATTERN, NATION_OF_LETTER
from contacts.models.history import every_change
from contacts.models.revision import revises_the_directory


@pghistory.track()
class Council(models.Model):
    """What a council is, beside its one row as an organisation.

    `gss` is its code today; empty for a council that is planned and has none yet.
    """

    Type = states.CouncilType

    organisation = models.OneToOneField(
        "accounts.Organisation",
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="council",
    )
    gss = models.CharField(max_length=9, blank=True)
    type = models.CharField(max_length=14, choices=states.choices(states.COUNCIL_TYPE_WORDS))
    short_name = models.CharField(max_length=80, help_text="As people say it: Trafford.")
    former_gss = ArrayField(models.CharField(max_length=9), default=list, blank=True)
    main_telephone = models.CharField(
        max_length=30,
        blank=True,
        default="",
        db_default="",
        help_text="Shown beside an entry that nobody has checked for too long.",
    )

    class Meta:
        triggers = [revises_the_directory()]
        constraints = [
            models.UniqueConstraint(fields=["gss"], condition=~Q(gss=""), name="council_gss_once"),
            models.CheckConstraint(
                name="council_main_telephone",
                condition=Q(main_telephone="") | Q(main_telephone__regex=r"^\+?[0-9][0-9 ]{2,28}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class _OneArea(Func):
    """An area code as a range of one number: an exclusion needs ranges, without btree_gist."""

    template = (
        "int8range(hashtextextended(%(expressions)s, 0),"
        " hashtextextended(%(expressions)s, 0), '[]')"
    )


class _Days(Func):
    function = "daterange"
    output_field = DateRangeField()


class ResponsibilityQuerySet(models.QuerySet["Responsibility"]):
    """Responsibilities by domain names."""

    def on(self, day: date) -> "ResponsibilityQuerySet":
        """Those that hold on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), from_date__lte=day)

    def authorities(self, nation: str) -> int:
        """How many authorities there are among them in a nation."""
        letter = {name: letter for letter, name in NATION_OF_LETTER.items()}[nation]
        areas = self.filter(area_gss__startswith=letter, authority__isnull=False)
        return areas.values("authority").distinct().count()


@pghistory.track(*every_change())
class Responsibility(models.Model):
    """Who answers for adult social care in one district, from a day up to (not including) another.

    By district, never by county: a county that is split goes by its districts. Two answers for
    the same district on the same day cannot be kept.
    """

    How = states.How

    area_gss = models.CharField(max_length=9)
    area_name = models.CharField(max_length=80)
    authority = models.ForeignKey(
        "accounts.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    authority_gss = models.CharField(
        max_length=9, blank=True, help_text="The code it had in those days; empty while unknown."
    )
    how = models.CharField(max_length=14, choices=states.choices(states.HOW_WORDS))
    from_date = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        triggers = [revises_the_directory()]
        constraints = [
            ExclusionConstraint(
                name="responsibility_one_a_day",
                expressions=[
                    (_OneArea("area_gss"), RangeOperators.OVERLAPS),
                    (_Days("from_date", "until"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="responsibility_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gt=F("from_date")),
            ),
            models.CheckConstraint(
                name="responsibility_area_code", condition=Q(area_gss__regex=AREA_PATTERN)
            ),
            # Nobody is named only where no council is: in Northern Ireland.
            models.CheckConstraint(
                name="responsibility_has_authority",
                condition=Q(how="health-trust", authority__isnull=True)
                | (~Q(how="health-trust") & Q(authority__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["area_gss", "from_date"], name="responsibility_area")]

    def __str__(self) -> str:
        return f"{self.area_gss} from {self.from_date}"


class Postcode(models.Model):
    """One postcode of the ONS Postcode Directory. `key` has no space: M332RH.

    `district_gss` is empty where the directory no longer says where the postcode was, and
    L99999999 or M99999999 outside the United Kingdom. Terminated ones stay, with the first day
    of the month in which they ended.
    """

    key = models.CharField(max_length=7, primary_key=True)
    nation = models.CharField(max_length=16)
    district_gss = models.CharField(max_length=9, blank=True)
    county_gss = models.CharField(max_length=9, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    terminated_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="postcode_key",
                condition=Q(key__regex=r"^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$"),
            ),
            models.CheckConstraint(
                name="postcode_district",
                condition=Q(district_gss__in=["", "L99999999", "M99999999"])
                | Q(district_gss__regex=AREA_PATTERN),
            ),
            models.CheckConstraint(
                name="postcode_county",
                condition=Q(county_gss="") | Q(county_gss__regex=COUNTY_PATTERN),
            ),
            models.CheckConstraint(
                name="postcode_both_coordinates",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(48, 62),
                    longitude__range=(-12, 4),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.display

    @property
    def display(self) -> str:
        """As it is written: M33 2RH."""
        return f"{self.key[:-3]} {self.key[-3:]}"
