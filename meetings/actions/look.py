"""Opening a meeting: what is shown of a person is recorded for the audit."""

from django.db import transaction

from meetings import access
from meetings.queries import Detail, detail
from meetings.references import path_to
from portal.accounts.access import Reader
from portal.audit.actions import record_access
from portal.audit.models import AccessEvent
from portal.notifications.actions import see_path


def open_meeting(*, by: Reader, reference: str) -> Detail:
    """Read one meeting: each referral that its items tell of counts as read."""
    with transaction.atomic():
        found = detail(by, access.get_meeting(by, reference))
        if found.about:
            record_access(
                by=by.user,
                verb=AccessEvent.Verb.READ,
                subject_kind="referral",
                subjects=found.about,
                reason="on the agenda of a meeting",
            )
        see_path(by=by.user, path=path_to(found.meeting.reference))
        return found
