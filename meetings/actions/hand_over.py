"""What somebody was to do when they leave a team goes to a colleague, who is told."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from meetings import access
from meetings.actions.outcome import tell_owner
from meetings.models import Action, Participant
from meetings.outcome_queries import people_for
from meetings.states import ActionState
from portal.accounts.access import reader_for
from portal.accounts.models import Team, User


def hand_over(*, user: User, teams: Sequence[Team], by: User | None) -> None:
    """Every open action of theirs from a meeting at which they were for one of these teams.

    It goes to a colleague of that team who was there, else to whoever organised the meeting, else
    to another who was there: always to one who may read what it is about. `by` is nobody on the
    command line. In the caller's transaction.
    """
    part = Participant.objects.filter(meeting=OuterRef("meeting"), user=user, team__in=teams)
    rows = Action.objects.filter(Exists(part), owner=user, state=ActionState.OPEN)
    for action in rows.select_related("item", "meeting__team", "meeting__organiser").order_by("pk"):
        heir = _heir(action, user, teams)
        if heir is None:
            continue
        action.owner_id = heir
        action.version += 1
        action.reminded_on = None
        action.save(update_fields=["owner", "version", "reminded_on"])
        tell_owner(action, "Do what a colleague who has left was to do, or say why not")


def _heir(action: Action, user: User, teams: Sequence[Team]) -> int | None:
    """A colleague who was there, the organiser, or else anybody there: who may read what it is
    about."""
    others = people_for(action.item) if action.item else []
    able = [part for part in others if part.user_id != user.pk and part.user.is_active]
    of_the_team = {team.pk for team in teams}
    colleague = next((part.user_id for part in able if part.team_id in of_the_team), None)
    if colleague is not None:
        return colleague
    organiser = action.meeting.organiser
    if organiser != user and organiser.is_active and _may_read(organiser, action):
        return organiser.pk
    return able[0].user_id if able else None


def _may_read(user: User, action: Action) -> bool:
    items = access.items_for(reader_for(user), action.meeting)
    return action.referral_id is None or items.filter(actions=action).exists()
