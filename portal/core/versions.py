"""Row versions: an edit says what it was made from, and a stale one is refused."""

from typing import TypeVar

from django.db.models import QuerySet

from portal.core.models import VersionedModel
from portal.core.refused import PreconditionMissing, Stale

Row = TypeVar("Row", bound=VersionedModel)


def lock_at(rows: "QuerySet[Row]", pk: object, version: int | None) -> Row:
    """Lock one row inside the caller's transaction and check its version.

    Raises PreconditionMissing without a version, Stale when it is another; DoesNotExist when the
    row is not among `rows`, which the caller has scoped.
    """
    if version is None:
        raise PreconditionMissing("Say which version this change was made from (If-Match).")
    row = rows.select_for_update(of=("self",)).get(pk=pk)
    if row.version != version:
        raise Stale("Somebody else has changed this since you opened it.", current=row.version)
    return row


def etag(row: VersionedModel) -> str:
    """The row's version as an HTTP entity tag."""
    return f'"{row.version}"'


def version_from(header: str | None) -> int | None:
    """The version in an If-Match header; None when there is none; Stale when it is not ours."""
    if not header:
        return None
    value = header.strip().removeprefix("W/").strip('"')
    if not (value.isascii() and value.isdigit()) or len(value) > 9:
        raise Stale("The version in If-Match is not one of ours. Read the page again.")
    return int(value)
