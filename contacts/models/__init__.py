"""Tables of the directory: places and who answers for them, practices, services."""

from contacts.models.checks import CheckReminder
from contacts.models.editing import ServiceChange, ServiceNotice
from contacts.models.places import Council, Postcode, Responsibility
from contacts.models.practices import CatchmentPart, Practice, RegisteredShare
from contacts.models.reports import Report
from contacts.models.revision import DirectoryRevision
from contacts.models.search import SearchEntry
from contacts.models.services import (
    Contact,
    Service,
    ServiceArea,
    ServiceHours,
)

__all__ = [
    "CatchmentPart",
    "CheckReminder",
    "Contact",
    "Council",
    "DirectoryRevision",
    "Postcode",
    "Practice",
    "RegisteredShare",
    "Report",
    "Responsibility",
    "SearchEntry",
    "Service",
    "ServiceArea",
    "ServiceChange",
    "ServiceHours",
    "ServiceNotice",
]
