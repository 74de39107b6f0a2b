"""What is measured: each with the calls of its readers in turn, and the rate it should keep."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse

from portal.accounts.access import reader_for
from portal.accounts.models import User
from portal.core.references import new_opaque_id
from referrals.actions.draft import start_draft

from .calls import Browser, ask, environ, session_for
from .data import Data, Group
from .floor import BACKEND, Floor
from .timing import Call, Prepare, Turn, timed

Requests = Iterator[tuple[dict[str, Any], int]]  # (environ, the status it is answered with)


@dataclass(frozen=True)
class Measure:
    """`requests` go on for ever; `one` and `many` are single ones that show 1 and 25 rows."""

    key: str
    words: str
    target: float | None
    application: WSGIHandler
    requests: Requests
    one: dict[str, Any] | None = None
    many: dict[str, Any] | None = None
    expected: int = 200

    def prepare(self, count: int) -> Turn:
        """A turn of so many calls, made ready."""
        return partial(timed, calls_of(self.application, self.requests, count))


def calls_of(application: WSGIHandler, requests: Requests, count: int) -> list[Call]:
    """The next calls, made ready."""
    return [partial(ask, application, *request) for request in islice(requests, count)]


def browsers(group: Group) -> list[Browser]:
    """Everybody of a group, signed in to the portal."""
    backend = settings.AUTHENTICATION_BACKENDS[0]
    return [Browser(session_for(user, backend)) for user in group.users]


def floor_requests(group: Group, pk: int, cookie: str) -> Requests:
    """The same readers, signed in on the floor."""
    keys = [session_for(user, BACKEND) for user in group.users]
    requests = [environ("GET", f"/{pk}/", HTTP_COOKIE=f"{cookie}={key}") for key in keys]
    return ((request, 200) for request in cycle(requests))


def all_measures(portal: WSGIHandler, data: Data) -> list[Measure]:
    """In the order of the table."""
    return [
        *_who_to_contact(portal, data),
        *_lists(portal, data),
        *_sending(portal, data),
    ]


def _who_to_contact(portal: WSGIHandler, data: Data) -> list[Measure]:
    gps = browsers(data.gps)
    api, page = reverse("api-who-to-contact"), reverse("who-to-contact")

    def everybody(ask_one: Callable[[Browser, str], dict[str, Any]]) -> list[dict[str, Any]]:
        turns = zip(cycle(gps), data.postcodes, strict=False)
        return [ask_one(browser, postcode) for browser, postcode in turns]

    def strangers() -> list[dict[str, Any]]:
        # Each from an address of its own: an address may ask 60 times a minute.
        asked = [Browser().post_json(api, {"postcode": p}) for p in data.postcodes]
        return [{**a, "REMOTE_ADDR": f"127.0.1.{n}"} for n, a in enumerate(asked)]

    json = everybody(lambda browser, p: browser.post_json(api, {"postcode": p}))
    typed = everybody(lambda browser, p: browser.post(page, {"postcode": p}))
    return [
        Measure("who-json", "Who to contact, JSON", 0.5, portal, _ok(json), json[0]),
        Measure(
            "who-json-stranger",
            "Who to contact, JSON, without a sign-in",
            0.5,
            portal,
            _ok(strangers()),
            strangers()[0],
        ),
        Measure("who-page", "Who to contact, page", 0.25, portal, _ok(typed), typed[0]),
    ]


def _lists(portal: WSGIHandler, data: Data) -> list[Measure]:
    inbox, lone = browsers(data.inbox), browsers(data.inbox_of_one)[0]
    board, lone_sender = browsers(data.board), browsers(data.board_of_one)[0]
    found = []
    for key, words, target, path in (
        ("inbox-json", "Inbox, JSON, 25 of {}", 0.35, reverse("api-inbox")),
        ("inbox-page", "Inbox, page, 25 of {}", 0.2, reverse("inbox")),
    ):
        many = [browser.get(path) for browser in inbox]
        found.append(Measure(key, words, target, portal, _ok(many), lone.get(path), many[0]))
    referral = [
        browser.get(reverse("referral", args=[reference]))
        for browser, reference in zip(cycle(inbox), data.references, strict=False)
    ]
    terse, talkative = (
        inbox[0].get(reverse("referral", args=[reference]))
        for reference in (data.terse, data.talkative)
    )
    home = [browser.get(reverse("home")) for browser in board]
    return [
        *found,
        Measure("referral", "One referral, page", None, portal, _ok(referral), terse, talkative),
        Measure(
            "board",
            "First page with a board of 25",
            None,
            portal,
            _ok(home),
            lone_sender.get(reverse("home")),
            home[0],
        ),
    ]


_SIX = {
    "urgency": "routine",
    "why_now": "Two falls in ten days",
    "with_person": "Husband, 87",
    "agreement": "agrees",
    "call_back": "0161 496 0321, between surgeries",
}
_POINTS = ["Can she stay at home safely?", "A carer’s assessment for her husband"]


def _sending(portal: WSGIHandler, data: Data) -> list[Measure]:
    return [
        Measure(
            "send-json",
            "Sending to a team of six, JSON",
            0.15,
            portal,
            _sent_as_json(data),
            expected=201,
        ),
        Measure(
            "send-page",
            "Sending to a team of six, page",
            0.15,
            portal,
            _sent_as_form(data),
            expected=302,
        ),
    ]


def _sent_as_json(data: Data) -> Requests:
    """A new key each time: each is a referral of its own."""
    path = reverse("api-referrals")
    body = {
        **_SIX,
        "service": data.six.reference,
        "team": data.gps.team.pk,
        "person": {"name": "Margaret Example", "postcode": "M33 2RH"},
        "points": _POINTS,
    }
    for browser in cycle(browsers(data.gps)):
        yield browser.post_json(path, body, HTTP_IDEMPOTENCY_KEY=new_opaque_id()), 201


def _sent_as_form(data: Data) -> Requests:
    """From a draft that is there already, as the page saves it while one types."""
    typed = {**_SIX, "person_name": "Margaret Example", "postcode": "M33 2RH"}
    typed |= {f"point_{n}": text for n, text in enumerate(_POINTS, start=1)}
    for user, browser in cycle(zip(data.gps.users, browsers(data.gps), strict=True)):
        yield browser.post(_draft(user, data, typed), {**typed, "version": "1"}), 302


def _draft(user: User, data: Data, typed: dict[str, str]) -> str:
    draft = start_draft(by=reader_for(user), team=data.gps.team, service=data.six, typed=typed)
    return reverse("draft", args=[draft.key])


def _ok(requests: Iterable[dict[str, Any]]) -> Requests:
    return ((request, 200) for request in cycle(requests))


def floor_prepare(floor: Floor, requests: Requests) -> Prepare:
    """The floor's calls, each turn of them under its own settings."""

    def prepare(count: int) -> Turn:
        calls = calls_of(floor.handler, requests, count)

        def turn() -> list[float]:
            with floor.settings():
                return timed(calls)

        return turn

    return prepare
