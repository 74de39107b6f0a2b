"""What keeps the directory true: which entries are due, which are reported, and who looks after
them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Min

from contacts.access import entries
from contacts.falling_due import checks_of, with_reminders
from contacts.models import CheckReminder, Council, Report, Service
from contacts.rhythm import Checks
from contacts.states import Stage, Trouble
from portal.accounts.models import Membership
from portal.accounts.roles import Role

# A directory of this size is read in one go every night, and on an editor's first page.
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Due:
    """An entry that is due to be checked."""

    service_id: int
    reference: str
    name: str
    organisation_id: int
    organisation: str
    since: date
    checks: Checks


@dataclass(frozen=True, slots=True)
class Reported:
    """Open reports of one trouble with one entry: how many people, since when, the newest's
    public reference."""

    service: Service
    trouble: Trouble
    people: int
    since: datetime
    reference: str


def due(day: date, organisation_ids: Collection[int] | None = None) -> list[Due]:
    """The entries that are due on a day, by organisation and then the longest due first."""
    rows = with_reminders(entries()).select_related("organisation")
    if organisation_ids is not None:
        rows = rows.filter(organisation__in=organisation_ids)
    found = [_due(row) for row in rows.order_by("pk")[:_MOST]]
    return sorted(
        (one for one in found if one.checks.is_due(day)),
        key=lambda one: (one.organisation_id, one.checks.due_on, one.name),
    )


def _due(row: Service) -> Due:
    return Due(
        service_id=row.pk,
        reference=row.reference,
        name=row.name,
        organisation_id=row.organisation_id,
        organisation=row.organisation.name,
        since=row.last_checked_on or row.entered_on,
        checks=checks_of(row),
    )


def reported(
    *, organisation_ids: Collection[int] | None = (), service_ids: Collection[int] = ()
) -> list[Reported]:
    """Open reports of the organisations (None: of all), or of the entries; the oldest first.

    Two queries.
    """
    rows = Report.objects.open()
    if service_ids:
        rows = rows.filter(service__in=service_ids)
    elif organisation_ids is not None:
        rows = rows.filter(service__organisation__in=organisation_ids)
    grouped = list(
        rows.values("service_id", "trouble")
        .annotate(
            people=Count("reported_by", distinct=True),
            since=Min("reported_at"),
            reference=Min("reference"),
        )
        .order_by("since", "service_id", "trouble")
    )
    services = Service.objects.select_related("organisation").in_bulk(
        {one["service_id"] for one in grouped}
    )
    return [
        Reported(
            service=services[one["service_id"]],
            trouble=Trouble(one["trouble"]),
            people=one["people"],
            since=one["since"],
            reference=one["reference"],
        )
        for one in grouped
    ]


_REPORTERS = """
SELECT service_id, count(DISTINCT reported_by_id), min(reported_at)
FROM contacts_report WHERE answered_at IS NULL AND service_id = ANY(%s) GROUP BY service_id
"""


def reporters(service_ids: Sequence[int]) -> dict[int, tuple[int, datetime]]:
    """By entry: how many people report something, and since when. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_REPORTERS.strip(), [list(service_ids)])
        return {pk: (people, since) for pk, people, since in cursor.fetchall()}


class OpenReports(NamedTuple):
    """Open reports of one trouble with one entry: how many people, and since when."""

    trouble: Trouble
    people: int
    since: datetime


_OPEN = """
SELECT s.reference, r.trouble, count(DISTINCT r.reported_by_id), min(r.reported_at) AS since
FROM contacts_report r JOIN contacts_service s ON s.id = r.service_id
WHERE r.answered_at IS NULL AND s.reference = ANY(%s)
GROUP BY s.reference, r.trouble ORDER BY since, r.trouble
"""


def open_reports(references: Collection[str]) -> dict[str, list[OpenReports]]:
    """By entry's reference: what is reported of it, the oldest first. One query."""
    found: dict[str, list[OpenReports]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_OPEN.strip(), [list(references)])
        for reference, trouble, people, since in cursor.fetchall():
            one = OpenReports(Trouble(trouble), people, since)
            found.setdefault(reference, []).append(one)
    return found


def owners_reminded(found: Collection[Reported]) -> dict[tuple[int, date, Trouble], datetime]:
    """When their owners were reminded of open reports: by entry, first day and trouble."""
    rows = CheckReminder.objects.filter(
        service__in={one.service.pk for one in found}, stage=Stage.OWNER.value
    ).exclude(trouble="")
    return {
        (service, since, Trouble(trouble)): at
        for service, since, trouble, at in rows.values_list(
            "service_id", "since", "trouble", "told_at"
        )
    }


def told_first(organisation_id: int) -> tuple[Stage, list[int]]:
    """Who is told first about an organisation's entries, and their users' ids.

    All its directory editors, never only one; where it has none, its administrators, who are the
    lead. Nobody where it has neither: its entries are shown as unchecked in the end.
    """
    if editors := _holding(Role.DIRECTORY_EDITOR, organisation_id):
        return Stage.OWNER, editors
    lead = looked_after_by(organisation_id, Stage.LEAD)
    return (Stage.LEAD, lead) if lead else (Stage.NOBODY, [])


def is_looked_after(organisation_id: int) -> bool:
    """Whether anybody is told about an organisation's entries."""
    return told_first(organisation_id)[0] != Stage.NOBODY


def looked_after_by(organisation_id: int, stage: Stage) -> list[int]:
    """Who is told about an organisation's entries at a stage, by their users' ids; the lead stands
    in where there is no owner."""
    if stage == Stage.OWNER:
        return told_first(organisation_id)[1]
    return _holding(Role.ORGANISATION_ADMINISTRATOR, organisation_id)


def _holding(role: Role, organisation_id: int) -> list[int]:
    rows = Membership.objects.current().filter(organisation=organisation_id, role=role)
    return list(rows.order_by("user_id").values_list("user_id", flat=True).distinct())


def own_report(service: Service, user_id: int) -> Report | None:
    """The newest open report of an entry by one reader."""
    rows = Report.objects.open().filter(service=service, reported_by=user_id)
    return rows.order_by("-reported_at", "-pk").first()


def same_open(row: Report) -> list[Report]:
    """All open reports of the same trouble with the same entry, the oldest first."""
    rows = Report.objects.open().filter(service=row.service_id, trouble=row.trouble)
    return list(rows.select_related("reported_by").order_by("reported_at", "pk"))


def councils_of(organisation_ids: Collection[int]) -> list[Council]:
    """The councils among organisations."""
    rows = Council.objects.filter(organisation__in=organisation_ids)
    return list(rows.select_related("organisation").order_by("short_name"))
