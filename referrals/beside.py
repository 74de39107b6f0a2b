"""What else can be done with a referral: rooms above register it, its page shows the links."""

from collections.abc import Callable

from portal.accounts.access import Reader
from portal.ui.shapes import Link
from referrals.models import Referral

Offer = Callable[[Reader, Referral], list[Link]]
_registered: list[Offer] = []


def register(offer: Offer) -> None:
    """Have `offer` asked for links whenever a referral is shown: one query at most."""
    if offer not in _registered:
        _registered.append(offer)


def links(reader: Reader, referral: Referral) -> list[Link]:
    """What the rooms above offer this reader to do with this referral."""
    return [link for offer in _registered for link in offer(reader, referral)]
