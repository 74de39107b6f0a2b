"""What people type about a person stands in no log, of ours or of the servers beside us.

The real processes, told the same strings in every place that takes text: in answers, in searches,
in addresses, in requests that are refused, and in one that breaks.
"""

import http.client
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from django.db import connection

from tests.browser.stack import Portal
from tests.processes import wait_until

NAME = "Zephyrine Quillfeather"
NUMBER = "9990123454"
POSTCODE = "ZE2 9QX"
ADDRESS = "7 Marmalade Causeway"
TELEPHONE = "01632 960447"
WORDS = "pelican weathervane"
PLANTED = (
    *("zephyrine", "quillfeather", NUMBER, "999 012 3454", "marmalade", "960447"),
    *("ze2 9qx", "ze29qx", "ze2+9qx", "ze2%209qx", "pelican", "weathervane"),
)


class Talker:
    """Somebody's program, with the session of their browser."""

    def __init__(self, portal: Portal, name: str = "") -> None:
        self._host = portal.url.removeprefix("http://")
        self._token = "t" * 32
        cookies = [f"csrftoken={self._token}"]
        if name:
            cookies.append(f"portal_session={portal.session_of(name)}")
        self._cookie = "; ".join(cookies)

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, str]:
        """The status and the body of an answer."""
        given = {"Cookie": self._cookie, "X-CSRFToken": self._token, **headers}
        if isinstance(body, dict) and "Content-Type" not in given:
            given["Content-Type"] = "application/json"
            body = json.dumps(body)
        line = http.client.HTTPConnection(self._host, timeout=20)
        try:
            line.request(method, path, body, given)
            answer = line.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        finally:
            line.close()

    def form(self, path: str, typed: dict[str, str]) -> int:
        """Send a form; the status."""
        body = urlencode({**typed, "csrfmiddlewaretoken": self._token})
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", path, body, **{"Content-Type": kind})[0]


def referral(portal: Portal, **changes: object) -> dict[str, object]:
    """What a program sends, with a planted string in every text."""
    person = {
        "name": NAME,
        "nhs_number": NUMBER,
        "born_on": "1948-03-12",
        "address": ADDRESS,
        "postcode": "M33 2RH",
        "telephone": TELEPHONE,
    }
    return {
        "service": portal.cast.services["front_door"].reference,
        "team": portal.cast.teams["park"].pk,
        "person": person,
        "points": [WORDS],
        "urgency": "routine",
        "why_now": WORDS,
        "with_person": WORDS,
        "agreement": "objects",
        "agreement_note": WORDS,
        "call_back": f"{TELEPHONE} {WORDS}",
        **changes,
    }


@contextmanager
def table_away(name: str) -> Iterator[None]:
    """Something that must not happen: a table that is not there."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {name} RENAME TO {name}_away")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {name}_away RENAME TO {name}")


def test_no_log_tells_of_a_person(portal: Portal) -> None:
    stranger, alice, sam = Talker(portal), Talker(portal, "alice"), Talker(portal, "sam")
    send = "/api/v1/referrals/"

    # Asking, in every way that is answered or refused.
    asked = {"postcode": POSTCODE}
    for one in (stranger, alice):
        one.ask("POST", "/api/v1/who-to-contact/", asked)
        one.ask("POST", "/api/v1/who-to-contact/", {"postcode": WORDS})
        one.ask("POST", "/api/v1/who-to-contact/", f'{{"postcode": "{POSTCODE}')
        one.form("/who-to-contact/", asked)
        one.ask("GET", f"/who-to-contact/?{urlencode(asked)}")
        one.ask("GET", f"/nowhere/?{urlencode({'name': NAME})}")
        one.ask("GET", f"/directory/?{urlencode({'q': WORDS})}")
    stranger.form(
        "/account/sign-in/", {"login": f"{NAME.split()[0]}@example.org", "password": WORDS}
    )
    stranger.ask("POST", send, referral(portal), **{"Idempotency-Key": "stranger-0001"})

    # Sending: well, wrongly, twice with other words, without a token, too much.
    status, text = alice.ask("POST", send, referral(portal), **{"Idempotency-Key": "planted-0001"})
    assert status == 201, text
    reference = json.loads(text)["reference"]
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

    # A conversation, with a version that is out of date and one that is right.
    one = f"{send}{reference}/"
    for version in ('"9"', '"1"'):
        sam.ask(
            "POST", f"{one}claim/", {}, **{"If-Match": version, "Idempotency-Key": f"c{version}"}
        )
    question = {"question": WORDS, "until": "2099-01-01", "with_person": WORDS}
    for version in ('"1"', '"2"'):
        key = {"If-Match": version, "Idempotency-Key": f"planted-ask-{version}"}
        sam.ask("POST", f"{one}ask/", question, **key)
    sam.form(f"/referrals/{reference}/message/", {"body": WORDS})
    sam.ask("GET", f"/referrals/{quote(NAME)}/")

    # A fault of ours: PostgreSQL quotes what it was given when it says what is wrong.
    with table_away("referrals_person"):
        key = {"Idempotency-Key": "planted-broken"}
        assert alice.ask("POST", send, referral(portal), **key)[0] == 500

    wait_until(lambda: portal.mails.mails, "a mail has gone out")
    told = {str(log): log.read_text(errors="replace").lower() for log in logs(portal)}
    assert len(told) >= 4, f"too few logs to look at: {sorted(told)}"
    assert any("programmingerror" in text for text in told.values()), "the fault was not logged"
    found = [f"{word} in {log}" for log, text in told.items() for word in PLANTED if word in text]
    assert found == []


def logs(portal: Portal) -> list[Path]:
    """Of web server, worker, dispatcher and Redis, and of PostgreSQL where it is ours."""
    ours = Path(os.environ.get("PORTAL_STATE_DIR", "/nonexistent"))
    return [*portal.web.log.parent.rglob("*.log"), *ours.rglob("*.log")]
