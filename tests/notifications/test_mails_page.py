"""The demonstration's mails can be read by whoever tries the portal, and nowhere else."""

import mailbox
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

LIST = "/demonstration/mails/"
MAIL = """\
Delivered-To: team@example.org
Subject: {subject}
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 8bit

Open it: {link}
<script>alert(1)</script> “quoted”
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(tmp_path: Path, settings: Any) -> mailbox.Maildir:
    settings.STATE_DIR = tmp_path
    return mailbox.Maildir(str(tmp_path / "mail"), create=True)


def _add(box: mailbox.Maildir, subject: str, link: str = "https://elsewhere.example/x") -> None:
    box.add(MAIL.format(subject=subject, link=link).encode())


def test_there_may_be_none(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.STATE_DIR = tmp_path / "not-there"
    assert "No mail yet" in client.get(LIST).content.decode()


def test_the_list_leads_to_each_mail(client: Client, box: mailbox.Maildir, settings: Any) -> None:
    ours = f"{settings.BASE_URL}/referrals/CG-7K4M-9QXT/"
    _add(box, "A referral has come in", ours)
    page = client.get(LIST).content.decode()
    assert "A referral has come in" in page
    assert "team@example.org" in page
    (address,) = re.findall(r'href="(/demonstration/mails/\w+/)"', page)
    text = client.get(address).content.decode()
    assert 'href="/referrals/CG-7K4M-9QXT/"' in text
    assert "<script>alert" not in text
    assert "“quoted”" in text


def test_addresses_of_others_are_no_links(client: Client, box: mailbox.Maildir) -> None:
    _add(box, "Elsewhere")
    (address,) = re.findall(
        r'href="(/demonstration/mails/\w+/)"', client.get(LIST).content.decode()
    )
    assert 'href="https://elsewhere' not in client.get(address).content.decode()


def test_only_the_newest_hundred_are_listed(client: Client, box: mailbox.Maildir) -> None:
    for number in range(103):
        _add(box, f"Mail number {number:03}")
    page = client.get(LIST).content.decode()
    assert len(re.findall(r"Mail number \d{3}", page)) == 100
    assert "The newest 100 are shown." in page


def test_an_address_names_no_file(client: Client, box: mailbox.Maildir) -> None:
    _add(box, "A")
    (name,) = box.keys()
    for key in ("unheard-of", name.replace(".", "-")):
        assert client.get(reverse("demonstration-mail", args=[key])).status_code == 404
    assert client.get(f"{LIST}..%2f..%2fsecret_key/").status_code == 404


def test_in_production_there_is_no_such_page(
    client: Client, box: mailbox.Maildir, settings: Any
) -> None:
    _add(box, "A")
    settings.PRODUCTION = True
    assert client.get(LIST).status_code == 404
