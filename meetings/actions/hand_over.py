"""What somebody was to do when they leave a team goes to a colleague, who is told."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from meetings.models import Action, Participant
from meetings.states import ActionState
from portal.accounts.desks import desk_of_team
from portal.accounts.models import Team, User
from portal.notifications.actions import Recipient, tell
from portal.ui.words import long_date


def hand_over(*, user: User, teams: Sequence[Team], by: User | None) -> None:
    """Every open action of theirs from a meeting at which they were for one of these teams.

    It goes to a colleague of that team who was there, else to whoever organised the meeting; `by`
    is nobody on the command line. In the caller's transaction.
    """
    part = Participant.objects.filter(meeting=OuterRef("meeting"), user=user, team__in=teams)
    rows = Action.objects.filter(Exists(part), owner=user, state=ActionState.OPEN)
    for action in rows.select_related("meeting__team", "meeting__organiser").order_by("pk"):
        heir = _heir(action, user, teams)
        if heir is None:
            continue
        action.owner_id = heir
        action.version += 1
        action.reminded_on = None
        action.save(update_fields=["owner", "version", "reminded_on"])
        tell(
            event=f"meeting.action:{action.pk}:{action.version}",
            kind="meeting.action",
            recipients=[Recipient.person(heir, desk_of_team(action.meeting.team_id))],
            facts={
                "team": action.meeting.team.name,
                "wanted": "Do what a colleague who has left was to do, or say why not",
                "by": long_date(action.due_on),
                "reference": action.meeting.reference,
            },
            path="/meetings/actions/",
        )


def _heir(action: Action, user: User, teams: Sequence[Team]) -> int | None:
    there = Participant.objects.filter(
        meeting=action.meeting, team__in=teams, removed_at__isnull=True, user__is_active=True
    )
    colleague = there.exclude(user=user).order_by("pk").values_list("user", flat=True).first()
    if colleague is not None:
        return colleague
    organiser = action.meeting.organiser
    return organiser.pk if organiser != user and organiser.is_active else None
