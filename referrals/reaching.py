"""How to reach a service that takes no referrals here, as whoever is signed in may see it."""

from contacts.access import visible_contacts
from contacts.models import Service
from contacts.states import Channel


def how_to_reach(service: Service) -> str:
    """The first number that whoever is signed in may see, else the first address; "" without."""
    ways = visible_contacts(service, signed_in=True)
    numbers = [way.value for way in ways if way.kind == Channel.TELEPHONE]
    return next(iter([*numbers, *(way.value for way in ways)]), "")
