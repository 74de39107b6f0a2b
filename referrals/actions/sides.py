"""Who is told on each side of a referral, and at which desk."""

from portal.accounts.desks import desk_of_team
from portal.accounts.memberships import user_ids_of
from portal.accounts.models import Team
from portal.accounts.roles import May
from portal.notifications.actions import Recipient
from referrals.models import Referral


def receiving_side(referral: Referral, team: Team | None = None) -> list[Recipient]:
    """Who is told on the receiving side: the holder, else everyone who triages; and the mailbox.

    A holder who has left the team is told nothing: the team is.
    """
    team = team or referral.receiving_team
    if team.pk == referral.receiving_team_id and holder_works(referral):
        return [Recipient.person(referral.held_by_id or 0, desk_of_team(team.pk))]
    return [*_members(team, May.TRIAGE), *_mailbox(team)]


def holder_works(referral: Referral) -> bool:
    """Whether somebody holds it who still triages for the team: one query."""
    holder = referral.held_by_id
    return holder is not None and holder in user_ids_of(referral.receiving_team, May.TRIAGE)


def sending_side(referral: Referral) -> list[Recipient]:
    """Who is told on the sending side: an answer goes to the practice, never only to one person."""
    desk = desk_of_team(referral.sending_team_id)
    people = [Recipient.person(referral.sent_by_id, desk)]
    if referral.for_clinician_id and referral.for_clinician_id != referral.sent_by_id:
        people.append(Recipient.person(referral.for_clinician_id, desk))
    mailbox = _mailbox(referral.sending_team)
    return [*people, *mailbox] if mailbox else _members(referral.sending_team, May.REFER)


def _members(team: Team, may: May) -> list[Recipient]:
    # Where the mailbox is told alone, members get mails only if they have asked for them.
    by_default = not (team.mailbox and team.mailbox_alone)
    desk = desk_of_team(team.pk)
    found = user_ids_of(team, may)
    return [Recipient.person(user_id, desk, by_default=by_default) for user_id in found]


def _mailbox(team: Team) -> list[Recipient]:
    return [Recipient.mailbox(team.mailbox, desk_of_team(team.pk))] if team.mailbox else []
