"""How long each side has taken: working time with the team, and the time its clock stood still."""

from datetime import datetime, timedelta

from portal.ui.shapes import Clock
from portal.ui.words import duration_words
from portal.worktime.hours import state_at, working_time_between
from portal.worktime.words import moment_words
from referrals.detail import Detail
from referrals.states import ENDED, Status

_MINUTE = timedelta(minutes=1)


def clocks(detail: Detail, at: datetime, *, for_sender: bool, with_us: bool) -> list[Clock]:
    """The team's clock; and, where it was ever paused for an answer, how long it stood still.

    `with_us`: the reader reads for the team that has it; a service that it was redirected to does
    not have it yet. The team's counts working time, because that is what it promises; a pause
    counts as it passes.
    """
    running = [_with_team(detail, at, with_us=with_us)]
    pauses = [p for p in detail.pauses if not p.taken_back and p.started_at >= detail.began]
    if pauses:
        total = sum(
            ((pause.ended_at or at) - pause.started_at for pause in pauses), start=timedelta()
        )
        whose = "your answer" if for_sender else f"an answer from {_sender(detail)}"
        note = "so far" if detail.open_pause else "in all"
        running.append(Clock(title=f"Paused for {whose}", time=duration_words(total), note=note))
    return running


def read_when(detail: Detail, at: datetime) -> str:
    """When the team reads what is written to it now; empty while it is open."""
    state = state_at(detail.hours, at)
    if state.open_now or state.opens_next is None:
        return ""
    return f"The team is closed: nobody reads this before {moment_words(state.opens_next, at)}."


def _sender(detail: Detail) -> str:
    return detail.referral.sending_team.name


def _with_team(detail: Detail, at: datetime, *, with_us: bool) -> Clock:
    referral, hours = detail.referral, detail.hours
    team = "us" if with_us else referral.receiving_team.name
    decision = detail.decision
    ended = decision.at if decision else None
    if ended is None and referral.status in ENDED:
        ended = referral.status_since
    began, end = detail.began, ended or at
    taken = working_time_between(hours, began, end) - sum(
        (
            working_time_between(hours, pause.started_at, pause.ended_at or end)
            for pause in detail.pauses
            if pause.started_at >= began
        ),
        start=timedelta(),
    )
    running = ended is None and referral.status != Status.ASKED
    note = "working time so far" if running else "working time"
    if running and taken < _MINUTE:
        state = state_at(hours, at)
        if not state.open_now and state.opens_next:
            opens = moment_words(state.opens_next, at)
            note = f"of working time: the team opens {opens}"
            return Clock(title=f"With {team}", time="0 min", note=note)
    return Clock(title=f"With {team}", time=_hours(taken), note=note)


def _hours(taken: timedelta) -> str:
    """Hours and minutes, never days: a working day is not 24 hours. None at all is "0 min"."""
    hours, rest = divmod(max(taken, timedelta()) // _MINUTE, 60)
    if not hours:
        return f"{rest} min" if rest or taken <= timedelta() else "under 1 min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"
