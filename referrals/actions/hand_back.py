"""The second team does not take on what was redirected to it: it stays the first team's."""

from portal.accounts.access import Reader
from portal.accounts.roles import May
from portal.core import once
from portal.core.retrying import retry_deadlocks
from portal.ui.words import short_when
from referrals.actions.changing import changing
from referrals.actions.decide import end_redirect
from referrals.actions.sides import receiving_side, sending_side
from referrals.models import Referral
from referrals.rules import check_hand_back
from referrals.states import Event

_WHAT = "hand back"


@retry_deadlocks
def hand_back(
    *, by: Reader, reference: str, words: str, version: int | None, key: str | None = None
) -> Referral:
    """Say why not; the first team, which has held it all the time, and the sender are told."""
    with changing(
        by=by,
        reference=reference,
        for_="triage",
        what=_WHAT,
        version=version,
        key=key,
        body={"words": words},
    ) as change:
        referral = change.referral
        if change.repeated:
            return referral
        redirect = (
            referral.redirects.waiting()
            .filter(to_team__in=by.team_ids(May.TRIAGE))
            .select_related("to_service", "to_team")
            .first()
        )
        check_hand_back(redirected_to_us=redirect is not None, words=words)
        assert redirect is not None  # noqa: S101 (check_hand_back has just refused that)
        change.team = redirect.to_team
        row = change.record(Event.HAND_BACK, note=f"{redirect.to_service.name}. {words.strip()}")
        end_redirect(referral, redirect, change.moment)
        due = short_when(referral.due_at) if referral.due_at else ""
        change.tell(
            f"referral.handed-back:{row.pk}",
            "referral.handed-back",
            receiving_side(referral),
            wanted="Read why, and decide: it is still yours",
            due=due,
        )
        change.tell(
            f"referral.handed-back.sender:{row.pk}",
            "referral.handed-back",
            sending_side(referral),
            wanted="Nothing now: it stays with the first team",
            due=due,
        )
        return referral


def was_handed_back(*, by: Reader, reference: str, words: str, key: str) -> bool:
    """Whether the reader has done exactly this: the referral is no longer theirs to see."""
    body = {"reference": reference, "words": words}
    return once.done_before(key=key, by=by.user, purpose=f"referral.{_WHAT}", body=body)
