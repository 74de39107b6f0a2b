"""Which mails people get: what they chose, what their team chose, and what is mailed always."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from portal.notifications import choices
from portal.notifications.actions import Recipient
from portal.notifications.kinds import KINDS, Group
from portal.notifications.models import MailChoice, Notification
from referrals.actions.claim import claim
from referrals.states import Urgency
from tests.cast import Cast
from tests.conftest import send
from tests.notifications.conftest import make_people, told

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
TOLD = "/account/told/"


def _channels(user_id: int) -> list[str]:
    rows = Notification.objects.filter(recipient_id=user_id).order_by("channel")
    return list(rows.values_list("channel", flat=True))


def _mailed(cast: Cast) -> set[str]:
    """Who gets a mail: names of the cast, and mailboxes."""
    names = {user.pk: name for name, user in cast.users.items()}
    rows = Notification.objects.filter(channel="email").values_list("recipient_id", "address")
    return {names[user_id] if user_id else address for user_id, address in rows}


def test_every_kind_is_in_a_group_or_cannot_be_chosen() -> None:
    for name, kind in KINDS.items():
        assert (kind.group is None) == name.startswith(("account.", "calendar.")), name
    assert set(choices.GROUPS) == set(Group)


def test_who_wants_no_mails_is_told_in_the_app_and_by_mail_when_it_is_urgent() -> None:
    (ann, ben) = make_people(2)
    choices.choose(by=ann, wanted={Group.TEAM: False})
    told("one", Recipient.person(ann.pk, None), Recipient.person(ben.pk, None))
    assert _channels(ann.pk) == ["app"]
    assert _channels(ben.pk) == ["app", "email"]
    told("two", Recipient.person(ann.pk, None), urgent=True)
    assert _channels(ann.pk) == ["app", "app", "email"]
    told("three", Recipient.person(ann.pk, None), kind="referral.message")
    assert _channels(ann.pk).count("email") == 2


def test_mails_about_an_account_are_sent_whatever_was_chosen() -> None:
    (ann,) = make_people(1)
    choices.choose(by=ann, wanted=dict.fromkeys(Group, False))
    facts = {"subject": "Your password was changed", "body": "It was."}
    told("one", Recipient.person(ann.pk, None), kind="account.mail", facts=facts, path="")
    assert _channels(ann.pk) == ["app", "email"]


def test_an_urgent_referral_is_mailed_to_those_who_want_no_mails(cast: Cast) -> None:
    choices.choose(by=cast.sam, wanted={Group.TEAM: False})
    send(cast)
    assert _mailed(cast) == {"tess", "mina"}
    Notification.objects.all().delete()
    send(cast, urgency=Urgency.TODAY)
    assert _mailed(cast) == {"sam", "tess", "mina"}


def test_a_team_that_is_told_at_its_mailbox_alone(cast: Cast) -> None:
    team = cast.teams["front_door"]
    team.mailbox, team.mailbox_alone = "duty@example.org", True
    team.save()
    choices.choose(by=cast.tess, wanted={Group.TEAM: True})
    referral = send(cast)
    assert _mailed(cast) == {"duty@example.org", "tess"}
    assert Notification.objects.filter(channel="app").count() == 3
    Notification.objects.all().delete()
    # Whoever holds it is told themselves.
    claim(by=cast.reader("sam"), reference=referral.reference)
    send(cast, urgency=Urgency.TODAY)
    assert {"duty@example.org", "sam", "tess", "mina"} <= _mailed(cast)


def test_without_a_choice_all_is_ticked_and_what_is_unticked_is_kept(
    cast: Cast, as_: SignedIn
) -> None:
    sam = as_("sam")
    page = sam.get(TOLD).content.decode()
    assert page.count("checked") == len(Group)
    assert cast.sam.email in page
    assert "need an answer today" in page
    assert sam.post(TOLD, {"wanted": ["own"]}).status_code == 302
    assert choices.choices_of(cast.sam.pk) == {
        Group.TEAM: False,
        Group.OWN: True,
        Group.DIRECTORY: False,
        Group.MEETINGS: False,
    }
    assert sam.get(TOLD).content.decode().count("checked") == 1
    sam.post(TOLD, {})
    assert not MailChoice.objects.filter(user=cast.sam, wanted=True).exists()
    assert not MailChoice.objects.exclude(user=cast.sam).exists()


def test_what_is_no_group_is_refused(as_: SignedIn) -> None:
    answer = as_("sam").post(TOLD, {"wanted": ["account"]})
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert not MailChoice.objects.exists()


def test_the_page_says_that_the_team_is_told_at_its_mailbox(cast: Cast, as_: SignedIn) -> None:
    team = cast.teams["front_door"]
    team.mailbox, team.mailbox_alone = "duty@example.org", True
    team.save()
    page = as_("sam").get(TOLD).content.decode()
    assert "Trafford front door is told at a mailbox" in page
    assert page.count("checked") == len(Group) - 1
    assert reverse("account-told") in as_("sam").get(reverse("account")).content.decode()
