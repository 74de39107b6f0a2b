"""A service reflection of two teams: it begins with what they agreed to improve last time."""

from collections.abc import Sequence

from django.db import transaction

from meetings.actions.arrange import Invited
from meetings.actions.together import arrange_together
from meetings.models import Meeting
from meetings.partners import partner
from meetings.reflections import agenda, before, to_come
from meetings.states import How, Kind
from portal.accounts.access import Reader
from portal.accounts.models import Team
from portal.core import once
from portal.core.refused import Refused
from portal.core.retrying import retry_deadlocks


@retry_deadlocks
def arrange_reflection(
    *,
    by: Reader,
    team_id: int,
    other_id: int,
    people: Sequence[Invited],
    how: How,
    weeks: int,
    key: str,
) -> Meeting:
    """Its items are the improvements of last time and then the three of every reflection; its
    time is looked for next.

    Raises NotYours for teams that share nothing, Refused where one of the two has nobody there
    or one is arranged already.
    """
    with transaction.atomic():
        found = partner(by, team_id, other_id)
        # One at a time for these two, so that an improvement stands on one agenda.
        teams = {row.pk: row for row in _locked(team_id, other_id)}
        row, first = once.take(
            key=key,
            by=by.user,
            purpose="meeting.reflect",
            body={"team": team_id, "other": other_id, "people": list(people)},
        )
        if not first:
            return Meeting.objects.get(reference=row.result)
        arranged = to_come(team_id, other_id)
        if arranged is not None:
            raise Refused(
                "A reflection of the two teams is arranged already"
                f" ({arranged.reference}, by {arranged.organiser.name}).",
                code="arranged",
            )
        meeting = arrange_together(
            by=by,
            key=key,
            kind=Kind.REFLECTION,
            team=teams[team_id],
            other=teams[other_id],
            title=f"Service reflection: {found.team} and {found.other}",
            people=people,
            how=how,
            weeks=weeks,
            items=agenda(before(team_id, other_id)),
        )
        once.keep_result(row, meeting.reference)
        return meeting


def _locked(team_id: int, other_id: int) -> list[Team]:
    rows = Team.objects.filter(pk__in=[team_id, other_id]).order_by("pk")
    return list(rows.select_for_update(no_key=True))
