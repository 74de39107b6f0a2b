"""A working week is set and ended; single days and leave are added and taken away.

Who may do it for whom is decided above, where teams are known. Everything is worked out anew in
the same transaction, and rooms above hear of it (changed.py).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from portal.core.clock import now
from portal.core.refused import InvalidInput, NotYours
from portal.core.retrying import retry_deadlocks
from portal.core.versions import lock_at
from portal.worktime.changed import time_changed
from portal.worktime.given import BUFFER_MINUTES, PatternGiven, SessionGiven
from portal.worktime.locking import lock_people
from portal.worktime.models import DayOff, OneOff, Pattern, PatternSession
from portal.worktime.reading import given_of
from portal.worktime.rules import (
    check_leave,
    check_leave_count,
    check_one_off_day,
    check_pattern,
    check_session,
)
from portal.worktime.states import SessionKind

PLACES_AT_MOST = 12  # working weeks of one person that have not ended


@retry_deadlocks
@transaction.atomic
def set_pattern(
    *,
    by: AbstractBaseUser,
    user_id: int,
    place: str,
    nation: str,
    weeks: int,
    starts_on: date,
    sessions: Sequence[SessionGiven],
    ends_on: date | None = None,
    works_on_bank_holidays: bool = False,
    buffer_minutes: int = BUFFER_MINUTES,
    replaces: int | None = None,
    version: int | None = None,
) -> Pattern:
    """Somebody's working week at a place, from `starts_on` until the day before `ends_on`.

    It takes the turn of what stood at the same place in that time, and of the pattern `replaces`
    wherever that was: what began earlier ends, what began later is gone, and what went on longer
    comes back after it. Set again, it changes nothing, so it is safe to repeat. Raises
    InvalidInput (with the field); Stale where `replaces` is not at `version` any more; NotYours
    where it is not this person's.
    """
    place = " ".join(place.split())
    given = PatternGiven(
        nation, starts_on, tuple(sessions), weeks, ends_on, works_on_bank_holidays, buffer_minutes
    )
    check_pattern(place, given)
    lock_people("patterns", [user_id])
    if replaces is not None:
        _locked(user_id, replaces, version)
    kept: Pattern | None = None
    for old in _standing(user_id, place, replaces, given):
        if ends_on is not None and (old.ends_on is None or old.ends_on > ends_on):
            _resume(old, ends_on)
        if old.starts_on < starts_on:
            old.ends_on, old.version = starts_on, old.version + 1
            old.save(update_fields=["ends_on", "version"])
        elif kept is None:
            kept = old
        else:
            _remove(old)
    pattern = kept or Pattern(user_id=user_id, version=0)
    _write(pattern, place, given, by.pk)
    _check_count(user_id, starts_on)
    time_changed([user_id])
    return pattern


@retry_deadlocks
@transaction.atomic
def end_pattern(
    *, by: AbstractBaseUser, user_id: int, pattern_id: int, ends_on: date, version: int | None
) -> None:
    """A working week holds no longer from `ends_on` on; one that had not begun by then is gone.

    Raises NotYours, Stale, and PreconditionMissing without a version.
    """
    lock_people("patterns", [user_id])
    pattern = _locked(user_id, pattern_id, version)
    if ends_on <= pattern.starts_on:
        _remove(pattern)
    else:
        pattern.ends_on, pattern.version = ends_on, pattern.version + 1
        pattern.set_by_id, pattern.set_at = by.pk, now()
        pattern.save()
    time_changed([user_id])


@retry_deadlocks
@transaction.atomic
def add_one_off(
    *,
    by: AbstractBaseUser,
    user_id: int,
    day: date,
    starts: time,
    ends: time,
    kind: SessionKind,
    instead: bool = False,
) -> OneOff:
    """A session on one day, beside the pattern's or `instead` of them; added twice, it is there
    once. Raises InvalidInput."""
    check_session(starts, ends, kind, "starts")
    lock_people("patterns", [user_id])
    mine = OneOff.objects.filter(user_id=user_id, day=day)
    same = mine.filter(starts=starts, ends=ends, kind=kind, instead=instead).first()
    if same is not None:
        return same
    check_one_off_day(day, mine.count())
    added = OneOff.objects.create(
        user_id=user_id,
        day=day,
        starts=starts,
        ends=ends,
        kind=kind,
        instead=instead,
        set_by_id=by.pk,
    )
    time_changed([user_id])
    return added


@retry_deadlocks
@transaction.atomic
def remove_one_off(*, by: AbstractBaseUser, user_id: int, one_off_id: int) -> bool:
    """Take a single session away: False where it is not there, or not this person's."""
    gone, _ = OneOff.objects.filter(user_id=user_id, pk=one_off_id).delete()
    if gone:
        time_changed([user_id])
    return bool(gone)


@retry_deadlocks
@transaction.atomic
def add_day_off(
    *, by: AbstractBaseUser, user_id: int, starts_at: datetime, ends_at: datetime
) -> DayOff:
    """Leave, half-open; added twice, it is there once. Raises InvalidInput."""
    check_leave(starts_at, ends_at)
    lock_people("patterns", [user_id])
    mine = DayOff.objects.filter(user_id=user_id)
    same = mine.filter(starts_at=starts_at, ends_at=ends_at).first()
    if same is not None:
        return same
    check_leave_count(mine.filter(ends_at__gt=now()).count())
    added = mine.create(user_id=user_id, starts_at=starts_at, ends_at=ends_at, set_by_id=by.pk)
    time_changed([user_id])
    return added


@retry_deadlocks
@transaction.atomic
def remove_day_off(*, by: AbstractBaseUser, user_id: int, day_off_id: int) -> bool:
    """Take leave away: False where it is not there, or not this person's."""
    gone, _ = DayOff.objects.filter(user_id=user_id, pk=day_off_id).delete()
    if gone:
        time_changed([user_id])
    return bool(gone)


def _locked(user_id: int, pattern_id: int, version: int | None) -> Pattern:
    try:
        return lock_at(Pattern.objects.filter(user_id=user_id), pattern_id, version)
    except Pattern.DoesNotExist:
        raise NotYours("pattern", str(pattern_id)) from None


def _standing(user_id: int, place: str, replaces: int | None, given: PatternGiven) -> list[Pattern]:
    """What the new pattern takes the turn of, in the order in which it began."""
    rows = Pattern.objects.filter(Q(place=place) | Q(pk=replaces), user_id=user_id)
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=given.starts_on))
    if given.ends_on is not None:
        rows = rows.filter(starts_on__lt=given.ends_on)
    return list(rows.select_for_update().order_by("starts_on", "pk"))


def _write(pattern: Pattern, place: str, given: PatternGiven, set_by_id: int) -> None:
    """Write the row and its sessions; what it had before is replaced."""
    pattern.place, pattern.nation, pattern.weeks = place, given.nation, given.weeks
    pattern.starts_on, pattern.ends_on = given.starts_on, given.ends_on
    pattern.works_on_bank_holidays = given.works_on_bank_holidays
    pattern.buffer_minutes = given.buffer_minutes
    pattern.set_by_id, pattern.set_at, pattern.version = set_by_id, now(), pattern.version + 1
    pattern.save()
    pattern.sessions.all().delete()
    PatternSession.objects.bulk_create(
        PatternSession(pattern=pattern, **session._asdict()) for session in given.sessions
    )


def _resume(old: Pattern, starts_on: date) -> None:
    """What is interrupted goes on after it, in the same week of its fortnight."""
    given = given_of(old)
    shift = given.week_of(starts_on)
    sessions = tuple(s._replace(week=(s.week - shift) % given.weeks) for s in given.sessions)
    later = replace(given, starts_on=starts_on, sessions=sessions)
    _write(Pattern(user_id=old.user_id, version=0), old.place, later, old.set_by_id)


def _remove(pattern: Pattern) -> None:
    pattern.sessions.all().delete()
    pattern.delete()


def _check_count(user_id: int, starts_on: date) -> None:
    rows = Pattern.objects.filter(user_id=user_id)
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on))
    if rows.count() > PLACES_AT_MOST:
        raise InvalidInput(
            f"That is more than {PLACES_AT_MOST} working weeks. End one first.", field="place"
        )
