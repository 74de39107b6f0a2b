"""What is possible at a meeting and after it: each rule says no in a sentence for the reader."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from meetings.states import TRANSITIONS, WHY_NOT, ActionState, Event, ItemState, Kind, Status
from portal.core.refused import Refused
from portal.ui.words import join_words, short_when

# People are early; a meeting that begins a day too soon is another one pressed by mistake.
EARLY = timedelta(hours=1)
LONGEST_ACTION = timedelta(days=366)


def check_begin(
    *, status: Status, begun_at: datetime | None, starts_at: datetime | None, moment: datetime
) -> None:
    """It is booked, has not begun, and its time has nearly come."""
    if begun_at is not None and status == Status.BOOKED:
        raise Refused("This meeting has begun already.", code="begun")
    if status not in TRANSITIONS[Event.BEGIN][0] or starts_at is None:
        raise Refused(WHY_NOT[status])
    if moment < starts_at - EARLY:
        raise Refused(
            f"This meeting is on {short_when(starts_at, moment)}. It can begin from an hour before."
        )


def check_running(*, status: Status, begun_at: datetime | None) -> None:
    """It has begun and has not ended."""
    if status not in TRANSITIONS[Event.END][0]:
        raise Refused(WHY_NOT[status])
    if begun_at is None:
        raise Refused("Begin the meeting first.", code="not-begun")


def check_has_the_pen(*, holder_id: int | None, holder: str, reader_id: int) -> None:
    """One person takes the notes; the others read."""
    if holder_id is None:
        raise Refused("Take the pen first: then you write for everybody.", code="no-pen")
    if holder_id != reader_id:
        raise Refused(f"{holder} has the pen. Take it over before you write.", code="pen")


def check_item_end(*, about_somebody: bool, safe_online: bool | None, hide_because: str) -> None:
    """What is filed of a person shows to them online: that is decided while all are there."""
    if not about_somebody:
        return
    if safe_online is None:
        raise Refused(
            "Say whether it is safe for the person to see this online.", field="safe_online"
        )
    if not safe_online and not hide_because.strip():
        raise Refused("Say why it must be hidden.", field="hide_because")


def check_end(*, running: str, not_used: Sequence[str], no_choice: Sequence[str]) -> None:
    """Each item has ended or is put off, and what was written has been taken into account.

    `running` is the title of an item that has not ended, `not_used` who wrote without the meeting
    having recorded how it used that, `no_choice` titles without a choice about seeing it online.
    """
    if not_used:
        raise Refused(
            f"Record how what {join_words(not_used)} wrote was taken into account: then the meeting"
            " can end.",
            code="not-used",
        )
    if running:
        raise Refused(f"End the item “{running}” first.", code="item-runs")
    if no_choice:
        raise Refused(
            f"Say for {join_words(f'“{one}”' for one in no_choice)} whether it is safe for the"
            " person to see it online.",
            code="no-choice",
        )


def check_carries(*, in_series: bool, status: Status, state: ItemState) -> None:
    """What a meeting of a series put off, or would have talked about had it been held."""
    if not in_series:
        raise Refused("This meeting has no next one. Arrange another meeting.")
    if status != Status.CANCELLED and (status != Status.HELD or state != ItemState.PUT_OFF):
        raise Refused("Only what has been put off is carried on.")


def check_used(*, written: bool, used: str) -> None:
    """Only what was written can be taken into account, and in words."""
    if not written:
        raise Refused("Nothing has been written here yet.")
    if not used.strip():
        raise Refused("Say how it was taken into account.", field="used")


def check_contribution(*, status: Status, body: str, used: str) -> None:
    """It is written before the meeting has dealt with it, and says something."""
    if status in (Status.HELD, Status.CANCELLED):
        raise Refused(WHY_NOT[status])
    if used:
        raise Refused("The meeting has taken what you wrote into account already.", code="used")
    if not body.strip():
        raise Refused("Write your answer first.", field="body")


def check_correction(*, status: Status, body: str) -> None:
    """Minutes are set right once the meeting has been held; before, the notes are changed."""
    if status != Status.HELD:
        raise Refused("Minutes are corrected once the meeting has been held.")
    if not body.strip():
        raise Refused("Write what is to be set right.", field="body")


def check_decision(*, body: str) -> None:
    """A decision is said in words."""
    if not body.strip():
        raise Refused("Write what was decided.", field="body")


def check_action(*, text: str, due_on: date, today: date) -> None:
    """What is to be done, by a day that lies ahead."""
    if not text.strip():
        raise Refused("Write what is to be done.", field="text")
    if due_on < today:
        raise Refused("Choose a day that has not passed.", field="due_on")
    if due_on > today + LONGEST_ACTION:
        raise Refused("Choose a day within a year.", field="due_on")


def check_improvement(*, kind: Kind, is_improvement: bool) -> None:
    """Two teams agree on improvements when they reflect: nothing else looks at them again."""
    if is_improvement and kind != Kind.REFLECTION:
        raise Refused("Improvements are agreed at a service reflection.", field="is_improvement")


def check_action_end(*, state: ActionState, ending: ActionState, words: str) -> None:
    """Done, or explained in words why not; once."""
    if state != ActionState.OPEN:
        done = "done" if state == ActionState.DONE else "explained"
        raise Refused(f"This has been {done} already.", code="ended")
    if ending == ActionState.EXPLAINED and not words.strip():
        raise Refused("Say why it was not done.", field="words")


def check_lies_ahead(status: Status) -> None:
    """What has been held, or never will be, stays as it was."""
    if status in (Status.HELD, Status.CANCELLED):
        raise Refused(WHY_NOT[status], code="wrong-status")


def check_guest(*, status: Status, about_somebody: bool, told_how: str, comes: bool | None) -> None:
    """Somebody is invited to an item that is about them, before the meeting has been held."""
    check_lies_ahead(status)
    if not about_somebody:
        raise Refused("This item is about nobody: there is no person to invite.")
    if comes is not None and not told_how.strip():
        raise Refused("Say how they were told.", field="told_how")
