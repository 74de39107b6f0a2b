"""How an entry gets into its rows: the parts are replaced by what is wanted, the change kept."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from contacts.models import (
    Contact,
    Responsibility,
    Service,
    ServiceArea,
    ServiceChange,
    ServiceHours,
    ServiceNotice,
)
from contacts.states import Change
from contacts.whole import (
    PLAIN,
    Whole,
    differing,
    notice_from_data,
    openings_from_data,
    whole_of,
)
from portal.accounts.access import Reader
from portal.accounts.models import Team
from portal.core.clock import now, today
from portal.core.refused import InvalidInput
from portal.worktime.hours import Opening


def write(
    *,
    row: Service,
    before: Whole,
    after: Whole,
    verb: Change,
    by: Reader | None,
    undoes: ServiceChange | None = None,
) -> ServiceChange:
    """Put `after` into the rows of a locked (or new) entry, and keep what changed.

    The caller has checked the facts. Raises InvalidInput for what only the database knows: a name
    twice, a team or an entry that is not there.
    """
    at = now()
    if row.pk:
        row.version += 1
    _fill(row, after)
    _save(row)
    _replace_hours(row, openings_from_data(after["openings"]))
    _replace_areas(row, set(after["covers"]))
    _replace_contacts(row, after["contacts"])
    _replace_notices(row, after["notices"])
    changed = differing(before, after, at)
    return ServiceChange.objects.create(
        service=row,
        version=row.version,
        verb=verb,
        before={name: before.get(name) for name in changed},
        after={name: after[name] for name in changed},
        by=by.user if by else None,
        at=at,
        undoes=undoes,
    )


def districts(covers: Iterable[str]) -> list[str]:
    """The districts covered: those named, and all of an authority that is named.

    Raises InvalidInput for a code that is no area today.
    """
    found: set[str] = set()
    now_answering = Responsibility.objects.on(today())
    for gss in covers:
        of_district = now_answering.filter(area_gss=gss)
        areas = set(of_district.values_list("area_gss", flat=True)) or set(
            now_answering.filter(authority_gss=gss).values_list("area_gss", flat=True)
        )
        if not areas:
            raise InvalidInput(f"“{gss[:20]}” is not an area that is known here.", field="covers")
        found |= areas
    return sorted(found)


def state_at_version(service: Service, version: int) -> Whole | None:
    """The entry as it was at a version; None for one that was before anything was kept."""
    whole = whole_of(service)
    later = list(ServiceChange.objects.filter(service=service, version__gt=version))
    if len(later) != service.version - version:
        return None
    for change in later:
        whole.update(change.before)
    return whole


def _fill(row: Service, whole: Whole) -> None:
    for name in PLAIN:
        setattr(row, name, whole[name])
    row.what_it_needs = list(whole["what_it_needs"])
    row.what_it_does_not_do = list(whole["what_it_does_not_do"])
    row.is_always_open = whole["always_open"]
    standards = whole["standards"] or (None, None, None)
    row.routine_minutes, row.this_week_minutes, row.today_minutes = standards
    row.receiving_team = _team(row, whole["receiving_team"])
    row.out_of_hours = _instead(row, whole["out_of_hours"])
    closed: dict[str, Any] = whole["closed"] or {"on": None, "why": ""}
    row.closed_on = date.fromisoformat(closed["on"]) if closed["on"] else None
    row.closed_because = closed["why"]


def _team(row: Service, pk: int | None) -> Team | None:
    if pk is None:
        return None
    team = Team.objects.filter(pk=pk).first()
    if team is None or (team.closed_on and pk != row.receiving_team_id):
        raise InvalidInput("This team is not there any more.", field="receiving_team")
    if team.organisation_id != row.organisation_id:
        raise InvalidInput(
            "The team that reads referrals belongs to another organisation.",
            field="receiving_team",
        )
    return team


def _instead(row: Service, reference: str) -> Service | None:
    if not reference:
        return None
    if row.pk and reference == row.reference:
        raise InvalidInput(
            "A service that is closed cannot be rung instead of itself.", field="out_of_hours"
        )
    found = Service.objects.filter(reference=reference).first()
    if found is None:
        raise InvalidInput("The service to ring out of hours is not there.", field="out_of_hours")
    return found


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


def _replace_hours(row: Service, openings: Iterable[Opening]) -> None:
    wanted = set(openings)
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


def _replace_areas(row: Service, wanted: set[str]) -> None:
    known = set(ServiceArea.objects.filter(service=row).values_list("area_gss", flat=True))
    ServiceArea.objects.filter(service=row, area_gss__in=known - wanted).delete()
    ServiceArea.objects.bulk_create(
        ServiceArea(service=row, area_gss=area) for area in sorted(wanted - known)
    )


def _replace_contacts(row: Service, contacts: Sequence[Sequence[str]]) -> None:
    wanted = {(one[0], one[1]): (place, one) for place, one in enumerate(contacts)}
    if len(wanted) < len(contacts):
        raise InvalidInput("The same contact is there twice.", field="contacts")
    for kept in Contact.objects.filter(service=row):
        place, one = wanted.pop((kept.kind, kept.value), (0, None))
        if one is None:
            kept.delete()
            continue
        kept.position, kept.label, kept.visibility = place, one[2], one[3]
        kept.save(update_fields=["position", "label", "visibility"])
    Contact.objects.bulk_create(
        Contact(
            service=row, kind=kind, value=value, label=label, visibility=visibility, position=place
        )
        for place, (kind, value, label, visibility) in wanted.values()
    )


def _replace_notices(row: Service, notices: Iterable[dict[str, str]]) -> None:
    wanted = {notice_from_data(one) for one in notices}
    for kept in ServiceNotice.objects.filter(service=row, ends_at__gt=now()):
        found = [
            one
            for one in wanted
            if (one.text, one.starts_at, one.ends_at, str(one.visibility))
            == (kept.text, kept.starts_at, kept.ends_at, kept.visibility)
        ]
        if found:
            wanted.discard(found[0])
        else:
            kept.delete()
    # What is over stays as it was: nobody reads it, and nothing is added to the past.
    ServiceNotice.objects.bulk_create(
        ServiceNotice(
            service=row,
            text=one.text,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            visibility=one.visibility,
        )
        for one in sorted(wanted, key=lambda one: one.ends_at)
        if one.ends_at > now()
    )
