"""Series of meetings: begun, changed and ended by the team whose they are.

Anybody of the team who works with referrals does this, as with its drafts: a practice has nobody
who leads it, and the monthly meeting is not one person's. Who did what is kept in the history.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction

from meetings.actions.arrange import Invited, check_members
from meetings.actions.changing import Changing
from meetings.actions.place import set_place
from meetings.models import Meeting, Series, SeriesMember
from meetings.references import path_to_series
from meetings.rhythm import Rhythm
from meetings.rules import check_length, check_people, check_place, check_title, place_changes
from meetings.series_access import get_series
from meetings.series_rules import check_not_ended, check_rhythm
from meetings.states import How, Kind, Status
from portal.accounts.access import Reader
from portal.accounts.desks import at_their_desks
from portal.accounts.models import Team
from portal.accounts.roles import May
from portal.core import once
from portal.core.clock import now
from portal.core.references import new_reference
from portal.core.refused import NotAllowed, Stale
from portal.core.retrying import retry_deadlocks
from portal.notifications.actions import tell


@dataclass(frozen=True, slots=True)
class Plan:
    """What a series is: what it is called, when it meets, how and where."""

    kind: Kind
    title: str
    rhythm: Rhythm
    minutes: int
    how: How
    where: str


@retry_deadlocks
def begin_series(
    *,
    by: Reader,
    team: Team,
    plan: Plan,
    members: Sequence[Invited],
    key: str,
    other_team: Team | None = None,
) -> Series:
    """A series of the reader's team; with the same key again, the same one.

    Its meetings are made by `series_meetings`. Raises NotAllowed for another team.
    """
    if not by.may(May.REFER, team.pk):
        raise NotAllowed("You begin series of meetings for teams in which you work.")
    _check(plan)
    check_people(plan.kind, [each.user_id for each in members])
    with transaction.atomic():
        reference = new_reference("M")
        asked = {"team": team.pk, "plan": plan, "members": list(members)}
        row, first = once.take(
            key=key, by=by.user, purpose="series.begin", body=asked, result=reference
        )
        if not first:
            return Series.objects.get(reference=row.result)
        check_members(members)
        series = Series.objects.create(
            reference=reference,
            team=team,
            other_team=other_team,
            organiser=by.user,
            **_columns(plan),
        )
        SeriesMember.objects.bulk_create(
            SeriesMember(
                series=series, user_id=each.user_id, team_id=each.team_id, need=each.need.value
            )
            for each in members
        )
        return series


@retry_deadlocks
def change_series(
    *, by: Reader, reference: str, plan: Plan, members: Sequence[Invited], version: int
) -> Series:
    """When it meets and who takes part, in the meetings that are not made yet.

    Those that are booked stay as they are: they are moved, and their people changed, one by one.
    How and where it meets changes for these too, but for those that have a place of their own.
    """
    _check(plan)
    with transaction.atomic():
        series = _locked(by, reference, version)
        check_people(plan.kind, [each.user_id for each in members])
        _move_to(series, by, plan)
        for name, value in _columns(plan).items():
            setattr(series, name, value)
        series.version += 1
        series.save()
        _set_members(series, members)
        _tell(series, by)
        return series


def _move_to(series: Series, by: Reader, plan: Plan) -> None:
    """The meetings to come that are held where the series was held until now."""
    moment = now()
    rows = series.meetings.filter(
        status=Status.BOOKED, ends_at__gt=moment, how=series.how, where=series.where
    )
    pks = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    # Read once they are locked: what they are joined to is as it is now.
    for meeting in Meeting.objects.filter(pk__in=pks).select_related("team").order_by("pk"):
        if place_changes(Status(meeting.status), meeting.begun_at, meeting.ends_at, moment):
            set_place(Changing(meeting, by, moment), plan.how, plan.where)


def _set_members(series: Series, members: Sequence[Invited]) -> None:
    wanted = {each.user_id: each for each in members}
    known = {each.user_id: each for each in series.members.filter(removed_at__isnull=True)}
    check_members([each for pk, each in wanted.items() if pk not in known])
    moment = now()
    for user_id in sorted(known.keys() - wanted.keys()):
        known[user_id].removed_at = moment
        known[user_id].save(update_fields=["removed_at"])
    SeriesMember.objects.bulk_create(
        SeriesMember(
            series=series,
            user_id=each.user_id,
            team_id=each.team_id,
            need=each.need.value,
            added_at=moment,
        )
        for user_id, each in sorted(wanted.items())
        if user_id not in known
    )


@retry_deadlocks
def end_series(*, by: Reader, reference: str, version: int) -> Series:
    """No more meetings are made; those that are booked are held, or cancelled one by one."""
    with transaction.atomic():
        series = _locked(by, reference, version)
        series.ended_at = now()
        series.version += 1
        series.save(update_fields=["ended_at", "version"])
        _tell(series, by)
        return series


def _locked(by: Reader, reference: str, version: int) -> Series:
    series = get_series(by, reference, "change", lock=True)
    check_not_ended(series.ended_at)
    if series.version != version:
        raise Stale(
            "Somebody has changed this series since you opened it. Look at it again, then change"
            " it.",
            current=series.version,
        )
    return series


def _tell(series: Series, by: Reader) -> None:
    rows = series.members.filter(removed_at__isnull=True).exclude(user=by.user)
    tell(
        event=f"meeting.series:{series.pk}:{series.version}",
        kind="meeting.series",
        recipients=at_their_desks(rows.values_list("user_id", "team_id")),
        facts={
            "team": series.team.name,
            "wanted": "Read what has changed",
            "reference": series.reference,
        },
        path=path_to_series(series.reference),
    )


def _check(plan: Plan) -> None:
    check_length(plan.minutes)
    check_rhythm(kind=plan.kind, rhythm=plan.rhythm, minutes=plan.minutes)
    check_title(plan.title, field="title", people=())
    check_place(plan.where, people=())


def _columns(plan: Plan) -> dict[str, str | int | date | time | None]:
    rhythm = plan.rhythm
    return {
        "kind": plan.kind.value,
        "title": plan.title.strip(),
        "every_weeks": rhythm.every_weeks,
        "nth": rhythm.nth,
        "weekday": rhythm.weekday,
        "at": rhythm.at,
        "starts_on": rhythm.starts_on,
        "minutes": plan.minutes,
        "how": plan.how.value,
        "where": plan.where.strip(),
    }
