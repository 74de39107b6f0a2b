"""One referral with all that its page shows, read by one statement (referrals/sql/detail.sql)."""

from dataclasses import dataclass
from datetime import datetime

from contacts.one_service import hours_of
from portal.accounts.models import Team
from portal.core.clock import now
from portal.worktime.hours import WeeklyHours
from referrals import statements
from referrals.detail_rows import (
    Change,
    Decided,
    Met,
    Opened,
    Paused,
    Redirected,
    Written,
    change_of,
    decided_of,
    met_of,
    opened_of,
    paused_of,
    redirected_of,
    written_of,
)
from referrals.letters import points_shown
from referrals.models import MeetingEntry, Referral
from referrals.states import Audience, Event, Status
from referrals.undo_rules import can_undo

# Where it is by a decision of the receiving team; a referral is withdrawn without one.
_BY_DECISION = (Status.ACCEPTED, Status.DECLINED, Status.CLOSED)
# What somebody did with a meeting about it; other entries say what came of one.
_MET = {
    MeetingEntry.Verb.ARRANGED.value: "has arranged a meeting about it",
    MeetingEntry.Verb.MOVED.value: "has moved a meeting about it",
    MeetingEntry.Verb.CANCELLED.value: "has called off a meeting about it",
}
_MET_ELSE = "has added to it from a meeting"


@dataclass(frozen=True)
class Detail:
    """All that the page of one referral shows to one team."""

    referral: Referral
    team: Team
    points: list[str]
    messages: list[Written]
    changes: list[Change]
    openings: list[Opened]
    decisions: list[Decided]
    pauses: list[Paused]
    redirects: list[Redirected]
    hours: WeeklyHours
    meetings: list[Met]

    @property
    def open_pause(self) -> Paused | None:
        """The question that waits for an answer."""
        return next((pause for pause in self.pauses if pause.ended_at is None), None)

    @property
    def waiting_redirect(self) -> Redirected | None:
        """The redirect that the second team has not acknowledged."""
        return next((redirect for redirect in self.redirects if redirect.waits), None)

    @property
    def first_service(self) -> str:
        """To which service it was sent, wherever it has gone since."""
        left = [(one.at, one.from_service) for one in self.redirects]
        left += [(one.at, one.from_service) for one in self.changes if one.from_service]
        return min(left)[1] if left else self.referral.service.name

    @property
    def undone(self) -> dict[int, Change]:
        """What undid a change, by the number of that change."""
        return {change.undoes: change for change in self.changes if change.undoes}

    @property
    def standing(self) -> list[Change]:
        """What happened and has not been undone."""
        undone = self.undone
        return [c for c in self.changes if c.event != Event.UNDO and c.pk not in undone]

    @property
    def began(self) -> datetime:
        """When it was sent, or sent anew by being reopened."""
        again = [change.at for change in self.standing if change.event == Event.REOPEN]
        return again[-1] if again else self.referral.sent_at

    @property
    def decision(self) -> Decided | None:
        """The decision that stands: none of those before it was reopened."""
        if self.referral.status not in _BY_DECISION:
            return None
        moments = {change.at for change in self.standing if change.at >= self.began}
        return next((d for d in reversed(self.decisions) if d.at in moments), None)

    def undoable(self, reader_id: int) -> Change | None:
        """The reader's own last change, while they can undo it."""
        last = next(iter(reversed(self.standing)), None)
        if last is None or last.by.pk != reader_id:
            return None
        possible = can_undo(
            event=last.event,
            by_id=last.by.pk,
            at=last.at,
            reader_id=reader_id,
            moment=now(),
            built=bool(self.built_since(last.at, reader_id)),
            note=last.note,
        )
        return last if possible else None

    def built_since(self, moment: datetime, reader_id: int) -> str:
        """What somebody else has built on it after a moment, as far as the reader may know of it:
        "Sam Sharp has written since"; "" where nobody has."""
        for message in self.messages:
            if message.at > moment and message.author.pk != reader_id:
                return f"{message.author.name} has written since"
        for met in self.meetings:
            if met.at > moment and met.by.pk != reader_id:
                return f"{met.by.name} {_MET.get(met.verb, _MET_ELSE)} since"
        return ""

    def since(self, moment: datetime) -> tuple[list[Change], list[Written]]:
        """What happened and what was written after a moment."""
        return (
            [change for change in self.changes if change.at > moment],
            [message for message in self.messages if message.at > moment],
        )


def detail(referral: Referral, team: Team) -> Detail:
    """Load what the page of one referral shows to a team: one query. Others' notes stay out.

    Its person, its service with the organisation, and its teams are loaded.
    """
    values = {"referral": referral.pk, "team": team.pk, "both": Audience.BOTH.value}
    points, messages, changes, openings, decisions, pauses, redirects, hours, meetings = (
        statements.read_detail(values)
    )
    service = referral.service
    return Detail(
        referral=referral,
        team=team,
        points=points_shown(points, referral.letter),
        messages=[written_of(row) for row in messages or ()],
        changes=[change_of(row) for row in changes or ()],
        openings=[opened_of(row) for row in openings or ()],
        decisions=[decided_of(row) for row in decisions or ()],
        pauses=[paused_of(row) for row in pauses or ()],
        redirects=[redirected_of(row) for row in redirects or ()],
        hours=WeeklyHours.always(service.nation)
        if service.is_always_open
        else hours_of(hours or "", service.nation, service.closed_on_bank_holidays),
        meetings=[met_of(row) for row in meetings or ()],
    )
