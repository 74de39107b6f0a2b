"""What may happen to a referral now. `check_x` raises Refused with a sentence; `can_x` wraps it.

Each function is given what it needs; none asks the database.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from portal.core.refused import HeldByAnother, Refused, passes
from portal.ui.words import age
from referrals.ringing import AHEAD_AT_MOST
from referrals.states import (
    TRANSITIONS,
    WHY_NOT,
    CloseReason,
    DeclineReason,
    Event,
    Status,
    WithdrawReason,
)

POINTS_AT_MOST = 3
ADULT = 18
WAITING_LIST_YEARS = 2
# After that, what was known then is too old to go on with: a new referral says how it is now.
REOPEN_FOR = timedelta(days=28)


def check_event(status: Status, event: Event) -> Status:
    """The status after the event; raises Refused where the status does not allow it."""
    transition = TRANSITIONS[event]
    if status not in transition.origins:
        raise Refused(WHY_NOT[status], code="wrong-status", status_now=status.value)
    return transition.target or status


def can_event(status: Status, event: Event) -> bool:
    """Whether `check_event` would let it pass."""
    return passes(lambda: check_event(status, event))


def check_claim(status: Status, holder_name: str | None) -> None:
    """Nobody may hold it yet; the one who comes second is told who does."""
    if holder_name is not None and status in (Status.ACKNOWLEDGED, Status.ASKED):
        raise HeldByAnother(f"{holder_name} already holds this referral.", held_by=holder_name)
    check_event(status, Event.CLAIM)


def check_held_by(holder_id: int | None, holder_name: str | None, by_id: int) -> None:
    """Only the one who holds a referral decides on it; others are told who that is."""
    if holder_id is None:
        raise Refused(WHY_NOT[Status.SENT], code="wrong-status", status_now=Status.SENT.value)
    if holder_id != by_id:
        raise HeldByAnother(
            f"{holder_name} holds this referral. Take it over first, or ask them.",
            held_by=holder_name,
        )


def check_hands_on(
    event: Event, status: Status, holder_id: int | None, holder_name: str | None, by_id: int
) -> None:
    """Redirected, or handed over outside, by the one who holds it; by anybody of the team while
    nobody does, who then holds it."""
    check_event(status, event)
    if status != Status.SENT:
        check_held_by(holder_id, holder_name, by_id)


def can_hand_on(event: Event, status: Status, holder_id: int | None, by_id: int) -> bool:
    """Whether `check_hands_on` would let it pass."""
    return passes(lambda: check_hands_on(event, status, holder_id, "", by_id))


def check_not_redirected(waiting: bool) -> None:
    """While the other service has not answered, the referral stays as it was handed on."""
    if waiting:
        raise Refused(
            "It has been redirected, and the other service has not acknowledged it yet.",
            code="wrong-status",
        )


def check_own_team(team_id: int, receiving_team_id: int) -> None:
    """Only the team whose it is does this; one that it is redirected to acknowledges it first."""
    if team_id != receiving_team_id:
        raise Refused(
            "This referral is another team's until yours acknowledges it.", code="wrong-status"
        )


def check_points(points: Sequence[str], *, letter: str = "") -> list[str]:
    """One to three points to sort out, without empty ones; none where a letter says it."""
    given = [point.strip() for point in points if point.strip()]
    if not given and not letter.strip():
        raise Refused("Say at least one thing you want sorted out.", code="invalid", field="points")
    if len(given) > POINTS_AT_MOST:
        raise Refused("Give at most three points.", code="invalid", field="points")
    return given


def is_under_18(born_on: date | None, day: date) -> bool:
    """Whether children's services are the other door; False where nobody knows the birth date."""
    if born_on is None:
        return False
    return age(born_on, day) < ADULT


def check_accept(
    *, worker_id: int | None, waiting_until: date | None, team_member_ids: set[int], today: date
) -> None:
    """A named worker of the team, or the waiting list with a date: one of the two."""
    if (worker_id is None) == (waiting_until is None):
        raise Refused(
            "Choose who will work with the person, or the waiting list with a date.",
            code="invalid",
            field="worker",
        )
    if worker_id is not None and worker_id not in team_member_ids:
        raise Refused("The named worker is not in your team.", code="invalid", field="worker")
    if waiting_until is not None:
        _check_ahead(waiting_until, today, "waiting_until")


def _check_ahead(day: date, today: date, field: str) -> None:
    if day < today:
        raise Refused("The date must be today or later.", code="invalid", field=field)
    if (day - today).days > 366 * WAITING_LIST_YEARS:
        raise Refused(
            "The date is more than two years ahead. Check the year.", code="invalid", field=field
        )


def check_ask(*, body: str, until: date, today: date, with_person: str) -> None:
    """A question says when its answer is needed and who is with the person until then."""
    if not body.strip():
        raise Refused("Write your question.", code="invalid", field="body")
    _check_ahead(until, today, "until")
    if not with_person.strip():
        raise Refused("Say who is with the person until then.", code="invalid", field="with_person")


def check_answer(status: Status) -> None:
    """While a question waits; what is written too late for it can still be sent as a message."""
    if status in (Status.SENT, Status.ACKNOWLEDGED):
        raise Refused(
            "The team no longer waits for this answer. You can send it as a message.",
            code="wrong-status",
            status_now=status.value,
        )
    check_event(status, Event.ANSWER)


def check_decline(*, reason: str, words: str) -> None:
    """A coded reason, and always words with it."""
    if reason not in list(DeclineReason):
        raise Refused("Choose a reason.", code="invalid", field="reason")
    if not words.strip():
        raise Refused(
            "Say in your own words why, and what the sender can do now.",
            code="invalid",
            field="words",
        )


def check_withdraw(*, reason: str, words: str) -> None:
    """A coded reason; words where the code alone says nothing."""
    if reason not in list(WithdrawReason):
        raise Refused("Choose a reason.", code="invalid", field="reason")
    if reason == WithdrawReason.OTHER and not words.strip():
        raise Refused("Say what the other reason is.", code="invalid", field="words")


def check_close(*, reason: str, words: str, by_sender: bool) -> None:
    """A coded reason. Words where the code says nothing, and always from the side that waits."""
    if reason not in list(CloseReason):
        raise Refused("Choose why it is closed.", code="invalid", field="reason")
    if words.strip():
        return
    if reason == CloseReason.OTHER:
        raise Refused("Say what the other reason is.", code="invalid", field="words")
    if by_sender:
        raise Refused(
            "Say to the team that works with the person, or has a place for them, why you"
            " close it.",
            code="invalid",
            field="words",
        )


def check_hand_back(*, redirected_to_us: bool, words: str) -> None:
    """Only the team that it is redirected to, before it acknowledges it, and with words."""
    if not redirected_to_us:
        raise Refused("It is not being redirected to your team.", code="wrong-status")
    if not words.strip():
        raise Refused("Say why your team does not take it on.", code="invalid", field="words")


def check_not_too_old(*, ended_at: datetime, moment: datetime) -> None:
    """Reopened before what was known has grown old."""
    if moment - ended_at > REOPEN_FOR:
        raise Refused(
            f"It ended more than {REOPEN_FOR.days} days ago. Make a new referral, which says how"
            " things are now.",
            code="too-late",
        )


def can_still_reopen(*, ended_at: datetime, moment: datetime) -> bool:
    """Whether `check_not_too_old` lets it pass."""
    return passes(lambda: check_not_too_old(ended_at=ended_at, moment=moment))


def check_reopen(*, ended_at: datetime, moment: datetime, words: str) -> None:
    """With words, and before what was known has grown old."""
    check_not_too_old(ended_at=ended_at, moment=moment)
    if not words.strip():
        raise Refused("Say why it is reopened.", code="invalid", field="words")


def check_redirect(
    *, same_service: bool, takes_referrals: bool, already_redirected: bool, reason: str
) -> None:
    """To another service that takes referrals here, with words, once at a time."""
    if same_service:
        raise Refused("It is already with that service.", code="invalid", field="to_service")
    if not takes_referrals:
        raise Refused(
            "That service does not take referrals here. Ring them, then say that you handed it over"
            " outside the portal.",
            code="invalid",
            field="to_service",
        )
    if already_redirected:
        raise Refused("It is already being redirected.", code="wrong-status")
    if not reason.strip():
        raise Refused("Say why you redirect it.", code="invalid", field="reason")


def check_outside(
    *,
    same_service: bool,
    takes_referrals: bool,
    spoke_to: str,
    spoken_at: datetime,
    moment: datetime,
) -> None:
    """To a service that takes no referrals here, by speaking to somebody there before now."""
    if same_service:
        raise Refused("It is already with that service.", code="invalid", field="to_service")
    if takes_referrals:
        raise Refused(
            "That service takes referrals here. Redirect it: they see it at once, and nothing is"
            " lost on the way.",
            code="invalid",
            field="to_service",
        )
    if not spoke_to.strip():
        raise Refused("Say to whom you spoke.", code="invalid", field="spoke_to")
    if spoken_at > moment + AHEAD_AT_MOST:
        raise Refused("That lies ahead. Speak to them first.", code="invalid", field="spoken_at")
