"""A visit in words: what is asked for, what the host says, what each of the two can do."""

from dataclasses import dataclass

from meetings.models import Meeting, Visit
from meetings.presenters.times import long_when
from meetings.states import Said, Status
from meetings.visit_times import Offered
from meetings.visiting import TO_SEE
from portal.worktime.states import SessionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitShown:
    """What stands at the top of a visit's page until it is booked."""

    title: str
    says: str
    words: str
    may_answer: bool
    may_ask_again: bool


def visit_shown(meeting: Meeting, visit: Visit | None, reader_id: int) -> VisitShown | None:
    """Nothing for what is no visit, or has a time or an end."""
    if visit is None or meeting.status != Status.ARRANGING:
        return None
    asked = long_when(visit.starts_at, visit.ends_at)
    see = TO_SEE[SessionKind(visit.kind)].lower()
    host, visitor = visit.host_id == reader_id, meeting.organiser_id == reader_id
    if visit.said == Said.NO:
        return VisitShown(
            title="This time does not suit the host",
            says=f"It was asked for {asked}.",
            words=visit.reply,
            may_answer=False,
            may_ask_again=visitor,
        )
    whose = "your" if host else f"{visit.host.name}’s"
    return VisitShown(
        title=f"{asked}: does it suit you?" if host else f"Asked for: {asked}",
        says=(
            f"{meeting.organiser.name}, {meeting.team.name}, would like to see {see} of {whose}"
            " work. It is no meeting inside a clinic: your session goes on as it is."
            if host
            else f"{see.capitalize()} of {visit.host.name}. It is booked once they say yes."
        ),
        words=visit.words,
        may_answer=host,
        may_ask_again=visitor,
    )


def nothing_fits(offered: Offered) -> str:
    """Why there is no time to choose; "" where there is one."""
    if offered.times:
        return ""
    if not offered.has_sessions:
        return (
            "Nothing of that kind is known of their working week in the next eight weeks. Choose"
            " something else to see, or ring them."
        )
    return (
        "In the next eight weeks you are not free at any of these. A shorter visit may fit, or"
        " somebody else’s."
    )
