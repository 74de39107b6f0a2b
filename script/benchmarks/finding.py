"""Finding a time for twenty people over twelve weeks: beside the floor, and beside libraries."""

import statistics
import time as clock
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise

from meetings.finder.find import find
from meetings.finder.shapes import MARK, Ask, Fit, Found, Someone, Topic
from portal.accounts.models import User
from portal.worktime import free
from portal.worktime.packing import minute_of, moment_of
from portal.worktime.states import HARD

from . import report, sweep, weeks
from .statements import processor_clock
from .timing import Measured, Prepare, interleave, timed

PEOPLE = 20
MINUTES = 30
MASK_AT_MOST = 2
FLOORS_AT_MOST = 60
MARKS = tuple(mark.replace("--write", "--write, finding") for mark in report.TABLE)
KEY = "find"
_CHECKED = 8  # people who have times in common; all twenty never have


def wanted(only: Sequence[str]) -> bool:
    """Whether it is asked for."""
    return not only or any(key.startswith(KEY) for key in only)


@dataclass(frozen=True)
class Line:
    """Something measured: how many times as long as what it is measured by."""

    words: str
    measured: Measured
    by: str
    at_most: float

    @property
    def times(self) -> float:
        """How many times as long; the median of the rounds."""
        return 1 / self.measured.ratio


def run(
    bare: Prepare,
    users: Sequence[User],
    *,
    day: str,
    rounds: int,
    seconds: float,
    writing: bool,
    tell: Callable[[str], None],
) -> None:
    """Measure, print; with `writing` also into docs/performance.md. `bare` is the floor."""
    tell(f"Finding a time for {PEOPLE} people over {weeks.WEEKS} weeks")
    made = weeks.make_weeks(PEOPLE)
    chosen = users[:PEOPLE]
    weeks.keep(chosen, made)
    against = partial(interleave, rounds=rounds, seconds=seconds, worked=processor_clock())
    ids = [user.pk for user in chosen]
    lines = [
        Line(
            "Free and busy of all, as a mask",
            against(_again(partial(_times, ids)), _again(partial(_mask, ids))),
            "queries",
            MASK_AT_MOST,
        ),
        Line(
            "The whole answer, no topics",
            against(bare, _again(partial(answer, chosen, topics=False))),
            "floors",
            FLOORS_AT_MOST,
        ),
        Line(
            "The whole answer, eight topics",
            against(bare, _again(partial(answer, chosen, topics=True))),
            "floors",
            FLOORS_AT_MOST,
        ),
    ]
    beside = compared(chosen, made, rounds=rounds)
    tell("\n".join(_rows(lines, beside)))
    if writing:
        report.write("\n".join([f"{day}. {report.machine()}", "", *_rows(lines, beside)]), MARKS)


def _again(call: Callable[[], object]) -> Prepare:
    return lambda count: partial(timed, [call] * count)


def _times(ids: Sequence[int]) -> dict[int, free.Times]:
    return free.times_of(ids, *weeks.window())


def _mask(ids: Sequence[int]) -> free.Mask:
    start, end = map(minute_of, weeks.window())
    times = _times(ids)
    return free.mask([times[pk].spans for pk in ids], start, end, HARD)


def answer(users: Sequence[User], *, topics: bool) -> Found:
    """From the rows to the finished sentences."""
    start, until = weeks.window()
    times = _times([user.pk for user in users])
    people = tuple(
        Someone(user.pk, user.name, must=True, spans=times[user.pk].spans) for user in users
    )
    agenda = _agenda(users) if topics else ()
    return find(
        Ask(
            people=people,
            minutes=sum(topic.minutes for topic in agenda) or MINUTES,
            start=minute_of(start),
            end=minute_of(until - timedelta(weeks=1)),
            earliest=weeks.EARLIEST.hour * 60 + weeks.EARLIEST.minute,
            latest=weeks.LATEST.hour * 60 + weeks.LATEST.minute,
            topics=agenda,
            known_until=minute_of(until),
        )
    )


def _agenda(users: Sequence[User]) -> tuple[Topic, ...]:
    """Eight topics; half of the people come for one or two of them, the others for all."""
    half = [user.pk for user in users[: len(users) // 2]]
    return tuple(
        Topic(n, f"Topic {n}", MARK, frozenset({half[n % len(half)], half[-1 - n % 4]}))
        for n in range(8)
    )


@dataclass(frozen=True)
class Beside:
    """Seconds: the libraries' parsing, expanding and sweep; the portal's mask and answer."""

    parsing: float
    expanding: float
    sweeping: float
    masking: float
    answering: float


def compared(users: Sequence[User], made: Sequence[weeks.Week], *, rounds: int) -> Beside:
    """The same calendars both ways; SystemExit where they do not give the same starts."""
    start, until = weeks.window()
    texts = [weeks.as_calendar(week) for week in made]
    ids = [user.pk for user in users]
    spent: list[tuple[float, ...]] = []
    for number in range(rounds):
        marks = [clock.perf_counter()]
        calendars = sweep.parsed(texts)
        marks.append(clock.perf_counter())
        busy = sweep.expanded(calendars, start, until - timedelta(weeks=1))
        marks.append(clock.perf_counter())
        _swept(busy)
        marks.append(clock.perf_counter())
        _mask(ids)
        marks.append(clock.perf_counter())
        answer(users, topics=False)
        marks.append(clock.perf_counter())
        spent.append(tuple(b - a for a, b in pairwise(marks)))
        if not number:
            _check(_swept(busy[:_CHECKED]), answer(users[:_CHECKED], topics=False))
    return Beside(*(statistics.median(each) for each in zip(*spent, strict=True)))


def _swept(busy: Sequence[sweep.Busy]) -> list[datetime]:
    return sweep.common_starts(
        busy,
        length=timedelta(minutes=MINUTES),
        first=weeks.FIRST,
        days=7 * weeks.WEEKS,
        earliest=weeks.EARLIEST,
        latest=weeks.LATEST,
    )


def _check(theirs: Sequence[datetime], ours: Found) -> None:
    offered = {moment_of(slot.start) for slot in ours.slots if slot.fit is Fit.WHOLE}
    if not theirs or len(theirs) != ours.whole or not offered <= set(theirs):
        raise SystemExit(f"{len(theirs)} starts by the sweep, {ours.whole} by the finder.")


def _rows(lines: Sequence[Line], beside: Beside) -> list[str]:
    """Two tables."""
    found = [
        f"{PEOPLE} people, {weeks.WEEKS} weeks:",
        "",
        "| Measure | Times | By work | At most | ms |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for line in lines:
        ratio = line.measured.work_ratio
        work = "" if ratio is None else f"{1 / ratio:.1f}"
        missed = " (missed)" if line.times > line.at_most else ""
        found.append(
            f"| {line.words} | {line.times:.1f}{missed} | {work} |"
            f" {line.at_most:g} {line.by} | {line.measured.milliseconds[1]:.1f} |"
        )
    return [
        *found,
        "",
        "The same calendars, beside libraries and a sweep, which find the same starts:",
        "",
        "| Step, in ms | `icalendar`, `recurring-ical-events`, sweep | The portal |",
        "| --- | ---: | ---: |",
        f"| Reading the calendars; here when they change | {_ms(beside.parsing)} |  |",
        f"| When people are free | {_ms(beside.expanding)} | {_ms(beside.masking)} |",
        f"| Starts for everyone | {_ms(beside.sweeping)} |  |",
        "| The whole answer: order, sentences, what would open more | not there"
        f" | {_ms(beside.answering)} |",
    ]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.1f}"
