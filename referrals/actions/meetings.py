"""What a meeting leaves on a referral: called by the room of meetings, which is above this one."""

from datetime import datetime

from portal.accounts.access import Reader
from portal.accounts.models import Team
from referrals.models import MeetingEntry, Referral


def record(
    *,
    referral: Referral,
    verb: MeetingEntry.Verb,
    meeting: str,
    path: str,
    by: Reader,
    team: Team,
    at: datetime,
    text: str = "",
    meets_at: datetime | None = None,
    about: str = "",
) -> MeetingEntry:
    """Write down what both sides read of a meeting; in the caller's transaction.

    `meeting` is its public reference, `path` the page that the entry leads to, `meets_at` when it
    is held. `about` names what an entry is about ("action 12"), so that a later one stands for it.
    The version stays: an entry makes no form stale that somebody is filling in.
    """
    entry = MeetingEntry.objects.create(
        referral=referral,
        verb=verb,
        meeting=meeting,
        path=path,
        text=text,
        meets_at=meets_at,
        by=by.user,
        by_team=team,
        at=at,
        about=about,
    )
    Referral.objects.filter(pk=referral.pk).update(changed_at=at)
    return entry
