"""A team's mailbox in finished words."""

from dataclasses import dataclass

from portal.accounts.models import MailboxRequest, Team
from portal.ui.words import short_when


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage:
    """How one team is told. `waiting` is an address that waits for its code, or ""."""

    pk: int
    name: str
    mailbox: str
    waiting: str
    until: str


def team_page(team: Team, waiting: MailboxRequest | None) -> TeamPage:
    """The page's words."""
    return TeamPage(
        pk=team.pk,
        name=team.name,
        mailbox=team.mailbox,
        waiting=waiting.address if waiting else "",
        until=short_when(waiting.expires_at) if waiting else "",
    )
