"""How long a sign-in lasts, and what is and is not activity."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from portal.accounts.actions.leaving import leave
from tests.accounts.conftest import SignIn
from tests.cast import Cast

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 8, 8, 30, tzinfo=UTC)
MINUTE, HOUR = 60, 3600
BACKGROUND = {"HTTP_X_BACKGROUND": "1"}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sam(clock: object, cast: Cast, sign_in: SignIn, client: Client) -> Client:
    assert sign_in("sam@test.example").status_code == 302
    return client


def _is_in(browser: Client) -> bool:
    answer = browser.get("/account/")
    assert answer.status_code in (200, 302)
    return answer.status_code == 200


def _work(browser: Client, clock: time_machine.Traveller, *, until: int, every: int) -> None:
    for _ in range(0, until, every):
        assert _is_in(browser)
        clock.shift(every)


def test_fifteen_minutes_without_activity_end_it(
    sam: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(15 * MINUTE - 1)
    assert _is_in(sam)
    clock.shift(15 * MINUTE)
    answer = sam.get("/account/people/?words=a")
    why = "/account/sign-in/?why=idle&next=/account/people/%3Fwords%3Da"
    assert (answer.status_code, answer["Location"]) == (302, why)
    page = sam.get(answer["Location"]).content.decode()
    assert "You were signed out after 15 minutes without activity." in page
    assert 'name="next" value="/account/people/?words=a"' in page


def test_it_has_ended_for_good(sam: Client, clock: time_machine.Traveller) -> None:
    rows = Session.objects.count()
    clock.shift(16 * MINUTE)
    assert not _is_in(sam)
    assert Session.objects.count() == rows - 1
    assert "why=" not in sam.get("/account/")["Location"]


def test_working_on_prolongs_it(sam: Client, clock: time_machine.Traveller) -> None:
    _work(sam, clock, until=2 * HOUR, every=14 * MINUTE)
    assert _is_in(sam)


def test_after_twelve_hours_it_ends_however_busy(
    sam: Client, clock: time_machine.Traveller
) -> None:
    _work(sam, clock, until=12 * HOUR, every=10 * MINUTE)
    answer = sam.get("/account/")
    assert answer["Location"].startswith("/account/sign-in/?why=longest")
    page = sam.get(answer["Location"]).content.decode()
    assert "a sign-in lasts 12 hours at most (8 for administrators)" in page


def test_eight_hours_for_administrators(
    clock: time_machine.Traveller, cast: Cast, sign_in: SignIn, client: Client
) -> None:
    sign_in("olga@test.example")
    _work(client, clock, until=8 * HOUR, every=10 * MINUTE)
    assert client.get("/account/")["Location"].startswith("/account/sign-in/?why=longest")


def test_polling_is_no_activity(sam: Client, clock: time_machine.Traveller) -> None:
    for _ in range(3):
        clock.shift(4 * MINUTE)
        assert sam.get("/account/", **BACKGROUND).status_code == 200
        assert sam.get("/account/time-left/").status_code == 200
    clock.shift(3 * MINUTE)
    assert not _is_in(sam)


def test_time_left_says_how_long(sam: Client, clock: time_machine.Traveller) -> None:
    clock.shift(4 * MINUTE)
    assert sam.get("/account/time-left/").json() == {"seconds": 11 * MINUTE}


def test_still_here_starts_the_clock_again(sam: Client, clock: time_machine.Traveller) -> None:
    clock.shift(14 * MINUTE)
    mark = sam.post("/account/still-here/").json()["account"]
    assert f'data-idle-account="{mark}"' in sam.get("/account/", **BACKGROUND).content.decode()
    clock.shift(14 * MINUTE)
    assert _is_in(sam)


def test_activity_is_written_once_a_minute(
    sam: Client, clock: time_machine.Traveller, django_assert_num_queries
) -> None:
    def seen() -> int:
        return sam.session["seen"]

    before = seen()
    clock.shift(59)
    _is_in(sam)
    assert seen() == before
    clock.shift(1)
    _is_in(sam)
    assert seen() == before + MINUTE


def test_limits_cost_no_query_of_their_own(sam: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):  # the session, the user
        sam.get("/account/time-left/")


def test_public_pages_go_on_without_a_sign_in(sam: Client, clock: time_machine.Traveller) -> None:
    clock.shift(16 * MINUTE)
    answer = sam.get("/account/sign-in/")
    assert answer.status_code == 200
    assert "Sam Sharp" not in answer.content.decode()


def test_fragments_and_data_get_401_and_no_sign_in_page(
    sam: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(16 * MINUTE)
    answer = sam.get(
        "/account/",
        HTTP_HX_REQUEST="true",
        HTTP_HX_CURRENT_URL="http://testserver/account/people/?page=2",
    )
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == ("/account/sign-in/?why=idle&next=/account/people/%3Fpage%3D2")
    assert answer["Content-Type"] == "application/problem+json"
    fetched = sam.post("/account/still-here/", HTTP_SEC_FETCH_DEST="empty")
    assert (fetched.status_code, fetched.json()["code"]) == (401, "not-signed-in")
    polled = sam.get("/account/", HTTP_HX_REQUEST="true", **BACKGROUND)
    assert polled.status_code == 401
    assert "HX-Redirect" not in polled


def test_whoever_leaves_is_out_at_once(sam: Client, cast: Cast) -> None:
    other = Client()
    other.force_login(cast.sam)
    assert _is_in(other)
    key = sam.session.session_key
    leave(by=cast.olga, user=cast.sam)
    assert not _is_in(sam)
    assert not _is_in(other)
    # The session of the page is gone; the other one belongs to nobody (it was never tracked).
    assert not Session.objects.filter(session_key=key).exists()
