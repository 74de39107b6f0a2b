"""From a request to what came of a meeting. Not yours looks the same as not there."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from meetings import access
from meetings.models import Action, Contribution, Item, Meeting, Participant
from meetings.states import Status
from portal.accounts.access import Reader
from portal.accounts.roles import May
from portal.core.clock import now
from portal.core.found import the_one
from portal.core.refused import NotYours
from referrals import access as referrals
from referrals.models import Referral


def get_action(reader: Reader, pk: int, *, lock: bool = False) -> Action:
    """One of the reader's own actions, with its meeting and referral; else NotYours."""
    rows = own_actions(reader).filter(pk=pk)
    if lock:
        list(rows.select_for_update().values_list("pk"))
    found = the_one(rows.select_related("meeting__team", "referral", "owner"))
    if found is None:
        raise NotYours("action", str(pk))
    return found


def own_actions(reader: Reader) -> QuerySet[Action]:
    """What the reader has to do, or had: of a person only while they come for one of their teams,
    or one of their teams has a part in the person's care."""
    there = access.parts_of(reader).filter(meeting=OuterRef("meeting"))
    return Action.objects.filter(
        Q(referral__isnull=True) | Q(referral__in=referrals.visible_to(reader)) | Exists(there),
        owner=reader.user,
    )


def get_item(reader: Reader, meeting: Meeting, pk: int) -> Item:
    """An item of the meeting that the reader may read, with its referral; else NotYours."""
    rows = access.items_for(reader, meeting).filter(pk=pk)
    found = the_one(rows.select_related("referral__person", "owner", "note__saved_by"))
    if found is None:
        raise NotYours("meeting", meeting.reference)
    return found


def get_contribution(reader: Reader, item: Item) -> Contribution | None:
    """What the reader has written to an item, or is asked to."""
    return the_one(Contribution.objects.filter(item=item, participant__user=reader.user))


def get_part(reader: Reader, reference: str, referral: str) -> tuple[Meeting, Referral]:
    """A meeting with a referral that it is about, for whoever may open the referral.

    That is more people than take part: both sides read what was said of a person.
    """
    about = referrals.get_referral(reader, referral)
    items = Item.objects.filter(referral=about, removed_at__isnull=True)
    rows = Meeting.objects.filter(reference=reference, pk__in=items.values("meeting"))
    meeting = the_one(rows.select_related("organiser", "team__organisation", "series"))
    if meeting is None:
        raise NotYours("meeting", reference)
    return meeting, about


def may_open(reader: Reader, meeting: Meeting) -> bool:
    """Whether the reader may open the meeting itself, and not only what it says of a person."""
    return access.visible_to(reader).filter(pk=meeting.pk).exists()


def opened(reader: Reader, meetings: Sequence[Meeting]) -> set[int]:
    """Which of these the reader may open: one query."""
    rows = access.visible_to(reader).filter(pk__in=[each.pk for each in meetings])
    return set(rows.values_list("pk", flat=True))


def _of_colleagues(reader: Reader) -> QuerySet[Meeting]:
    """Meetings of the reader's teams, and those in which a colleague takes part."""
    teams = reader.team_ids(May.READ_REFERRALS)
    colleague = Participant.objects.filter(
        meeting=OuterRef("pk"), team__in=teams, removed_at__isnull=True
    )
    return Meeting.objects.filter(Q(team__in=teams) | Exists(colleague))


def open_meetings(reader: Reader) -> QuerySet[Meeting]:
    """Those to which the reader can add somebody: they lie ahead and have not begun."""
    rows = _of_colleagues(reader).filter(
        series__isnull=False, status=Status.BOOKED, begun_at__isnull=True, starts_at__gt=now()
    )
    return rows.select_related("series", "team").order_by("starts_at", "pk")


def get_open_meeting(reader: Reader, reference: str, *, lock: bool = False) -> Meeting:
    """A meeting whose agenda the reader may change, about people in whose care they have a part."""
    rows = _of_colleagues(reader).filter(reference=reference)
    if lock:
        list(rows.select_for_update().values_list("pk"))
    meeting = the_one(rows.select_related("team__organisation", "organiser", "series"))
    if meeting is None:
        raise NotYours("meeting", reference)
    return meeting


def get_open_item(reader: Reader, reference: str, pk: int) -> Item:
    """An item of such a meeting that the reader may read; else NotYours."""
    return get_item(reader, get_open_meeting(reader, reference), pk)
