"""Working weeks in finished words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.accounts.models import User
from portal.accounts.queries_week import Week
from portal.core.clock import london
from portal.ui.words import long_date, plural, short_day, short_when
from portal.worktime.hours import MIDNIGHT, clock_moment
from portal.worktime.models import DayOff, OneOff, Pattern
from portal.worktime.states import SESSION_WORDS, SessionKind
from portal.worktime.words import WEEKDAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """One weekday; `weeks` are its sessions in words, once for each week of the pattern."""

    name: str
    weeks: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternCard:
    """One working week. `columns` name the weeks of a fortnight, or are empty."""

    pk: int
    place: str
    when: str
    holidays: str
    columns: Sequence[str]
    days: Sequence[DayRow]
    set_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleRow:
    """A single day, or leave."""

    pk: int
    when: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPage:
    """Somebody's week. `whose` is "Your" or a name with 's."""

    person: int
    own: bool
    whose: str
    patterns: Sequence[PatternCard]
    singles: Sequence[SingleRow]
    leave: Sequence[SingleRow]


def week_page(user: User, week: Week, *, own: bool, day: date) -> WeekPage:
    """The page's words."""
    return WeekPage(
        person=user.pk,
        own=own,
        whose=whose_words(user, own=own),
        patterns=[pattern_card(pattern, day) for pattern in week.patterns],
        singles=[_single(one) for one in week.one_offs],
        leave=[_leave(one) for one in week.leave],
    )


def whose_words(user: User, *, own: bool) -> str:
    """`Your`, or a name in the genitive."""
    return "Your" if own else f"{user.name}’s"


def pattern_card(pattern: Pattern, day: date) -> PatternCard:
    """One working week as it stands on a day."""
    sessions = list(pattern.sessions.all())
    last = 5 if all(one.weekday < 5 for one in sessions) else 7
    rows = [
        DayRow(
            name=WEEKDAYS[weekday],
            weeks=[
                [_session(one.starts, one.ends, one.kind) for one in sessions
                 if (one.week, one.weekday) == (week, weekday)]
                for week in range(pattern.weeks)
            ],
        )
        for weekday in range(last)
    ]  # fmt: skip
    keeps = f"Bank holidays of {pattern.nation}"
    return PatternCard(
        pk=pattern.pk,
        place=pattern.place,
        when=_when(pattern, day),
        holidays=keeps + (", worked" if pattern.works_on_bank_holidays else ""),
        columns=_columns(pattern, day) if pattern.weeks == 2 else [],
        days=rows,
        set_by=f"Set {short_when(pattern.set_at)}",
    )


def _when(pattern: Pattern, day: date) -> str:
    begins = f"From {long_date(pattern.starts_on)}" if pattern.starts_on > day else "Now"
    if pattern.ends_on is None:
        return begins
    return f"{begins}, until {long_date(pattern.ends_on - timedelta(days=1))}"


def _columns(pattern: Pattern, day: date) -> list[str]:
    """Which week is which: the Monday with which each comes next, or has begun."""
    first = pattern.starts_on - timedelta(days=pattern.starts_on.weekday())
    this = max(day, pattern.starts_on)
    this -= timedelta(days=this.weekday())
    now_in = (this - first).days // 7 % 2
    mondays = (this, this + timedelta(days=7))
    return [f"Week from {_day(mondays[(week - now_in) % 2])}" for week in (0, 1)]


def _session(starts: time, ends: time, kind: str) -> str:
    return f"{starts:%H:%M} to {ends:%H:%M} {SESSION_WORDS[SessionKind(kind)]}"


def _single(one: OneOff) -> SingleRow:
    instead = ", instead of the usual day" if one.instead else ""
    return SingleRow(
        pk=one.pk,
        when=_day(one.day),
        what=_session(one.starts, one.ends, one.kind) + instead,
    )


def _leave(one: DayOff) -> SingleRow:
    starts, ends = london(one.starts_at), london(one.ends_at)
    whole = starts.time() == ends.time() == MIDNIGHT
    if not whole:
        return SingleRow(pk=one.pk, when=_span(starts, ends), what="Away")
    last = ends.date() - timedelta(days=1)
    days = plural((last - starts.date()).days + 1, "day")
    if last == starts.date():
        return SingleRow(pk=one.pk, when=_day(last), what="Away all day")
    return SingleRow(pk=one.pk, when=f"{_day(starts.date())} to {_day(last)}", what=f"Away {days}")


def _span(starts: datetime, ends: datetime) -> str:
    if starts.date() == ends.date():
        return f"{short_when(starts)} to {ends:%H:%M}"
    return f"{short_when(starts)} to {short_when(ends)}"


def _day(day: date) -> str:
    return short_day(clock_moment(day, time(12)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueRow:
    """One colleague in the list of those whose week the reader may set."""

    person: int
    name: str
    job_title: str
    teams: str
    is_set: bool


def colleague_rows(
    found: Sequence[tuple[User, list[str]]], with_a_week: set[int]
) -> list[ColleagueRow]:
    """As they come."""
    return [
        ColleagueRow(
            person=user.pk,
            name=user.name,
            job_title=user.job_title,
            teams=", ".join(teams),
            is_set=user.pk in with_a_week,
        )
        for user, teams in found
    ]
