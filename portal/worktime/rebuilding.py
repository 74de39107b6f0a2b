"""Packed time and quiet times, worked out from what people have said."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import connection, transaction

from portal.core.clock import now, today
from portal.worktime.expanding import expand, midnight
from portal.worktime.locking import lock_people
from portal.worktime.models import PackedTime, QuietTime
from portal.worktime.packing import moment_of, pack
from portal.worktime.reading import works_of

BACK = timedelta(days=7)
AHEAD = timedelta(weeks=26)
# What was a clinic stays known for as long as figures look back.
QUIET_KEPT = timedelta(days=400)
# How many people are worked out in one transaction.
BATCH = 100


def rebuild(user_ids: Iterable[int]) -> None:
    """Work out everything for these people anew, in the caller's transaction.

    Whoever changes somebody's time for good calls this after it. Two at a time wait for each
    other, so the second sees what the first has changed. RuntimeError outside a transaction.
    """
    wanted = sorted(set(user_ids))
    if not connection.in_atomic_block:
        raise RuntimeError("Packed time is worked out in the transaction of what changes it.")
    if not wanted:
        return
    lock_people("packing", wanted)
    first, last = today() - BACK, today() + AHEAD
    made, packed, quiet = now(), [], []
    for user_id, work in works_of(wanted).items():
        found = expand(work.or_assumed(), first, last)
        packed.append(
            PackedTime(
                user_id=user_id,
                spans=pack(found.spans),
                covers_from=first,
                covers_until=last,
                has_pattern=bool(work.patterns),
                made_at=made,
            )
        )
        quiet += [
            QuietTime(user_id=user_id, starts_at=moment_of(start), ends_at=moment_of(end))
            for start, end in found.clinics
        ]
    PackedTime.objects.bulk_create(
        packed,
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=["spans", "covers_from", "covers_until", "has_pattern", "made_at"],
    )
    _replace_quiet_times(wanted, first, quiet)


def extend_daily() -> None:
    """Look a day further for everybody, a batch to a transaction; old quiet times go."""
    horizon = today() + AHEAD
    while True:
        with transaction.atomic():
            due = PackedTime.objects.filter(covers_until__lt=horizon).order_by("pk")
            user_ids = list(due.values_list("pk", flat=True)[:BATCH])
            rebuild(user_ids)
        if len(user_ids) < BATCH:
            break
    QuietTime.objects.filter(ends_at__lt=now() - QUIET_KEPT).delete()


def _replace_quiet_times(user_ids: list[int], first: date, rows: list[QuietTime]) -> None:
    """Those from the first day on; what was before it stays as it was then."""
    begin = moment_of(midnight(first))
    mine = QuietTime.objects.filter(user_id__in=user_ids)
    mine.filter(starts_at__gte=begin).delete()
    mine.filter(ends_at__gt=begin).update(ends_at=begin)
    QuietTime.objects.bulk_create(rows, batch_size=2_000)
