"""What may happen to a meeting now. `check_x` raises Refused with a sentence; `can_x` wraps it.

Each function is given what it needs; none asks the database.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from meetings.states import IN_SERIES, TRANSITIONS, WHY_NOT, Answer, Event, Kind, Status
from portal.core.refused import Refused, passes
from portal.ui.words import TITLES, plural
from referrals.nhs_number import compact, what_is_wrong

MARK = 5
MINUTES_AT_LEAST, MINUTES_AT_MOST = 10, 120
TITLE_AT_MOST = 120
# What the finder takes for one meeting; a meeting of a series has an agenda of many people.
ITEMS_AT_MOST, ITEMS_OF_SERIES = 8, 30
PEOPLE_AT_MOST, PEOPLE_OF_SERIES = 20, 60
LOOKED_AT = timedelta(weeks=12)
_WORD = re.compile(r"[^\W\d_]+")


def check_event(status: Status, event: Event) -> Status:
    """The status after the event; raises Refused where the status does not allow it."""
    origins, target = TRANSITIONS[event]
    if status not in origins:
        raise Refused(WHY_NOT[status], code="wrong-status", status_now=status.value)
    return target


def can_event(status: Status, event: Event) -> bool:
    """Whether `check_event` would let it pass."""
    return passes(lambda: check_event(status, event))


def check_not_begun(begun_at: datetime | None) -> None:
    """A meeting that has begun is neither moved nor cancelled."""
    if begun_at is not None:
        raise Refused("This meeting has begun. End it on its own page.", code="wrong-status")


def check_still_ahead(status: Status, begun_at: datetime | None) -> None:
    """Who comes is changed while it is looked for, or has not begun."""
    if status not in (Status.ARRANGING, Status.BOOKED):
        raise Refused(WHY_NOT[status], code="wrong-status", status_now=status.value)
    check_not_begun(begun_at)


def check_place_changes(
    status: Status, begun_at: datetime | None, ends_at: datetime | None, moment: datetime
) -> None:
    """How and where it is held is said while somebody can still go there."""
    check_still_ahead(status, begun_at)
    if ends_at is not None and ends_at <= moment:
        raise Refused("The time of this meeting has passed.", code="wrong-status")


def place_changes(
    status: Status, begun_at: datetime | None, ends_at: datetime | None, moment: datetime
) -> bool:
    """Whether `check_place_changes` would let it pass."""
    return passes(lambda: check_place_changes(status, begun_at, ends_at, moment))


def check_length(minutes: int) -> None:
    """10 minutes to 2 hours, in fives: the marks on which meetings begin and end."""
    if minutes % MARK or not MINUTES_AT_LEAST <= minutes <= MINUTES_AT_MOST:
        raise Refused(
            f"A meeting takes {MINUTES_AT_LEAST} to {MINUTES_AT_MOST} minutes, in steps of five.",
            code="invalid",
            field="minutes",
        )


def check_window(
    *, from_day: date, until_day: date, earliest: time, latest: time, minutes: int, today: date
) -> None:
    """Days to come, twelve weeks at most, and hours of the day into which the meeting fits.

    `until_day` is the first day after; the meeting ends at `latest` at the latest.
    """
    if from_day < today:
        raise Refused("Look from today on.", code="invalid", field="from_day")
    if until_day <= from_day:
        raise Refused("The last day comes before the first.", code="invalid", field="until_day")
    if until_day - from_day > LOOKED_AT:
        raise Refused("Look at twelve weeks at most.", code="invalid", field="until_day")
    if _minute(latest) - _minute(earliest) < minutes:
        raise Refused(
            f"Between {earliest:%H:%M} and {latest:%H:%M} there is no room for {minutes} minutes.",
            code="invalid",
            field="latest",
        )


def check_people(kind: Kind, user_ids: Sequence[int]) -> None:
    """Two or more, each once, and no more than a meeting of this kind takes."""
    most = PEOPLE_OF_SERIES if kind in IN_SERIES else PEOPLE_AT_MOST
    if len(user_ids) != len(set(user_ids)):
        raise Refused("Somebody is there twice. Name each once.", code="invalid", field="people")
    if len(user_ids) < 2:
        raise Refused("A meeting takes two people at least.", code="invalid", field="people")
    if len(user_ids) > most:
        raise Refused(
            f"{most} people at most. This has {len(user_ids)}: ask those for whom it is not"
            " essential to read what was decided.",
            code="invalid",
            field="people",
        )


def check_both_teams_come(names: Mapping[int, str], coming: Collection[int]) -> None:
    """What two teams arrange for themselves is not one team's: `names` and who is there by team."""
    for team_id, name in names.items():
        if team_id not in coming:
            raise Refused(f"Choose somebody of {name}: both teams are to be there.", field="people")


def check_items(kind: Kind, minutes: int, items: Sequence[int]) -> None:
    """How long each item takes: in fives, and together as long as the meeting.

    The agenda of a series fills up until it meets: there it has to fit, and no more.
    """
    of_series = kind in IN_SERIES
    most = ITEMS_OF_SERIES if of_series else ITEMS_AT_MOST
    if len(items) > most:
        raise Refused(f"{most} items at most.", code="invalid", field="items")
    if any(each % MARK or each < MARK for each in items):
        raise Refused(
            "Each item takes five minutes or more, in steps of five.", code="invalid", field="items"
        )
    total = sum(items)
    if items and (total > minutes or (total < minutes and not of_series)):
        raise Refused(
            f"The items take {total} minutes together, and the meeting {minutes}. Change one of"
            " them, so that they agree.",
            code="invalid",
            field="minutes",
        )


def check_title(
    text: str,
    *,
    field: str,
    people: Iterable[tuple[str, str]],
    stands: str = "A title stands in calendars and mails",
) -> None:
    """Titles stand in calendars and mails: they name no person.

    `people` are (name, NHS number) of those the meeting is about. Every word of a name counts but
    the form of address; and any NHS number, whosever it is.
    """
    words, numbers = _words(text), _numbers(text)
    for name, nhs_number in people:
        named = next((word for word in _name(name) if word.casefold() in words), "")
        if named or (nhs_number and nhs_number in numbers):
            raise _names_a_person(stands, f"“{named}”" if named else "the NHS number", field)
    if any(what_is_wrong(number) is None for number in numbers):
        raise _names_a_person(stands, "the NHS number", field)


def check_reason(text: str, *, people: Iterable[tuple[str, str]]) -> None:
    """Why it is not held is said, and read by everybody who was invited, whatever items they may
    read, and on each referral of the agenda."""
    if not text.strip():
        raise Refused("Say why it is cancelled.", code="invalid", field="words")
    stands = "This is read by all who were invited"
    check_title(text, field="words", people=people, stands=stands)


def check_place(text: str, *, people: Iterable[tuple[str, str]]) -> None:
    """Where to meet stands there too; a room or an address may share a word with a name, so only
    the whole name counts."""
    stands = "The place stands in calendars and mails"
    words, numbers = _words(text), _numbers(text)
    for name, nhs_number in people:
        known = [word.casefold() for word in _name(name)]
        if known and words.issuperset(known):
            raise _names_a_person(stands, f"“{name}”", "where")
        if nhs_number and nhs_number in numbers:
            raise _names_a_person(stands, "the NHS number", "where")


def _names_a_person(stands: str, named: str, field: str) -> Refused:
    return Refused(
        f"{stands}, so it names no person. Take out {named}.",
        code="names-a-person",
        field=field,
    )


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def _name(name: str) -> list[str]:
    return [word for word in _WORD.findall(name) if len(word) > 2 and word.lower() not in TITLES]


def _numbers(text: str) -> set[str]:
    return {compact(found) for found in re.findall(r"\d[\d\s.-]{8,}\d", text)}


def check_begins_later(start: datetime, moment: datetime) -> None:
    """A meeting is booked for a time to come, on a mark of five minutes."""
    if start <= moment:
        raise Refused("That time has passed. Choose another.", code="slot-gone")
    if start.minute % MARK or start.second or start.microsecond:
        raise Refused("Meetings begin on a mark of five minutes.", code="invalid", field="start")


def check_answer(answer: Answer, *, status: Status, over: bool, has_items: bool) -> None:
    """An invitation is answered while the meeting lies ahead."""
    if status is not Status.BOOKED:
        raise Refused(WHY_NOT[status], code="wrong-status", status_now=status.value)
    if over:
        raise Refused("This meeting is over.", code="wrong-status")
    if answer is Answer.NONE:
        raise Refused("Say whether you come.", code="invalid", field="answer")
    if answer is Answer.WRITING and not has_items:
        raise Refused(
            "This meeting has no agenda to write to. Say yes or no.",
            code="invalid",
            field="answer",
        )


def check_stays_a_meeting(left: int) -> None:
    """Somebody is taken out of a meeting only while two remain."""
    if left < 2:
        raise Refused(
            f"Only {plural(left, 'person', 'people')} would be left. Cancel the meeting instead."
        )


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
