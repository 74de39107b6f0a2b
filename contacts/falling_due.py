"""Entries with who was told that they are due: read together, so that every face counts alike."""

from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from contacts.models import CheckReminder, Service
from contacts.rhythm import Checks, checks
from contacts.states import Stage
from portal.core.clock import london


def with_reminders(rows: QuerySet[Service]) -> QuerySet[Service]:
    """The entries with what `checks_of` needs besides their columns."""
    return rows.annotate(owner_told_at=_told(Stage.OWNER), nobody_at=_told(Stage.NOBODY))


def _told(stage: Stage) -> Subquery:
    """When somebody was told since the entry's last check that it is due."""
    since = Coalesce(OuterRef("last_checked_on"), OuterRef("entered_on"))
    rows = CheckReminder.objects.filter(
        service=OuterRef("pk"), since=since, stage=stage.value, trouble=""
    )
    return Subquery(rows.values("told_at")[:1])


def checks_of(service: Service) -> Checks:
    """The days of an entry that was read by `with_reminders`; of one that came another way only
    when it is due."""
    return checks(
        last_checked_on=service.last_checked_on,
        entered_on=service.entered_on,
        every=service.check_every_months,
        owner_told_on=_day(getattr(service, "owner_told_at", None)),
        nobody_on=_day(getattr(service, "nobody_at", None)),
    )


def _day(moment: datetime | None) -> date | None:
    return london(moment).date() if moment else None
