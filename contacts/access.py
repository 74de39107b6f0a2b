"""The only way from a request to a directory entry, and who may see which contact of it."""

import re
from collections.abc import Sequence

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from contacts.models import Contact, Service, ServiceHours
from contacts.states import Visibility
from portal.accounts.access import Reader
from portal.accounts.models import Organisation
from portal.accounts.roles import May
from portal.core.clock import today
from portal.core.refused import NotAllowed, Refused

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
    return rows.select_related(
        "organisation", "receiving_team", "out_of_hours__organisation"
    ).prefetch_related(
        Prefetch("contacts", queryset=contacts),
        Prefetch("opening_hours", queryset=hours),
        Prefetch("out_of_hours__contacts", queryset=contacts),
        Prefetch("out_of_hours__opening_hours", queryset=hours),
    )


def get_entry(reference: str, *, signed_in: bool) -> Service:
    """One entry for its page, with only the contacts the reader may see; 404 when not there."""
    # What is no reference is not asked of the database, which takes no NUL.
    rows = _whole(entries(), signed_in=signed_in) if _REFERENCE.fullmatch(reference) else None
    found = rows.filter(reference=reference).first() if rows is not None else None
    if found is None:
        raise Http404
    return found


def single_points_of_access(area_gss: str, *, signed_in: bool) -> Sequence[Service]:
    """The entries that cover a district and are meant to be asked first, by name."""
    rows = entries().filter(is_single_point_of_access=True, areas__area_gss=area_gss)
    return list(_whole(rows, signed_in=signed_in).order_by("name", "pk"))


def get_service(reference: str) -> Service:
    """One entry for an action of somebody signed in; 404 when it is not there."""
    return get_entry(reference, signed_in=True)


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


def services_to_redirect_to(service: Service) -> Sequence[Service]:
    """The other entries that take referrals, by organisation and name."""
    return list(
        entries()
        .filter(receiving_team__isnull=False)
        .exclude(pk=service.pk)
        .select_related("organisation", "receiving_team")
        .order_by("organisation__name", "name")
    )


def check_may_edit(reader: Reader, organisation: Organisation) -> None:
    """Raises NotAllowed unless the reader is a directory editor of this organisation."""
    if organisation.pk not in {one.pk for one in reader.organisations(May.EDIT_DIRECTORY)}:
        raise NotAllowed("Only a directory editor of the organisation may change its entries.")
