"""Asking the sender, and the answer, in the same thread. The clock stands still between."""

from datetime import date, datetime, timedelta

from portal.accounts.access import Reader
from portal.core.clock import today
from portal.core.refused import Refused, Stale
from portal.core.retrying import retry_deadlocks
from portal.ui.words import long_date, short_when
from portal.worktime.hours import add_working_time, working_time_between
from referrals.actions.changing import changing
from referrals.actions.sides import receiving_side, sending_side
from referrals.models import Message, Pause, Referral
from referrals.rules import check_answer, check_ask, check_event, check_not_redirected
from referrals.states import Event, Status, Voice


@retry_deadlocks
def ask(
    *,
    by: Reader,
    reference: str,
    body: str,
    until: date,
    with_person: str,
    version: int | None,
    key: str | None = None,
) -> Referral:
    """Ask for information; the answer is needed on the day `until`, and the clock is paused."""
    with changing(
        by=by,
        reference=reference,
        for_="triage",
        what="ask",
        version=version,
        key=key,
        body={"body": body, "until": until, "with_person": with_person},
    ) as change:
        referral = change.referral
        if change.repeated:
            return referral
        check_event(Status(referral.status), Event.ASK)
        change.check_holder()
        check_not_redirected(referral.redirects.waiting().exists())
        check_ask(body=body, until=until, today=today(), with_person=with_person)
        question = Message.objects.create(
            referral=referral,
            author=by.user,
            team=change.team,
            voice=Voice.QUESTION,
            body=body.strip(),
            at=change.moment,
            for_the_team=change.for_the_team,
        )
        Pause.objects.create(
            referral=referral,
            question=question,
            started_at=change.moment,
            until=until,
            with_person=with_person.strip(),
        )
        left = _time_left(referral, change.moment)
        row = change.record(Event.ASK, due_at=None, remaining_seconds=left)
        change.tell(
            f"referral.asked:{row.pk}",
            "referral.asked",
            sending_side(referral),
            wanted="Answer a question",
            due=long_date(until),
        )
        return referral


@retry_deadlocks
def answer(
    *,
    by: Reader,
    reference: str,
    body: str,
    question: int | None = None,
    version: int | None = None,
    key: str | None = None,
) -> Referral:
    """Answer the open question; the clock runs on from where it stood.

    `question` is the message that the answer was written to: Stale when it is no longer the open
    one. None: the `version` says what the writer has read.
    """
    with changing(
        by=by,
        reference=reference,
        for_="send",
        what="answer",
        version=version,
        key=key,
        body={"body": body},
    ) as change:
        referral = change.referral
        if change.repeated:
            return referral
        check_answer(Status(referral.status))
        if not body.strip():
            raise Refused("Write your answer.", code="invalid", field="body")
        pause = referral.pauses.select_related("question").get(ended_at__isnull=True)
        if question is not None and question != pause.question_id:
            raise Stale(
                "The team asks something else now. Read its question, check your answer, then send"
                " it again."
            )
        reply = Message.objects.create(
            referral=referral,
            author=by.user,
            team=change.team,
            voice=Voice.ANSWER,
            body=body.strip(),
            answers=pause.question,
            at=change.moment,
            for_the_team=change.for_the_team,
        )
        end_pause(referral, pause, change.moment)
        change.record(Event.ANSWER, due_at=referral.due_at, remaining_seconds=None)
        change.tell(
            f"referral.answered:{reply.pk}",
            "referral.answered",
            receiving_side(referral),
            wanted="Read the answer and decide",
            due=short_when(referral.due_at) if referral.due_at else "",
        )
        return referral


def _time_left(referral: Referral, moment: datetime) -> int:
    """Working seconds until the answer is due; 0 when it is overdue already."""
    if referral.due_at is None or referral.due_at <= moment:
        return 0
    return int(
        working_time_between(referral.service.hours(), moment, referral.due_at).total_seconds()
    )


def end_open_pause(referral: Referral, moment: datetime) -> None:
    """The question that waits, where one does, need not be answered: one query."""
    pause = referral.pauses.filter(ended_at__isnull=True).first()
    if pause:
        end_pause(referral, pause, moment)


def end_pause(referral: Referral, pause: Pause, moment: datetime) -> None:
    """The clock runs again: what was left of the working time counts from this moment."""
    pause.ended_at = moment
    pause.save(update_fields=["ended_at"])
    left = timedelta(seconds=referral.remaining_seconds or 0)
    referral.due_at = add_working_time(referral.service.hours(), moment, left) if left else moment
    referral.remaining_seconds = None
