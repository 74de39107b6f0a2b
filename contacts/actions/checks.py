"""Checks of entries: how often, who is reminded, and whom to ring where nobody has checked."""

from collections.abc import Sequence
from itertools import groupby

from django.db import connection, transaction

from contacts import upkeep
from contacts.access import check_may_edit, entries
from contacts.models import Council, Service
from contacts.rhythm import check_rhythm
from contacts.rules import ContactFacts, check_contact
from contacts.states import Channel, Stage
from contacts.upkeep import Due
from portal.accounts.access import Reader
from portal.accounts.desks import desk_of_organisation
from portal.accounts.models import Organisation
from portal.core.clock import now, today
from portal.core.refused import InvalidInput
from portal.notifications.actions import Recipient, tell
from portal.ui.words import join_words, long_date, plural

# The first few by name, the rest as a number: a mail is read on a telephone.
_NAMED = 3
_REMIND = """
INSERT INTO contacts_checkreminder (service_id, since, stage, told_at)
SELECT service_id, since, %(stage)s, %(at)s
FROM unnest(%(services)s::bigint[], %(since)s::date[]) AS due (service_id, since)
ORDER BY service_id
ON CONFLICT DO NOTHING
RETURNING id, service_id
"""


@transaction.atomic
def set_rhythm(*, service: Service, months: int, by: Reader) -> None:
    """From now on the entry falls due so many months after each check. Last one wins."""
    check_may_edit(by, service.organisation)
    check_rhythm(months)
    entries().filter(pk=service.pk).update(check_every_months=months)


@transaction.atomic
def set_main_number(*, organisation: Organisation, telephone: str, by: Reader | None) -> None:
    """The council's main number, shown beside unchecked entries; "" takes it away.

    `by` is None for a load from the command line. Raises InvalidInput for what is no number, or
    where the organisation is no council.
    """
    if by is not None:
        check_may_edit(by, organisation)
    if telephone:
        check_contact(ContactFacts(Channel.TELEPHONE, telephone))
    changed = Council.objects.filter(organisation=organisation).update(main_telephone=telephone)
    if not changed:
        raise InvalidInput("Only a council has a main number here.", field="main_telephone")


def remind_of_checks() -> None:
    """Tell the owner of each entry that is due, and two weeks later the lead: each once.

    Safe to repeat, also at the same moment in several processes, and to miss: it goes by the
    state of the directory today. A row for each reminder makes it one.
    """
    day = today()
    for _, group in groupby(upkeep.due(day), key=lambda one: one.organisation_id):
        found = list(group)
        _remind(found, Stage.OWNER)
        late = [one for one in found if day >= one.checks.lead_told_on]
        if late:
            _remind(late, Stage.LEAD)


@transaction.atomic
def _remind(found: Sequence[Due], stage: Stage) -> None:
    """One notification about those of one organisation that nobody was told of yet."""
    organisation_id = found[0].organisation_id
    people = upkeep.looked_after_by(organisation_id, stage)
    # Where the lead stands in for the owner, they have been told already.
    told_before = stage == Stage.LEAD and people == upkeep.looked_after_by(
        organisation_id, Stage.OWNER
    )
    if told_before or not people:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _REMIND,
            {
                "stage": stage.value,
                "at": now(),
                "services": [one.service_id for one in found],
                "since": [one.since for one in found],
            },
        )
        told = dict(cursor.fetchall())
    new = [one for one in found if one.service_id in told.values()]
    if not new:
        return
    alone = new[0] if len(new) == 1 else None
    desk = desk_of_organisation(organisation_id)
    tell(
        event=f"directory checks {min(told)}",
        kind="directory.due" if stage == Stage.OWNER else "directory.due-lead",
        recipients=[Recipient.person(user_id, desk) for user_id in people],
        facts={
            "team": new[0].organisation,
            "wanted": _wanted(new),
            "by": f"{long_date(min(one.checks.unchecked_from for one in new))},"
            " when it is shown as unchecked",
            "reference": alone.reference if alone else "",
        },
        path=f"/directory/{alone.reference}/" if alone else "/directory/upkeep/",
    )


def _wanted(found: Sequence[Due]) -> str:
    names = [one.name for one in found[:_NAMED]]
    rest = len(found) - len(names)
    if rest:
        names.append(plural(rest, "other entry", "other entries"))
    return f"Check {join_words(names)}"
