"""Where a referral is, in words: delivered, opened, acknowledged, decided, undone.

"Delivered" is what the portal did; "opened" has a name, a role and a time; "acknowledged" means
that a person holds it, and only that is "received".
"""

from datetime import datetime, timedelta

from portal.core.clock import london
from portal.ui.shapes import Event
from portal.ui.words import clock_time, long_date, short_when
from portal.worktime.words import left_words
from referrals.detail import Detail
from referrals.detail_rows import Change, Opened
from referrals.presenters.meetings import met_words
from referrals.presenters.referral import who
from referrals.states import DECLINE_WORDS, DeclineReason, Status
from referrals.states import Event as Happened
from referrals.undo_rules import UNDO_FOR

Dated = tuple[tuple[datetime, int], Event]


def timeline(detail: Detail, at: datetime, *, reader_id: int = 0) -> list[Event]:
    """All that happened, oldest first, then what lies ahead; with what the reader can undo."""
    dated = [*_delivered(detail, at), *_opened(detail, at), *_happened(detail, at, reader_id)]
    dated += [
        ((met.at, 3), Event(what=met_words(met, at), when=when_words(met.at, at)))
        for met in detail.meetings
    ]
    past = [event for _, event in sorted(dated, key=lambda pair: pair[0])]
    return [*past, *_ahead(detail, at)]


def when_words(moment: datetime, at: datetime) -> str:
    """`today 14:05`, `Tue 8 Dec 13:05`."""
    if london(moment).date() == london(at).date():
        return f"today {clock_time(moment)}"
    return short_when(moment, at)


def _delivered(detail: Detail, at: datetime) -> list[Dated]:
    referral = detail.referral
    when = f"{when_words(referral.sent_at, at)}, by the portal"
    if referral.readable_from > referral.sent_at + timedelta(minutes=1):
        still = "is" if referral.readable_from > at else "was"
        when += f" · the team {still} closed until {when_words(referral.readable_from, at)}"
    what = f"Delivered to {detail.first_service}"
    return [((referral.sent_at, 0), Event(what=what, when=when))]


def _opened(detail: Detail, at: datetime) -> list[Dated]:
    """The first opening by each team that is not the sender's."""
    firsts: dict[int, Opened] = {}
    for opening in detail.openings:
        if opening.team_id != detail.referral.sending_team_id:
            firsts.setdefault(opening.team_id, opening)
    return [
        ((o.at, 1), Event(what=f"Opened by {who(o.user)}", when=when_words(o.at, at)))
        for o in firsts.values()
    ]


def _happened(detail: Detail, at: datetime, reader_id: int) -> list[Dated]:
    undone, undoable = detail.undone, detail.undoable(reader_id)
    found: list[Dated] = []
    for change in detail.changes:
        what = change_words(change, detail)
        if what:
            when = when_words(change.at, at)
            if change.pk in undone:
                when += f" · undone {clock_time(undone[change.pk].at)}"
            elif _receives(change):
                when += " · that is “received”"
            event = Event(
                what=what,
                when=when,
                undone=change.pk in undone,
                undo=_undo_words(change) if change is undoable else "",
            )
            found.append(((change.at, 2), event))
    return found


def _receives(change: Change) -> bool:
    """Whether somebody held it from then on."""
    if change.event == Happened.REDIRECT:
        return change.origin == Status.SENT
    return change.event in (Happened.CLAIM, Happened.TAKE_ON)


def _undo_words(change: Change) -> str:
    return f"Undo (until {clock_time(change.at + UNDO_FOR)})"


def change_words(change: Change, detail: Detail) -> str:
    """One change in words; empty where another line says it."""
    name = who(change.by)
    said = {
        Happened.CLAIM: f"Acknowledged by {name}, who holds it",
        Happened.TAKE_ON: f"Acknowledged by {name}, {change.team}, who holds it",
        Happened.RELEASE: f"Given back to the team by {name}. {change.note}".rstrip(". "),
        Happened.TAKE_OVER: f"Handed over to {change.note}, who holds it"
        if change.note
        else f"Taken over by {name}, who holds it",
        Happened.ASK: f"Question from {name}. The clock is paused",
        Happened.ANSWER: f"Answered by {name}. The clock runs on",
        Happened.REDIRECT: _redirected_words(change),
        Happened.OUTSIDE: f"Handed over outside the portal by {name}. {change.note}",
        Happened.HAND_BACK: f"Not taken on by {name}, {change.note}",
        Happened.WITHDRAW: f"Withdrawn by {name}. {change.note}",
        Happened.CLOSE: f"Closed by {name}. {change.note}".rstrip(". "),
        Happened.REOPEN: f"Reopened by {name}: {change.note}",
        Happened.RESUME: f"Reopened by {name}: {change.note}",
        Happened.SUCCEED: f"Moved by the portal to {change.note}",
        Happened.UNDO: f"Undone by {name}. {change.note}",
    }
    if change.event in (Happened.ACCEPT, Happened.DECLINE):
        return decision_words(detail, change)
    return said.get(change.event, "")


def _redirected_words(change: Change) -> str:
    """With what it did in the same step."""
    name = who(change.by)
    if change.origin == Status.SENT:
        return f"Acknowledged by {name}, who holds it, and redirected to {change.note}"
    words = f"Redirected by {name} to {change.note}"
    if change.origin == Status.ASKED:
        return f"{words.rstrip('. ')}. The question needs no answer now, and the clock runs on"
    return words


def decision_words(detail: Detail, change: Change) -> str:
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
    """How it ended, with its words: the first thing the sender wants to know."""
    ends = {
        Status.ACCEPTED: (Happened.ACCEPT,),
        Status.DECLINED: (Happened.DECLINE,),
        Status.WITHDRAWN: (Happened.WITHDRAW,),
        Status.CLOSED: (Happened.CLOSE, Happened.OUTSIDE),
    }.get(Status(detail.referral.status), ())
    change = next((c for c in reversed(detail.standing) if c.event in ends), None)
    if change is None:
        return None
    if change.event == Happened.OUTSIDE:
        # To whom, and how to reach them, is what the sender goes on with.
        title = f"Handed over outside the portal by {who(change.by)}"
        return {"title": title, "words": change.note}
    words = detail.decision.words if detail.decision and change.at == detail.decision.at else ""
    return {"title": change_words(change, detail), "words": words}


def needed_words(detail: Detail, at: datetime) -> str:
    """ "Needed by 8 December 2026."; empty where no question is open."""
    pause = detail.open_pause
    if pause is None:
        return ""
    late = pause.until < london(at).date()
    return f"{'Late: it was needed' if late else 'Needed'} by {long_date(pause.until)}."


def _ahead(detail: Detail, at: datetime) -> list[Event]:
    referral = detail.referral
    ahead = []
    if redirect := detail.waiting_redirect:
        what = f"{redirect.to_service} still has to acknowledge it"
        when = "until then it stays with the first team"
        ahead.append(Event(what=what, when=when, ahead=True))
    if pause := detail.open_pause:
        late = pause.until < london(at).date()
        when = f"{'was needed' if late else 'needed'} by {long_date(pause.until)}"
        if pause.reminded_at:
            when += f" · both sides were reminded {when_words(pause.reminded_at, at)}"
        when += f" · until then: {pause.with_person}"
        what = "Answer from the sender is late" if late else "Answer from the sender"
        ahead.append(Event(what=what, when=when, ahead=True))
    if referral.status in (Status.SENT, Status.ACKNOWLEDGED) and referral.due_at:
        left = left_words(referral.due_at, at, detail.hours)
        when = f"{when_words(referral.due_at, at)}, {left}"
        ahead.append(Event(what="Decision due", when=when, ahead=True))
    return ahead
