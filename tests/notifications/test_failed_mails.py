"""A mail that failed is seen by those who look after it, and they act on it."""

import re
import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from portal.accounts.desks import (
    desk_of_organisation,
    desk_of_team,
    desk_of_user,
    desks_of,
    failed_mails_of,
)
from portal.accounts.mail import send_notice, send_password_reset
from portal.accounts.models import Membership, Team
from portal.core.clock import today
from portal.core.refused import NotYours, Refused
from portal.notifications import handling
from portal.notifications.actions import Recipient
from portal.notifications.models import Handling, Notification
from portal.notifications.taking_back import take_back
from tests.cast import Cast, make_cast
from tests.conftest import send
from tests.notifications.conftest import told
from tests.notifications.everything import (
    EVENTS,
    KINDS_OF_REFERRALS,
    everything_happens,
    teams_of_everybody,
)

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
LIST = "/account/mails/"


def _failed(cast: Cast, failure: str = "recipient-refused", team: str = "front_door") -> int:
    """A failed mail to the mailbox of a team."""
    desk = desk_of_team(cast.teams[team].pk)
    Team.objects.filter(pk=cast.teams[team].pk).update(mailbox="duty@example.org")
    told(f"e {team} {failure}", Recipient.mailbox("duty@example.org", desk))
    state = "failed-technically" if failure == "composing" else "failed-permanently"
    rows = Notification.objects.filter(event=f"e {team} {failure}")
    rows.update(state=state, failure=failure, attempts=3)
    return int(rows.get().pk)


def _act(browser: Client, what: str, pk: int) -> int:
    return browser.post(reverse(f"account-mail-{what}", args=[pk])).status_code


def test_every_mail_about_a_referral_has_a_desk(cast: Cast) -> None:
    """After everything that tells somebody, each failed mail would be seen by the leads of a team
    that its recipient is or was in."""
    everything_happens(cast)
    rows = Notification.objects.filter(channel="email", event__startswith="referral.")
    told_of = set(rows.values_list("event", flat=True))
    assert {name for name in EVENTS if not any(e.startswith(name) for e in told_of)} == set()
    assert set(rows.values_list("kind", flat=True)) == KINDS_OF_REFERRALS
    own = [(user, desk_of_team(team)) for user, team in teams_of_everybody()]
    astray = [row.event for row in rows if (row.recipient_id, row.desk) not in own]
    assert astray == []


def test_a_mail_that_concerns_no_team_is_the_administrators_of_its_recipient(cast: Cast) -> None:
    """A link to a new password, what was done with an account: the organisation's desk."""
    own = desk_of_organisation(cast.organisations["trafford"].pk)
    with transaction.atomic():
        send_password_reset(cast.sam, "/p/abc/")
        send_notice(cast.sam, "account/email/password_changed")
    assert set(Notification.objects.values_list("desk", flat=True)) == {own}
    assert own in desks_of(cast.reader("olga"))
    Membership.objects.filter(user=cast.sam).update(until=today())
    assert desk_of_user(cast.sam.pk) is None


def test_leads_see_their_teams_and_administrators_all_of_their_organisation(cast: Cast) -> None:
    teams = {name: desk_of_team(team.pk) for name, team in cast.teams.items()}
    assert desks_of(cast.reader("mina")) == [teams["front_door"]]
    assert desks_of(cast.reader("sam")) == []
    own = desk_of_organisation(cast.organisations["trafford"].pk)
    assert set(desks_of(cast.reader("olga"))) == {own, teams["front_door"], teams["hub"]}
    for number, desk in enumerate([*teams.values(), own, ""]):
        told(f"e {number}", Recipient.mailbox("duty@example.org", desk))
    Notification.objects.update(state="failed-permanently", failure="gave-up")
    counts = {name: failed_mails_of(cast.reader(name)) for name in ("mina", "olga", "sam")}
    assert counts == {"mina": 1, "olga": 3, "sam": 0}


def test_the_page_says_what_failed_why_since_when_and_what_to_do(cast: Cast, as_: SignedIn) -> None:
    _failed(cast)
    _failed(cast, "composing")
    _failed(cast, team="other_front_door")
    for name in ("mina", "tess", "olga"):
        page = as_(name).get(LIST).content.decode()
        assert page.count("duty@example.org") == 2
        assert "CG-7K4M-9QXT" in page
        assert "The mail server knows no such address." in page
        assert "The mail could not be composed." in page
        assert "Have the mailbox put right" in page
        assert re.search(r"Since .*\d", page)
        assert "Mails that failed" in as_(name).get("/notifications/").content.decode()
    assert as_("sam").get(LIST).status_code == 404
    assert "Mails that failed" not in as_("sam").get("/notifications/").content.decode()


def test_without_a_failed_mail_nothing_is_in_the_way(as_: SignedIn) -> None:
    assert "is listed here" in as_("mina").get(LIST).content.decode()
    assert "Mails that failed" not in as_("mina").get("/notifications/").content.decode()


def test_trying_again_puts_it_back_and_says_who_did(cast: Cast, as_: SignedIn) -> None:
    pk = _failed(cast)
    assert _act(as_("mina"), "try-again", pk) == 302
    row = Notification.objects.get(pk=pk)
    assert (row.state, row.attempts, row.failure) == ("queued", 0, "")
    done = Handling.objects.get()
    assert (done.what, done.by) == ("retried", cast.mina)
    Notification.objects.filter(pk=pk).update(state="failed-permanently", failure="gave-up")
    assert "Tried again by Mina Moss" in as_("tess").get(LIST).content.decode()


def test_told_another_way_is_the_end_of_it_and_is_shown(cast: Cast, as_: SignedIn) -> None:
    pk = _failed(cast)
    assert _act(as_("olga"), "told", pk) == 302
    assert Notification.objects.get(pk=pk).state == "handled"
    page = as_("mina").get(LIST).content.decode()
    assert "told in another way by Olga Orr" in page
    assert "duty@example.org" not in page
    for what in ("told", "try-again"):
        assert _act(as_("mina"), what, pk) == 409


def test_nobody_acts_on_a_mail_of_another_team(cast: Cast, as_: SignedIn) -> None:
    pk = _failed(cast)
    for name in ("sam", "oscar", "alice", "pru", "hugo"):
        assert _act(as_(name), "told", pk) == 404
        assert _act(as_(name), "try-again", pk) == 404
    told("no desk", Recipient.mailbox("x@example.org", None))
    nobodys = Notification.objects.get(event="no desk")
    Notification.objects.filter(pk=nobodys.pk).update(state="failed-permanently")
    with pytest.raises(NotYours):
        handling.told_another_way(by=cast.olga, pk=nobodys.pk, desks=[""])


def test_a_mailbox_that_is_another_one_now_is_not_tried_again(cast: Cast, as_: SignedIn) -> None:
    pk = _failed(cast)
    Team.objects.update(mailbox="new.duty@example.org")
    refused = as_("mina").post(reverse("account-mail-try-again", args=[pk]))
    assert refused.status_code == 409
    assert "tell them another way" in refused.content.decode()
    assert Notification.objects.get(pk=pk).state == "failed-permanently"
    assert _act(as_("mina"), "told", pk) == 302


def test_what_was_undone_is_not_tried_again(cast: Cast, as_: SignedIn) -> None:
    pk = _failed(cast)
    assert take_back([Notification.objects.get(pk=pk).event]) == []
    assert "duty@example.org" not in as_("mina").get(LIST).content.decode()
    for what in ("told", "try-again"):
        assert _act(as_("mina"), what, pk) == 409
    assert Notification.objects.get(pk=pk).state == "not-needed"


def test_a_link_that_is_gone_is_not_tried_again(cast: Cast, as_: SignedIn) -> None:
    desk = desk_of_organisation(cast.organisations["trafford"].pk)
    facts = {"link": "https://portal.example.org/i/abc", "team": "Ward 7"}
    told(
        "invited",
        Recipient.mailbox("new@example.org", desk),
        kind="account.invited",
        facts=facts,
        path="",
    )
    row = Notification.objects.get()
    Notification.objects.update(state="failed-permanently", failure="recipient-refused")
    page = as_("olga").get(LIST).content.decode()
    assert "Ask for a new one, with the right address." in page
    assert "Try again<" not in page
    with pytest.raises(Refused, match="ask for a new one"):
        handling.try_again(by=cast.olga, pk=row.pk, desks=[desk])


def test_a_reader_is_told_that_a_mail_to_them_could_not_be_sent(cast: Cast, as_: SignedIn) -> None:
    send(cast)
    mine = Notification.objects.filter(channel="email", recipient=cast.sam)
    mine.update(state="failed-permanently", failure="recipient-refused")
    page = as_("sam").get("/notifications/").content.decode()
    assert "A mail to you could not be sent: the mail server knows no such address." in page
    assert "could not be sent" not in as_("tess").get("/notifications/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_acts_and_the_other_is_told() -> None:
    cast = make_cast()
    pk, desks = _failed(cast), desks_of(cast.reader("mina"))
    start = threading.Barrier(2)
    refused: list[str] = []

    def one(name: str, act: Callable[..., None]) -> None:
        try:
            start.wait(timeout=10)
            act(by=cast.users[name], pk=pk, desks=desks)
        except Refused as refusal:
            refused.append(refusal.sentence)
        finally:
            connection.close()

    acts = {"mina": handling.told_another_way, "tess": handling.told_another_way}
    threads = [threading.Thread(target=one, args=each) for each in acts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert refused == ["Somebody has seen to this mail already."]
    assert Handling.objects.count() == 1
    with transaction.atomic():
        Handling.objects.all().delete()
