"""What the pages of directory editors read beside the entry itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from contacts.access import edited_organisations, entries, own_entries
from contacts.models import (
    Responsibility,
    Service,
    ServiceArea,
    ServiceChange,
    ServiceNotice,
)
from contacts.states import Kind
from portal.accounts.access import Reader
from portal.accounts.models import Team
from portal.core.clock import now, today
from portal.ui.words import plural

_MOST_AREAS = 40


@dataclass(frozen=True, slots=True)
class Names:
    """How the codes in states of an entry are called."""

    areas: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[int, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)


def names_in(states: Iterable[Mapping[str, Any]]) -> Names:
    """The names of all areas, teams and services in them, in three queries."""
    areas: set[str] = set()
    teams: set[int] = set()
    services: set[str] = set()
    for state in states:
        areas.update(state.get("covers") or [])
        teams.update({state["receiving_team"]} if state.get("receiving_team") else set())
        services.update({state["out_of_hours"]} if state.get("out_of_hours") else set())
    return Names(
        areas=area_names(areas),
        teams=dict(Team.objects.filter(pk__in=teams).values_list("pk", "name")),
        services={
            one.reference: f"{one.name}, {one.organisation.name}"
            for one in Service.objects.filter(reference__in=services).select_related("organisation")
        },
    )


def area_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of districts by their codes, as of today."""
    rows = Responsibility.objects.filter(area_gss__in=set(codes)).order_by("from_date")
    return dict(rows.values_list("area_gss", "area_name"))


def areas_found(words: str) -> list[tuple[str, str]]:
    """(code, name) of districts whose names hold all the words, and of whole authorities that
    answer for several of them, in words that say so."""
    wanted = words.split()[:6]
    if not wanted:
        return []
    by_district, by_authority = Q(), Q()
    for word in wanted:
        by_district &= Q(area_name__icontains=word)
        by_authority &= Q(authority__name__icontains=word)
    answering = Responsibility.objects.on(today())
    found = [
        (code, f"All of {name}: {plural(count, 'district')}")
        for code, name, count in answering.filter(by_authority)
        .exclude(authority_gss="")
        .values_list("authority_gss", "authority__name")
        .annotate(count=Count("area_gss"))
        .filter(count__gt=1)
        .order_by("authority__name")[:5]
    ]
    rows = answering.filter(by_district | by_authority).order_by("area_name", "area_gss")
    found += list(rows.values_list("area_gss", "area_name").distinct()[:_MOST_AREAS])
    return found


def areas_of(authority_gss: str) -> list[str]:
    """The districts that an authority answers for today."""
    rows = Responsibility.objects.on(today()).filter(authority_gss=authority_gss)
    return sorted(rows.values_list("area_gss", flat=True))


def teams_for(service: Service) -> list[tuple[str, str]]:
    """The teams that could read its referrals: those of its organisation."""
    still = Q(closed_on__isnull=True) | Q(pk=service.receiving_team_id)
    rows = Team.objects.filter(still, organisation_id=service.organisation_id).order_by("name")
    return [(str(team.pk), team.name) for team in rows]


def to_ring_instead(service: Service) -> list[tuple[str, str]]:
    """The entries that could be rung while it is closed: its organisation's, and the emergency
    duty teams of the same districts."""
    covers = ServiceArea.objects.filter(service=service).values("area_gss")
    near = Q(kind=Kind.EMERGENCY_DUTY, areas__area_gss__in=covers)
    own = Q(organisation=service.organisation_id) | Q(pk=service.out_of_hours_id)
    rows = entries().filter(own | near).exclude(pk=service.pk).select_related("organisation")
    return [
        (one.reference, f"{one.name}, {one.organisation.name}")
        for one in rows.order_by("name", "pk").distinct()
    ]


def rung_instead_of(service: Service) -> list[str]:
    """The names of open entries that send people to this one while they are closed."""
    return list(
        entries().filter(out_of_hours=service).order_by("name").values_list("name", flat=True)
    )


def history_of(service: Service) -> list[ServiceChange]:
    """All that has happened to an entry, the last first."""
    rows = ServiceChange.objects.filter(service=service).select_related("by", "undoes", "undone_by")
    return list(rows.order_by("-version"))


def last_change_of(service: Service) -> ServiceChange | None:
    """What happened last."""
    rows = ServiceChange.objects.filter(service=service).select_related("by")
    return rows.order_by("-version").first()


def entries_of_editor(reader: Reader) -> QuerySet[Service]:
    """All entries of the reader's organisations with what the list of them shows, by name."""
    standing = ServiceNotice.objects.filter(ends_at__gt=now())
    return (
        own_entries(reader)
        .filter(organisation__in=edited_organisations(reader))
        .select_related("organisation", "last_checked_by")
        .prefetch_related("contacts", Prefetch("notices", queryset=standing))
        .order_by("organisation__name", "name", "pk")
    )
