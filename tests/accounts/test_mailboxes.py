"""A team's mailbox is used once the code that was mailed to it has been entered."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db.models import F
from django.test import Client
from django.urls import reverse

from portal.accounts.actions import mailboxes
from portal.accounts.models import MailboxRequest, Team
from portal.core.refused import InvalidInput, NotYours, Refused, TooMany
from portal.notifications.composing import compose
from portal.notifications.models import Notification
from tests.cast import Cast
from tests.conftest import send

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
BOX = "duty@example.org"


def _code() -> str:
    """As whoever reads the mailbox finds it."""
    row = Notification.objects.filter(kind="account.mailbox-code").latest("pk")
    (code,) = re.findall(r"Code: +(\d{8})\n", compose(row, row.address).body)
    return str(code)


def _asked(cast: Cast, name: str = "mina", address: str = BOX) -> Team:
    team = cast.teams["front_door"]
    mailboxes.ask_for_mailbox(by=cast.reader(name), team=team, address=address)
    return team


def _mailboxes_told(cast: Cast) -> list[str]:
    send(cast)
    rows = Notification.objects.filter(kind="referral.sent", recipient=None)
    return list(rows.values_list("address", flat=True))


def test_nothing_goes_there_before_the_code_was_entered(cast: Cast) -> None:
    team = _asked(cast, address=" Duty@Example.org ")
    assert Notification.objects.get(kind="account.mailbox-code").address == BOX
    assert _mailboxes_told(cast) == []
    code = _code()
    mailboxes.confirm_mailbox(by=cast.reader("tess"), team=team, code=f"{code[:4]} {code[4:]}")
    assert _mailboxes_told(cast) == [BOX]
    request = MailboxRequest.objects.get()
    assert request.confirmed_by == cast.tess


def test_a_wrong_code_is_refused_and_after_five_all_are(cast: Cast) -> None:
    team, reader = _asked(cast), cast.reader("mina")
    right = _code()
    for _ in range(5):
        with pytest.raises(InvalidInput, match="not the code"):
            mailboxes.confirm_mailbox(by=reader, team=team, code="00000000")
    with pytest.raises(Refused, match="Ask for a new one"):
        mailboxes.confirm_mailbox(by=reader, team=team, code=right)
    assert _mailboxes_told(cast) == []


def test_a_code_that_is_over_or_was_replaced_opens_nothing(cast: Cast) -> None:
    team, reader = _asked(cast), cast.reader("mina")
    first = _code()
    _asked(cast, address="other@example.org")
    with pytest.raises(InvalidInput):
        mailboxes.confirm_mailbox(by=reader, team=team, code=first)
    MailboxRequest.objects.update(expires_at=F("expires_at") - timedelta(days=4))
    with pytest.raises(Refused, match="awaited"):
        mailboxes.confirm_mailbox(by=reader, team=team, code=_code())


def test_the_code_is_not_readable_in_the_database(cast: Cast) -> None:
    _asked(cast)
    code = _code()
    assert code not in str(list(MailboxRequest.objects.values()))
    assert code not in str(list(Notification.objects.values()))


@pytest.mark.parametrize("name", ["sam", "oscar", "alice", "dora"])
def test_only_who_leads_the_team_or_administers_its_organisation(cast: Cast, name: str) -> None:
    with pytest.raises(NotYours):
        _asked(cast, name)


def test_giving_it_up_tells_everybody_by_mail_again(cast: Cast) -> None:
    team, reader = _asked(cast), cast.reader("olga")
    mailboxes.confirm_mailbox(by=reader, team=team, code=_code())
    mailboxes.set_alone(by=reader, team=team, alone=True)
    send(cast)
    assert not Notification.objects.filter(channel="email", recipient=cast.sam).exists()
    mailboxes.give_up_mailbox(by=reader, team=team)
    send(cast)
    assert Notification.objects.filter(channel="email", recipient=cast.sam).exists()
    with pytest.raises(Refused, match="no mailbox yet"):
        mailboxes.set_alone(by=reader, team=team, alone=True)


def test_through_the_pages(cast: Cast, as_: SignedIn) -> None:
    mina = as_("mina")
    here = f"/account/teams/{cast.teams['front_door'].pk}/"
    assert here in mina.get("/account/teams/").content.decode()
    assert "right form" in mina.post(here, {"address": "nonsense"}).content.decode()
    assert mina.post(here, {"address": BOX}).status_code == 302
    page = mina.get(here).content.decode()
    assert f"A mail with a code has gone to <strong>{BOX}</strong>" in page
    answer = mina.post(f"{here}code/", {"code": "1"})
    assert "This is not the code" in answer.content.decode()
    assert mina.post(f"{here}code/", {"code": _code()}).status_code == 302
    assert mina.post(f"{here}members/", {"who": "alone"}).status_code == 302
    team = Team.objects.get(pk=cast.teams["front_door"].pk)
    assert (team.mailbox, team.mailbox_alone) == (BOX, True)
    assert mina.post(f"{here}give-up/").status_code == 302
    assert as_("sam").get(here).status_code == 404


def test_nobody_can_be_flooded_with_codes(cast: Cast, as_: SignedIn) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, 1, tzinfo=UTC), tick=False) as clock:
        for _ in range(mailboxes.PER_ADDRESS):
            _asked(cast, address=BOX)
        with pytest.raises(TooMany):
            _asked(cast)
        for number in range(mailboxes.PER_PERSON):
            with suppress(TooMany):
                _asked(cast, address=f"box{number}@example.org")
        page = reverse("account-mailbox", args=[cast.teams["front_door"].pk])
        refused = as_("mina").post(page, {"address": "z@example.org"})
        assert "Too many tries" in refused.content.decode()
        clock.shift(timedelta(hours=1))
        _asked(cast)
