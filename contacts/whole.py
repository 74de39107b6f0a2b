"""An entry whole, as plain data: what its history keeps, what undo restores, what editors compare.

Every value is what JSON can hold, so that two states can be compared field by field:

    contacts    [[channel, value, label, visibility], ...] in the order of the page
    openings    [[weekday, "08:30", "17:00"], ...], London clock times
    covers      [GSS code of a district, ...]
    standards   [routine, this week, today] in minutes of the service's opening hours, or None
    notices     [{"text", "from", "until", "visibility"}, ...], moments in UTC, ISO 8601
    closed      {"on": day, "why": words}, or None while it is open
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from typing import Any

from contacts.models import Contact, Service, ServiceArea, ServiceHours, ServiceNotice
from contacts.rules import ContactFacts, EntryFacts, NoticeFacts, Standards
from contacts.states import Basis, Channel, Kind, Visibility
from portal.worktime.hours import Opening

Whole = dict[str, Any]

PLAIN = (
    *("name", "kind", "basis", "is_single_point_of_access", "summary", "ring_first", "threshold"),
    *("how_it_takes_referrals", "closed_on_bank_holidays"),
)


def whole_of(service: Service) -> Whole:
    """The entry as it stands in the database, protected contacts too (five queries)."""
    hours = ServiceHours.objects.filter(service=service).order_by("weekday", "opens")
    areas = ServiceArea.objects.filter(service=service).order_by("area_gss")
    return {
        **{name: getattr(service, name) for name in PLAIN},
        "what_it_needs": list(service.what_it_needs),
        "what_it_does_not_do": list(service.what_it_does_not_do),
        "always_open": service.is_always_open,
        "openings": openings_as_data(Opening(o.weekday, o.opens, o.closes) for o in hours),
        "out_of_hours": service.out_of_hours.reference if service.out_of_hours else "",
        "receiving_team": service.receiving_team_id,
        "standards": _standards(service),
        "contacts": [
            [one.kind, one.value, one.label, one.visibility]
            for one in Contact.objects.filter(service=service).order_by("position", "pk")
        ],
        "covers": list(areas.values_list("area_gss", flat=True)),
        "notices": [
            notice_as_data(
                NoticeFacts(one.text, one.starts_at, one.ends_at, Visibility(one.visibility))
            )
            for one in ServiceNotice.objects.filter(service=service).order_by("ends_at", "pk")
        ],
        "closed": {"on": service.closed_on.isoformat(), "why": service.closed_because}
        if service.closed_on
        else None,
    }


def _standards(service: Service) -> list[int] | None:
    if service.routine_minutes is None:
        return None
    return [service.routine_minutes, service.this_week_minutes or 0, service.today_minutes or 0]


def facts_of(whole: Mapping[str, Any], nation: str, *, is_invented: bool = False) -> EntryFacts:
    """The facts that the rules know, from a whole."""
    return EntryFacts(
        name=whole["name"],
        kind=Kind(whole["kind"]),
        basis=Basis(whole["basis"]),
        nation=nation,
        covers=whole["covers"],
        contacts=[
            ContactFacts(Channel(kind), value, Visibility(visibility), label)
            for kind, value, label, visibility in whole["contacts"]
        ],
        is_single_point_of_access=whole["is_single_point_of_access"],
        summary=whole["summary"],
        what_it_needs=whole["what_it_needs"],
        what_it_does_not_do=whole["what_it_does_not_do"],
        ring_first=whole["ring_first"],
        threshold=whole["threshold"],
        how_it_takes_referrals=whole["how_it_takes_referrals"],
        openings=openings_from_data(whole["openings"]),
        always_open=whole["always_open"],
        closed_on_bank_holidays=whole["closed_on_bank_holidays"],
        standards=Standards(*whole["standards"]) if whole["standards"] else None,
        is_invented=is_invented,
    )


def whole_from(facts: EntryFacts) -> Whole:
    """The fields of a whole that facts say; areas and whom else it names are the caller's."""
    standards = facts.standards
    return {
        **{name: getattr(facts, name) for name in PLAIN},
        "kind": str(facts.kind),
        "basis": str(facts.basis),
        "what_it_needs": list(facts.what_it_needs),
        "what_it_does_not_do": list(facts.what_it_does_not_do),
        "always_open": facts.always_open,
        "openings": openings_as_data(facts.openings),
        "standards": [standards.routine, standards.this_week, standards.today]
        if standards
        else None,
        "contacts": [
            [str(one.kind), one.value, one.label, str(one.visibility)] for one in facts.contacts
        ],
    }


def openings_as_data(openings: Iterable[Opening]) -> list[list[Any]]:
    """In order, as plain values."""
    return [[o.weekday, f"{o.opens:%H:%M}", f"{o.closes:%H:%M}"] for o in sorted(set(openings))]


def openings_from_data(rows: Iterable[Iterable[Any]]) -> list[Opening]:
    """Openings again."""
    return [
        Opening(weekday, time.fromisoformat(opens), time.fromisoformat(closes))
        for weekday, opens, closes in rows
    ]


def notice_as_data(notice: NoticeFacts) -> dict[str, str]:
    """A notice as plain values."""
    return {
        "text": notice.text,
        "from": notice.starts_at.astimezone(UTC).isoformat(),
        "until": notice.ends_at.astimezone(UTC).isoformat(),
        "visibility": str(notice.visibility),
    }


def notice_from_data(data: Mapping[str, str]) -> NoticeFacts:
    """A notice again."""
    return NoticeFacts(
        data["text"],
        datetime.fromisoformat(data["from"]),
        datetime.fromisoformat(data["until"]),
        Visibility(data["visibility"]),
    )


def standing(notices: Iterable[Mapping[str, str]], at: datetime) -> list[dict[str, str]]:
    """The notices that are not over, in the order in which they end."""
    left = [dict(one) for one in notices if datetime.fromisoformat(one["until"]) > at]
    return sorted(left, key=lambda one: (one["until"], one["from"], one["text"]))


def same(field: str, one: Any, other: Any, at: datetime) -> bool:
    """Whether two values of a field say the same; a notice that is over says nothing."""
    if field == "notices":
        return standing(one or [], at) == standing(other or [], at)
    if field == "covers":
        return sorted(one or []) == sorted(other or [])
    return bool(one == other)


def differing(before: Mapping[str, Any], after: Mapping[str, Any], at: datetime) -> list[str]:
    """The fields of `after` that say something else than `before`."""
    return [name for name in after if not same(name, before.get(name), after[name], at)]
