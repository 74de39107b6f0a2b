"""What a mail says, and what it never says."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from portal.notifications.actions import Recipient
from portal.notifications.composing import compose, sound_address
from portal.notifications.kinds import KINDS, by_words
from tests.notifications.conftest import FACTS, mail_row, told

ACCOUNT_FACTS = {
    "account.invited": {"link": "https://portal.example.org/i/abc", "team": "Ward 7"},
    "account.password-reset": {"link": "https://portal.example.org/p/abc"},
    "account.mailbox-code": {"code": "12345678", "team": "Trafford front door"},
    "calendar.trouble": {"why": "the address leads into a private network. Upload it."},
    "account.mail": {"subject": "Your password was changed", "body": "One.\n\nTwo & <three>."},
}


def _mail(kind: str, facts: dict[str, str], path: str = "") -> str:
    told("e", Recipient.mailbox("team@example.org", None), kind=kind, facts=facts, path=path)
    return compose(mail_row("e"), "team@example.org").message().as_string()


@pytest.mark.django_db
def test_a_mail_says_kind_urgency_team_what_is_wanted_by_when_reference_and_link() -> None:
    text = _mail("referral.sent", FACTS, "/referrals/CG-7K4M-9QXT/")
    for said in (*FACTS.values(), f"{settings.BASE_URL}/referrals/CG-7K4M-9QXT/\n"):
        assert said in text
    assert "Subject: A referral has come in, today, CG-7K4M-9QXT\n" in text
    assert "Auto-Submitted: auto-generated\n" in text
    assert re.search(r"Content-Type: text/plain; charset=\"utf-8\"\n", text)
    assert f"From: {settings.DEFAULT_FROM_EMAIL}\n" in text


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_mail_without_gaps(kind: str) -> None:
    facts = ACCOUNT_FACTS.get(kind, FACTS)
    text = _mail(kind, facts, "" if kind.startswith("account.") else "/referrals/CG-7K4M-9QXT/")
    _, _, body = text.partition("\n\n")
    assert "{" not in body
    assert "\n\n\n" not in body
    assert not re.search(r"[ \t]$", body, re.MULTILINE)
    assert max(facts.values(), key=len).splitlines()[0] in body


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(ACCOUNT_FACTS)))
def test_a_kind_told_with_nothing_but_a_reference_is_still_whole(kind: str) -> None:
    text = _mail(kind, {"reference": "CG-7K4M-9QXT"}, "/referrals/CG-7K4M-9QXT/")
    assert "Urgency" not in text
    assert "Reference:  CG-7K4M-9QXT" in text


def test_every_template_belongs_to_a_kind() -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "notifications"
    found = {path.name for path in folder.glob("*.txt")}
    assert found == {f"{kind}.txt" for kind in KINDS} | {"mail.txt"}


@pytest.mark.django_db
def test_plain_text_is_not_escaped() -> None:
    assert "Two & <three>." in _mail("account.mail", ACCOUNT_FACTS["account.mail"])


@pytest.mark.django_db
@pytest.mark.parametrize("fact", ["reference", "urgency"])
def test_no_fact_begins_a_header_line(fact: str) -> None:
    bad = "CG\r\nBcc: everybody@example.org\r\n\r\nNew body"
    text = _mail("referral.sent", {**FACTS, fact: bad}, "/referrals/CG-7K4M-9QXT/")
    headers, _, _ = text.partition("\n\n")
    assert not re.search(r"^Bcc:", headers, re.MULTILINE | re.IGNORECASE)
    assert "new body" in headers.replace("\n ", " ").lower()  # folded into the subject, not a body


@pytest.mark.parametrize(
    ("address", "sound"),
    [
        ("team@example.org", True),
        ("o'hara+x@example.org", True),
        ("", False),
        ("team", False),
        ("team@", False),
        ("@example.org", False),
        ("Team <team@example.org>", False),
        ("a@example.org, b@example.org", False),
        ("a b@example.org", False),
        ("a@example.org\nBcc: b@example.org", False),
    ],
)
def test_an_address_is_one_bare_address_or_none(address: str, sound: bool) -> None:
    assert bool(sound_address(address)) is sound


def test_by_when_is_words_whatever_it_was_given_as() -> None:
    assert by_words("2026-12-08T13:05:00+00:00") == by_words("2026-12-08T14:05:00+01:00")
    assert by_words("2026-12-08T13:05:00+00:00").startswith("Tue 8 Dec")
    assert by_words("2026-07-08T13:05:00+00:00").endswith("14:05")
    assert by_words("in 5 working hours") == "in 5 working hours"
    assert by_words("") == ""
