"""Ending a membership, and leaving altogether."""

from importlib import import_module

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from portal.accounts.access import check_administers
from portal.accounts.actions.calendars import forget_all
from portal.accounts.handing_over import hand_over
from portal.accounts.models import Membership, MembershipQuerySet, Team, User
from portal.api.actions import end_tokens
from portal.core.clock import now, today
from portal.core.refused import Refused
from portal.core.retrying import retry_deadlocks


# What is handed over is locked by others too, who may wait for the user.
@retry_deadlocks
@transaction.atomic
def end_membership(*, by: User | None, membership: Membership) -> bool:
    """End a role today; whoever has none left leaves. True when they have left.

    What they hold in the team is handed over at once, unless another role keeps them in it.
    Raises NotAllowed; Refused when it had ended already, or is one's own.
    """
    if by:
        check_administers(by, membership.organisation)
        if by.pk == membership.user_id:
            raise Refused("You cannot end your own membership. Ask another administrator.")
    user = User.objects.select_for_update().get(pk=membership.user_id)
    # Compare and set: of two who end it at once, one is told.
    if not _end(Membership.objects.not_over().filter(pk=membership.pk)):
        raise Refused("This membership has ended already.")
    kept = list(Membership.objects.not_over().filter(user=user))
    if not kept:
        leave(by=by, user=user, teams=[membership.team] if membership.team else [])
        return True
    if membership.team and all(each.team_id != membership.team_id for each in kept):
        hand_over(user=user, teams=[membership.team], by=by)
    return False


@retry_deadlocks
@transaction.atomic
def leave(*, by: User | None, user: User, teams: list[Team] | None = None) -> None:
    """The user signs in no more: sessions, tokens and second steps end now, holdings go over.

    `teams` are those that have just been ended; without it, every current membership ends here.
    """
    if teams is None:
        held = Membership.objects.not_over().filter(user=user)
        memberships = list(held.select_related("team", "organisation"))
        if by:
            for membership in memberships:
                check_administers(by, membership.organisation)
        _end(held)
        teams = list({m.team for m in memberships if m.team})
    hand_over(user=user, teams=teams, by=by)
    user.is_active, user.left_at = False, now()
    user.set_unusable_password()
    user.save()
    end_sessions(user=user)
    Authenticator.objects.filter(user=user).delete()
    end_tokens(owner=user)
    forget_all(user=user)


@transaction.atomic
def reset_second_step(*, by: User | None, user: User) -> None:
    """Remove every second step of somebody who lost theirs, and end their sessions.

    They set up a new one at the next sign-in. An administrator must look after every role that
    the user holds: otherwise one organisation could weaken the other's.
    """
    if by:
        for membership in Membership.objects.current().filter(user=user):
            check_administers(by, membership.organisation)
        if by.pk == user.pk:
            raise Refused("You cannot do this for yourself. Ask another administrator.")
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user=user)


def end_sessions(*, user: User) -> None:
    """End every session of the user, wherever it is open."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    open_ones = UserSession.objects.filter(user=user)
    for key in open_ones.values_list("session_key", flat=True):
        store().delete(key)
    open_ones.delete()


def _end(memberships: MembershipQuerySet) -> int:
    """End them today (half-open: yesterday was the last day), or on the day they would begin."""
    return memberships.update(until=Greatest(Value(today()), F("since")))
