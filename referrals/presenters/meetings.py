"""What meetings left on a referral, in words: in the timeline, and in a card beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.ui.words import short_day, short_when
from referrals.detail_rows import Met
from referrals.models import MeetingEntry
from referrals.presenters.referral import who

Verb = MeetingEntry.Verb
_ABOUT_THE_TIME = (
    Verb.ARRANGED,
    Verb.MOVED,
    Verb.CANCELLED,
    Verb.HELD,
    Verb.PUT_OFF,
    Verb.TAKEN_OFF,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something that a meeting left, and when; `href` leads to what it says of this person."""

    text: str
    when: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsCard:
    """What lies ahead, what was decided or set right in the minutes (the last first), and what is
    still to be done."""

    ahead: Sequence[Line]
    held: Sequence[Line]
    decisions: Sequence[Line]
    corrected: Sequence[Line]
    actions: Sequence[Line]


def meetings_card(met: Sequence[Met], at: datetime) -> MeetingsCard | None:
    """The card; None where no meeting has had to do with this referral."""
    if not met:
        return None
    latest = {m.meeting: m for m in met if m.verb in _ABOUT_THE_TIME}.values()
    ahead = sorted(
        (m for m in latest if m.verb in (Verb.ARRANGED, Verb.MOVED)),
        key=lambda m: (m.meets_at is None, m.meets_at or at),
    )
    held = [m for m in latest if m.verb == Verb.HELD]
    # Done or explained, an action is in the timeline and no longer here.
    actions = {m.about: m for m in met if m.about}.values()
    return MeetingsCard(
        ahead=[Line(text=m.text, when=_when(m, at), href=m.path) for m in ahead],
        held=[Line(text="", when=_when(m, at), href=m.path) for m in reversed(held)],
        decisions=[
            Line(text=m.text, when=short_day(m.at, at), href=m.path)
            for m in reversed(met)
            if m.verb == Verb.DECIDED
        ],
        corrected=[
            Line(text=m.text, when=f"{m.by.name}, {short_day(m.at, at)}", href=m.path)
            for m in reversed(met)
            if m.verb == Verb.CORRECTED
        ],
        actions=[
            Line(text=m.text, when=short_day(m.at, at), href=m.path)
            for m in actions
            if m.verb == Verb.ACTION
        ],
    )


def met_words(met: Met, at: datetime) -> str:
    """One entry as a line of the timeline."""
    name, text = who(met.by), f". {met.text}" if met.text else ""
    when = f": {short_when(met.meets_at, at)}" if met.meets_at else ""
    return {
        Verb.ARRANGED: f"Meeting {'arranged' if when else 'to be arranged'} by {name}{when}{text}",
        Verb.MOVED: f"Meeting moved by {name}{when}{text}",
        Verb.CANCELLED: f"Meeting called off by {name}{text}",
        Verb.PUT_OFF: f"Put off, not talked about at the meeting{when}{text}",
        Verb.TAKEN_OFF: f"Taken off the agenda by {name}{when}{text}",
        Verb.HELD: f"Talked about at a meeting{when}{text}",
        Verb.DECIDED: f"Decided at the meeting: {met.text}",
        Verb.ACTION: f"To do: {met.text}",
        Verb.DONE: f"Done by {name}: {met.text}",
        Verb.EXPLAINED: f"Not done, explained by {name}: {met.text}",
        Verb.CORRECTED: f"Minutes of the meeting corrected by {name}: {met.text}",
    }[Verb(met.verb)]


def _when(met: Met, at: datetime) -> str:
    return short_when(met.meets_at, at) if met.meets_at else "a time is being looked for"
