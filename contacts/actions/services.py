"""Directory entries: made, checked, closed. Single parts are changed in editing.py."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from contacts.access import check_may_edit, entries
from contacts.actions.writing import districts, write
from contacts.models import Service
from contacts.models.revision import unrevised
from contacts.rules import EntryFacts, check_entry, check_reason
from contacts.states import Change
from contacts.whole import Whole, whole_from, whole_of
from portal.accounts.access import Reader
from portal.accounts.models import Organisation, Team
from portal.core import once
from portal.core.clock import today
from portal.core.refused import InvalidInput
from portal.core.versions import lock_at


@transaction.atomic
def save_service(
    *,
    facts: EntryFacts,
    organisation: Organisation,
    receiving_team: Team | None = None,
    out_of_hours: Service | None = None,
    service: Service | None = None,
    version: int | None = None,
    by: Reader | None,
) -> Service:
    """Make an entry, or change all of `service` as it was at `version`; hours, area and contacts
    are replaced by what the facts say. Its notices stay.

    `by` is None for a load from the command line. Raises NotAllowed for anybody but an editor of
    the organisation, InvalidInput for facts that do not hold, Stale when somebody was quicker.
    """
    if by is not None:
        check_may_edit(by, organisation)
    check_entry(facts, takes_referrals=receiving_team is not None)
    if receiving_team and receiving_team.organisation_id != organisation.pk:
        raise InvalidInput(
            "The team that reads referrals belongs to another organisation.",
            field="receiving_team",
        )
    row, before = Service(organisation=organisation), Whole()
    if service is not None:
        row = lock_at(entries().filter(organisation=organisation), service.pk, version)
        before = whole_of(row)
    row.nation, row.is_invented = facts.nation, facts.is_invented
    after = {
        **whole_from(facts),
        "covers": districts(facts.covers),
        "receiving_team": receiving_team.pk if receiving_team else None,
        "out_of_hours": out_of_hours.reference if out_of_hours else "",
        "notices": before.get("notices", []),
        "closed": before.get("closed"),
    }
    verb = Change.CHANGED if service else Change.MADE
    write(row=row, before=before, after=after, verb=verb, by=by)
    return row


@transaction.atomic
def make_service(*, facts: EntryFacts, organisation: Organisation, key: str, by: Reader) -> Service:
    """A new entry from an editor's form; the same key again gives the same entry."""
    check_may_edit(by, organisation)
    body = {"organisation": organisation.pk, "name": facts.name}
    taken, first = once.take(key=key, by=by.user, purpose="directory.make", body=body)
    if not first:
        return Service.objects.get(reference=taken.result)
    row = save_service(facts=facts, organisation=organisation, by=by)
    once.keep_result(taken, row.reference)
    return row


@contextmanager
def as_if_made(*, facts: EntryFacts, organisation: Organisation, by: Reader) -> Iterator[Service]:
    """The entry as make_service would make it, for as long as the block lasts; then it is gone."""
    with transaction.atomic():
        with unrevised():
            row = save_service(facts=facts, organisation=organisation, by=by)
        yield row
        transaction.set_rollback(True)


@transaction.atomic
def mark_checked(*, service: Service, by: Reader) -> None:
    """Its owner has looked at the entry today and it is right."""
    check_may_edit(by, service.organisation)
    Service.objects.filter(pk=service.pk).update(last_checked_on=today(), last_checked_by=by.user)


@transaction.atomic
def close_service(*, service: Service, version: int, reason: str, by: Reader) -> None:
    """The service is no more: nobody finds it, what was sent to it stays. Undo opens it again.

    Raises InvalidInput without a reason, Stale when somebody changed it meanwhile.
    """
    check_may_edit(by, service.organisation)
    check_reason(reason)
    row = lock_at(entries(), service.pk, version)
    before = whole_of(row)
    closed = {"on": today().isoformat(), "why": reason.strip()}
    write(row=row, before=before, after={**before, "closed": closed}, verb=Change.CLOSED, by=by)
