"""Tokens for programs that act for a person."""

from django.conf import settings
from django.db import models

from portal.core.clock import now


class ApiToken(models.Model):
    """A bearer token: kept as a hash, expiring, with its owner's rights and no more."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="api_token_expires_later",
                condition=models.Q(expires_at__gt=models.F("created_at")),
            )
        ]

    def __str__(self) -> str:
        return f"token {self.pk}"
