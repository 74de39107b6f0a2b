"""Series: whose they are, their meetings made ahead, people added from their referrals."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client

from meetings.actions import adding
from meetings.actions.series import change_series, end_series
from meetings.actions.series_meetings import make_ahead, make_for
from meetings.models import Item, Meeting, Series
from meetings.rhythm import Rhythm, occurrences
from meetings.states import Attendance, Status
from portal.core.clock import london, now, today
from portal.core.refused import NotAllowed, Refused, Stale
from portal.notifications.models import Notification
from portal.worktime.actions import bookings
from portal.worktime.models import Booking
from referrals.models import Referral
from tests.cast import Cast
from tests.meetings.conftest import invited, new_key
from tests.meetings.held import plan, series_of

As = Callable[[str], Client]
BOTH = ("alice", "sam")


def made(series: Series) -> list[Meeting]:
    return list(Meeting.objects.filter(series=series).order_by("starts_at"))


def add(cast: Cast, meeting: Meeting, referral: Referral, **changes: object) -> Item:
    given = {
        "by": cast.reader("alice"),
        "title": "After a fall",
        "minutes": 10,
        "points": "Who visits?",
        "owner": None,
        "needs": [],
        "key": new_key(),
        **changes,
    }
    return adding.add_item(meeting=meeting.reference, referral=referral.reference, **given)  # type: ignore[arg-type]


# --- whose it is ---------------------------------------------------------------------------------
def test_anybody_of_the_team_looks_after_it_and_nobody_else(cast: Cast, as_: As) -> None:
    series = series_of(cast, members=("alice", "sam"))
    for name, status in {"ada": 200, "sam": 200, "oscar": 404, "tess": 404}.items():
        assert as_(name).get(f"/meetings/series/{series.reference}/").status_code == status
    with pytest.raises(NotAllowed, match="Only Park Practice changes this series"):
        end_series(by=cast.reader("sam"), reference=series.reference, version=1)
    with pytest.raises(NotAllowed):
        make_for(by=cast.reader("sam"), reference=series.reference)
    end_series(by=cast.reader("ada"), reference=series.reference, version=1)


def test_a_change_from_an_old_page_is_refused(cast: Cast) -> None:
    series = series_of(cast)
    alice = cast.reader("alice")
    people = [invited(cast, "alice"), invited(cast, "sam")]
    changed = change_series(
        by=alice, reference=series.reference, plan=plan(minutes=30), members=people, version=1
    )
    assert (changed.version, changed.minutes) == (2, 30)
    with pytest.raises(Stale):
        end_series(by=alice, reference=series.reference, version=1)
    now_there = series.members.filter(removed_at__isnull=True)
    assert set(now_there.values_list("user", flat=True)) == {cast.alice.pk, cast.sam.pk}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"rhythm": Rhythm(1, time(13, 2), today(), nth=2)}, "five minutes"),
        ({"rhythm": Rhythm(1, time(23, 30), today(), nth=2)}, "midnight"),
        ({"title": "About 999 012 3454"}, "names no person"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    cast: Cast, changes: dict[str, object], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        series_of(cast, **changes)


# --- made ahead ----------------------------------------------------------------------------------
def test_its_meetings_are_made_once_at_the_same_time_on_the_wall(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 9, 20, 9, tzinfo=UTC), tick=False):
        series = series_of(cast, members=BOTH)
        make_ahead()
        make_ahead()
        assert make_for(by=cast.reader("alice"), reference=series.reference) == 0
        found = made(series)
        whens = [f"{london(m.starts_at):%d %b %H:%M}" for m in found if m.starts_at]
    assert whens == ["13 Oct 13:05", "10 Nov 13:05"]
    assert {m.status for m in found} == {Status.BOOKED}
    assert Booking.objects.filter(released_at__isnull=True).count() == 4


def test_what_was_moved_or_called_off_is_not_made_again(cast: Cast) -> None:
    series = series_of(cast, members=BOTH)
    make_ahead()
    first, second, *_ = made(series)
    Meeting.objects.filter(pk=first.pk).update(status=Status.CANCELLED)
    Meeting.objects.filter(pk=second.pk).update(
        starts_at=second.starts_at + timedelta(days=1), ends_at=second.ends_at + timedelta(days=1)
    )
    count = len(made(series))
    make_ahead()
    assert len(made(series)) == count


def test_a_bank_holiday_puts_it_off_and_its_page_says_so(cast: Cast, as_: As) -> None:
    with time_machine.travel(datetime(2026, 4, 20, 9, tzinfo=UTC), tick=False):
        monday = Rhythm(0, plan().rhythm.at, today(), nth=1)
        series = series_of(cast, rhythm=monday, members=BOTH)
        make_for(by=cast.reader("alice"), reference=series.reference)
        html = as_("alice").get(f"/meetings/series/{series.reference}/").content.decode()
    assert "Mon 11 May" in html
    assert "Put off from 4 May 2026, which is a bank holiday" in html


def test_whoever_has_something_else_is_told_and_the_others_meet(cast: Cast) -> None:
    series = series_of(cast, members=BOTH)
    day = first_day(series)
    start = datetime.combine(day, series.at, tzinfo=london(now()).tzinfo)
    bookings.book(
        subject="something else",
        bookings=[(cast.sam.pk, start, start + timedelta(minutes=30))],
    )
    make_ahead()
    first = made(series)[0]
    how = dict(first.participants.values_list("user__email", "attendance"))
    assert how == {
        "alice@test.example": Attendance.WHOLE,
        "sam@test.example": Attendance.MISSING,
    }
    told = Notification.objects.get(kind="meeting.without-you", channel="app")
    assert told.recipient == cast.sam


def first_day(series: Series) -> date:
    return occurrences(series.rhythm, "England", today(), today() + timedelta(days=63))[0].day


def test_nothing_is_made_of_a_series_that_has_ended(cast: Cast) -> None:
    series = series_of(cast, members=BOTH)
    end_series(by=cast.reader("alice"), reference=series.reference, version=1)
    make_ahead()
    assert made(series) == []


# --- people are added ----------------------------------------------------------------------------
