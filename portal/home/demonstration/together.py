"""What two teams of the demonstration do together: a reflection was held, a visit is asked for."""

from datetime import datetime, timedelta
from typing import Any

from meetings.actions import holding
from meetings.actions.finish import finish
from meetings.actions.outcome import agree
from meetings.actions.reflect import arrange_reflection
from meetings.actions.visit import ask_for_visit
from meetings.models import Action, Meeting, Participant
from meetings.states import ActionState, Attendance, How
from meetings.visit_times import offered_times
from portal.accounts.access import Reader
from portal.accounts.models import Team
from portal.core.clock import now, standing_at, today
from portal.home.demonstration.making import Maker
from portal.home.demonstration.weeks import weeks
from portal.worktime.states import SessionKind

# Before the other meetings: two weeks in which a time is looked for, and all of it is past.
_AGO = timedelta(days=48)
_VISIT_MINUTES = 60


class Together(Maker):
    """The front door and the practice."""

    name = "together"

    def __init__(self, teams: dict[str, Team]) -> None:
        super().__init__(teams)
        self.texts: dict[str, Any] = weeks()["together"]

    def make(self) -> None:
        """Both."""
        self._reflection()
        self._visit()

    def _reflection(self) -> None:
        by = self.reader("triage")
        with standing_at(now() - _AGO):
            meeting = arrange_reflection(
                by=by,
                team_id=self.teams["front-door"].pk,
                other_id=self.teams["park"].pk,
                people=self.people("triage", "socialworker", "gp", "practiceadmin"),
                how=How.VIDEO,
                weeks=2,
                key=self.key(),
            )
            if not self.book_first(meeting, "triage"):
                return
        meeting.refresh_from_db()
        if meeting.starts_at is not None:
            self._hold(by, meeting, meeting.starts_at)

    def _hold(self, by: Reader, meeting: Meeting, begins: datetime) -> None:
        """Ten minutes an item; at the last, improvements are agreed, and one is done since."""
        same: dict[str, Any] = {"by": by, "reference": meeting.reference}
        with standing_at(begins):
            holding.begin(**same)
        items = self.items(meeting)
        for number, item in enumerate(items):
            with standing_at(begins + timedelta(minutes=10 * number)):
                holding.begin_item(item=item.pk, **same)
            with standing_at(begins + timedelta(minutes=10 * number + 9)):
                if item == items[-1]:
                    self._improvements(item.pk, same)
                holding.end_item(item=item.pk, **same)
        with standing_at(begins + timedelta(minutes=31)):
            came = Participant.objects.filter(meeting=meeting).values_list("pk", "attendance")
            holding.end_meeting(
                came={pk: Attendance(how) for pk, how in came}, key=self.key(), **same
            )
        first = Action.objects.filter(meeting=meeting).order_by("due_on", "pk")[0]
        with standing_at(begins + timedelta(days=10)):
            finish(
                by=self.reader("practiceadmin"),
                action=first.pk,
                ending=ActionState.DONE,
                words=self.texts["done"],
                version=first.version,
                key=self.key(),
            )

    def _improvements(self, item: int, same: dict[str, Any]) -> None:
        for text, owner, days in self.texts["improvements"]:
            agree(
                item=item,
                text=text,
                owner=self.users[owner].pk,
                due_on=today() + timedelta(days=days),
                key=self.key(),
                is_improvement=True,
                **same,
            )

    def _visit(self) -> None:
        """The GP asks for an hour of a duty day; nobody has answered yet."""
        host, visitor = self.people("socialworker", "gp")
        times = offered_times(
            visitor_id=visitor.user_id,
            host_id=host.user_id,
            kind=SessionKind.DUTY,
            minutes=_VISIT_MINUTES,
        ).times
        if times:
            ask_for_visit(
                by=self.reader("gp"),
                team_id=visitor.team_id,
                other_id=host.team_id,
                host=host,
                kind=SessionKind.DUTY,
                minutes=_VISIT_MINUTES,
                start=times[0][0],
                words=self.texts["curious"],
                key=self.key(),
            )


def make_together(teams: dict[str, Team]) -> None:
    """Looking back together, with improvements of last time; and a visit to answer."""
    Together(teams).make()
