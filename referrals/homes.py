"""Whether a home lies where the service that is asked works."""

from datetime import datetime

from contacts.answers import Asked, UnknownPostcode, contact_answer
from contacts.models import Service
from contacts.states import Basis
from portal.core.refused import InvalidInput


def home_elsewhere(service: Service, postcode: str, at: datetime) -> str:
    """A sentence where adult social care for this home comes from another council, else "".

    It bars nothing: a council redirects for residence and never declines. One query.
    """
    if service.basis != Basis.LIVES or not postcode:
        return ""
    try:
        found = contact_answer(postcode=postcode, asked=Asked(signed_in=True), at=at)
    except (InvalidInput, UnknownPostcode):
        return ""
    authority = found.answer.authority
    if authority is None or authority.organisation_id == service.organisation_id:
        return ""
    return (
        f"{found.place.postcode} is not in the area of {service.organisation.name}:"
        f" adult social care for this home comes from {authority.name}, unless another council"
        " has placed the person there."
    )
