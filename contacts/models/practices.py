"""GP practices: where they are, which homes they cover, where their people live."""

import pghistory
from django.db import models
from django.db.models import Q

from contacts.codes import AREA_PATTERN
from contacts.models.revision import revises_the_directory


@pghistory.track()
class Practice(models.Model):
    """What a practice is, beside its one row as an organisation (whose code is the ODS code).

    `area_gss` is the district it stands in; empty while no source says so.
    """

    organisation = models.OneToOneField(
        "accounts.Organisation",
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="practice",
    )
    ods = models.CharField(max_length=8, unique=True)
    address = models.CharField(max_length=250, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    area_gss = models.CharField(max_length=9, blank=True)

    class Meta:
        triggers = [revises_the_directory()]
        constraints = [
            models.CheckConstraint(
                name="practice_area", condition=Q(area_gss="") | Q(area_gss__regex=AREA_PATTERN)
            )
        ]

    def __str__(self) -> str:
        return self.ods


class CatchmentPart(models.Model):
    """A part of the postcodes that a practice covers: "M33" or, finer, "M33 2"."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="catchment")
    part = models.CharField(max_length=6)
    is_invented = models.BooleanField(default=False)

    class Meta:
        triggers = [revises_the_directory()]
        constraints = [
            models.UniqueConstraint(fields=["practice", "part"], name="catchment_part_once"),
            models.CheckConstraint(
                name="catchment_part_shape",
                condition=Q(part__regex=r"^[A-Z]{1,2}[0-9][A-Z0-9]?( [0-9])?$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.part}"


class RegisteredShare(models.Model):
    """Which part (0 to 1) of a practice's people live in the area of one authority."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="shares")
    authority = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    share = models.DecimalField(max_digits=4, decimal_places=3)
    is_invented = models.BooleanField(default=False)

    class Meta:
        triggers = [revises_the_directory()]
        constraints = [
            models.UniqueConstraint(fields=["practice", "authority"], name="registered_share_once"),
            models.CheckConstraint(
                name="registered_share_is_a_part", condition=Q(share__gt=0, share__lte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.share}"
