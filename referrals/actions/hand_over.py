"""Somebody stops working in a team: what they hold there goes back, or on to a colleague.

Called by accounts in the transaction that ends the role (see `ReferralsConfig.ready`).
"""

from collections.abc import Sequence

from portal.accounts.access import reader_for
from portal.accounts.desks import desk_of_team
from portal.accounts.models import Membership, Team, User
from portal.accounts.roles import May, Role, roles_that
from portal.core.clock import now
from portal.notifications.actions import Recipient
from referrals.actions.changing import Changing
from referrals.actions.sides import receiving_side
from referrals.models import Referral
from referrals.states import HELD, Event, Status


def hand_over(*, user: User, teams: Sequence[Team], by: User | None) -> None:
    """Release what `user` holds in `teams`.

    What nobody waits for goes back to the team's inbox; a question that is open goes to the
    triage lead, the manager or another colleague, who is told. What was accepted stays accepted,
    and the team is told that nobody works with the person. `by` None: the command line.
    """
    reader = reader_for(by or user)
    held = Referral.objects.filter(
        held_by=user,
        receiving_team__in=[team.pk for team in teams],
        status__in=[*HELD, Status.ACCEPTED],
    )
    for referral in held.select_for_update().order_by("pk"):
        change = Changing(referral, reader, referral.receiving_team, now())
        if referral.status == Status.ASKED:
            _pass_on(change, user)
        elif referral.status == Status.ACCEPTED:
            _without_worker(change, user)
        else:
            _give_back(change, user)


def _without_worker(change: Changing, leaver: User) -> None:
    row = change.write_down(
        Event.RELEASE,
        Status.ACCEPTED,
        note=f"{leaver.name} left the team: nobody holds it now",
        held_by=None,
        held_since=None,
    )
    change.tell(
        f"referral.without-worker:{row.pk}",
        "referral.taken-over",
        receiving_side(change.referral),
        wanted="Decide who works with the person: the colleague who held it has left the team",
    )


def _give_back(change: Changing, leaver: User) -> None:
    row = change.record(
        Event.RELEASE, note=f"{leaver.name} left the team", held_by=None, held_since=None
    )
    change.tell(
        f"referral.released:{row.pk}",
        "referral.taken-over",
        receiving_side(change.referral),
        wanted="Claim it: the colleague who held it has left the team",
    )


def _pass_on(change: Changing, leaver: User) -> None:
    colleague = colleague_of(change.referral.receiving_team, leaver)
    if colleague is None:
        return  # Nobody is left in the team; its manager's page shows who holds it.
    row = change.record(
        Event.TAKE_OVER, note=colleague.name, held_by=colleague, held_since=change.moment
    )
    change.tell(
        f"referral.passed-on:{row.pk}",
        "referral.taken-over",
        [Recipient.person(colleague.pk, desk_of_team(change.team.pk))],
        wanted="You hold it now: the colleague who held it has left the team",
    )


def colleague_of(team: Team, leaver: User) -> User | None:
    """Who holds it in place of `leaver`: the triage lead, else the manager, else whoever has been
    in the team longest; None where nobody works there."""
    first = {Role.TRIAGE_LEAD: 0, Role.MANAGER: 1}
    members = (
        Membership.objects.current()
        .filter(team=team, role__in=roles_that(May.TRIAGE))
        .exclude(user=leaver)
        .select_related("user")
        .order_by("since", "pk")
    )
    ranked = sorted(members, key=lambda m: first.get(Role(m.role), 2))
    return ranked[0].user if ranked else None
