"""Single parts of an entry: tried out, changed, and taken back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from contacts.access import get_change, get_own_entry
from contacts.actions.services import mark_checked
from contacts.actions.writing import districts, state_at_version, write
from contacts.models import Service, ServiceChange
from contacts.models.revision import unrevised
from contacts.rules import MOST_NOTICES, check_entry, check_notice, check_open
from contacts.standards import kept_in_days
from contacts.states import Change
from contacts.whole import (
    Whole,
    differing,
    facts_of,
    notice_from_data,
    openings_from_data,
    same,
    standing,
    whole_of,
)
from portal.accounts.access import Reader
from portal.core import once
from portal.core.clock import now
from portal.core.refused import InvalidInput, Refused, Stale
from portal.core.retrying import retry_deadlocks
from portal.worktime.hours import WeeklyHours


class Clash(Stale):
    """Somebody else has changed the same fields meanwhile: both texts, and who it was.

    `theirs` is the entry as it stands, at `version`; `fields` are those that both have changed.
    """

    def __init__(
        self, fields: list[str], theirs: Whole, version: int, change: ServiceChange | None
    ) -> None:
        super().__init__("Somebody else has changed this since you opened it.", current=version)
        self.fields, self.theirs, self.version, self.change = fields, theirs, version, change


class BuiltOn(Refused):
    """A change cannot be undone, because a later one rests on it: `later` says which."""

    code = "built-on"

    def __init__(self, sentence: str, later: ServiceChange, fields: list[str]) -> None:
        super().__init__(sentence)
        self.later, self.fields = later, fields


@retry_deadlocks
@transaction.atomic
def change_entry(
    *,
    reference: str,
    version: int,
    changes: Mapping[str, Any],
    key: str,
    typed: Mapping[str, Any] | None = None,
    checked: bool = False,
    by: Reader,
) -> Service:
    """Change the fields in `changes` (values as in contacts/whole.py), made from `version`.

    What somebody else changed meanwhile in other fields stays. `checked`: the editor has looked
    at all of it. With a one-time key that was used before nothing happens again; `typed` is what
    the key stands for, where the changes depend on what else is there. Raises Clash
    where both changed the same fields, InvalidInput for what cannot be, NotYours (404) for
    anybody but an editor of the organisation.
    """
    row = get_own_entry(by, reference, lock=True)
    body = {"reference": reference, "changes": changes if typed is None else typed}
    _, first = once.take(key=key, by=by.user, purpose="directory.change", body=body)
    if first:
        _change(row, version, changes, by=by)
        if checked:
            mark_checked(service=row, by=by)
    return row


@contextmanager
def as_if_changed(
    *, reference: str, version: int, changes: Mapping[str, Any], by: Reader
) -> Iterator[Service]:
    """The entry as change_entry would leave it, for as long as the block lasts; then nothing of
    it has happened. So that what is shown before saving is what will be there after it."""
    with transaction.atomic():
        row = get_own_entry(by, reference, lock=True)
        with unrevised():
            _change(row, version, changes, by=by)
        yield row
        transaction.set_rollback(True)


@retry_deadlocks
@transaction.atomic
def undo_change(*, reference: str, version: int, key: str, by: Reader) -> Service:
    """Take back the change that made `version`: a new change that restores what was before.

    Raises BuiltOn where a later change has changed the same fields again.
    """
    row = get_own_entry(by, reference, lock=True)
    body = {"reference": reference, "version": version}
    _, first = once.take(key=key, by=by.user, purpose="directory.undo", body=body)
    if first:
        _undo(row, get_change(row, version), by=by)
    return row


@contextmanager
def as_if_undone(*, reference: str, version: int, by: Reader) -> Iterator[Service]:
    """The entry as undo_change would leave it; then nothing of it has happened."""
    with transaction.atomic():
        row = get_own_entry(by, reference, lock=True)
        with unrevised():
            _undo(row, get_change(row, version), by=by)
        yield row
        transaction.set_rollback(True)


def _change(row: Service, version: int, changes: Mapping[str, Any], *, by: Reader) -> None:
    check_open(row.closed_on)
    at, before = now(), whole_of(row)
    wanted = dict(changes)
    if "covers" in wanted:
        wanted["covers"] = districts(wanted["covers"])
    if version != row.version:
        _check_no_clash(row, version, before, wanted, at)
    after = {**before, **wanted}
    _check(row, before, after, at)
    _keep_days(row, before, after, wanted)
    if not differing(before, after, at):
        raise Refused("Nothing is different from what the entry says already.", code="unchanged")
    write(row=row, before=before, after=after, verb=Change.CHANGED, by=by)


def _check_no_clash(
    row: Service, version: int, current: Whole, wanted: Mapping[str, Any], at: datetime
) -> None:
    opened = state_at_version(row, version) if 0 < version < row.version else None
    both = [
        name
        for name, value in wanted.items()
        if not same(name, value, current[name], at)
        # Without the state that was opened, what is not the same may be either's doing.
        and (opened is None or not same(name, opened[name], current[name], at))
    ]
    if both:
        last = ServiceChange.objects.filter(service=row, version__gt=version)
        by_name = [c for c in last.select_related("by") if set(both) & c.after.keys()]
        raise Clash(both, current, row.version, by_name[0] if by_name else None)


def _keep_days(row: Service, before: Whole, after: Whole, wanted: Mapping[str, Any]) -> None:
    """A promise of two working days is one of two working days under other hours, too."""
    if "openings" in wanted and "standards" not in wanted and before["standards"]:
        old, new = _hours(row, before), _hours(row, after)
        after["standards"] = [kept_in_days(one, old, new) for one in before["standards"]]


def _hours(row: Service, whole: Whole) -> WeeklyHours:
    if whole["always_open"]:
        return WeeklyHours.always(row.nation)
    openings = tuple(openings_from_data(whole["openings"]))
    return WeeklyHours(openings, row.nation, whole["closed_on_bank_holidays"])


def _check(row: Service, before: Whole, after: Whole, at: datetime) -> None:
    facts = facts_of(after, row.nation, is_invented=row.is_invented)
    check_entry(facts, takes_referrals=after["receiving_team"] is not None)
    if len(standing(after["notices"], at)) > max(MOST_NOTICES, len(before["notices"])):
        raise InvalidInput(
            f"An entry shows {MOST_NOTICES} notices at most. Take one away first.",
            code="too-many-notices",
        )
    for notice in after["notices"]:
        if notice not in before["notices"]:
            check_notice(notice_from_data(notice), at)


def _undo(row: Service, change: ServiceChange, *, by: Reader) -> None:
    at, before = now(), whole_of(row)
    if change.verb == Change.MADE:
        raise Refused("This is how the entry began: close the entry instead.", code="made")
    if ServiceChange.objects.filter(undoes=change).exists():
        raise Refused("This change has been undone already.", code="undone-already")
    again = [name for name in change.after if not same(name, change.after[name], before[name], at)]
    if again:
        later = ServiceChange.objects.filter(service=row, version__gt=change.version)
        by_field = [c for c in later.select_related("by") if set(again) & c.after.keys()]
        if by_field:
            raise BuiltOn(
                "A later change has changed the same thing again, so this one cannot be undone"
                " by itself.",
                by_field[-1],
                again,
            )
    after = {**before, **change.before}
    if "notices" in change.before:
        after["notices"] = _still_to_come(change.before["notices"], before["notices"], at)
    if not differing(before, after, at):
        raise Refused("There is nothing left to undo: it is as it was before.", code="unchanged")
    _check_restored(row, after)
    write(row=row, before=before, after=after, verb=Change.UNDID, by=by, undoes=change)


def _still_to_come(
    restored: list[dict[str, str]], current: list[dict[str, str]], at: datetime
) -> list[dict[str, str]]:
    """The notices of then that are not over, and those over that the entry had in any case."""
    over = [one for one in current if datetime.fromisoformat(one["until"]) <= at]
    return over + [one for one in restored if datetime.fromisoformat(one["until"]) > at]


def _check_restored(row: Service, after: Whole) -> None:
    facts = facts_of(after, row.nation, is_invented=row.is_invented)
    check_entry(facts, takes_referrals=after["receiving_team"] is not None)
