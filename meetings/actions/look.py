"""Opening what is read of a meeting: what is shown of a person is recorded for the audit."""

from datetime import datetime

from django.db import transaction

from meetings import access
from meetings.models import Action, Item, Meeting
from meetings.outcome_access import get_item, get_open_item, get_part
from meetings.outcome_queries import Agenda, actions_of, agenda, ended_actions_of, part_about
from meetings.queries import Detail, detail
from meetings.references import path_to
from portal.accounts.access import Reader
from portal.audit.actions import record_access
from portal.audit.models import AccessEvent
from portal.notifications.actions import see_path
from referrals.models import Referral

Verb = AccessEvent.Verb


def open_meeting(*, by: Reader, reference: str) -> Detail:
    """Read one meeting: each referral that its items tell of counts as read."""
    with transaction.atomic():
        found = detail(by, access.get_meeting(by, reference))
        if found.about:
            _record(by, Verb.READ, found.about, "on the agenda of a meeting")
        see_path(by=by.user, path=path_to(found.meeting.reference))
        return found


def open_agenda(*, by: Reader, reference: str, path: str = "", exported: bool = False) -> Agenda:
    """A meeting with all that the reader may read of its agenda; `path` is what was told of it."""
    with transaction.atomic():
        found = agenda(by, access.get_meeting(by, reference))
        if found.about:
            verb = Verb.EXPORTED if exported else Verb.READ
            _record(by, verb, found.about, "the agenda of a meeting")
        if path:
            see_path(by=by.user, path=path)
        return found


def open_part(
    *, by: Reader, reference: str, referral: str, path: str = "", exported: bool = False
) -> tuple[Agenda, Referral]:
    """What a meeting says of one referral, for whoever may open that."""
    with transaction.atomic():
        meeting, about = get_part(by, reference, referral)
        verb = Verb.EXPORTED if exported else Verb.READ
        _record(by, verb, [about.reference], "what a meeting says of it")
        if path:
            see_path(by=by.user, path=path)
        return part_about(meeting, about), about


def look_at_item(
    *, by: Reader, reference: str, item: int, for_: access.For = "read"
) -> tuple[Meeting, Item]:
    """One item that the reader may read, with its meeting."""
    with transaction.atomic():
        meeting = access.get_meeting(by, reference, for_)
        found = get_item(by, meeting, item)
        if found.referral:
            _record(by, Verb.READ, [found.referral.reference], "an item of a meeting")
        return meeting, found


def look_again(*, by: Reader, meeting: Meeting) -> Agenda:
    """The same page by itself, while it is open and something has changed: it can tell of more
    than when it was opened."""
    with transaction.atomic():
        found = agenda(by, meeting)
        if found.about:
            _record(by, Verb.READ, found.about, "the agenda of a meeting")
        return found


def look_at_open_item(*, by: Reader, reference: str, item: int) -> Item:
    """One item of a meeting whose agenda the reader's team may change."""
    with transaction.atomic():
        found = get_open_item(by, reference, item)
        if found.referral:
            _record(by, Verb.READ, [found.referral.reference], "an item of a meeting")
        return found


def _record(by: Reader, verb: AccessEvent.Verb, subjects: list[str], reason: str) -> None:
    record_access(by=by.user, verb=verb, subject_kind="referral", subjects=subjects, reason=reason)


def open_actions(*, by: Reader, since: datetime) -> tuple[list[Action], list[Action]]:
    """What the reader has to do, and what has ended since a moment: its words may name a person."""
    with transaction.atomic():
        found, ended = actions_of(by), ended_actions_of(by, since)
        about = sorted({a.referral.reference for a in (*found, *ended) if a.referral})
        if about:
            _record(by, Verb.LISTED, about, "actions of meetings")
        see_path(by=by.user, path="/meetings/actions/")
        return found, ended
