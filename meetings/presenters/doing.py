"""What is to be done from meetings, in finished words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meetings.models import Action
from meetings.references import path_to_minutes
from meetings.states import ActionState
from portal.ui.words import long_date, plural, short_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One action: what, by when, from which meeting, about which referral."""

    pk: int
    version: int
    text: str
    due: str
    overdue: bool
    meeting: str
    meeting_href: str
    reference: str


def open_rows(found: Sequence[Action], day: date) -> list[Row]:
    """Those that are open, as their owner reads them."""
    return [_row(action, due_words(action.due_on, day), action.due_on < day) for action in found]


def ended_rows(found: Sequence[Action]) -> list[Row]:
    """Those that have ended, with how."""
    return [_row(action, _ended(action), overdue=False) for action in found]


def due_words(due_on: date, day: date) -> str:
    """`Due today`, `Due in 3 days, 8 December 2026`, `2 days overdue: it was due ...`."""
    left = (due_on - day).days
    if left == 0:
        return "Due today"
    if left < 0:
        return f"{plural(-left, 'day')} overdue: it was due on {long_date(due_on)}"
    return f"Due in {plural(left, 'day')}, on {long_date(due_on)}"


def _ended(action: Action) -> str:
    said = "Done" if action.state == ActionState.DONE else "Not done"
    when = f" {short_day(action.ended_at)}" if action.ended_at else ""
    return f"{said}{when}: {action.words}" if action.words else f"{said}{when}"


def _row(action: Action, due: str, overdue: bool) -> Row:
    meeting = action.meeting
    when = f", {short_day(meeting.starts_at)}" if meeting.starts_at else ""
    return Row(
        pk=action.pk,
        version=action.version,
        text=action.text,
        due=due,
        overdue=overdue,
        meeting=f"{meeting.title}{when}",
        meeting_href=path_to_minutes(meeting.reference),
        reference=action.referral.reference if action.referral else "",
    )
