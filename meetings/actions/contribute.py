"""What somebody who cannot come writes beforehand, and how the meeting takes it into account."""

from django.db.models import QuerySet

from meetings import access
from meetings.actions.running import Running, running
from meetings.models import Contribution, Item
from meetings.outcome_rules import check_contribution, check_used
from meetings.states import Status
from portal.accounts.access import Reader
from portal.core.found import the_one
from portal.core.refused import NotYours, Stale
from portal.core.retrying import retry_deadlocks

LONGEST = 8_000  # characters


@retry_deadlocks
def write_contribution(
    *, by: Reader, reference: str, item: int, body: str, version: int
) -> Contribution:
    """Answer the points of an item; `version` is the one it was written from (0: there was none).

    Raises Stale, with the other text, where the writer has saved another one elsewhere since.
    Nobody but the writer can change it, and nobody once the meeting has dealt with it.
    """
    with running(by=by, reference=reference, what="write", for_="read") as held:
        part = access.own_part(by, held.meeting)
        row = held.item(item)
        found = the_one(Contribution.objects.filter(item=row, participant=part))
        kept = body.replace("\x00", "").replace("\r\n", "\n")[:LONGEST].strip()
        if found is not None and found.body == kept and kept:
            return found
        check_contribution(
            status=Status(held.meeting.status), body=kept, used=found.used if found else ""
        )
        seen = found.version if found else 0
        # One that was asked for and not written yet has no text that could be lost.
        if found is not None and found.body and version != seen:
            raise Stale(
                "You have saved another text since you opened this page.",
                current=seen,
                other=found.body,
            )
        if found is None:
            found = Contribution(item=row, participant=part, asked_at=held.moment, version=0)
        found.body, found.written_at = kept, held.moment
        found.version += 1
        found.save()
        held.touch()
        return found


@retry_deadlocks
def use_contribution(
    *, by: Reader, reference: str, contribution: int, used: str, version: int
) -> Contribution:
    """Record how the meeting took it into account; the writer reads that.

    `version` is the text that was talked about. Raises Stale where it has been changed since, or
    somebody else has recorded something.
    """
    with running(by=by, reference=reference, what="use") as held:
        row = the_one(_written(held).filter(pk=contribution))
        if row is None:
            raise NotYours("meeting", reference)
        held.item(row.item_id)
        held.check_pen()
        check_used(written=row.written_at is not None, used=used)
        if row.used == used.strip():
            return row
        if version != row.version:
            raise Stale(
                f"{row.participant.user.name} has changed it since you opened this page. Read it"
                " again."
                if not row.used
                else "This has been recorded since you opened this page.",
                current=row.version,
                other=row.used,
            )
        row.used, row.used_by, row.used_at = used.strip(), by.user, held.moment
        row.version += 1
        row.save(update_fields=["used", "used_by", "used_at", "version"])
        held.touch()
        return row


def _written(held: Running) -> QuerySet[Contribution]:
    items = Item.objects.filter(meeting=held.meeting, removed_at__isnull=True)
    return Contribution.objects.filter(item__in=items).select_related("participant__user")
