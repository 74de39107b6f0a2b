"""A practice and a council team that have never met are offered twenty minutes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client

from meetings.actions.first import arrange_first, decline_first
from meetings.models import Item, Meeting, Participant
from meetings.partners import LEAST, never_met, partners, who_shares
from meetings.states import How, Kind, Status
from portal.core.clock import now, standing_at
from portal.core.refused import Refused
from tests.cast import Cast
from tests.conftest import send
from tests.meetings.clinics import booked_for
from tests.meetings.conftest import arranged, invited, new_key

As = Callable[[str], Client]


@pytest.fixture
def shared(cast: Cast) -> tuple[int, int]:
    """Park and the front door have enough referrals together."""
    for _ in range(LEAST):
        send(cast)
    return cast.teams["park"].pk, cast.teams["front_door"].pk


def offered(cast: Cast, name: str) -> list[tuple[str, str, int]]:
    return [(one.team, one.other, one.together) for one in never_met(cast.reader(name))]


def held(cast: Cast, **changes: object) -> Meeting:
    meeting = booked_for(arranged(cast, **changes), now() + timedelta(days=3))
    Meeting.objects.filter(pk=meeting.pk).update(status=Status.HELD.value)
    return meeting


def test_both_sides_are_offered_it_and_nobody_else(cast: Cast, shared: tuple[int, int]) -> None:
    assert offered(cast, "alice") == [("Park Practice", "Trafford front door", LEAST)]
    assert offered(cast, "sam") == [("Trafford front door", "Park Practice", LEAST)]
    for name in ("gina", "phil", "hugo", "oscar", "dora", "olga", "pru"):
        assert offered(cast, name) == []


def test_not_for_a_few_referrals_or_old_ones(cast: Cast) -> None:
    for _ in range(LEAST - 1):
        send(cast)
    with standing_at(now() - timedelta(days=200)):
        send(cast)
    assert offered(cast, "alice") == []
    send(cast)
    assert offered(cast, "alice") != []


def test_not_to_those_who_have_met(cast: Cast, shared: tuple[int, int]) -> None:
    meeting = held(cast)
    assert offered(cast, "alice") == offered(cast, "sam") == []
    # Sam wrote, and did not come: then the two teams have not met.
    Participant.objects.filter(meeting=meeting, user=cast.sam).update(
        attendance="writing", starts_at=None, ends_at=None
    )
    assert offered(cast, "alice") != []


def test_a_meeting_that_is_only_booked_is_no_meeting_yet(
    cast: Cast, shared: tuple[int, int]
) -> None:
    booked_for(arranged(cast), now() + timedelta(days=3))
    assert offered(cast, "alice") != []


def test_not_while_a_first_one_is_being_arranged(cast: Cast, shared: tuple[int, int]) -> None:
    meeting = arranged(cast, kind=Kind.FIRST)
    assert offered(cast, "sam") == []
    Meeting.objects.filter(pk=meeting.pk).update(status=Status.CANCELLED.value)
    assert offered(cast, "sam") != []


def test_not_now_holds_for_the_team_and_for_some_months(
    cast: Cast, shared: tuple[int, int]
) -> None:
    park, front_door = shared
    decline_first(by=cast.reader("ada"), team_id=park, other_id=front_door)
    assert offered(cast, "alice") == []
    assert offered(cast, "sam") != []
    with standing_at(now() + timedelta(days=121)):
        assert offered(cast, "alice") != []
        decline_first(by=cast.reader("ada"), team_id=park, other_id=front_door)
        assert offered(cast, "alice") == []


def test_arranged_with_both_teams_and_an_agenda_about_each_other(
    cast: Cast, shared: tuple[int, int]
) -> None:
    park, front_door = shared
    given = {
        "by": cast.reader("alice"),
        "team_id": park,
        "other_id": front_door,
        "how": How.VIDEO,
        "weeks": 4,
    }
    with pytest.raises(Refused, match="Trafford front door"):
        arrange_first(people=[invited(cast, "alice"), invited(cast, "ada")], key=new_key(), **given)
    people = [invited(cast, name) for name in ("alice", "sam", "tess")]
    meeting = arrange_first(people=people, key=new_key(), **given)
    assert (meeting.kind, meeting.minutes, meeting.status) == ("first", 20, "arranging")
    assert (meeting.team_id, meeting.other_team_id) == shared
    items = list(Item.objects.filter(meeting=meeting))
    assert sum(item.minutes for item in items) == 20
    assert not any(item.referral_id for item in items)
    with pytest.raises(Http404):
        arrange_first(people=people, key=new_key(), **given)


def test_not_for_others_to_arrange(cast: Cast, shared: tuple[int, int]) -> None:
    park, front_door = shared
    for name in ("oscar", "gina", "dora"):
        with pytest.raises(Http404):
            decline_first(by=cast.reader(name), team_id=park, other_id=front_door)


def test_who_had_to_do_with_what_they_share(cast: Cast, shared: tuple[int, int]) -> None:
    park, front_door = shared
    send(cast, by="ada")
    assert who_shares(park, front_door) == [(cast.alice.pk, park), (cast.ada.pk, park)]


def test_partners_are_all_with_whom_anything_is_shared(cast: Cast, shared: tuple[int, int]) -> None:
    send(cast, to="hub")
    held(cast)
    found = [(one.other, one.together) for one in partners(cast.reader("alice"))]
    assert found == [("Trafford front door", LEAST), ("Trafford care transfer hub", 1)]


def test_offered_on_the_board_and_to_the_manager(
    cast: Cast, shared: tuple[int, int], as_: As
) -> None:
    says = "have 3 referrals together and have never met."
    for name, path in (("alice", "/referrals/"), ("alice", "/"), ("mina", "/meetings/")):
        assert says in as_(name).get(path).content.decode()
    park, front_door = shared
    here = f"/meetings/together/{park}/{front_door}/first/"
    page = as_("alice").get(here).content.decode()
    assert "20 minutes with Trafford front door" in page
    assert "What we wish the other knew" in page
    assert as_("oscar").get(here).status_code == 404
    assert as_("alice").post(f"{here}not-now/").status_code == 302
    assert says not in as_("alice").get("/referrals/").content.decode()


def test_both_teams_are_there(cast: Cast, shared: tuple[int, int]) -> None:
    with pytest.raises(Refused, match="Choose somebody of Trafford front door"):
        arrange_first(
            by=cast.reader("alice"),
            team_id=shared[0],
            other_id=shared[1],
            people=[invited(cast, "alice"), invited(cast, "ada")],
            how=How.VIDEO,
            weeks=2,
            key=new_key(),
        )
    assert not Meeting.objects.exists()
