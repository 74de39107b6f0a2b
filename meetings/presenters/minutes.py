"""The minutes in finished words: the same for the page and for the sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from meetings.models import Action, Contribution, Guest, Item, Meeting, Participant
from meetings.outcome_queries import Agenda, Corrected, Place
from meetings.presenters.meeting import shown
from meetings.presenters.times import dated, dated_moment
from meetings.states import ActionState, Attendance, ItemState, Status
from meetings.states import Guest as GuestKind
from portal.ui.words import clock_time, long_date, plural, short_when
from referrals.models import Referral
from referrals.presenters.referral import banner, who

GUESTS = {GuestKind.PERSON: "The person", GuestKind.CARER: "Their carer"}
CAME = {
    Attendance.WHOLE: "was there",
    Attendance.PART: "was there for a part",
    Attendance.WRITING: "in writing",
    Attendance.MISSING: "was not there",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody said beforehand, the person, their carer or who wrote, or set right afterwards;
    `used` is what the meeting made of it."""

    who: str
    words: str
    used: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """An action: what, who, and by when or how it ended."""

    text: str
    owner: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWords:
    """One item. Of one in which the reader has no part there is a title and a time, no more."""

    title: str
    about: str
    person: str = ""
    online: str = ""
    points: Sequence[str] = ()
    guests: Sequence[Said] = ()
    written: Sequence[Said] = ()
    note: str = ""
    decisions: Sequence[str] = ()
    actions: Sequence[ToDo] = ()
    corrections: Sequence[Said] = ()
    pk: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """All of it. `online` stands first where the whole sheet is about one person."""

    title: str
    heading: str
    reference: str
    facts: Sequence[str]
    came: Sequence[str]
    items: Sequence[ItemWords]
    printed: str
    online: str = ""


def minutes(found: Agenda, at: datetime) -> Minutes:
    """The minutes of a meeting, with the items that its reader may read."""
    meeting, head = found.meeting, shown(found.meeting)
    return Minutes(
        title=f"Minutes {meeting.reference}",
        heading=f"Minutes: {meeting.title}",
        reference=meeting.reference,
        facts=[_when(meeting), head.quiet, *_held(found)],
        came=[came_words(part) for part in found.people if part.came],
        items=[item_words(place) for place in found.places],
        printed=dated_moment(at),
    )


def part_minutes(found: Agenda, referral: Referral, at: datetime) -> Minutes:
    """What a meeting says of one person: a copy for their record, so it says first whether it may
    be seen online."""
    meeting, head = found.meeting, shown(found.meeting)
    person = banner(referral)
    items = [item_words(place) for place in found.places]
    facts = [
        ", ".join(p for p in (person.name, person.born, person.nhs_number, person.address) if p),
        f"Referral {referral.reference}",
        _when(meeting),
        head.quiet,
        *_held(found),
    ]
    return Minutes(
        title=f"Minutes {meeting.reference}",
        heading=f"From the minutes: {meeting.title}",
        reference=meeting.reference,
        facts=facts,
        came=[came_words(part) for part in found.people if part.came],
        # The banner and the choice stand above them all.
        items=[replace(item, person="", online="") for item in items],
        printed=dated_moment(at),
        online=_online_of([place.item for place in found.places if place.item]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An item that is to be carried on to the next meeting, or has been: then `on` says when."""

    pk: int
    title: str
    on: str


def left_over(found: Agenda, later: Mapping[int, Meeting], at: datetime) -> list[Left]:
    """What the meeting did not come to; `later` has the meeting to which each has gone."""
    begins = {pk: meeting.starts_at for pk, meeting in later.items()}
    return [
        Left(pk=item.pk, title=item.title, on=short_when(start, at) if start else "")
        for item in to_carry(found)
        for start in [begins.get(item.pk)]
    ]


def to_carry(found: Agenda) -> list[Item]:
    """The items of a meeting of a series that it put off, or that fell away with it."""
    status = found.meeting.status
    if found.meeting.series_id is None or status not in (Status.HELD, Status.CANCELLED):
        return []
    cancelled = status == Status.CANCELLED
    return [item for item in found.items if cancelled or item.state == ItemState.PUT_OFF]


def came_words(part: Participant) -> str:
    """`Dr A. Example, GP (Park Practice): was there`."""
    return f"{who(part.user)} ({part.team.name}): {CAME[Attendance(part.came)]}"


def _when(meeting: Meeting) -> str:
    """With the year: minutes are kept."""
    if meeting.starts_at and meeting.ends_at:
        return dated(meeting.starts_at, meeting.ends_at)
    return shown(meeting).heading


def _held(found: Agenda) -> list[str]:
    meeting = found.meeting
    if meeting.status != Status.HELD or not (meeting.begun_at and meeting.ended_at):
        gone = meeting.status == Status.CANCELLED
        return ["It was cancelled." if gone else "It has not been held yet."]
    return [f"Begun {clock_time(meeting.begun_at)}, ended {clock_time(meeting.ended_at)}."]


def item_words(place: Place) -> ItemWords:
    """One item of the agenda."""
    item = place.item
    if item is None:
        return ItemWords(
            title=f"{place.number}. An item of {plural(place.minutes, 'minute')}",
            about=f"{_times(place)}You have no part in it.".strip(),
        )
    note = getattr(item, "note", None)
    return ItemWords(
        title=f"{place.number}. {item.title}",
        about=f"{_times(place)}{_ended(item)}".strip(),
        person=_person(item),
        online=online_words(item) if item.referral_id else "",
        points=[line for line in item.points.splitlines() if line.strip()],
        guests=[guest_words(Guest(**told)) for told in getattr(item, "invited", ())],
        written=[written_words(c) for c in item.contributions.all() if c.written_at],
        note=note.body if note else "",
        decisions=getattr(item, "decided", ()),
        actions=[_to_do(action) for action in _actions(item)],
        corrections=[
            correction_words(Corrected(**said)) for said in getattr(item, "corrected", ())
        ],
        pk=item.pk,
    )


def _actions(item: Item) -> list[Action]:
    """The improvement that it looks at first, then what was agreed at it."""
    return [*([item.follows] if item.follows else []), *item.actions.all()]


def online_words(item: Item) -> str:
    """The first line of every copy for the record."""
    if item.safe_online is None:
        return "Safe for the person to see online: nobody has said yet. Hide it until somebody has."
    if item.safe_online:
        return "Safe for the person to see online: yes."
    return f"Safe for the person to see online: no. Hide, because: {item.hide_because}"


def _online_of(items: Sequence[Item]) -> str:
    """Of several items the most careful choice: a document can only be hidden whole."""
    hidden = [item for item in items if item.safe_online is False]
    unsaid = [item for item in items if item.safe_online is None]
    chosen = (hidden or unsaid or list(items))[:1]
    return online_words(chosen[0]) if chosen else ""


def written_words(contribution: Contribution) -> Said:
    """What was written beforehand, by whom and when."""
    writer, when = contribution.participant.user, contribution.written_at
    return Said(
        who=f"In writing from {who(writer)}" + (f", {dated_moment(when)}" if when else ""),
        words=contribution.body,
        used=f"How it was taken into account: {contribution.used}"
        if contribution.used
        else "Not taken into account yet.",
    )


def correction_words(said: Corrected) -> Said:
    """What was set right afterwards, by whom and when."""
    when = dated_moment(datetime.fromisoformat(said.at))
    return Said(who=f"Corrected by {who(said)}, {when}", words=said.body)


def guest_words(guest: Guest) -> Said:
    """Who is invited, what they wish and need, how they were told, and whether they come."""
    words = {
        "What they wish": guest.wishes,
        "To take part they need": guest.needs,
        "Told": guest.told_how,
    }
    comes = {True: "Comes.", False: "Does not come.", None: "Has not said yet whether they come."}
    lines = [f"{term}: {words}" for term, words in words.items() if words]
    return Said(
        who=f"{GUESTS[GuestKind(guest.kind)]} is invited to this item",
        words="\n".join([*lines, comes[guest.comes]]),
    )


def _to_do(action: Action) -> ToDo:
    when = long_date(action.due_on)
    if action.state != ActionState.OPEN:
        said = "Done" if action.state == ActionState.DONE else "Not done"
        when = f"{said}: {action.words}" if action.words else f"{said}."
    return ToDo(text=action.text, owner=action.owner.name, when=when)


def _person(item: Item) -> str:
    if item.referral is None:
        return ""
    person = banner(item.referral)
    return ", ".join(part for part in (person.name, person.born, person.nhs_number) if part)


def _times(place: Place) -> str:
    planned = f"{clock_time(place.starts_at)}, " if place.starts_at else ""
    length = f"{planned}{plural(place.minutes, 'minute')} planned. "
    if place.begun_at and place.ended_at and place.ended_at > place.begun_at:
        taken = max(1, round((place.ended_at - place.begun_at).total_seconds() / 60))
        length += f"It took {plural(taken, 'minute')}. "
    return length


def _ended(item: Item) -> str:
    words = {ItemState.PUT_OFF: "Put off.", ItemState.DONE: "", ItemState.OPEN: ""}
    owner = f"Brought by {who(item.owner)}. "
    return owner + words[ItemState(item.state)]
