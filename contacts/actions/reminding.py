"""How those who look after entries are reminded of what waits: of checks and of reports alike."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction

from contacts import upkeep
from contacts.states import Stage
from portal.accounts.desks import desk_of_organisation
from portal.core.clock import now
from portal.notifications.actions import Recipient, tell
from portal.ui.words import join_words, plural

# The first few by name, the rest as a number: a mail is read on a telephone.
_NAMED = 3
# An editor locks the entry first, and what says that the directory has changed after it. In the
# other order, the reminders' keys being checked as they are committed, each waits for the other.
_LOCK = "SELECT id FROM contacts_service WHERE id = ANY(%(services)s) ORDER BY id FOR KEY SHARE"
_FORGET = """
DELETE FROM contacts_checkreminder AS told
USING unnest(%(services)s::bigint[], %(since)s::date[], %(troubles)s::text[], %(due)s::date[])
    AS due (service_id, since, trouble, due_on)
WHERE told.service_id = due.service_id AND told.since = due.since
    AND told.trouble = due.trouble
    AND (told.told_at AT TIME ZONE 'Europe/London')::date < due.due_on
"""
_REMIND = """
INSERT INTO contacts_checkreminder (service_id, since, stage, trouble, told_at)
SELECT service_id, since, %(stage)s, trouble, %(at)s
FROM unnest(%(services)s::bigint[], %(since)s::date[], %(troubles)s::text[])
    AS due (service_id, since, trouble)
ORDER BY service_id, since, trouble
ON CONFLICT DO NOTHING
RETURNING id, service_id, trouble
"""


class Waiting(NamedTuple):
    """Something that waits at an entry since a day, and is due on another (told of from then on).

    `trouble` is empty for a check. `path` leads to it alone.
    """

    service_id: int
    since: date
    trouble: str
    due_on: date
    organisation_id: int
    organisation: str
    name: str
    reference: str
    path: str


class Saying(NamedTuple):
    """How it is told: the kind of notification, what is wanted of these names, and by when."""

    kind: str
    wanted: Callable[[str], str]
    by: str


@transaction.atomic
def remind(
    *, found: Sequence[Waiting], stage: Stage, say: Callable[[Sequence[Waiting]], Saying]
) -> None:
    """One notification about those of one organisation that nobody at this stage was told of yet.

    A row for each makes it happen once. Where there is nobody, a row says so, and whoever comes
    later is told. Where the lead stands in for the owner, they have been told already.
    """
    organisation_id = found[0].organisation_id
    people = upkeep.looked_after_by(organisation_id, stage)
    if stage == Stage.LEAD and people == upkeep.looked_after_by(organisation_id, Stage.OWNER):
        return
    if not people and stage == Stage.LEAD:
        return
    told = _taken(found, stage if people else Stage.NOBODY)
    new = [one for one in found if (one.service_id, one.trouble) in told]
    if not new or not people:
        return
    alone = new[0] if len(new) == 1 else None
    said, desk = say(new), desk_of_organisation(organisation_id)
    tell(
        event=f"directory reminder {min(told.values())}",
        kind=said.kind,
        recipients=[Recipient.person(user_id, desk) for user_id in people],
        facts={
            "team": new[0].organisation,
            "wanted": said.wanted(_named(new)),
            "by": said.by,
            "reference": alone.reference if alone else "",
        },
        path=alone.path if alone else "/directory/upkeep/",
    )


def _taken(found: Sequence[Waiting], stage: Stage) -> dict[tuple[int, str], int]:
    """Those that this call may tell of: entry and trouble with the id of their reminder."""
    values = {
        "stage": stage.value,
        "at": now(),
        "services": [one.service_id for one in found],
        "since": [one.since for one in found],
        "troubles": [one.trouble for one in found],
        "due": [one.due_on for one in found],
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, values)
        # What was told before it fell due is of an earlier time: the rhythm is longer since.
        cursor.execute(_FORGET, values)
        cursor.execute(_REMIND, values)
        return {(service, trouble): pk for pk, service, trouble in cursor.fetchall()}


def _named(found: Sequence[Waiting]) -> str:
    names = [one.name for one in found[:_NAMED]]
    rest = len(found) - len(names)
    if rest:
        names.append(plural(rest, "other entry", "other entries"))
    return join_words(names)
