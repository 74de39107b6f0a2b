"""Checks of entries: how often, who is reminded, and whom to ring where nobody has checked."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.db import transaction

from contacts import upkeep
from contacts.access import check_may_edit, entries
from contacts.actions.reminding import Saying, Waiting, remind
from contacts.models import Council, Service
from contacts.rhythm import check_rhythm
from contacts.rules import ContactFacts, check_contact
from contacts.states import Channel, Stage
from contacts.upkeep import Due
from portal.accounts.access import Reader
from portal.accounts.models import Organisation
from portal.core.clock import today
from portal.core.refused import InvalidInput
from portal.ui.words import long_date


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
    state of the directory today, and the lead's two weeks begin when the owner was told.
    """
    day = today()
    for _, group in groupby(upkeep.due(day), key=lambda one: one.organisation_id):
        found = list(group)
        fresh = [one for one in found if one.checks.owner_told_on is None]
        late = [one for one in found if one.checks.lead_told_on and day >= one.checks.lead_told_on]
        for stage, those in ((Stage.OWNER, fresh), (Stage.LEAD, late)):
            if those:
                _remind(those, stage, day)


def _remind(found: Sequence[Due], stage: Stage, day: date) -> None:
    by_entry = {one.service_id: one.checks for one in found}

    def say(new: Sequence[Waiting]) -> Saying:
        days = [by_entry[one.service_id] for one in new]
        if stage == Stage.OWNER:
            days = [one.told_on(day) for one in days]
        first = min(one.unchecked_from for one in days if one.unchecked_from)
        return Saying(
            kind="directory.due" if stage == Stage.OWNER else "directory.due-lead",
            wanted=lambda names: f"Check {names}",
            by=f"{long_date(first)}, when it is shown as unchecked",
        )

    remind(found=[_waiting(one) for one in found], stage=stage, say=say)


def _waiting(one: Due) -> Waiting:
    return Waiting(
        service_id=one.service_id,
        since=one.since,
        trouble="",
        due_on=one.checks.due_on,
        organisation_id=one.organisation_id,
        organisation=one.organisation,
        name=one.name,
        reference=one.reference,
        path=f"/directory/{one.reference}/",
    )
