"""What two teams arrange for themselves: people of both are there, within the coming weeks."""

from collections.abc import Sequence
from datetime import time, timedelta

from meetings.actions.arrange import Invited, Topic, arrange
from meetings.models import Meeting
from meetings.rules import TITLE_AT_MOST, check_both_teams_come
from meetings.states import How, Kind
from portal.accounts.access import Reader
from portal.accounts.models import Team
from portal.core.clock import today

EARLIEST, LATEST = time(8), time(18)


def arrange_together(
    *,
    by: Reader,
    key: str,
    kind: Kind,
    team: Team,
    other: Team,
    title: str,
    people: Sequence[Invited],
    how: How,
    weeks: int,
    items: Sequence[Topic],
) -> Meeting:
    """As `arrange`, from tomorrow on and as long as the items take; its time is looked for next.

    Raises Refused where one of the two teams has nobody there.
    """
    check_both_teams_come(
        {each.pk: each.name for each in (team, other)}, {each.team_id for each in people}
    )
    begin = today() + timedelta(days=1)
    return arrange(
        by=by,
        key=key,
        kind=kind,
        team=team,
        other_team=other,
        title=title[:TITLE_AT_MOST],
        minutes=sum(item.minutes for item in items),
        how=how,
        where="",
        from_day=begin,
        until_day=begin + timedelta(weeks=weeks),
        earliest=EARLIEST,
        latest=LATEST,
        people=people,
        items=items,
    )
