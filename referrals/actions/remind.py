"""Questions whose day has passed without an answer: both sides are reminded, once.

Done every morning (see `ReferralsConfig.ready`). Safe to do twice, even at the same moment: each
question is taken by compare-and-set, in the transaction that tells of it.
"""

from django.db import transaction

from portal.core.clock import now, today
from portal.notifications.actions import Recipient, tell
from portal.ui.words import long_date
from referrals.actions.sides import receiving_side, sending_side
from referrals.models import Pause
from referrals.references import path_to


def remind_of_late_answers() -> None:
    """Tell both sides of every question that is open after its day."""
    late = Pause.objects.filter(
        ended_at__isnull=True, reminded_at__isnull=True, until__lt=today()
    ).order_by("pk")
    for pk in late.values_list("pk", flat=True):
        _remind(pk)


def _remind(pk: int) -> None:
    """One question, unless it was answered or told of in the meantime."""
    with transaction.atomic():
        open_still = Pause.objects.filter(pk=pk, ended_at__isnull=True, reminded_at__isnull=True)
        if not open_still.update(reminded_at=now()):
            return
        pause = Pause.objects.select_related(
            "referral__sending_team", "referral__receiving_team"
        ).get(pk=pk)
        referral = pause.referral
        told: list[tuple[str, list[Recipient], str, str]] = [
            (
                "sender",
                sending_side(referral),
                referral.receiving_team.name,
                "Answer the question: the clock stands still until you do",
            ),
            (
                "team",
                receiving_side(referral),
                referral.sending_team.name,
                "Ring the sender, or decide without the answer",
            ),
        ]
        for side, recipients, team, wanted in told:
            tell(
                event=f"referral.answer-late.{side}:{pause.pk}",
                kind="referral.answer-late",
                recipients=recipients,
                facts={
                    "urgency": referral.urgency_word,
                    "team": team,
                    "wanted": wanted,
                    "by": long_date(pause.until),
                    "reference": referral.reference,
                },
                path=path_to(referral.reference),
            )
