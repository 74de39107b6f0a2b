"""The only way from a request to a meeting. Not yours looks the same as not there."""

from collections.abc import Iterable
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from meetings.models import Item, ItemNeed, Meeting, Participant, Visit
from portal.accounts.access import Reader
from portal.accounts.models import Team
from portal.accounts.roles import May
from portal.core.found import the_one
from portal.core.refused import NotAllowed, NotYours
from referrals import access as referrals

For = Literal["read", "organise", "note"]


def visible_to(reader: Reader) -> QuerySet[Meeting]:
    """The meetings in which the reader takes part for a team of theirs, which they organise for
    one, or whose team they lead."""
    teams = reader.team_ids(May.READ_REFERRALS)
    return Meeting.objects.filter(
        Exists(parts_of(reader).filter(meeting=OuterRef("pk")))
        | Q(organiser=reader.user, team__in=teams)
        | Q(team__in=reader.team_ids(May.OVERSEE_TEAM))
    )


def parts_of(reader: Reader) -> QuerySet[Participant]:
    """The reader's own parts in meetings: for teams in which they still are."""
    return Participant.objects.filter(
        user=reader.user,
        team__in=reader.team_ids(May.READ_REFERRALS),
        removed_at__isnull=True,
    )


def get_meeting(
    reader: Reader, reference: str, for_: For = "read", *, lock: bool = False
) -> Meeting:
    """One meeting with its teams and organiser loaded; locked for an action where asked.

    Raises NotYours (404) when it is not there or not the reader's to see, NotAllowed when they
    may see it but another team arranges it (`organise`), or only those who come write (`note`).
    """
    rows = visible_to(reader).filter(reference=reference)
    if lock:
        # A statement of its own: PostgreSQL, having waited for the lock, reads the row anew but
        # not what is joined to it.
        list(rows.select_for_update().values_list("pk"))
    meeting = the_one(
        rows.select_related(
            "organiser",
            "note_taker",
            "series",
            "team__organisation",
            "other_team__organisation",
        )
    )
    if meeting is None:
        raise NotYours("meeting", reference)
    if for_ == "organise" and not organises(reader, meeting):
        raise NotAllowed(
            "Only the team that arranged this meeting can do that.",
            subject_kind="meeting",
            subject=meeting.reference,
        )
    if for_ == "note" and not takes_notes(reader, meeting):
        raise NotAllowed(
            "Only those who take part in this meeting write its notes.",
            subject_kind="meeting",
            subject=meeting.reference,
        )
    return meeting


def organises(reader: Reader, meeting: Meeting) -> bool:
    """Whether the reader may book, move and cancel it: anybody of its team who may see it."""
    return meeting.team_id in reader.team_ids(May.READ_REFERRALS)


def takes_notes(
    reader: Reader, meeting: Meeting, people: Iterable[Participant] | None = None
) -> bool:
    """Whether the reader comes to it, or organises it; by `people`, those who take part, where they
    are loaded already: then it is no query."""
    if organises(reader, meeting):
        return True
    if people is None:
        return parts_of(reader).filter(meeting=meeting).exists()
    teams = reader.team_ids(May.READ_REFERRALS)
    return any(part.user_id == reader.user.pk and part.team_id in teams for part in people)


def own_part(reader: Reader, meeting: Meeting) -> Participant:
    """The reader's own place in a meeting; NotAllowed for those who only look on."""
    part = the_one(parts_of(reader).filter(meeting=meeting).select_related("user", "team"))
    if part is None:
        raise NotAllowed(
            "You are not among those who are invited.",
            subject_kind="meeting",
            subject=meeting.reference,
        )
    return part


def visit_of(meeting: Meeting) -> Visit | None:
    """What is asked for, where the meeting, which the reader may see, is a visit."""
    return Visit.objects.filter(meeting=meeting).select_related("host").first()


def items_for(reader: Reader, meeting: Meeting) -> QuerySet[Item]:
    """The items of the agenda that the reader may read: those about nobody, about a referral of
    theirs, and those for which they are needed. Of the others nothing is told."""
    return Item.objects.filter(
        Q(referral__isnull=True)
        | Q(referral__in=referrals.visible_to(reader))
        | Exists(_needed(reader)),
        meeting=meeting,
        removed_at__isnull=True,
    )


def _needed(reader: Reader) -> QuerySet[ItemNeed]:
    return ItemNeed.objects.filter(
        item=OuterRef("pk"),
        participant__user=reader.user,
        participant__team__in=reader.team_ids(May.READ_REFERRALS),
        participant__removed_at__isnull=True,
    )


def arranging_teams(reader: Reader) -> list[Team]:
    """The teams for which the reader may arrange a meeting."""
    return reader.teams(May.READ_REFERRALS)
