"""The address of somebody's own meetings, for their calendar: made, revoked, read."""

import secrets

from django.db import IntegrityError, transaction

from meetings.models import Feed
from portal.accounts.access import Reader
from portal.core.clock import now
from portal.core.digests import digest_of
from portal.core.refused import NotYours, Refused


def make(*, by: Reader) -> str:
    """A new address, whose token can be read this once; the one before opens nothing any more."""
    token = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            _open(by).update(revoked_at=now())
            Feed.objects.create(user=by.user, token_digest=digest_of(token))
    except IntegrityError:
        raise Refused("An address is being made in another window. Look there.") from None
    return token


def revoke(*, by: Reader) -> None:
    """The address opens nothing any more."""
    with transaction.atomic():
        _open(by).update(revoked_at=now())


def open_feed(token: str) -> Feed:
    """Whose it is, and that it has been read; NotYours (404) for any that is not open."""
    feed = (
        Feed.objects.filter(
            token_digest=digest_of(token), revoked_at__isnull=True, user__is_active=True
        )
        .select_related("user")
        .first()
    )
    if feed is None:
        raise NotYours("feed", "")
    Feed.objects.filter(pk=feed.pk).update(read_at=now())
    return feed


def _open(by: Reader):  # type: ignore[no-untyped-def]
    return Feed.objects.filter(user=by.user, revoked_at__isnull=True)
