"""Whether a directory entry takes referrals on a day, and the words where it does not. Pure."""

from datetime import date

from contacts.models import Service
from portal.ui.words import long_date


def closed_words(service: Service, day: date) -> str:
    """That the entry is closed on `day`, and what to do; "" while it is not.

    It is closed from `closed_on` itself, as the directory has it.
    """
    if not service.closed_on or service.closed_on > day:
        return ""
    closed = f"{service.name} was closed on {long_date(service.closed_on)}"
    return f"{closed} and takes no referrals any more. Ask again who to contact."


def why_none(service: Service, day: date) -> str:
    """Why nobody would read a referral to this service on `day`; "" where somebody would."""
    if closed := closed_words(service, day):
        return closed
    team = service.receiving_team
    if team is None or team.closed_on is not None:
        return f"{service.name} does not take referrals here. Ring them, or ask who to contact."
    return ""
