"""Who may pass which route: every route, everybody of the cast, with GET and with POST.

The routes come from the resolver, so a new one that nobody classified fails the build. Every
answer is searched for strings that were planted in referrals the reader has no part in.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from portal.api.actions import create_token
from portal.audit.models import AccessEvent
from tests import access_classes as classes
from tests.access_allowed import allowed
from tests.scene import Scene, make_scene

STRANGER = "nobody"
PEOPLE = [
    STRANGER,
    *("alice", "ada", "gina", "phil", "wanda", "sam", "tess", "mina", "hugo", "oscar"),
    *("dora", "olga", "pru"),
]


def routes(resolver: URLResolver | None = None) -> Iterator[str]:
    """The name of every route there is."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry.name or f"(no name: {entry.pattern})"
        else:
            yield from routes(entry)


def test_every_route_is_classified() -> None:
    known = classes.PAGES.keys() | classes.API.keys()
    assert set(routes()) == known, "Say in tests/access_classes.py who may pass the new routes."


@pytest.fixture(scope="module")
def staged(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    """One scene for all tests of a module, in a transaction around theirs."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_scene()
        transaction.set_rollback(True)


@pytest.fixture
def scene(staged: Scene, db: None) -> Scene:
    """The scene as it was made: what a test does to it is rolled back."""
    return staged


def browser_of(scene: Scene, name: str) -> Client:
    """A browser in which they are signed in (or nobody is)."""
    browser = Client(raise_request_exception=True)
    if name != STRANGER:
        browser.force_login(scene.cast.users[name])
    return browser


def check(kind: str, name: str, scene: Scene, method: str, answer: HttpResponse) -> list[str]:
    """What is wrong with the answer, in words."""
    path = f"{name} {method} {answer.request['PATH_INFO']}"  # type: ignore[attr-defined]
    wrong = []
    if name == STRANGER and kind not in (classes.PUBLIC, classes.STRANGER):
        signs_in = answer.status_code == 302 and "/account/sign-in/" in answer["Location"]
        if not signs_in and answer.status_code not in (401, 405):
            wrong.append(f"{path}: a stranger got {answer.status_code}")
    elif answer.status_code not in allowed(kind, name, scene.cast):
        wrong.append(f"{path}: {answer.status_code}")
    body = b"".join(answer) if answer.streaming else answer.content
    body += str(dict(answer.items())).encode()
    wrong += [f"{path}: shows {s}" for s in scene.strings_hidden_from(name) if s.encode() in body]
    cached = "no-store" not in answer.get("Cache-Control", "")
    if cached and kind not in (classes.PUBLIC, classes.STRANGER):
        wrong.append(f"{path}: may be kept by a cache")
    return wrong


# Signing out and throwing away end what the next request needs; each has a test of its own.
_ENDS = {"account_logout", "draft-discard"}


def pages() -> list[tuple[str, str]]:
    """The pages that have a route, and the class of each."""
    there = set(routes())
    return [pair for pair in classes.PAGES.items() if pair[0] in there and pair[0] not in _ENDS]


@pytest.mark.parametrize("name", PEOPLE)
def test_pages_open_for_whom_they_should(scene: Scene, name: str) -> None:
    browser, wrong = browser_of(scene, name), []
    for route, kind in pages():
        address = scene.address(route)
        wrong += check(kind, name, scene, "GET", browser.get(address))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_acts_on_what_is_not_theirs(scene: Scene, name: str) -> None:
    browser, wrong = browser_of(scene, name), []
    for route, kind in pages():
        address = scene.address(route)
        wrong += check(kind, name, scene, "POST", browser.post(address, {"version": "1"}))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("how", ["session", "token"])
def test_programs_get_what_their_owners_may_see(scene: Scene, name: str, how: str) -> None:
    headers = {}
    browser = browser_of(scene, name if how == "session" else STRANGER)
    if how == "token" and name != STRANGER:
        token = create_token(owner=scene.cast.users[name], days=1)
        headers = {"Authorization": f"Bearer {token}"}
    wrong = []
    for route, kind in classes.API.items():
        address = scene.address(route)
        wrong += check(kind, name, scene, "GET", browser.get(address, headers=headers))
        answer = browser.post(
            address,
            {},
            content_type="application/json",
            headers={**headers, "If-Match": '"1"', "Idempotency-Key": "matrix-key-1"},
        )
        wrong += check(kind, name, scene, "POST", answer)
    assert not wrong, "\n".join(wrong)


def test_a_refused_reader_is_recorded_after_the_rollback(scene: Scene) -> None:
    browser_of(scene, "oscar").get(scene.address("referral"))
    event = AccessEvent.objects.get(verb=AccessEvent.Verb.REFUSED)
    assert (event.user_id, event.subjects) == (scene.cast.oscar.pk, [scene.reference])


def test_not_there_and_not_yours_look_the_same(scene: Scene) -> None:
    browser = browser_of(scene, "oscar")
    not_yours = browser.get(scene.address("referral")).content
    not_there = browser.get("/referrals/CG-3333-3333/").content
    assert _plain(not_yours) == _plain(not_there)


def _plain(page: bytes) -> bytes:
    """Without the token against forged requests, which is new on every page."""
    return re.sub(rb'csrfmiddlewaretoken" value="[^"]+"', b"", page)
