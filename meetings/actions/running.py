"""The frame of what happens while a meeting is held: lock, check, write, all in one transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from meetings import access
from meetings.actions.changing import Changing
from meetings.models import Item
from meetings.outcome_rules import check_has_the_pen, check_running
from meetings.queries import team_of
from meetings.states import Status
from portal.accounts.access import Reader
from portal.accounts.models import Team
from portal.audit.actions import record_access
from portal.audit.models import AccessEvent
from portal.core.clock import now
from portal.core.found import the_one
from portal.core.refused import NotYours


@dataclass
class Running(Changing):
    """One meeting, locked, while something happens at it."""

    def item(self, pk: int) -> Item:
        """An item that the reader may read; NotYours (404) for any other."""
        rows = access.items_for(self.by, self.meeting).filter(pk=pk)
        item = the_one(rows.select_related("referral", "owner"))
        if item is None:
            raise NotYours("meeting", self.meeting.reference)
        if item.referral:
            record_access(
                by=self.by.user,
                verb=AccessEvent.Verb.READ,
                subject_kind="referral",
                subjects=[item.referral.reference],
                reason="at a meeting",
            )
        return item

    def check_running(self) -> None:
        """It has begun and not ended."""
        check_running(status=Status(self.meeting.status), begun_at=self.meeting.begun_at)

    def check_pen(self) -> None:
        """The reader takes the notes, of a meeting that has begun and not ended."""
        self.check_running()
        holder = self.meeting.note_taker
        check_has_the_pen(
            holder_id=holder.pk if holder else None,
            holder=holder.name if holder else "",
            reader_id=self.by.user.pk,
        )

    @property
    def team(self) -> Team:
        """The team for which the reader is there: their own place's, else the meeting's."""
        return team_of(self.meeting, self.by.user.pk)

    def touch(self, **columns: object) -> None:
        """Keep `columns`; every screen that shows this meeting is out of date now.

        The version stays: many write at once, and each thing that they write has its own.
        """
        for name, value in columns.items():
            setattr(self.meeting, name, value)
        self.meeting.changed_at = self.moment
        self.meeting.save(update_fields=["changed_at", *columns])


@contextmanager
def running(
    *,
    by: Reader,
    reference: str,
    what: str,
    key: str | None = None,
    body: Mapping[str, object] | None = None,
    for_: access.For = "note",
) -> Iterator[Running]:
    """Lock the meeting. With a one-time `key` that was used before, `repeated` is true."""
    with transaction.atomic():
        held = Running(access.get_meeting(by, reference, for_, lock=True), by, now())
        held.take(key, what, body)
        yield held
