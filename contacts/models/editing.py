"""What editors add to an entry for a while, and every change of an entry, with who and when."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contacts import states
from contacts.models.history import every_change
from contacts.models.revision import revises_the_directory
from contacts.models.services import Service


@pghistory.track(*every_change())
class ServiceNotice(models.Model):
    """Words beside an entry until a moment ("phones down until 14:00"), then gone by themselves.

    Half-open: at `ends_at` it is over. Never protected: what nobody may see is no notice.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="notices")
    text = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    visibility = models.CharField(max_length=12, choices=states.choices(states.VISIBILITY_WORDS))

    class Meta:
        triggers = [revises_the_directory()]
        ordering = ["ends_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="notice_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(name="notice_has_words", condition=~Q(text="")),
            models.CheckConstraint(
                name="notice_visibility", condition=Q(visibility__in=["public", "professional"])
            ),
        ]
        indexes = [models.Index(fields=["service", "ends_at"], name="notice_of_service")]

    def __str__(self) -> str:
        return f"{self.service_id}: until {self.ends_at:%Y-%m-%d %H:%M}"


class ServiceChange(models.Model):
    """One change of an entry: who, when, and of each part that changed the old and the new.

    `before` and `after` hold the changed fields only, in the form of contacts/whole.py. `version`
    is the one that the change made, so two changes cannot be made from the same one. Never
    changed, never deleted.
    """

    Verb = states.Change

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()
    verb = models.CharField(max_length=8, choices=states.choices(states.CHANGE_WORDS))
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="undone_by"
    )

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["service", "version"], name="service_change_once"),
            models.CheckConstraint(
                name="service_change_undoes",
                condition=Q(verb="undid", undoes__isnull=False)
                | (~Q(verb="undid") & Q(undoes__isnull=True)),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.version}"
