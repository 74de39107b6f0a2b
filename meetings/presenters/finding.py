"""The finder's answer in finished words: options, what would open more, what stands in the way."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from meetings.asking import Asked
from meetings.finder.shapes import Attends, Fit, Found, Presence, Slot
from meetings.finding import change_for, mark_of
from meetings.presenters.lanes import hours_of, lanes_of
from meetings.presenters.times import asked_words, long_when, weeks_words
from portal.ui.shapes import Lane, Link
from portal.ui.words import join_words, plural
from portal.worktime.packing import moment_of

_NAMED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One possible time. `button` says what will happen; `mark` is what was shown."""

    start: int
    mark: str
    heading: str
    sentence: str
    reasons: Sequence[str]
    lanes: Sequence[Lane]
    hours: Sequence[str]
    button: str


def options(made: Asked, found: Found) -> list[Option]:
    """The best few, in the finder's order: what is first gets the green button."""
    return [_option(made, slot) for slot in found.slots]


def _option(made: Asked, slot: Slot) -> Option:
    _, hours = hours_of(slot)
    return Option(
        start=slot.start,
        mark=mark_of(slot),
        heading=long_when(moment_of(slot.start), moment_of(slot.end)),
        sentence=slot.sentence,
        reasons=slot.reasons,
        lanes=lanes_of(slot, made.ask),
        hours=hours,
        button=button_words(made, slot, verb="Move it here" if made.meeting.starts_at else "Book"),
    )


def button_words(made: Asked, slot: Slot, verb: str = "Book") -> str:
    """`Book this for everyone`, `Book, with Dr X for point 2`, `Book, and ask Dr X in writing`."""
    parts = [a for a in slot.attends if a.presence is Presence.PART]
    written = [a for a in slot.attends if a.presence is Presence.WRITING]
    if written:
        who = join_words(_names(made, written)) if len(written) <= _NAMED else ""
        return f"{verb}, and ask {who or plural(len(written), 'person', 'people')} in writing"
    if parts and slot.fit is not Fit.WHOLE:
        if len(parts) == 1:
            return f"{verb}, with {_names(made, parts)[0]} for {_points(made, parts[0])}"
        return f"{verb}, each for their own points"
    if any(a.presence is Presence.MISSING for a in slot.attends):
        return f"{verb} for everyone who must come"
    return f"{verb} this for everyone" if verb == "Book" else f"{verb}, for everyone"


def _names(made: Asked, attends: Sequence[Attends]) -> list[str]:
    return [made.person(each.key).user.name for each in attends]


def _points(made: Asked, attends: Attends) -> str:
    """`point 2`, `points 1 and 2`, by their place on the agenda as it was given."""
    own = [
        str(place)
        for place, topic in enumerate(made.ask.topics, start=1)
        if attends.key in topic.needs
    ]
    return f"{'point' if len(own) == 1 else 'points'} {join_words(own)}"


def subtitle(made: Asked) -> str:
    """`30 minutes, by video, Mon 30 Nov to Fri 11 Dec · 4 people · 3 points · no clinic is
    touched`."""
    parts = [
        f"{asked_words(made.meeting, made.ask.minutes)}, {weeks_words(made.meeting)}",
        plural(len(made.people), "person", "people"),
    ]
    if made.items:
        parts.append(f"{plural(len(made.items), 'point')} on the agenda")
    return " · ".join([*parts, "no clinic is touched"])


def openings(made: Asked, found: Found) -> list[Link]:
    """What would open more times: each asks again with that change."""
    here = f"/meetings/{made.meeting.reference}/find/"
    return [
        Link(label=each.sentence, href=here + change_for(each, made).query)
        for each in found.openings
    ]


def changed_words(made: Asked) -> list[str]:
    """What the reader has changed for this answer; it is kept when a time is booked."""
    change, found = made.change, []
    if change.without and change.without <= len(made.people):
        name = made.people[change.without - 1].user.name
        found.append(f"{name} may come, and need not")
    if change.less:
        point = f"point {change.item} takes" if change.item else "it takes"
        found.append(f"{point} {change.less} minutes less")
    for minutes, word in ((change.earlier, "earlier"), (change.later, "later")):
        if minutes:
            found.append(f"days {'begin' if word == 'earlier' else 'end'} {minutes} minutes {word}")
    if change.longer:
        found.append(f"{plural(change.longer, 'day')} more are looked at")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Somebody whose week is not known; `href` leads to where it is set, for those who may."""

    name: str
    href: str


def unknown(made: Asked, own_id: int, looked_after: Collection[int]) -> list[Unknown]:
    """Those for whom office hours were assumed; of `looked_after` the reader sets the weeks."""
    known = {each.key: each.known for each in made.ask.people}
    own = {own_id: "/account/week/"}
    return [
        Unknown(
            name=each.user.name,
            href=own.get(each.user_id)
            or (f"/account/week/{each.user_id}/" if each.user_id in looked_after else ""),
        )
        for each in made.people
        if not known[each.user_id]
    ]


def clinic_words(made: Asked, minutes: int) -> str:
    """What stands beside the times: of every team from which somebody is to come."""
    teams = len({each.team_id for each in made.people})
    whose = {1: "your team", 2: "both teams"}.get(teams, f"all {teams} teams")
    return f"Minutes of meetings inside clinics, {whose}, this month: *{minutes}*"
