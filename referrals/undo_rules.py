"""Whether the last event can be undone: as rules.py, none asks the database."""

from datetime import datetime, timedelta

from portal.core.refused import Refused, passes
from referrals.states import DONE_WORDS, UNDOABLE, Event

UNDO_FOR = timedelta(minutes=10)


def check_undo(
    *,
    event: Event | None,
    by_id: int,
    by_name: str,
    at: datetime,
    reader_id: int,
    moment: datetime,
    built: str,
    note: str = "",
) -> None:
    """Whoever did it, within ten minutes, where nothing has been built on it.

    `event`, `by_id`, `by_name`, `at` and `note` are of the last change that stands (None: there is
    none); `built` says what somebody else has done since ("Sam Sharp has written since").
    """
    if event is not None and by_id != reader_id and event in DONE_WORDS:
        raise Refused(
            f"{by_name} has done more since: it was {DONE_WORDS[event]}.", code="built-on"
        )
    # Only what was handed over, because somebody left the team, has words with it.
    if event not in UNDOABLE or (event in (Event.RELEASE, Event.TAKE_OVER) and note):
        raise Refused("There is nothing that can be undone.", code="nothing-to-undo")
    if built:
        raise Refused(f"{built}, so it can no longer be undone.", code="built-on")
    if moment - at > UNDO_FOR:
        raise Refused(
            f"It can be undone for {UNDO_FOR // timedelta(minutes=1)} minutes only.",
            code="too-late",
        )


def can_undo(
    *,
    event: Event,
    by_id: int,
    at: datetime,
    reader_id: int,
    moment: datetime,
    built: bool,
    note: str,
) -> bool:
    """Whether `check_undo` lets it pass."""
    return passes(
        lambda: check_undo(
            event=event,
            by_id=by_id,
            by_name="",
            at=at,
            reader_id=reader_id,
            moment=moment,
            built="built" if built else "",
            note=note,
        )
    )
