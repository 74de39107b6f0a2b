"""From a request to a series of meetings. Not yours looks the same as not there."""

from typing import Literal

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from meetings.models import Series, SeriesMember
from portal.accounts.access import Reader
from portal.accounts.roles import May
from portal.core.found import the_one
from portal.core.refused import NotAllowed, NotYours


def series_of(reader: Reader) -> QuerySet[Series]:
    """The series of the reader's teams, and those in which they take part: what goes on first."""
    member = SeriesMember.objects.filter(
        series=OuterRef("pk"), user=reader.user, removed_at__isnull=True
    )
    rows = Series.objects.filter(Q(team__in=reader.team_ids(May.REFER)) | Exists(member))
    return rows.select_related("team").order_by(F("ended_at").desc(nulls_first=True), "title", "pk")


def get_series(
    reader: Reader, reference: str, for_: Literal["read", "change"] = "read", *, lock: bool = False
) -> Series:
    """A series that the reader may see; NotAllowed for a change by another team than its own."""
    rows = series_of(reader).filter(reference=reference)
    if lock:
        list(Series.objects.select_for_update().filter(reference=reference).values_list("pk"))
    found = the_one(rows.select_related("team__organisation", "other_team", "organiser"))
    if found is None:
        raise NotYours("series", reference)
    if for_ == "change" and not looks_after(reader, found):
        raise NotAllowed(
            f"Only {found.team.name} changes this series.",
            subject_kind="series",
            subject=reference,
        )
    return found


def looks_after(reader: Reader, series: Series) -> bool:
    """Whether the reader changes a series: anybody of its team who works with referrals."""
    return series.team_id in reader.team_ids(May.REFER)
