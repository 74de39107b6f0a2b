"""What people type about a person stands in no log, of ours or of the servers beside us.

The real processes, told the same strings by programs: in answers, in searches, in addresses, in
requests that are refused, and in one that breaks. What is typed into pages is in
test_no_log_tells_of_pages.py.
"""

from datetime import timedelta
from urllib.parse import quote, urlencode

from django.utils import timezone

from tests.browser.planting import (
    NAME,
    NUMBER,
    POSTCODE,
    TELEPHONE,
    WORDS,
    Talker,
    logs,
    referral,
    sent,
    table_away,
    told_of,
)
from tests.browser.stack import Portal
from tests.processes import wait_until


def test_no_log_tells_of_a_person(portal: Portal) -> None:
    stranger, alice, sam = Talker(portal), Talker(portal, "alice"), Talker(portal, "sam")
    send = "/api/v1/referrals/"

    # Asking, in every way that is answered or refused.
    asked = {"postcode": POSTCODE}
    for one in (stranger, alice):
        json_ = {"Content-Type": "application/json"}
        ways = (
            one.ask("POST", "/api/v1/who-to-contact/", asked),
            one.ask("POST", "/api/v1/who-to-contact/", {"postcode": WORDS}),
            one.ask("POST", "/api/v1/who-to-contact/", f'{{"postcode": "{POSTCODE}', **json_),
            one.form("/who-to-contact/", asked),
            one.ask("GET", f"/who-to-contact/?{urlencode(asked)}"),
            one.ask("GET", f"/nowhere/?{urlencode({'name': NAME})}"),
            one.ask("GET", f"/directory/?{urlencode({'q': WORDS})}"),
        )
        found = [answer.status for answer in ways]
        assert found == [404, 400, 400, 200, 200, 404, 302 if one is stranger else 200]
    login = {"login": f"{NAME.split()[0]}@example.org", "password": WORDS}
    assert stranger.form("/account/sign-in/", login).status == 200
    key = {"Idempotency-Key": "stranger-0001"}
    assert stranger.ask("POST", send, referral(portal), **key).status == 401

    # Sending: well, wrongly, twice with other words, without a token, too much.
    reference = sent(portal, alice, "planted-0001")
    other = referral(portal, why_now=f"{WORDS} again")
    assert alice.ask("POST", send, other, **{"Idempotency-Key": "planted-0001"})[0] in (409, 422)
    for wrong in (
        {"person": {"name": NAME, "nhs_number": f"{NUMBER[:-1]}5", "born_on": WORDS}},
        {"person": {"name": f"{NAME}\x00"}, "urgency": WORDS},
        {"points": [WORDS * 4_000]},
        {"service": WORDS},
    ):
        key = {"Idempotency-Key": f"planted-{abs(hash(str(wrong)))}"}
        assert alice.ask("POST", send, referral(portal, **wrong), **key)[0] in (400, 404, 413)
    assert alice.ask("POST", send, f"{{{WORDS}", **{"Content-Type": "application/json"})[0] == 400

    # With a version that is out of date, and about somebody who is in no address.
    one = f"{send}{reference}/"
    key = {"If-Match": '"9"', "Idempotency-Key": "planted-stale"}
    question = {"body": WORDS, "until": in_a_week(), "with_person": WORDS}
    assert sam.ask("POST", f"{one}ask/", question, **key).status == 409
    assert sam.ask("GET", f"/referrals/{quote(NAME)}/").status == 404

    # A fault of ours: PostgreSQL quotes what it was given when it says what is wrong.
    with table_away("referrals_person"):
        key = {"Idempotency-Key": "planted-broken"}
        assert alice.ask("POST", send, referral(portal), **key)[0] == 500

    wait_until(lambda: portal.mails.mails, "a mail has gone out")
    assert any("programmingerror" in text for text in logs(portal).values()), "no fault was logged"
    assert told_of(portal) == []


def in_a_week() -> str:
    """A day until which somebody can be waited for."""
    return str((timezone.now() + timedelta(days=7)).date())


def test_no_log_tells_of_what_programs_say_of_a_referral(portal: Portal) -> None:
    alice, sam, oscar = Talker(portal, "alice"), Talker(portal, "sam"), Talker(portal, "oscar")
    one, declined, withdrawn, redirected = (
        sent(portal, alice, f"planted-{number}", letter=WORDS, rung_whom=f"{NAME}, {WORDS}")
        for number in range(1001, 1005)
    )
    for reference in (one, declined, redirected):
        sam.event(reference, "claim")
    sam.event(one, "ask", body=WORDS, until=in_a_week(), with_person=f"{NAME} {TELEPHONE}")
    alice.event(one, "answer", body=f"{WORDS} {NUMBER}")
    sam.event(one, "accept", worker="sam@test.example", words=WORDS)
    alice.event(one, "close", reason="work-done", words=WORDS)
    sam.event(one, "reopen", words=WORDS)
    sam.event(declined, "decline", reason="person-declined", words=WORDS)
    alice.event(withdrawn, "withdraw", reason="safe-without", words=WORDS)
    other = portal.cast.services["other_front_door"].reference
    sam.event(redirected, "redirect", to_service=other, reason=WORDS)
    oscar.event(redirected, "hand-back", words=WORDS)
    wait_until(lambda: len(portal.mails.mails) > 4, "mails have gone out")
    assert told_of(portal) == []
