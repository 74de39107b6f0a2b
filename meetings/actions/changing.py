"""The frame of every event of a meeting: lock, check, write, record: all in one transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meetings import access
from meetings.access import For
from meetings.models import Item, Meeting, MeetingChange
from meetings.references import path_to, path_to_part
from meetings.rules import check_event
from meetings.states import Event, Status
from portal.accounts.access import Reader
from portal.accounts.models import Team
from portal.accounts.roles import May
from portal.core import once
from portal.core.clock import now
from portal.core.refused import Stale
from referrals.actions.meetings import record
from referrals.models import MeetingEntry


@dataclass
class Changing:
    """One meeting, locked, while an event happens to it."""

    meeting: Meeting
    by: Reader
    moment: datetime
    repeated: bool = False

    @property
    def path(self) -> str:
        """Where notifications of it lead."""
        return path_to(self.meeting.reference)

    @property
    def team(self) -> Team:
        """For whom the reader acts: the meeting's team where it is theirs, else their first."""
        teams = self.by.teams(May.READ_REFERRALS)
        own = [team for team in teams if team.pk == self.meeting.team_id]
        return next(iter([*own, *teams, self.meeting.team]))

    def take(self, key: str | None, what: str, body: Mapping[str, object] | None) -> None:
        """Take the one-time key, where there is one, for the event `what`."""
        if key is not None:
            asked = {"reference": self.meeting.reference, **(body or {})}
            _, first = once.take(key=key, by=self.by.user, purpose=f"meeting.{what}", body=asked)
            self.repeated = not first

    def record(self, event: Event, *, note: str = "", **columns: object) -> MeetingChange:
        """Check the transition, write it down, and keep status, version and `columns`."""
        after = check_event(Status(self.meeting.status), event)
        self.touch(status=after.value, **columns)
        return MeetingChange.objects.create(
            meeting=self.meeting,
            event=event.value,
            by=self.by.user,
            at=self.moment,
            note=note,
            starts_at=self.meeting.starts_at,
            ends_at=self.meeting.ends_at,
        )

    def touch(self, **columns: object) -> None:
        """Keep `columns`; whoever read the meeting before has an old version now."""
        for name, value in columns.items():
            setattr(self.meeting, name, value)
        self.meeting.version += 1
        self.meeting.changed_at = self.moment
        self.meeting.save()

    def on_referrals(self, verb: MeetingEntry.Verb, *, text: str = "") -> None:
        """Leave it on each referral that the agenda is about, for both its sides."""
        items = Item.objects.filter(
            meeting=self.meeting, referral__isnull=False, removed_at__isnull=True
        )
        seen: set[int] = set()
        for item in items.select_related("referral").order_by("referral", "pk"):
            if item.referral is None or item.referral_id in seen:
                continue
            seen.add(item.referral.pk)
            self.leave(item, verb, text)

    def leave(self, item: Item, verb: MeetingEntry.Verb, text: str, *, about: str = "") -> None:
        """Write down on the item's referral, where it has one, what both sides read of it."""
        if item.referral is not None:
            record(
                referral=item.referral,
                verb=verb,
                meeting=self.meeting.reference,
                path=path_to_part(self.meeting.reference, item.referral.reference),
                text=text,
                by=self.by,
                team=self.team,
                at=self.moment,
                meets_at=self.meeting.starts_at,
                about=about,
            )


@contextmanager
def changing(
    *,
    by: Reader,
    reference: str,
    for_: For,
    what: str,
    version: int | None = None,
    key: str | None = None,
    body: Mapping[str, object] | None = None,
) -> Iterator[Changing]:
    """Lock the meeting for the event `what` and check who, which version, and whether again.

    `version` None leaves the check of the version out. With a one-time `key` that was used
    before, `repeated` is true: return what is there.
    """
    with transaction.atomic():
        change = Changing(access.get_meeting(by, reference, for_, lock=True), by, now())
        change.take(key, what, body)
        if not change.repeated and version is not None and version != change.meeting.version:
            raise Stale(
                "This meeting has changed since you opened it. Look at what is new, then decide.",
                current=change.meeting.version,
            )
        yield change
