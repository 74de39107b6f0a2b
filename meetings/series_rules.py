"""What is possible with a series of meetings: each rule says no in a sentence for the reader."""

from datetime import datetime

from meetings.rhythm import LAST, WEEKDAYS, Rhythm
from meetings.rules import MARK
from meetings.states import IN_SERIES, Kind, Status
from portal.core.refused import Refused

WEEKS_AT_MOST = 26
_MIDNIGHT = 24 * 60


def check_rhythm(*, kind: Kind, rhythm: Rhythm, minutes: int) -> None:
    """A kind that recurs, one rhythm of two, a weekday, a time on a mark, an end in the day."""
    if kind not in IN_SERIES:
        raise Refused("Meetings of this kind do not recur.", code="invalid", field="kind")
    by_weeks, by_month = rhythm.every_weeks is not None, rhythm.nth is not None
    weeks_fit = not by_weeks or 1 <= (rhythm.every_weeks or 0) <= WEEKS_AT_MOST
    nth_fits = not by_month or 1 <= (rhythm.nth or 0) <= LAST
    if by_weeks == by_month or not (weeks_fit and nth_fits):
        raise Refused("Choose how often it meets.", code="invalid", field="how_often")
    if not 0 <= rhythm.weekday < len(WEEKDAYS):
        raise Refused("Choose a day of the week.", code="invalid", field="weekday")
    begin = rhythm.at.hour * 60 + rhythm.at.minute
    if begin % MARK or rhythm.at.second or rhythm.at.microsecond:
        raise Refused("Meetings begin on a mark of five minutes.", code="invalid", field="at")
    if begin + minutes >= _MIDNIGHT:
        raise Refused("It must end before midnight.", code="invalid", field="at")


def check_not_ended(ended_at: datetime | None) -> None:
    """A series that has ended stays as it was."""
    if ended_at is not None:
        raise Refused("This series has ended. Begin another one.", code="ended")


def check_takes_items(
    *, status: Status, begun_at: datetime | None, left: int, minutes: int
) -> None:
    """The meeting is booked and has not begun, and there is room for the item."""
    if status != Status.BOOKED:
        raise Refused("This meeting is not booked. Choose another one.", code="wrong-status")
    if begun_at is not None:
        raise Refused("This meeting has begun. Choose the next one.", code="begun")
    if minutes % MARK or minutes < MARK:
        raise Refused(
            "An item takes five minutes or more, in steps of five.", code="invalid", field="minutes"
        )
    if minutes > left:
        words = f"{left} minutes are left" if left else "No minute is left"
        raise Refused(
            f"{words} at this meeting. Take fewer, or choose the next one.",
            code="full",
            field="minutes",
        )
