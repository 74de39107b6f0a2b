"""What the page of one referral is made of: the rows that referrals/sql/detail.sql reads."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from referrals.states import Event


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
    """A row of what happened; `undoes` is the one that it takes back, `origin` the state before.

    `from_service` is the one that it left together with its council.
    """

    pk: int
    event: Event
    by: Who
    team: str
    at: datetime
    note: str
    undoes: int | None
    origin: str
    from_service: str


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


def written_of(row: Sequence[Any]) -> Written:
    """A message from its columns."""
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
        at=moment_of(at),
        answers=answers,
        for_the_team=for_the_team,
    )


def change_of(row: Sequence[Any]) -> Change:
    """A change from its columns."""
    pk, event, by, team, at, note, undoes, origin, left = row
    return Change(pk, Event(event), Who(*by), team, moment_of(at), note, undoes, origin, left)


def opened_of(row: Sequence[Any]) -> Opened:
    """An opening from its columns."""
    user, team_id, at, seen_at = row
    return Opened(Who(*user), team_id, moment_of(at), moment_of(seen_at))


def decided_of(row: Sequence[Any]) -> Decided:
    """A decision from its columns."""
    status, by, at, worker, until, reason, words = row
    day = date.fromisoformat(until) if until else None
    named = Who(*worker) if worker else None
    return Decided(status, Who(*by), moment_of(at), named, day, reason, words)


def paused_of(row: Sequence[Any]) -> Paused:
    """A pause from its columns."""
    question_id, question, started_at, until, with_person, ended_at, reminded_at = row
    return Paused(
        question_id,
        question,
        moment_of(started_at),
        date.fromisoformat(until),
        with_person,
        moment_of(ended_at) if ended_at else None,
        moment_of(reminded_at) if reminded_at else None,
    )


def redirected_of(row: Sequence[Any]) -> Redirected:
    """A redirect from its columns."""
    from_service, to_service, to_team_id, at, acknowledged_at, ended_at = row
    return Redirected(
        from_service,
        to_service,
        to_team_id,
        moment_of(at),
        moment_of(acknowledged_at) if acknowledged_at else None,
        moment_of(ended_at) if ended_at else None,
    )


def met_of(row: Sequence[Any]) -> Met:
    """What a meeting left, from its columns."""
    verb, meeting, path, text, about, meets_at, by, team, at = row
    held = moment_of(meets_at) if meets_at else None
    return Met(verb, meeting, path, text, about, held, Who(*by), team, moment_of(at))


def moment_of(text: str) -> datetime:
    """A moment as JSON has it."""
    return datetime.fromisoformat(text)
