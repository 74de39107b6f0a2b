"""The council of a referral has handed over to another: it moves there, and both sides are told.

Done every few minutes (see `ReferralsConfig.ready`), as things come to the old council after its
day as well. Safe to do twice, even at the same moment: each referral is locked and looked at anew.
What cannot be moved stays where it is, is shown on the page of whoever leads the team, who is told
once, and is tried again the next time. So is what half a minute is too short for.
"""

import logging
import random
import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from portal.accounts.memberships import user_ids_of
from portal.accounts.models import Team
from portal.accounts.roles import May
from portal.audit.actions import record_access
from portal.audit.models import AccessEvent
from portal.core.clock import now, today
from portal.core.retrying import retry_deadlocks
from portal.ui.words import long_date
from referrals.actions.changing import as_it_was, write_down
from referrals.actions.decide import end_redirect
from referrals.actions.hand_over import colleague_of
from referrals.actions.sides import receiving_side, sending_side
from referrals.actions.succeed_telling import tell_lead, tell_of, without
from referrals.models import Party, Redirect, Referral, StatusChange
from referrals.states import Event, Status
from referrals.successors import Onward, left_behind, onward, services_left, with_home

logger = logging.getLogger(__name__)

# Well below the 45 seconds after which Celery ends a task: a worker that is killed begins anew.
LONGEST_SECONDS = 30.0
_AT_A_TIME = 200

_WANTED = {
    Status.SENT: "Claim it: it comes from the council before you, with its clock and thread",
    Status.ACKNOWLEDGED: "You hold it still, now for the new council",
    Status.ASKED: "You hold it now: the question to the sender is still open",
    Status.ACCEPTED: "It was accepted: see who works with the person from now on",
}


def move_with_their_councils() -> None:
    """Move every open referral whose council has handed over to the one that took over."""
    day, until = today(), time.monotonic() + LONGEST_SECONDS
    # In another order each time: what stays, or fails, must not keep others from their turn.
    pks = list(left_behind(day).values_list("pk", flat=True))
    random.shuffle(pks)
    failed = untold = done = 0
    for pk, stays in _looked_at(pks, day):
        try:
            untold += not (_say(*stays) if stays else _succeed(pk=pk, day=day))
        except Exception as error:
            # Whatever is wrong with one holds up nobody else's, or those after it would never be
            # reached; its words stay out of the log.
            failed += 1
            extra = {"event": "council-change", "outcome": type(error).__name__}
            logger.error("referral %s could not be moved", pk, extra=extra)
        done += 1
        if time.monotonic() >= until:
            break
    if done < len(pks):
        extra = {"event": "council-change", "outcome": "not-done-yet"}
        logger.info("%d referrals have their turn the next time", len(pks) - done, extra=extra)
    if untold:
        extra = {"event": "council-change", "outcome": "nobody-told"}
        words = "%d referrals stay with a council that has handed over, and nobody is left to tell"
        logger.warning(words, untold, extra=extra)
    if failed:
        raise RuntimeError(f"{failed} referrals could not be moved.")


_Staying = tuple[Referral, str]


def _looked_at(pks: Sequence[int], day: date) -> Iterator[tuple[int, _Staying | None]]:
    """Each of these; with why, where it plainly stays, for thousands may wait for one entry."""
    for start in range(0, len(pks), _AT_A_TIME):
        portion = pks[start : start + _AT_A_TIME]
        try:
            staying = _staying(portion, day)
        except Exception:
            staying = {}  # then each by itself, where what is wrong with one is written down
        for pk in portion:
            yield pk, staying.get(pk)


def _staying(pks: Sequence[int], day: date) -> dict[int, _Staying]:
    """Those of which nothing can be moved, and why: a few queries, and nothing is locked."""
    rows = with_home(left_behind(day)).select_related("receiving_team").filter(pk__in=pks)
    found = {referral.pk: referral for referral in rows}
    asked = services_left(found)
    redirected = {referral.pk for _, referral in asked[len(found) :]}
    whys: dict[int, list[str]] = {}
    works: dict[int, bool] = {}
    moves = set()
    for (_, referral), to in zip(asked, onward(asked, day), strict=True):
        team = to.service.receiving_team if to and to.service else None
        if to is None:
            continue
        if team is None:
            whys.setdefault(referral.pk, []).append(to.why)
        elif team.pk == referral.receiving_team_id or referral.pk in redirected:
            moves.add(referral.pk)
        else:
            if team.pk not in works:
                works[team.pk] = bool(user_ids_of(team, May.TRIAGE))
            if works[team.pk]:
                moves.add(referral.pk)
            else:
                whys.setdefault(referral.pk, []).append(_nobody_works(team))
    return {pk: (found[pk], " ".join(said)) for pk, said in whys.items() if pk not in moves}


@retry_deadlocks
@transaction.atomic
def _say(referral: Referral, why: str) -> bool:
    return tell_lead(referral, why)


@retry_deadlocks
@transaction.atomic
def _succeed(*, pk: int, day: date) -> bool:
    """One referral, unless somebody else has moved or ended it in the meantime.

    False where it stays and there was nobody to tell.
    """
    # A statement of its own: what is joined is read after the lock (access.get_referral).
    list(Referral.objects.select_for_update().filter(pk=pk).values_list("pk"))
    rows = with_home(left_behind(day)).select_related("receiving_team", "held_by")
    referral = rows.filter(pk=pk).first()
    if referral is None:
        return True
    redirect = (
        referral.redirects.waiting().select_related("to_service__organisation", "to_team").first()
    )
    asked = [(referral.service, referral)]
    asked += [(redirect.to_service, referral)] if redirect else []
    own, *further = onward(asked, day)
    moment = now()
    whys = [_move(referral, redirect, own, moment)] if own else []
    if redirect and redirect.ended_at is None:
        whys += [_lead_on(referral, redirect, one, moment) for one in further if one]
    stuck = [why for why in whys if why]
    return tell_lead(referral, " ".join(stuck)) if stuck else True


def _move(referral: Referral, redirect: Redirect | None, to: Onward, moment: datetime) -> str:
    """To the corresponding entry, with clock, pauses and thread; or why a hand is needed."""
    if to.service is None or to.service.receiving_team is None:
        return to.why
    team, holder, status = to.service.receiving_team, referral.held_by, Status(referral.status)
    works = user_ids_of(team, May.TRIAGE)
    if team.pk != referral.receiving_team_id and not works:
        return _nobody_works(team)
    # The same team may read for both councils, and people go along from one to the other.
    stays = holder is not None and (team.pk == referral.receiving_team_id or holder.pk in works)
    note = ""
    columns: dict[str, Any] = {"service": to.service, "receiving_team": team}
    if holder is not None and not stays:
        successor = colleague_of(team, holder) if status == Status.ASKED else None
        if status == Status.ASKED and successor is None:
            return _nobody_works(team)
        if status == Status.ACKNOWLEDGED:
            status, columns["status_since"] = Status.SENT, moment
        columns |= {"held_by": successor, "held_since": moment if successor else None}
        note = f". {holder.name} held it until then"
        note += f", {successor.name} holds it now" if successor else ""
    before = receiving_side(referral)
    if redirect and redirect.to_team_id == team.pk:
        # It comes by itself to the team that it was being redirected to.
        end_redirect(referral, redirect, moment)
    Party.objects.get_or_create(
        referral=referral, team=team, defaults={"role": Party.As.RECEIVER, "since": moment}
    )
    row = _write_down(referral, status, f"{_to(to)}{note}", moment, **columns)
    after = receiving_side(referral)
    former = without(before, after)
    tell_of(referral, f"team:{row.pk}", after, to.left.organisation.name, _WANTED[status])
    tell_of(referral, f"former:{row.pk}", former, team.name, "Nothing now: it is theirs")
    tell_of(
        referral,
        f"sender:{row.pk}",
        sending_side(referral),
        team.name,
        "Nothing now: the clock and the thread have moved with it",
    )
    return ""


def _lead_on(referral: Referral, redirect: Redirect, to: Onward, moment: datetime) -> str:
    """The redirect waits for the council that took over; or why a hand is needed."""
    if to.service is None or to.service.receiving_team is None:
        return to.why
    team = to.service.receiving_team
    ours = team.pk == referral.receiving_team_id
    if not ours and team.pk != redirect.to_team_id and not user_ids_of(team, May.TRIAGE):
        return _nobody_works(team)
    waited = receiving_side(referral, redirect.to_team)
    end_redirect(referral, redirect, moment)
    where = f"{team.name} has it already" if ours else "That is where it is being redirected"
    row = _write_down(referral, Status(referral.status), f"{_to(to)}. {where}", moment)
    after = receiving_side(referral, team)
    former = without(waited, after) if team.pk != redirect.to_team_id else []
    tell_of(
        referral,
        f"redirect.former:{row.pk}",
        former,
        team.name,
        "Nothing more: your council has handed over, and it waits for you no longer",
    )
    if ours:
        stays = "it stays with the first team, which reads for the new council"
        back = [
            ("first", after, "Decide: it is yours still, and nobody else's any more"),
            ("sender", sending_side(referral), f"Nothing now: {stays}"),
        ]
        for side, recipients, wanted in back:
            tell_of(referral, f"redirect.{side}:{row.pk}", recipients, team.name, wanted)
        return ""
    Redirect.objects.create(
        referral=referral,
        from_service=redirect.from_service,
        to_service=to.service,
        to_team=team,
        by=redirect.by,
        at=moment,
        reason=redirect.reason,
    )
    Party.objects.get_or_create(
        referral=referral, team=team, defaults={"role": Party.As.RECEIVER, "since": moment}
    )
    told = [
        ("team", after, "Acknowledge it, so that it becomes yours"),
        ("first", receiving_side(referral), "Nothing now: it waits for the new council"),
        ("sender", sending_side(referral), "Nothing now: it is being handed to the new council"),
    ]
    for side, recipients, wanted in told:
        tell_of(referral, f"redirect.{side}:{row.pk}", recipients, team.name, wanted)
    return ""


def _nobody_works(team: Team) -> str:
    """It would lie in an inbox that nobody opens, and be said to have been delivered."""
    return f"Nobody works in {team.name} yet."


def _write_down(
    referral: Referral, status: Status, note: str, moment: datetime, **columns: Any
) -> StatusChange:
    """The referral as it is now, with a row of what was there before; nobody but the portal did."""
    record_access(
        by=None,
        verb=AccessEvent.Verb.READ,
        subject_kind="referral",
        subjects=[referral.reference],
        reason="its council has handed over",
    )
    return write_down(
        referral=referral,
        event=Event.SUCCEED,
        after=status,
        by=None,
        team=columns.get("receiving_team", referral.receiving_team),
        moment=moment,
        before=as_it_was(referral),
        note=note,
        **columns,
    )


def _to(to: Onward) -> str:
    """Where it went and why, for the page of both sides."""
    council = to.service.organisation.name if to.service else ""
    name = to.service.name if to.service else ""
    handed_over = f"{to.left.organisation.name} handed over on {long_date(to.ended_on)}"
    return f"{name}, {council}: {handed_over}"
