"""Minutes of meetings that lie inside clinics are counted: per person and team, and truly."""

from datetime import date, timedelta

import pytest

from meetings.in_clinics import counted_by_person, minutes_in_clinics
from meetings.models import Meeting, Participant
from meetings.states import Attendance
from portal.accounts.models import Membership
from portal.accounts.roles import Role
from portal.core.clock import standing_at
from portal.worktime.actions.patterns import add_day_off
from tests.cast import Cast
from tests.meetings.clinics import at, booked_for, works
from tests.meetings.conftest import arranged

MONDAY, FRIDAY, SUNDAY = 0, 4, 6


def minutes_of(meeting: Meeting) -> dict[str, int]:
    """Minutes by the name of the person."""
    rows = Participant.objects.filter(meeting=meeting)
    return dict(rows.values_list("user__name", "clinic_minutes"))


def arranged_for(cast: Cast, day: date, **changes: object) -> Meeting:
    """Arranged a week before."""
    with standing_at(at(day - timedelta(days=7), "09:00")):
        return arranged(cast, from_day=day, until_day=day + timedelta(days=5), **changes)


def test_only_what_lies_inside_the_clinic_itself_counts(cast: Cast) -> None:
    """From 11:20 to 11:50 with a clinic until 11:30: ten minutes, and no buffer."""
    day = date(2027, 2, 1)
    with standing_at(at(day - timedelta(days=7), "09:00")):
        works(cast, "alice", [(MONDAY, "08:30", "11:30")], starts_on=day - timedelta(days=30))
        meeting = booked_for(arranged_for(cast, day), at(day, "11:20"))
    assert minutes_of(meeting) == {"Dr Alice Abbot": 10, "Sam Sharp": 0}


def test_for_those_who_come_for_a_part_only_their_part_counts(cast: Cast) -> None:
    day = date(2027, 2, 1)
    with standing_at(at(day - timedelta(days=7), "09:00")):
        works(cast, "alice", [(MONDAY, "08:30", "11:30")], starts_on=day - timedelta(days=30))
        meeting = booked_for(arranged_for(cast, day), at(day, "11:00"), part="Dr Alice Abbot")
        assert minutes_of(meeting)["Dr Alice Abbot"] == 10  # 11:20 to 11:30
        booked_for(meeting, at(day, "11:05"), part="Dr Alice Abbot")
        assert minutes_of(meeting)["Dr Alice Abbot"] == 5


def test_whoever_writes_or_is_missing_has_none(cast: Cast) -> None:
    day = date(2027, 2, 1)
    with standing_at(at(day - timedelta(days=7), "09:00")):
        works(cast, "alice", [(MONDAY, "08:30", "11:30")], starts_on=day - timedelta(days=30))
        meeting = booked_for(arranged_for(cast, day), at(day, "09:00"))
        assert minutes_of(meeting)["Dr Alice Abbot"] == 30
        booked_for(meeting, at(day, "09:00"), writes="Dr Alice Abbot")
    assert minutes_of(meeting)["Dr Alice Abbot"] == 0


def test_leave_is_no_clinic(cast: Cast) -> None:
    day = date(2027, 2, 1)
    with standing_at(at(day - timedelta(days=7), "09:00")):
        works(cast, "alice", [(MONDAY, "08:30", "11:30")], starts_on=day - timedelta(days=30))
        meeting = booked_for(arranged_for(cast, day), at(day, "09:00"))
        add_day_off(
            by=cast.alice,
            user_id=cast.alice.pk,
            starts_at=at(day, "00:00"),
            ends_at=at(day, "23:00"),
        )
    assert minutes_of(meeting)["Dr Alice Abbot"] == 0
    assert Participant.objects.get(meeting=meeting, user=cast.alice).clash == "leave"


@pytest.mark.parametrize(
    ("day", "start", "counted"),
    [
        # The clocks go on at 01:00: from 00:30 to 03:00 are ninety minutes, thirty of them before.
        (date(2027, 3, 28), "00:45", 30),
        # They go back at 02:00: the hour from 01:00 comes twice, and the clinic holds both.
        (date(2027, 10, 31), "01:45", 30),
    ],
    ids=["March", "October"],
)
def test_in_the_night_in_which_the_clocks_change(
    cast: Cast, day: date, start: str, counted: int
) -> None:
    with standing_at(at(day - timedelta(days=10), "09:00")):
        works(cast, "alice", [(SUNDAY, "00:30", "03:00")], starts_on=day - timedelta(days=30))
        meeting = booked_for(arranged_for(cast, day - timedelta(days=2)), at(day, start))
    assert minutes_of(meeting)["Dr Alice Abbot"] == counted


@pytest.mark.parametrize("day", [date(2027, 3, 26), date(2027, 4, 2), date(2027, 10, 29)])
def test_in_the_weeks_around_it_a_clinic_keeps_its_time_on_the_clock(cast: Cast, day: date) -> None:
    """26 March 2027 is Good Friday, and the practice is closed: no clinic, so no minutes."""
    with standing_at(at(day - timedelta(days=10), "09:00")):
        works(cast, "alice", [(FRIDAY, "08:30", "11:30")], starts_on=day - timedelta(days=30))
        meeting = booked_for(arranged_for(cast, day), at(day, "08:20"))
    closed = day == date(2027, 3, 26)
    assert minutes_of(meeting)["Dr Alice Abbot"] == (0 if closed else 20)


def test_somebody_in_two_organisations_counts_once_and_for_the_team_they_come_for(
    cast: Cast,
) -> None:
    """A clinic at the other place is a clinic as well; two at one time are the same minutes."""
    day = date(2027, 2, 1)
    Membership.objects.create(
        user=cast.alice,
        organisation=cast.teams["grove"].organisation,
        team=cast.teams["grove"],
        role=Role.CLINICIAN,
        since=date(2020, 1, 1),
    )
    with standing_at(at(day - timedelta(days=7), "09:00")):
        begun = day - timedelta(days=30)
        works(cast, "alice", [(MONDAY, "08:30", "09:20")], starts_on=begun)
        works(cast, "alice", [(MONDAY, "09:10", "11:30")], starts_on=begun, place="Grove Practice")
        meeting = booked_for(arranged_for(cast, day), at(day, "09:00"))
    assert minutes_of(meeting)["Dr Alice Abbot"] == 30
    assert minutes_in_clinics([cast.teams["park"].pk], day) == 30
    assert minutes_in_clinics([cast.teams["grove"].pk], day) == 0


def test_months_are_londons_and_only_what_takes_place_counts(cast: Cast) -> None:
    day = date(2027, 7, 1)
    teams = [cast.teams["park"].pk, cast.teams["front_door"].pk]
    with standing_at(at(day - timedelta(days=7), "09:00")):
        works(cast, "alice", [(3, "00:00", "01:00")], starts_on=day - timedelta(days=30))
        works(cast, "sam", [(3, "00:00", "01:00")], starts_on=day - timedelta(days=30))
        # Five past midnight on 1 July in London is still June in UTC.
        meeting = booked_for(arranged_for(cast, day), at(day, "00:05"))
    assert minutes_in_clinics(teams, day) == 60
    assert minutes_in_clinics(teams, date(2027, 6, 30)) == 0
    rows = counted_by_person(teams, day)
    assert [(row.name, row.team, row.meetings, row.minutes, row.clashes) for row in rows] == [
        ("Dr Alice Abbot", "Park Practice", 1, 30, 1),
        ("Sam Sharp", "Trafford front door", 1, 30, 1),
    ]
    Participant.objects.filter(meeting=meeting, user=cast.sam).update(came=Attendance.MISSING)
    assert minutes_in_clinics(teams, day) == 30
    Meeting.objects.filter(pk=meeting.pk).update(status="cancelled")
    assert minutes_in_clinics(teams, day) == 0
