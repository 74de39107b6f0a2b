"""The only way from a request to a directory entry, and who may see which contact of it."""

import re
from collections.abc import Sequence

from django.db.models import Case, Prefetch, Q, QuerySet, When
from django.db.models.expressions import RawSQL
from django.http import Http404

from contacts.falling_due import with_reminders
from contacts.models import Contact, Report, Service, ServiceChange, ServiceHours, ServiceNotice
from contacts.one_service import find_service
from contacts.states import Visibility
from portal.accounts.access import Reader
from portal.accounts.models import Organisation
from portal.accounts.roles import May
from portal.core.clock import now, today
from portal.core.found import the_one
from portal.core.refused import NotAllowed, NotYours, Refused

# The numbers to ring where an entry may be wrong: of its own council, or of each that answers for
# its area today. A line for each: name and number, parted by a tab.
_MAIN_NUMBERS = """
SELECT string_agg(one.words, E'\n' ORDER BY one.words) FROM (
    SELECT DISTINCT o.name || E'\t' || c.main_telephone AS words
    FROM contacts_council c JOIN accounts_organisation o ON o.id = c.organisation_id
    WHERE c.main_telephone <> '' AND (
        c.organisation_id = contacts_service.organisation_id
        OR NOT EXISTS (
            SELECT 1 FROM contacts_council own
            WHERE own.organisation_id = contacts_service.organisation_id
        ) AND EXISTS (
            SELECT 1 FROM contacts_servicearea a JOIN contacts_responsibility r USING (area_gss)
            WHERE a.service_id = contacts_service.id AND r.authority_id = c.organisation_id
                AND r.from_date <= %s AND (r.until IS NULL OR r.until > %s)
        )
    )
) AS one
"""
_REPORT = re.compile(r"RP(-[A-Z0-9]{4}){2}")
_REFERENCE = re.compile(r"SV(-[A-Z0-9]{4}){2}")


def visibilities(*, signed_in: bool) -> list[str]:
    """The kinds of contact that a reader may see. Protected ones are for nobody."""
    seen = [Visibility.PUBLIC]
    if signed_in:
        seen.append(Visibility.PROFESSIONAL)
    return [str(one) for one in seen]


def visible_contacts(service: Service, *, signed_in: bool) -> list[Contact]:
    """The contacts of an entry that a reader may see, in order (one query, or prefetched)."""
    seen = visibilities(signed_in=signed_in)
    return [contact for contact in service.contacts.all() if contact.visibility in seen]


def entries() -> QuerySet[Service]:
    """All entries that have not been closed. Closed ones are found from their referrals only."""
    return Service.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today()))


def _whole(rows: QuerySet[Service], *, signed_in: bool) -> QuerySet[Service]:
    """With all that a page shows, and no contact that the reader may not see."""
    contacts = Contact.objects.filter(visibility__in=visibilities(signed_in=signed_in))
    hours = ServiceHours.objects.order_by("weekday", "opens")
    notices = ServiceNotice.objects.filter(
        visibility__in=visibilities(signed_in=signed_in), ends_at__gt=now()
    )
    day = today()
    numbers = RawSQL(_MAIN_NUMBERS.strip(), [day, day])  # noqa: S611 (days are its only values)
    return (
        with_reminders(rows)
        .annotate(main_numbers=numbers)
        .select_related(
            *("organisation", "receiving_team", "out_of_hours__organisation", "last_checked_by")
        )
        .prefetch_related(
            Prefetch("contacts", queryset=contacts),
            Prefetch("opening_hours", queryset=hours),
            Prefetch("notices", queryset=notices),
            Prefetch("out_of_hours__contacts", queryset=contacts),
            Prefetch("out_of_hours__opening_hours", queryset=hours),
            Prefetch("out_of_hours__notices", queryset=notices),
        )
    )


def get_entry(reference: str, *, signed_in: bool) -> Service:
    """One entry for its page, with only the contacts the reader may see; 404 when not there."""
    # What is no reference is not asked of the database, which takes no NUL.
    rows = _whole(entries(), signed_in=signed_in) if _REFERENCE.fullmatch(reference) else None
    found = the_one(rows.filter(reference=reference)) if rows is not None else None
    if found is None:
        raise Http404
    return found


def single_points_of_access(area_gss: str, *, signed_in: bool) -> Sequence[Service]:
    """The entries that cover a district and are meant to be asked first, by name."""
    rows = entries().filter(is_single_point_of_access=True, areas__area_gss=area_gss)
    return list(_whole(rows, signed_in=signed_in).order_by("name", "pk"))


def services_of(organisation_id: int, *, signed_in: bool) -> Sequence[Service]:
    """All entries of one organisation, by name."""
    rows = entries().filter(organisation=organisation_id)
    return list(_whole(rows, signed_in=signed_in).order_by("name", "pk"))


def entries_in_order(ids: Sequence[int]) -> Sequence[Service]:
    """The entries of a list for somebody signed in, in its order; those closed since are left out.

    The same number of queries for one and for many.
    """
    found = {row.pk: row for row in _whole(entries().filter(pk__in=ids), signed_in=True)}
    return [found[pk] for pk in ids if pk in found]


def get_service(reference: str) -> Service:
    """One entry for an action of somebody signed in; 404 when it is not there.

    Without what only its page shows: sending must not wait for that.
    """
    service = find_service(reference, today()) if _REFERENCE.fullmatch(reference) else None
    if service is None:
        raise Http404
    return service


def service_for_referral(reader: Reader, reference: str) -> Service:
    """The entry that a referral is to go to.

    404 when it is not there; NotAllowed for a role that does not refer; Refused where nobody
    would read a referral.
    """
    reader.check(May.REFER)
    service = get_service(reference)
    if service.receiving_team is None:
        raise Refused(
            f"{service.name} does not take referrals here. Its entry says how it does.",
            code="takes-no-referrals",
        )
    return service


def services_to_redirect_to(
    service: Service,
    *,
    at_most: int,
    only: Sequence[int] | None = None,
    first: Sequence[str] = (),
    near: Sequence[int] = (),
    not_teams: Sequence[int] = (),
    not_of: int | None = None,
    outside: bool = False,
) -> Sequence[Service]:
    """Other entries that take referrals, `at_most` so many of them: one query.

    `outside`: those that take none here, with the contacts that colleagues see: two.

    `only` these ids, in their order. Without it those with the references `first`, then those of
    the organisations `near`, in their order, then the others by organisation and name. None that
    the teams `not_teams` read for, none of the organisation `not_of`.
    """
    takes_none = Q(receiving_team__isnull=True) | Q(receiving_team__closed_on__isnull=False)
    rows = entries().exclude(pk=service.pk)
    if outside:
        seen = Contact.objects.filter(visibility__in=visibilities(signed_in=True))
        rows = rows.filter(takes_none).prefetch_related(Prefetch("contacts", queryset=seen))
    else:
        rows = rows.filter(receiving_team__isnull=False)
    rows = rows.exclude(receiving_team__in=not_teams)
    if only is not None:
        rows = rows.filter(pk__in=only)
    if not_of is not None:
        rows = rows.exclude(organisation=not_of)
    places = (("pk", only or ()), ("reference", first), ("organisation", near))
    order = [_place(name, values) for name, values in places if values]
    ordered = rows.order_by(*order, "organisation__name", "name", "pk")
    return list(ordered.select_related("organisation", "receiving_team")[:at_most])


def _place(name: str, values: Sequence[object]) -> Case:
    """Which of the values it is, from 0; their number for any other."""
    found = [When(**{name: value}, then=place) for place, value in enumerate(values)]
    return Case(*found, default=len(values))


def edited_organisations(reader: Reader) -> Sequence[Organisation]:
    """The organisations whose entries the reader maintains; 404 for who maintains none."""
    found = reader.organisations(May.EDIT_DIRECTORY)
    if not found:
        raise NotYours("directory", "")
    return found


def own_entries(reader: Reader) -> QuerySet[Service]:
    """The entries that the reader maintains, closed ones too."""
    return Service.objects.filter(organisation__in=edited_organisations(reader))


def get_own_entry(reader: Reader, reference: str, *, lock: bool = False) -> Service:
    """An entry that the reader maintains; not there and not theirs are the same 404."""
    known = _REFERENCE.fullmatch(reference)
    rows = own_entries(reader).filter(reference=reference if known else "")
    if lock:
        # A statement of its own: PostgreSQL, having waited for the lock, reads the row anew but
        # not what is joined to it, and what a colleague has just named would be wiped.
        list(rows.select_for_update().values_list("pk"))
    found = the_one(rows.select_related("organisation", "receiving_team", "out_of_hours"))
    if found is None:
        raise NotYours("directory entry", reference)
    return found


def get_change(service: Service, version: int) -> ServiceChange:
    """A change of an entry that the caller has from get_own_entry; else 404."""
    found = ServiceChange.objects.filter(service=service, version=version).select_related("by")
    change = found.first()
    if change is None:
        raise Http404
    return change


def get_report(
    reader: Reader, reference: str, *, for_answer: bool = False, lock: bool = False
) -> Report:
    """A report: for whoever reported it, and for those who look after the organisation's entries.

    `for_answer` for the editors only. NotYours for everybody else, NotAllowed for a reporter or
    an administrator who would answer.
    """
    rows = Report.objects.filter(reference=reference if _REPORT.fullmatch(reference) else "")
    if lock:
        # By itself: a row that is locked with its joins comes without those made meanwhile.
        rows.select_for_update().first()
    found = rows.select_related("service__organisation", "reported_by", "answered_by").first()
    edits = found is not None and may_edit(reader, found.service.organisation_id)
    if found is None or not (reader.user.pk == found.reported_by_id or leads(reader, found)):
        raise NotYours("report", reference)
    if for_answer and not edits:
        raise NotAllowed(
            "The directory editors of the organisation answer this.",
            subject_kind="report",
            subject=reference,
        )
    return found


def leads(reader: Reader, row: Report) -> bool:
    """Whether the reader looks after the entries a report is about: edits or administers."""
    own = [*reader.organisations(May.EDIT_DIRECTORY)]
    own += reader.organisations(May.ADMINISTER_ACCOUNTS)
    return row.service.organisation_id in {one.pk for one in own}


def may_edit(reader: Reader, organisation_id: int) -> bool:
    """Whether the reader is a directory editor of this organisation."""
    return organisation_id in {one.pk for one in reader.organisations(May.EDIT_DIRECTORY)}


def check_may_edit(reader: Reader, organisation: Organisation) -> None:
    """Raises NotAllowed unless the reader is a directory editor of this organisation."""
    if not may_edit(reader, organisation.pk):
        raise NotAllowed("Only a directory editor of the organisation may change its entries.")


def own_entry_as_seen(reader: Reader, reference: str) -> Service:
    """An entry that the reader maintains as a signed-in colleague gets it, closed ones too."""
    rows = own_entries(reader).filter(reference=reference)
    found = the_one(_whole(rows, signed_in=True))
    if found is None:
        raise NotYours("directory entry", reference)
    return found
