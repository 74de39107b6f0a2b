"""One-time keys and rate counters."""

from django.conf import settings
from django.db import models


class OneTimeKey(models.Model):
    """A key that was used: the same request again gets the first one's result."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    result = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "purpose", "key"], name="one_time_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class RateCount(models.Model):
    """How often something happened in a window; the key is hashed, so it names nobody."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField(help_text="The window's number since 1970.")
    count = models.PositiveIntegerField(default=1)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="rate_count_once")]
        indexes = [models.Index(fields=["until"], name="rate_count_until")]

    def __str__(self) -> str:
        return f"{self.window}: {self.count}"


class PeriodicWork(models.Model):
    """Work that comes round by itself (see periodic.py): when next, and who is at it until when."""

    name = models.CharField(max_length=60, primary_key=True)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class VersionedModel(models.Model):
    """A row whose edits say which version they were made from (see versions.py)."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
