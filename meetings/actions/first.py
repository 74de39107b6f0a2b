"""A first meeting of two teams that share referrals and have never met."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from meetings.actions.arrange import Invited, Topic
from meetings.actions.together import arrange_together
from meetings.first_agenda import AGENDA
from meetings.models import FirstMeetingDeclined, Meeting
from meetings.partners import have_never_met
from meetings.states import How, Kind
from portal.accounts.access import Reader
from portal.accounts.models import Team
from portal.core import once
from portal.core.clock import now, today
from portal.core.retrying import retry_deadlocks

# How long nobody of a team that has said "not now" is asked again.
DECLINED_FOR = timedelta(days=120)


@retry_deadlocks
def arrange_first(
    *,
    by: Reader,
    team_id: int,
    other_id: int,
    people: Sequence[Invited],
    how: How,
    weeks: int,
    key: str,
) -> Meeting:
    """Twenty minutes about knowing each other; its time is looked for next.

    Raises NotYours where it is not on offer, Refused where one of the two teams has nobody there.
    """
    with transaction.atomic():
        row, first = once.take(
            key=key,
            by=by.user,
            purpose="meeting.first",
            body={"team": team_id, "other": other_id, "people": list(people)},
        )
        if not first:
            return Meeting.objects.get(reference=row.result)
        found = have_never_met(by, team_id, other_id)
        teams = Team.objects.in_bulk([team_id, other_id])
        meeting = arrange_together(
            by=by,
            key=key,
            kind=Kind.FIRST,
            team=teams[team_id],
            other=teams[other_id],
            title=f"First meeting: {found.team} and {found.other}",
            people=people,
            how=how,
            weeks=weeks,
            items=[Topic(title=title, points=points, minutes=m) for title, points, m in AGENDA],
        )
        once.keep_result(row, meeting.reference)
        return meeting


@retry_deadlocks
@transaction.atomic
def decline_first(*, by: Reader, team_id: int, other_id: int) -> None:
    """Not now, for the reader's whole team; safe to repeat."""
    have_never_met(by, team_id, other_id)
    FirstMeetingDeclined.objects.update_or_create(
        team_id=team_id,
        other_team_id=other_id,
        defaults={"until": today() + DECLINED_FOR, "by": by.user, "at": now()},
    )
