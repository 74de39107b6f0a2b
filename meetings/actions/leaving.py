"""Somebody stops working in a team: they are in none of its meetings to come, and arrange none.

Called by accounts in the transaction that ends the role (see `MeetingsConfig.ready`).
"""

from collections.abc import Sequence

from django.db.models import Q

from meetings.actions.changing import Changing
from meetings.actions.people import take_out
from meetings.models import Meeting, Participant, Series
from meetings.references import path_to
from meetings.states import Status
from portal.accounts.access import reader_for
from portal.accounts.desks import at_their_desks
from portal.accounts.models import Membership, Team, User
from portal.accounts.roles import May, Role, roles_that
from portal.core.clock import now
from portal.notifications.actions import tell


def leave_meetings(*, user: User, teams: Sequence[Team], by: User | None) -> None:
    """Their time is given back; whoever arranges a meeting is told that they do not come, and
    where that was they themselves, a colleague of the team arranges it from now on."""
    wanted = [team.pk for team in teams]
    _hand_on_series(user, wanted)
    reader, moment = reader_for(by or user), now()
    for meeting in _to_come(user, wanted):
        change = Changing(meeting, reader, moment)
        part = Participant.objects.filter(
            meeting=meeting, user=user, team__in=wanted, removed_at__isnull=True
        ).first()
        organised = meeting.organiser_id == user.pk and meeting.team_id in wanted
        heir = _heir(meeting.team_id, user, meeting) if organised else None
        change.touch(**({"organiser": heir} if heir else {}))
        if part is not None:
            take_out(change, part)
        _tell(change, user, organised=organised)


def _to_come(user: User, teams: Sequence[int]) -> list[Meeting]:
    """Those that lie ahead, locked in the order of their keys."""
    parts = Participant.objects.filter(user=user, team__in=teams, removed_at__isnull=True)
    mine = Q(pk__in=parts.values("meeting")) | Q(organiser=user, team__in=teams)
    rows = Meeting.objects.filter(
        mine,
        Q(ends_at__isnull=True) | Q(ends_at__gt=now()),
        status__in=[Status.ARRANGING, Status.BOOKED],
        begun_at__isnull=True,
    )
    pks = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    # Read once they are locked: what they are joined to is as it is now.
    return list(Meeting.objects.filter(pk__in=pks).select_related("team", "organiser"))


def _hand_on_series(user: User, teams: Sequence[int]) -> None:
    """Meetings that are made later are the heir's too."""
    rows = Series.objects.filter(organiser=user, team__in=teams, ended_at__isnull=True)
    for series in rows.select_for_update(of=("self",)).order_by("pk"):
        heir = _heir(series.team_id, user)
        if heir is not None:
            series.organiser = heir
            series.version += 1
            series.save(update_fields=["organiser", "version"])


def _heir(team_id: int, leaver: User, meeting: Meeting | None = None) -> User | None:
    """A colleague of the team who comes to it, else who leads the team, else who has been there
    longest; None where nobody is left."""
    members = (
        Membership.objects.current()
        .filter(team=team_id, role__in=roles_that(May.READ_REFERRALS), user__is_active=True)
        .exclude(user=leaver)
        .select_related("user")
        .order_by("since", "pk")
    )
    comes = set(
        Participant.objects.filter(
            meeting=meeting, team=team_id, removed_at__isnull=True
        ).values_list("user", flat=True)
        if meeting is not None
        else ()
    )
    first = {Role.TRIAGE_LEAD: 1, Role.MANAGER: 2}
    ranked = sorted(members, key=lambda m: 0 if m.user_id in comes else first.get(Role(m.role), 3))
    return ranked[0].user if ranked else None


def _tell(change: Changing, leaver: User, *, organised: bool) -> None:
    meeting = change.meeting
    if meeting.organiser_id == leaver.pk or not meeting.organiser.is_active:
        return
    wanted = (
        "You arrange it now: the colleague who did has left the team"
        if organised
        else "See whether it can be held without them, or ask somebody else"
    )
    tell(
        event=f"meeting.left:{meeting.pk}:{meeting.version}",
        kind="meeting.left",
        recipients=at_their_desks([(meeting.organiser_id, meeting.team_id)]),
        facts={"team": meeting.team.name, "wanted": wanted, "reference": meeting.reference},
        path=path_to(meeting.reference),
    )
