"""Being told: in the app, and by a real mail in which there is no person."""

import re

from tests.browser.conftest import Visitor
from tests.browser.stack import Portal
from tests.browser.steps import SIX_ANSWERS, when_he_claims_it, when_she_refers
from tests.mail_server import Received
from tests.processes import wait_until

OF_THE_PERSON = (
    "margaret",
    "example,",
    "9990123454",
    "999 012 3454",
    "invented road",
    "m33",
    "husband",
    SIX_ANSWERS["why_now"].lower(),
    SIX_ANSWERS["point_1"].lower(),
)


def when_the_mail_arrives(portal: Portal, name: str, subject: str) -> Received:
    address = f"{name}@test.example"

    def arrived() -> list[Received]:
        return [mail for mail in portal.mails.to(address) if mail.subject.startswith(subject)]

    wait_until(arrived, f"a mail “{subject}” for {address}", within=30)
    return arrived()[0]


def then_no_person_is_in(mail: Received) -> None:
    everything = f"{mail.message.as_string()} {mail.subject} {mail.text}".lower()
    assert [words for words in OF_THE_PERSON if words in everything] == []


def test_the_team_is_told_by_mail_and_the_link_leads_to_the_referral(
    visitor: Visitor, portal: Portal
) -> None:
    reference = when_she_refers(visitor("alice"))
    mail = when_the_mail_arrives(portal, "sam", "A referral has come in")

    assert mail.subject == f"A referral has come in, routine, {reference}"
    assert "Park Practice" in mail.text
    then_no_person_is_in(mail)
    link = re.search(r"http://\S+", mail.text)
    assert link
    sam = visitor()
    sam.page.goto(link[0])
    sam.looks().is_on("Sign in").signs_in("sam")
    assert sam.reference == reference
    sam.reads("Margaret Example")


def test_the_sender_is_told_in_the_app_and_by_mail(visitor: Visitor, portal: Portal) -> None:
    alice, sam = visitor("alice"), visitor("sam")
    reference = when_she_refers(alice)
    when_he_claims_it(sam, reference)
    mail = when_the_mail_arrives(portal, "alice", "A referral has been acknowledged")

    assert reference in mail.text
    then_no_person_is_in(mail)
    alice.goes_to("/").follows("Notifications 1 new")
    alice.reads(f"A referral has been acknowledged: {reference}")
    alice.page.get_by_role("link", name=re.compile("^A referral has been acknowledged")).click()
    alice.looks().reads("Acknowledged by Sam Sharp, social worker, who holds it")
