"""What has come to lie on somebody's part of a meeting. Pure: minutes since 1970, UTC."""

import numpy as np

from meetings.finder.shapes import Spans
from meetings.states import Clash, Kind
from portal.worktime.packing import CODES
from portal.worktime.states import Use

# What is found first is said. Somebody on leave has no clinic, so the order is the reader's only.
_IN_ORDER = ((Use.LEAVE, Clash.LEAVE), (Use.BUSY, Clash.BUSY), (Use.AWAY, Clash.AWAY))


def is_host(kind: str, organiser_id: int, user_id: int) -> bool:
    """Whether it is a visit to this person: whoever has asked for it is the visitor."""
    return kind == Kind.VISIT and organiser_id != user_id


def clash_of(
    spans: Spans, start: int, end: int, *, clinic_minutes: int, host: bool = False
) -> Clash:
    """What lies on the minutes from `start` up to `end`; Clash.NONE where nothing does.

    A clinic is one when it holds some of the minutes itself (`clinic_minutes`): its buffer alone
    is narrow, but free. To the host of a visit it is what the visitor has come for. Bookings are
    no clash: nobody has two at one time, the database holds that.
    """
    if clinic_minutes and not host:
        return Clash.CLINIC
    on_it = spans[(spans[:, 0] < end) & (spans[:, 1] > start), 2]
    for use, clash in _IN_ORDER:
        if np.any(on_it == CODES[use]):
            return clash
    return Clash.NONE
