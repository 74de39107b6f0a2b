"""One row per person who signs in, per organisation and per team, ever; and a team's mailbox."""

from portal.accounts.models.mailboxes import MailboxRequest
from portal.accounts.models.people import (
    Invitation,
    Membership,
    MembershipQuerySet,
    Organisation,
    ParkedForm,
    Team,
    User,
    UserManager,
)

__all__ = [
    "Invitation",
    "MailboxRequest",
    "Membership",
    "MembershipQuerySet",
    "Organisation",
    "ParkedForm",
    "Team",
    "User",
    "UserManager",
]
