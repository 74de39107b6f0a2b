"""The first page of whoever leads a team."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from portal.core.clock import now, standing_at
from referrals.actions.claim import claim
from referrals.actions.decide import accept
from referrals.actions.look import open_referral
from referrals.models import Referral
from referrals.oversight import oversight
from tests.cast import Cast
from tests.conftest import send

As = Callable[[str], Client]


def test_the_manager_begins_with_the_team(cast: Cast, as_: As) -> None:
    sent = send(cast)
    assert as_("mina").get("/")["Location"] == "/referrals/team/"
    assert as_("tess").get("/")["Location"] == "/referrals/inbox/"
    html = as_("mina").get("/referrals/team/").content.decode()
    assert sent.reference in html
    assert "Sent longest ago" in html
    assert as_("sam").get("/referrals/team/").status_code == 403


def test_the_longest_waiting_first_and_no_other_teams(cast: Cast) -> None:
    moment = now()
    with standing_at(moment - timedelta(days=3)):
        old = send(cast, urgency="routine")
    with standing_at(moment - timedelta(days=1)):
        new = send(cast, urgency="today")
    send(cast, to="other_front_door")
    longest = oversight(cast.reader("mina"), moment).longest
    assert [row.reference for row in longest] == [old.reference, new.reference]


def test_what_each_holds_and_when_they_were_here(cast: Cast) -> None:
    held, late, working = (
        claim(by=cast.reader("sam"), reference=send(cast).reference) for _ in "123"
    )
    open_referral(by=cast.reader("sam"), reference=held.reference)
    Referral.objects.filter(pk=late.pk).update(due_at=now() - timedelta(hours=1))
    accept(
        by=cast.reader("sam"),
        reference=working.reference,
        version=working.version,
        worker_id=cast.tess.pk,
    )
    people = {one.name: one for one in oversight(cast.reader("mina"), now()).people}
    assert set(people) == {"Sam Sharp", "Tess Tate", "Mina Moss"}
    assert people["Sam Sharp"][2:5] == (2, 1, 0)
    assert people["Tess Tate"][2:5] == (0, 0, 1)
    assert people["Sam Sharp"].last_here is not None
    assert people["Tess Tate"].last_here is None


def test_what_was_done_in_the_last_day_newest_first(cast: Cast, as_: As) -> None:
    with standing_at(now() - timedelta(days=2)):
        old = send(cast)
    claim(by=cast.reader("sam"), reference=send(cast).reference)
    done = oversight(cast.reader("mina"), now()).changes
    assert [one.event for one in done] == ["claim", "send"]
    html = as_("mina").get("/referrals/team/").content.decode()
    assert re.search(r"Claimed by Sam Sharp, Trafford front door", html)
    assert old.reference not in [one.reference for one in done]
