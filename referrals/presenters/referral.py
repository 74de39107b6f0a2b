"""One referral in finished words: banner, thread, timeline, clocks, facts."""

from datetime import datetime, timedelta

from portal.accounts.models import Team, User
from portal.core.clock import now
from portal.ui.shapes import Clock, Event, Fact, Message, Person
from portal.ui.words import (
    age,
    duration_words,
    initials,
    long_date,
    near_when,
    nhs_spaced,
    phone_href,
    short_date,
    short_when,
)
from portal.worktime.hours import WeeklyHours, working_time_between
from portal.worktime.words import left_words
from referrals import models
from referrals.presenters.refer import rung_words
from referrals.queries import Detail
from referrals.states import (
    AGREEMENT_WORDS,
    DECLINE_WORDS,
    Agreement,
    Audience,
    DeclineReason,
    Status,
    Voice,
)
from referrals.states import Event as Happened


def banner(referral: models.Referral) -> Person:
    """Name, birth date (age), NHS number, address, reference: the same everywhere."""
    person = referral.person
    born = ""
    if person.born_on:
        born = f"Born {short_date(person.born_on)} ({age(person.born_on)})"
    where = ", ".join(part for part in (person.address, person.postcode) if part)
    return Person(
        name=person.name,
        born=born,
        nhs_number=f"NHS {nhs_spaced(person.nhs_number)}" if person.nhs_number else "",
        address=where,
        reference=referral.reference,
    )


def who(user: User) -> str:
    """ "S. Worker, social worker"."""
    title = (
        user.job_title[:1].lower() + user.job_title[1:]
        if _lowers(user.job_title)
        else (user.job_title)
    )
    return f"{user.name}, {title}" if title else user.name


def _lowers(title: str) -> bool:
    """GP stays GP; "Social worker" becomes "social worker" within a sentence."""
    return len(title) > 1 and title[1].islower()


def facts(referral: models.Referral) -> list[Fact]:
    """The rest of the six answers, after the points."""
    agreement = AGREEMENT_WORDS[Agreement(referral.agreement)]
    if referral.agreement_note:
        agreement = f"{agreement}. {referral.agreement_note}"
    rows = [
        ("Why now", referral.why_now),
        ("How urgent", referral.urgency_word),
        ("With the person", referral.with_person),
        ("Does the person know", agreement),
        ("The sender has rung", rung_words(referral, now())),
        ("Ring the sender", referral.call_back),
        ("The person's telephone", referral.person.telephone),
        ("Sent by", f"{who(referral.sent_by)}, {referral.sending_team.name}"),
        ("For", who(referral.for_clinician) if referral.for_clinician else ""),
    ]
    return [
        Fact(term=term, detail=detail, href=phone_href(detail) if term in _RING else "")
        for term, detail in rows
        if detail
    ]


_RING = {"Ring the sender", "The person's telephone"}


def thread(detail: Detail, at: datetime) -> list[Message]:
    """The conversation, oldest first."""
    return [_message(detail, message, at) for message in detail.messages]


def _message(detail: Detail, message: models.Message, at: datetime) -> Message:
    own = message.audience == Audience.OWN_TEAM
    about = [near_when(message.at, at)]
    if message.voice == Voice.QUESTION:
        about.append("asks")
    if message.voice == Voice.ANSWER and message.answers:
        about.append(f"answered in {duration_words(message.at - message.answers.at)}")
    if seen := _seen_by(detail, message):
        about.append(seen)
    role = f", {who(message.author).partition(', ')[2]}" if message.author.job_title else ""
    return Message(
        anchor=f"message-{message.pk}",
        side="social" if message.team.side == Team.Side.SOCIAL else "health",
        initials=initials(message.author.name),
        name=message.author.name,
        about=f"{role}, {message.team.name} · "
        + " · ".join(about)
        + (" · only your team sees this" if own else ""),
        text=message.body,
        own_team_only=own,
    )


def _seen_by(detail: Detail, message: models.Message) -> str:
    """Who of the other side has looked since it was written."""
    if message.audience == Audience.OWN_TEAM:
        return ""
    for opening in detail.openings:
        if opening.team_id != message.team_id and opening.seen_at > message.at:
            return f"seen by {opening.user.name} {near_when(opening.seen_at)}"
    return ""


def timeline(detail: Detail, at: datetime) -> list[Event]:
    """Where it is: what the portal did, who opened it, who holds it, what was decided."""
    dated = [*_delivered(detail, at), *_opened(detail, at), *_happened(detail, at)]
    past = [event for _, event in sorted(dated, key=lambda pair: pair[0])]
    return [*past, *_ahead(detail, at)]


Dated = tuple[tuple[datetime, int], Event]


def _delivered(detail: Detail, at: datetime) -> list[Dated]:
    referral = detail.referral
    when = f"{short_when(referral.sent_at, at)}, by the portal"
    if referral.readable_from > referral.sent_at + timedelta(minutes=1):
        when += f" · the team was closed until {short_when(referral.readable_from, at)}"
    first = detail.redirects[0].from_service if detail.redirects else referral.service
    what = Event(what=f"Delivered to {first.name}", when=when)
    return [((referral.sent_at, 0), what)]


def _opened(detail: Detail, at: datetime) -> list[Dated]:
    """The first opening by each team that is not the sender's."""
    firsts: dict[int, models.Opening] = {}
    for opening in detail.openings:
        if opening.team_id != detail.referral.sending_team_id:
            firsts.setdefault(opening.team_id, opening)
    return [
        ((o.at, 1), Event(what=f"Opened by {who(o.user)}", when=short_when(o.at, at)))
        for o in firsts.values()
    ]


def _happened(detail: Detail, at: datetime) -> list[Dated]:
    found: list[Dated] = []
    for change in detail.changes:
        what = _what(change, detail)
        if what:
            when = short_when(change.at, at)
            if change.event in (Happened.CLAIM, Happened.TAKE_ON):
                when += " · that is “received”"
            found.append(((change.at, 2), Event(what=what, when=when)))
    return found


def _what(change: models.StatusChange, detail: Detail) -> str:
    """One change in words; empty where another line says it."""
    name = who(change.by)
    said = {
        Happened.CLAIM: f"Acknowledged by {name}, who holds it",
        Happened.TAKE_ON: f"Acknowledged by {name}, {change.by_team.name}, who holds it",
        Happened.RELEASE: f"Given back to the team by {name}. {change.note}".rstrip(". "),
        Happened.TAKE_OVER: f"Handed over to {change.note}, who holds it"
        if change.note
        else f"Taken over by {name}, who holds it",
        Happened.ASK: f"Question from {name}. The clock is paused",
        Happened.ANSWER: f"Answered by {name}. The clock runs on",
        Happened.REDIRECT: f"Redirected by {name} to {change.note}",
        Happened.WITHDRAW: f"Withdrawn by {name}. {change.note}",
        Happened.CLOSE: f"Closed by {name}. {change.note}".rstrip(". "),
    }
    event = Happened(change.event)
    if event in (Happened.ACCEPT, Happened.DECLINE):
        return decision_words(detail, change)
    return said.get(event, "")


def decision_words(detail: Detail, change: models.StatusChange) -> str:
    """How it was decided, in one sentence."""
    decision = next((d for d in detail.decisions if d.at == change.at), None)
    if decision is None:
        return ""
    name = who(decision.by)
    if decision.status == Status.DECLINED:
        return f"Declined by {name}: {DECLINE_WORDS[DeclineReason(decision.reason)]}"
    if decision.worker:
        if decision.worker == decision.by:
            return f"Accepted by {name}, who will work with the person"
        return f"Accepted by {name}. {who(decision.worker)}, will work with the person"
    until = long_date(decision.waiting_until) if decision.waiting_until else ""
    return f"Accepted by {name}. On the waiting list, expected by {until}"


def decision_box(detail: Detail) -> dict[str, str] | None:
    """The last decision with its words: the first thing the sender wants to know."""
    ends = (Happened.ACCEPT, Happened.DECLINE, Happened.WITHDRAW, Happened.CLOSE)
    change = next((c for c in reversed(detail.changes) if c.event in ends), None)
    if change is None:
        return None
    if change.event in (Happened.WITHDRAW, Happened.CLOSE):
        return {"title": _what(change, detail), "words": ""}
    return {"title": decision_words(detail, change), "words": detail.decisions[-1].words}


def _ahead(detail: Detail, at: datetime) -> list[Event]:
    referral = detail.referral
    ahead = []
    if redirect := detail.waiting_redirect:
        team = redirect.to_service.name
        ahead.append(Event(what=f"{team} still has to acknowledge it", when="", ahead=True))
    if pause := detail.open_pause:
        ahead.append(
            Event(
                what="Answer from the sender",
                when=f"needed by {long_date(pause.until)} · until then: {pause.with_person}",
                ahead=True,
            )
        )
    if referral.status in (Status.SENT, Status.ACKNOWLEDGED) and referral.due_at:
        left = left_words(referral.due_at, at, referral.service.hours())
        when = f"{short_when(referral.due_at, at)}, {left}"
        ahead.append(Event(what="Decision due", when=when, ahead=True))
    return ahead


def clocks(detail: Detail, at: datetime, *, for_sender: bool) -> tuple[Clock, Clock]:
    """How long each side has taken so far, in the service's working time."""
    referral = detail.referral
    hours = referral.service.hours()
    decided = detail.decisions[-1].at if detail.decisions else None
    end = decided or (at if referral.status not in (Status.WITHDRAWN,) else referral.status_since)
    paused = _paused(detail, hours, end)
    taken = working_time_between(hours, referral.sent_at, end) - paused
    team, sender = referral.service.organisation.name, referral.sending_team.name
    first = f"{team} answers you" if for_sender else f"You answer {sender}"
    second = f"You answer {team}" if for_sender else f"{sender} answers you"
    return (
        _clock(first, taken, running=decided is None and referral.status != Status.ASKED),
        _clock(second, paused, running=referral.status == Status.ASKED),
    )


def _paused(detail: Detail, hours: WeeklyHours, end: datetime) -> timedelta:
    spans = [
        working_time_between(hours, pause.started_at, pause.ended_at or end)
        for pause in detail.pauses
    ]
    return sum(spans, timedelta())


def _clock(title: str, taken: timedelta, *, running: bool) -> Clock:
    note = "working time so far" if running else "working time"
    minutes = max(taken, timedelta()) // timedelta(minutes=1)
    # Hours and minutes, never days: a working day is not 24 hours.
    hours, rest = divmod(minutes, 60)
    time = f"{hours} h {rest} min" if hours else f"{rest} min"
    return Clock(title=title, time=time, note=note)
