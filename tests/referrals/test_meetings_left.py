"""What meetings leave on a referral: both sides read the same, and it costs the page nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.test import Client

from portal.core.clock import now
from referrals.actions.meetings import record
from referrals.models import MeetingEntry, Referral
from tests.cast import Cast
from tests.conftest import send
from tests.referrals.test_budget import queries

As = Callable[[str], Client]
Verb = MeetingEntry.Verb
PATH = "/meetings/M-7K4M-9QXT/"


def left(cast: Cast, referral: Referral, verb: Verb, text: str = "", **more: object) -> None:
    given = {"meeting": "M-7K4M-9QXT", "path": PATH, "at": now(), **more}
    sam, team = cast.reader("sam"), cast.teams["front_door"]
    record(referral=referral, verb=verb, by=sam, team=team, text=text, **given)  # type: ignore[arg-type]


def page(as_: As, name: str, referral: Referral) -> str:
    return as_(name).get(f"/referrals/{referral.reference}/").content.decode()


def test_both_sides_read_when_they_meet_what_was_decided_and_what_is_to_do(
    cast: Cast, as_: As
) -> None:
    referral = send(cast)
    meets_at = datetime(2036, 12, 8, 13, 5, tzinfo=UTC)
    left(cast, referral, Verb.ARRANGED, "Case meeting", meets_at=meets_at)
    left(cast, referral, Verb.DECIDED, "Try the step-down bed first")
    left(cast, referral, Verb.ACTION, "Ring the daughter", about="action 1")
    for name in ("alice", "sam"):
        html = page(as_, name, referral)
        assert f'<strong>Next:</strong> <a href="{PATH}">Mon 8 Dec 2036 13:05</a>' in html
        assert "Meeting arranged by Sam Sharp, social worker: Mon 8 Dec 2036 13:05" in html
        assert "Decided at the meeting: Try the step-down bed first" in html
        assert html.count("Ring the daughter") == 2
    assert as_("oscar").get(f"/referrals/{referral.reference}/").status_code == 404


def test_an_action_that_has_ended_is_history_and_a_meeting_called_off_lies_not_ahead(
    cast: Cast, as_: As
) -> None:
    referral = send(cast)
    left(cast, referral, Verb.ARRANGED, meets_at=now() + timedelta(days=3))
    left(cast, referral, Verb.ACTION, "Ring the daughter", about="action 1")
    left(cast, referral, Verb.DONE, "She comes on Friday", about="action 1")
    left(cast, referral, Verb.CANCELLED, "Nobody could come")
    html = page(as_, "alice", referral)
    assert "Done by Sam Sharp, social worker: She comes on Friday" in html
    assert "Meeting called off by Sam Sharp, social worker. Nobody could come" in html
    assert html.count("Ring the daughter") == 1
    assert "<strong>Next:</strong>" not in html


def test_a_referral_without_meetings_has_no_card(cast: Cast, as_: As) -> None:
    assert 'aria-label="Meetings"' not in page(as_, "alice", send(cast))


def test_what_is_left_shows_as_changed_and_makes_no_form_stale(cast: Cast) -> None:
    referral = send(cast)
    at = now() + timedelta(hours=1)
    left(cast, referral, Verb.DECIDED, "Try it", at=at)
    after = Referral.objects.get(pk=referral.pk)
    assert (after.changed_at, after.version) == (at, referral.version)


def test_twenty_five_entries_cost_no_query(cast: Cast, as_: As) -> None:
    referral = send(cast)
    browser, address = as_("sam"), f"/referrals/{referral.reference}/"
    browser.get(address)
    before = queries(browser, address)
    for number in range(25):
        left(cast, referral, Verb.DECIDED, f"Decision {number}")
    assert queries(browser, address) == before
