"""The person, as the sender described them in one referral."""

import pghistory
from django.db import models
from django.db.models import Q


@pghistory.track()
class Person(models.Model):
    """One referral's person. Two senders' descriptions are never merged behind their backs."""

    name = models.CharField(max_length=200)
    born_on = models.DateField(null=True, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    telephone = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="person_nhs_number_digits",
                condition=Q(nhs_number="") | Q(nhs_number__regex=r"^[0-9]{10}$"),
            )
        ]
        indexes = [
            models.Index(
                fields=["nhs_number"], name="person_nhs_number", condition=~Q(nhs_number="")
            ),
            models.Index(
                fields=["born_on"], name="person_born_on", condition=Q(born_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"
