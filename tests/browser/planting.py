"""What is planted in every place that takes text, and where it may not come up again."""

import http.client
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from django.db import connection

from tests.browser.stack import Portal
from tests.page_forms import Form, forms_on

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


class Answer(NamedTuple):
    """What came back; the headers by their names in lower case."""

    status: int
    text: str
    headers: dict[str, str]


class Talker:
    """Somebody's program or browser, with the session of their browser."""

    def __init__(self, portal: Portal, name: str = "") -> None:
        self.name = name or "stranger"
        self._host = portal.url.removeprefix("http://")
        self._token = "t" * 32
        cookies = [f"csrftoken={self._token}"]
        if name:
            cookies.append(f"portal_session={portal.session_of(name)}")
        self._cookie = "; ".join(cookies)

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Any request; a dict goes as JSON."""
        given = {"Cookie": self._cookie, "X-CSRFToken": self._token, **headers}
        if isinstance(body, dict) and "Content-Type" not in given:
            given["Content-Type"] = "application/json"
            body = json.dumps(body)
        line = http.client.HTTPConnection(self._host, timeout=20)
        try:
            line.request(method, path, body, given)
            answer = line.getresponse()
            text = answer.read().decode(errors="replace")
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status, text, headers)
        finally:
            line.close()

    def form(self, path: str, typed: Mapping[str, str | list[str]]) -> Answer:
        """Send a form as it is given."""
        body = urlencode({**typed, "csrfmiddlewaretoken": self._token}, doseq=True)
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", path, body, **{"Content-Type": kind})

    def plants(self, page: str, action: str, **typed: str | list[str]) -> str:
        """Open a page, fill in its form that goes to `action`, and send it: it must be taken.

        The address that it leads to. What the form brings along (its one-time key, its version,
        its choices) goes with it; a field of a date is typed as `until="2027-01-31"`.
        """
        form = self.form_on(page, action)
        answer = self.form(form.action, {**form.given, **in_boxes(form, typed)})
        said = f"{self.name} {page} {action}: {answer.status} {problems(answer.text)}"
        assert answer.status == 302, said
        assert "/account/sign-in/" not in answer.headers["location"], said
        return answer.headers["location"]

    def form_on(self, page: str, action: str) -> Form:
        """The form of a page that goes to `action`."""
        answer = self.ask("GET", page)
        assert answer.status == 200, f"{self.name} {page}: {answer.status}"
        forms = [each for each in forms_on(answer.text, page) if each.method == "post"]
        found = [each for each in forms if each.action.partition("?")[0].endswith(action)]
        assert found, f"{self.name} {page} {action}: only {[each.action for each in forms]}"
        return found[0]

    def event(self, reference: str, what: str, **body: str) -> None:
        """An event of a referral by the API, with its version: it must be taken."""
        one = f"/api/v1/referrals/{reference}/"
        version = self.ask("GET", one).headers.get("etag", '"none"')
        key = {"If-Match": version, "Idempotency-Key": f"planted-{what}-{reference}"}
        answer = self.ask("POST", f"{one}{what}/", body, **key)
        assert answer.status in (200, 204), f"{what}: {answer.status} {answer.text[:300]}"


def in_boxes(form: Form, typed: Mapping[str, str | list[str]]) -> dict[str, str | list[str]]:
    """What is typed, with dates in the three boxes of their field."""
    given: dict[str, str | list[str]] = {}
    for name, text in typed.items():
        if f"{name}-day" in form.typed:
            year, month, day = str(text).split("-")
            given |= {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}
        else:
            given[name] = text
    return given


def problems(html: str) -> str:
    """The summary of what is wrong on a page, for whoever reads why a test failed."""
    return html.partition("There is a problem")[2][:600]


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


def sent(portal: Portal, by: Talker, key: str, **changes: object) -> str:
    """A referral that was sent and taken: its reference."""
    answer = by.ask(
        "POST", "/api/v1/referrals/", referral(portal, **changes), **{"Idempotency-Key": key}
    )
    assert answer.status == 201, answer.text
    return str(json.loads(answer.text)["reference"])


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


def logs(portal: Portal) -> dict[str, str]:
    """What web server, worker, dispatcher and Redis have said, and PostgreSQL where it is ours."""
    ours = Path(os.environ.get("PORTAL_STATE_DIR", "/nonexistent"))
    files = [*portal.web.log.parent.rglob("*.log"), *ours.rglob("*.log")]
    told = {str(log): log.read_text(errors="replace").lower() for log in files}
    assert len(told) >= 4, f"too few logs to look at: {sorted(told)}"
    return told


def told_of(portal: Portal) -> list[str]:
    """What stands in a log and may not."""
    told = logs(portal)
    return [f"{word} in {log}" for log, text in told.items() for word in PLANTED if word in text]
