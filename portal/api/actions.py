"""Making tokens."""

import secrets
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser

from portal.api.models import ApiToken
from portal.core.clock import now
from portal.core.digests import digest_of


def create_token(*, owner: AbstractBaseUser, days: int) -> str:
    """A new token for the owner, valid for `days`; this is the only time it can be read."""
    token = "cg_" + secrets.token_urlsafe(32)
    ApiToken.objects.create(
        owner_id=owner.pk, digest=digest_of(token), expires_at=now() + timedelta(days=days)
    )
    return token


def end_tokens(*, owner: AbstractBaseUser) -> None:
    """Every token of somebody who leaves is worthless from now on, even if they come back."""
    ApiToken.objects.filter(owner_id=owner.pk).delete()
