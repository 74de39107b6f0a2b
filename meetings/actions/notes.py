"""What the note-taker writes, saved as it is written. Nothing that was typed is lost."""

from meetings.actions.running import Running, running
from meetings.models import Item, Note
from portal.accounts.access import Reader
from portal.core.refused import Stale
from portal.core.retrying import retry_deadlocks

LONGEST = 20_000  # characters


@retry_deadlocks
def save_note(*, by: Reader, reference: str, item: int, body: str, version: int) -> Note:
    """Keep the note of an item; `version` is the one it was written from (0: there was none).

    The same text again changes nothing. Raises Stale, with the other text, where it has been saved
    elsewhere since, and where somebody else has the pen: what was typed is for the caller to show.
    """
    with running(by=by, reference=reference, what="note") as held:
        row = held.item(item)
        held.check_running()
        note = Note.objects.filter(item=row).select_related("saved_by").first()
        kept = body.replace("\x00", "").replace("\r\n", "\n")[:LONGEST]
        if note is not None and note.body == kept:
            return note
        _check_still_mine(held, note, version)
        held.check_pen()
        note = _write(held, row, note, kept)
        held.touch()
        return note


def _check_still_mine(held: Running, note: Note | None, version: int) -> None:
    holder, seen = held.meeting.note_taker, note.version if note else 0
    other = note.body if note else ""
    if holder is not None and holder.pk != held.by.user.pk:
        raise Stale(f"{holder.name} has the pen now.", current=seen, other=other, who=holder.name)
    if version != seen:
        who = note.saved_by.name if note else "Somebody"
        raise Stale(
            f"{who} has saved this note since you opened it.", current=seen, other=other, who=who
        )


def _write(held: Running, item: Item, note: Note | None, body: str) -> Note:
    if note is None:
        return Note.objects.create(
            item=item, body=body, saved_by=held.by.user, saved_at=held.moment
        )
    note.body, note.saved_by, note.saved_at = body, held.by.user, held.moment
    note.version += 1
    note.save(update_fields=["body", "saved_by", "saved_at", "version"])
    return note
