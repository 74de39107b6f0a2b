"""One referral with all that its page shows, read by one statement (referrals/sql/detail.sql)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from contacts.one_service import hours_of
from portal.accounts.models import Team
from portal.core.clock import now
from portal.worktime.hours import WeeklyHours
from referrals import listed
from referrals.letters import points_shown
from referrals.models import MeetingEntry, Referral
from referrals.rules import can_undo
from referrals.states import Audience, Event, Status

# Where it is by a decision of the receiving team; a referral is withdrawn without one.
_BY_DECISION = (Status.ACCEPTED, Status.DECLINED, Status.CLOSED)
# What somebody did with a meeting about it; other entries say what came of one.
_MET = {
    MeetingEntry.Verb.ARRANGED.value: "has arranged a meeting about it",
    MeetingEntry.Verb.MOVED.value: "has moved a meeting about it",
    MeetingEntry.Verb.CANCELLED.value: "has called off a meeting about it",
}
_MET_ELSE = "has added to it from a meeting"


class Who(NamedTuple):
    """Somebody, as both sides read of them."""

    pk: int
    name: str
    job_title: str


class Written(NamedTuple):
    """A message; `side` is the writer's team's, `answers` the message that it answers."""

    pk: int
    author: Who
    team_id: int
    team: str
    side: str
    voice: str
    audience: str
    body: str
    at: datetime
    answers: int | None
    for_the_team: bool


class Change(NamedTuple):
    """A row of what happened; `undoes` is the one that it takes back, `origin` where it was."""

    pk: int
    event: Event
    by: Who
    team: str
    at: datetime
    note: str
    undoes: int | None
    origin: str


class Opened(NamedTuple):
    """Who opened it, when first and when last."""

    user: Who
    team_id: int
    at: datetime
    seen_at: datetime


class Decided(NamedTuple):
    """A decision, which may have been undone or reopened since."""

    status: str
    by: Who
    at: datetime
    worker: Who | None
    waiting_until: date | None
    reason: str
    words: str


class Paused(NamedTuple):
    """A stretch in which the clock stood still, with its question."""

    question_id: int
    question: str
    started_at: datetime
    until: date
    with_person: str
    ended_at: datetime | None
    reminded_at: datetime | None

    @property
    def taken_back(self) -> bool:
        """The question was asked by mistake: no time was spent on it."""
        return self.ended_at == self.started_at


class Redirected(NamedTuple):
    """Handed on to another service."""

    from_service: str
    to_service: str
    to_team_id: int
    at: datetime
    acknowledged_at: datetime | None
    ended_at: datetime | None

    @property
    def waits(self) -> bool:
        """The second team has not acknowledged it."""
        return self.acknowledged_at is None and self.ended_at is None


class Met(NamedTuple):
    """What a meeting left here; `about` is the same for entries of which the last one counts."""

    verb: str
    meeting: str
    path: str
    text: str
    about: str
    meets_at: datetime | None
    by: Who
    team: str
    at: datetime


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
        listed.read_detail(values)
    )
    service = referral.service
    return Detail(
        referral=referral,
        team=team,
        points=points_shown(points, referral.letter),
        messages=[_written(row) for row in messages or ()],
        changes=[_change(row) for row in changes or ()],
        openings=[
            Opened(Who(*who), team_id, _moment(at), _moment(seen_at))
            for who, team_id, at, seen_at in openings or ()
        ],
        decisions=[_decided(row) for row in decisions or ()],
        pauses=[_paused(row) for row in pauses or ()],
        redirects=[_redirected(row) for row in redirects or ()],
        hours=WeeklyHours.always(service.nation)
        if service.is_always_open
        else hours_of(hours or "", service.nation, service.closed_on_bank_holidays),
        meetings=[_met(row) for row in meetings or ()],
    )


def _written(row: Sequence[Any]) -> Written:
    pk, author, team_id, team, side, voice, audience, body, at, answers, for_the_team = row
    return Written(
        pk=pk,
        author=Who(*author),
        team_id=team_id,
        team=team,
        side=side,
        voice=voice,
        audience=audience,
        body=body,
        at=_moment(at),
        answers=answers,
        for_the_team=for_the_team,
    )


def _change(row: Sequence[Any]) -> Change:
    pk, event, by, team, at, note, undoes, origin = row
    return Change(pk, Event(event), Who(*by), team, _moment(at), note, undoes, origin)


def _decided(row: Sequence[Any]) -> Decided:
    status, by, at, worker, until, reason, words = row
    day = date.fromisoformat(until) if until else None
    named = Who(*worker) if worker else None
    return Decided(status, Who(*by), _moment(at), named, day, reason, words)


def _paused(row: Sequence[Any]) -> Paused:
    question_id, question, started_at, until, with_person, ended_at, reminded_at = row
    return Paused(
        question_id,
        question,
        _moment(started_at),
        date.fromisoformat(until),
        with_person,
        _moment(ended_at) if ended_at else None,
        _moment(reminded_at) if reminded_at else None,
    )


def _redirected(row: Sequence[Any]) -> Redirected:
    from_service, to_service, to_team_id, at, acknowledged_at, ended_at = row
    return Redirected(
        from_service,
        to_service,
        to_team_id,
        _moment(at),
        _moment(acknowledged_at) if acknowledged_at else None,
        _moment(ended_at) if ended_at else None,
    )


def _met(row: Sequence[Any]) -> Met:
    verb, meeting, path, text, about, meets_at, by, team, at = row
    held = _moment(meets_at) if meets_at else None
    return Met(verb, meeting, path, text, about, held, Who(*by), team, _moment(at))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
