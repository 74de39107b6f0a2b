"""Directory entries: made, changed, checked, closed."""

from django.db import IntegrityError, transaction

from contacts.access import check_may_edit, entries
from contacts.models import Contact, Responsibility, Service, ServiceArea, ServiceHours
from contacts.rules import EntryFacts, check_entry
from portal.accounts.access import Reader
from portal.accounts.models import Organisation, Team
from portal.core.clock import today
from portal.core.refused import InvalidInput
from portal.core.versions import lock_at
from portal.worktime.hours import Opening


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
    """Make an entry, or change `service` as it was at `version`; hours, area and contacts are
    replaced by what the facts say.

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
    row = _locked(service, version, organisation)
    row.receiving_team, row.out_of_hours = receiving_team, out_of_hours
    _fill(row, facts)
    _save(row)
    _replace_hours(row, facts)
    _replace_areas(row, facts)
    _replace_contacts(row, facts)
    return row


@transaction.atomic
def mark_checked(*, service: Service, by: Reader) -> None:
    """Its owner has looked at the entry today and it is right."""
    check_may_edit(by, service.organisation)
    Service.objects.filter(pk=service.pk).update(last_checked_on=today(), last_checked_by=by.user)


@transaction.atomic
def close_service(*, service: Service, version: int, by: Reader) -> None:
    """The service is no more: nobody finds it, what was sent to it stays."""
    check_may_edit(by, service.organisation)
    row = lock_at(entries(), service.pk, version)
    row.closed_on = today()
    row.version += 1
    row.save(update_fields=["closed_on", "version"])


def _save(row: Service) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "service_name_once" not in str(error):
            raise
        raise InvalidInput(
            "Your organisation has an entry of this name already.", field="name"
        ) from error


def _locked(service: Service | None, version: int | None, organisation: Organisation) -> Service:
    if service is None:
        return Service(organisation=organisation)
    row = lock_at(entries().filter(organisation=organisation), service.pk, version)
    row.version += 1
    return row


def _fill(row: Service, facts: EntryFacts) -> None:
    for name in (
        *("name", "kind", "basis", "nation", "is_single_point_of_access", "summary"),
        *("how_it_takes_referrals", "closed_on_bank_holidays", "is_invented"),
    ):
        setattr(row, name, getattr(facts, name))
    row.what_it_needs = list(facts.what_it_needs)
    row.what_it_does_not_do = list(facts.what_it_does_not_do)
    row.is_always_open = facts.always_open
    standards = facts.standards
    row.routine_minutes = standards.routine if standards else None
    row.this_week_minutes = standards.this_week if standards else None
    row.today_minutes = standards.today if standards else None


def _replace_hours(row: Service, facts: EntryFacts) -> None:
    wanted = set(facts.openings)
    for kept in ServiceHours.objects.filter(service=row):
        key = Opening(kept.weekday, kept.opens, kept.closes)
        if key in wanted:
            wanted.remove(key)
        else:
            kept.delete()
    ServiceHours.objects.bulk_create(
        ServiceHours(service=row, weekday=one.weekday, opens=one.opens, closes=one.closes)
        for one in sorted(wanted)
    )


def _replace_areas(row: Service, facts: EntryFacts) -> None:
    wanted = _districts(facts)
    known = set(ServiceArea.objects.filter(service=row).values_list("area_gss", flat=True))
    ServiceArea.objects.filter(service=row, area_gss__in=known - wanted).delete()
    ServiceArea.objects.bulk_create(
        ServiceArea(service=row, area_gss=area) for area in sorted(wanted - known)
    )


def _districts(facts: EntryFacts) -> set[str]:
    """The districts covered: those named, and all of an authority that is named."""
    found: set[str] = set()
    for gss in facts.covers:
        now = Responsibility.objects.on(today())
        districts = set(now.filter(area_gss=gss).values_list("area_gss", flat=True)) or set(
            now.filter(authority_gss=gss).values_list("area_gss", flat=True)
        )
        if not districts:
            raise InvalidInput(f"“{gss[:20]}” is not an area that is known here.", field="covers")
        found |= districts
    return found


def _replace_contacts(row: Service, facts: EntryFacts) -> None:
    wanted = {(str(one.kind), one.value): (place, one) for place, one in enumerate(facts.contacts)}
    if len(wanted) < len(facts.contacts):
        raise InvalidInput("The same contact is there twice.", field="contacts")
    for kept in Contact.objects.filter(service=row):
        place, one = wanted.pop((kept.kind, kept.value), (0, None))
        if one is None:
            kept.delete()
            continue
        kept.position, kept.label, kept.visibility = place, one.label, one.visibility
        kept.save(update_fields=["position", "label", "visibility"])
    Contact.objects.bulk_create(
        Contact(
            service=row,
            kind=one.kind,
            value=one.value,
            label=one.label,
            visibility=one.visibility,
            position=place,
        )
        for place, one in wanted.values()
    )
