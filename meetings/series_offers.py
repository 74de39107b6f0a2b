"""What a referral's page offers: the next meetings of series to which the person can be added."""

from meetings.outcome_access import open_meetings
from meetings.presenters.series import add_link
from portal.accounts.access import Reader
from portal.ui.shapes import Link
from referrals.models import Referral

AT_MOST = 2


def offer(reader: Reader, referral: Referral) -> list[Link]:
    """The next meeting of each of the first series, and the way to the others: one query."""
    firsts: dict[int, Link] = {}
    for meeting in open_meetings(reader)[: 4 * AT_MOST]:
        if meeting.series_id is not None:
            firsts.setdefault(meeting.series_id, add_link(meeting, referral))
    return list(firsts.values())[:AT_MOST]
