"""How and where a meeting is held, said or changed after it was arranged."""

from meetings.actions import invite
from meetings.actions.changing import Changing, changing
from meetings.models import Meeting
from meetings.presenters.times import place_words
from meetings.queries import named_by_referrals, people_of
from meetings.rules import check_place, check_place_changes
from meetings.states import Event, How, Status
from portal.accounts.access import Reader
from portal.core.retrying import retry_deadlocks


@retry_deadlocks
def change_place(
    *, by: Reader, reference: str, how: How, where: str, version: int | None
) -> Meeting:
    """By video, telephone or in person, and the link, number or room; `where` names no person.

    Everybody who comes has it anew in their calendar; what they have answered holds. What it is
    already changes nothing and tells nobody.
    """
    with changing(
        by=by, reference=reference, for_="organise", what="place", version=version
    ) as change:
        meeting = change.meeting
        check_place_changes(
            Status(meeting.status), meeting.begun_at, meeting.ends_at, change.moment
        )
        set_place(change, how, where)
        return meeting


def set_place(change: Changing, how: How, where: str) -> None:
    """In the transaction of whatever changes it; Refused where it names somebody it is about."""
    meeting, where = change.meeting, where.strip()
    if (meeting.how, meeting.where) == (how, where):
        return
    check_place(where, people=named_by_referrals(meeting))
    if meeting.status != Status.BOOKED:
        change.touch(how=how.value, where=where)
        return
    row = change.record(
        Event.PLACE,
        note=place_words(how, where),
        how=how.value,
        where=where,
        sequence=meeting.sequence + 1,
    )
    invite.elsewhere(change, f"meeting.place:{row.pk}", list(people_of(meeting)))
