"""The page's buttons pressed twice at the same moment, on real connections."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, connections, transaction
from django.http import HttpResponse
from django.test import Client

from referrals.actions.draft import save_draft, send_draft, start_draft
from referrals.models import Draft, Referral
from tests.cast import Cast, make_cast
from tests.conftest import answers
from tests.referrals.test_pages import SIX

ROW = "SELECT 1 FROM referrals_draft FOR UPDATE"
TYPED = {**SIX, "nhs_number": "999 012 3454", "call_back": "0161 496 0321, between surgeries"}
pytestmark = pytest.mark.django_db(transaction=True)
_WAITING = """
SELECT count(*) FROM pg_locks
WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""


def begun(cast: Cast) -> Draft:
    """A draft with its six answers, saved."""
    alice, service = cast.reader("alice"), cast.services["front_door"]
    draft = start_draft(by=alice, team=cast.teams["park"], service=service)
    return save_draft(by=alice, draft=draft, typed=TYPED, version=draft.version)


def pressed_meanwhile(cast: Cast, draft: Draft, lock: str, address: str, **button: str):
    """What the second press gets: it waits for `lock` while the first one sends the draft."""
    browser, held = Client(), Event()
    browser.force_login(cast.alice)

    def press() -> HttpResponse:
        try:
            held.wait(10)
            return browser.post(address, {**TYPED, "version": str(draft.version), **button})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(lock)
            held.set()
            answer = pool.submit(press)
            until_somebody_waits()
            send_draft(
                by=cast.reader("alice"), draft=draft, answers=answers(), version=draft.version
            )
        return answer.result(30)


def until_somebody_waits() -> None:
    """Return once the other connection waits for a lock."""
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        with connection.cursor() as cursor:
            cursor.execute(_WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("The second press has not waited.")


@pytest.mark.parametrize("button", ["", "save", "merge", "fill"])
def test_a_press_that_waited_leads_to_what_was_sent(button: str) -> None:
    cast = make_cast()
    draft = begun(cast)
    pressing = {button: "1"} if button else {}
    answer = pressed_meanwhile(cast, draft, ROW, f"/referrals/drafts/{draft.key}/", **pressing)
    reference = Referral.objects.get().reference
    assert (answer.status_code, answer["Location"]) == (302, f"/referrals/{reference}/sent/")


def test_saving_by_itself_that_waited_says_that_it_is_sent() -> None:
    cast = make_cast()
    draft = begun(cast)
    answer = pressed_meanwhile(cast, draft, ROW, f"/referrals/drafts/{draft.key}/save/")
    assert (answer.status_code, answer.json()["message"]) == (409, "This has been sent already.")


def test_what_was_sent_after_it_was_saved_is_no_other_open_referral() -> None:
    cast = make_cast()
    draft = begun(cast)
    # Saving reads no person; looking for open referrals does.
    lock = "LOCK TABLE referrals_person IN ACCESS EXCLUSIVE MODE"
    answer = pressed_meanwhile(cast, draft, lock, f"/referrals/drafts/{draft.key}/")
    reference = Referral.objects.get().reference
    assert (answer.status_code, answer["Location"]) == (302, f"/referrals/{reference}/sent/")
