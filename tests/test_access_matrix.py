"""Who may pass which route: every route, everybody of the cast, with GET and with POST.

The routes come from the resolver, so a new one that nobody classified fails the build. Every
answer is searched for strings that were planted in referrals the reader has no part in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from contacts.actions.reports import report
from contacts.states import Trouble
from portal.api.actions import create_token
from portal.audit.models import AccessEvent
from referrals.actions.claim import claim
from referrals.actions.draft import save_draft, start_draft
from referrals.actions.write import write
from referrals.states import Audience
from tests import access_classes as classes
from tests.access_allowed import allowed
from tests.cast import Cast, make_cast
from tests.meetings.conftest import arranged
from tests.meetings.held import paper_of, series_of
from tests.meetings.visits import asked_for
from tests.notifications.conftest import failed_mail
from tests.planted import plant, protect

STRANGER = "nobody"
ADDING = ("account-calendars", "account-calendar-address", "account-calendar-file")
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


@dataclass
class Scene:
    """Two referrals with different parties, full of planted strings."""

    cast: Cast
    reference: str
    draft: str
    report: str
    meeting: str
    item: int
    paper: int
    series: str
    visit: str

    def address(self, name: str) -> str:
        """The route's address, about the first referral where it is about one."""
        here = {"reference": self.reference}
        given: dict[str, dict[str, object]] = {
            "service": self._entry(),
            **{name: self._entry() for name in ("own-entry", "own-entry-close")},
            "own-entry-history": self._entry(),
            "practice-card": {"ods": "P91003"},
            "practice-card-pdf": {"ods": "P91003"},
            "own-entry-part": {**self._entry(), "slug": "reach"},
            "own-entry-undo": {**self._entry(), "version": 2},
            "directory-main-number": {"organisation": self.cast.organisations["trafford"].pk},
            "account-unsent-one": {"key": "none"},
            "account-throw-away": {"key": "none"},
            "demonstration-mail": {"key": "none"},
            "account-invitation": {"token": "x" * 43},
            "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
            "mfa_edit_webauthn": {"pk": 1},
            "mfa_remove_webauthn": {"pk": 1},
            "account-invite": {"organisation": self.cast.organisations["trafford"].pk},
            "account-end-membership": {"pk": self._membership()},
            "account-reset-second-step": {"pk": self.cast.sam.pk},
            "account-withdraw": {"pk": 1},
            "meeting-arrange": {},
            **self._of_the_item(),
            "action-finish": {"pk": 1},
            "referral-add": {"referral": self.reference},
            "meeting-feed": {},
            "meeting-feed-file": {"token": "x" * 43},
            "meeting-answer-link": {"token": "x" * 43},
            "referral-new": {"service": self.cast.services["front_door"].reference},
        }
        if name.startswith("account-week-") and name != "account-week-team":
            one = name == "account-week-end" or name.startswith("account-week-remove")
            pk = {"pk": 1} if one else {}
            return reverse(name, kwargs={"person": self.cast.sam.pk, **pk})
        if name.startswith("account-calendar") and name not in ADDING:
            return reverse(name, kwargs={"pk": 1})
        if name.startswith("account-mailbox"):
            return reverse(name, kwargs={"pk": self.cast.teams["front_door"].pk})
        if name.startswith("account-mail-"):
            return reverse(name, kwargs={"pk": failed_mail(self.cast.teams["front_door"])})
        if name.startswith("directory-report"):
            return reverse(name, kwargs={"reference": self.report})
        if name.startswith("directory-entry"):
            return reverse(name, kwargs=given["service"])
        if name.startswith("series-") and name != "series-new":
            return reverse(name, kwargs={"reference": self.series})
        if name.startswith("meeting-visit-"):
            return reverse(name, kwargs={"reference": self.visit})
        if name.startswith("together-"):
            teams = self.cast.teams
            return reverse(name, kwargs={"team": teams["park"].pk, "other": teams["front_door"].pk})
        if name == "meeting" or name.startswith("meeting-"):
            return reverse(name, kwargs=given.get(name, {"reference": self.meeting}))
        if name.startswith("draft"):
            return reverse(name, kwargs={"key": self.draft})
        about_one = name.startswith(("referral", "api-referral-")) or name == "api-referral"
        return reverse(name, kwargs=given.get(name, here if about_one else {}))

    def _of_the_item(self) -> dict[str, dict[str, object]]:
        item = {"reference": self.meeting, "pk": self.item}
        part = {"reference": self.meeting, "referral": self.reference}
        about_one = [*(f"meeting-{n}" for n in ("write", "guests", "take-off", "carry", "correct"))]
        about_one += [
            f"meeting-item-{n}"
            for n in ("begin", "put-off", "end", "note", "note-save", "decide", "action")
        ]
        about_one.append("meeting-item-improvement")
        return {
            **dict.fromkeys(about_one, item),
            "meeting-item-used": {**item, "contribution": self.paper},
            "meeting-part": part,
            "meeting-part-pdf": part,
        }

    def _entry(self) -> dict[str, object]:
        return {"reference": self.cast.services["front_door"].reference}

    def _membership(self) -> int:
        return int(self.cast.sam.memberships.get().pk)

    def strings_hidden_from(self, name: str) -> list[str]:
        """What must stand in no answer to this reader."""
        hidden = [] if name == "dora" else ["protected@planted.example"]
        if name not in ("alice", "ada", "sam", "tess", "mina"):
            hidden.append("PLANTED-ONE")
        if name not in ("gina", "oscar"):
            hidden.append("PLANTED-TWO")
        if name not in ("alice", "ada"):
            hidden.append("PRACTICE-ONLY")
        if name not in ("alice", "ada"):
            hidden.append("UNSENT")
        return hidden


@pytest.fixture
def scene(db: None) -> Scene:
    """Alice's referral to Trafford, Gina's to Manchester, and a draft of Alice's."""
    cast = make_cast()
    one = plant(cast, "PLANTED-ONE", "alice", "park", "front_door")
    plant(cast, "PLANTED-TWO", "gina", "grove", "other_front_door")
    alice = cast.reader("alice")
    write(by=alice, reference=one, body="PRACTICE-ONLY", audience=Audience.OWN_TEAM)
    claim(by=cast.reader("sam"), reference=one)
    protect(cast)
    draft = start_draft(by=alice, team=cast.teams["park"], service=cast.services["front_door"])
    save_draft(by=alice, draft=draft, typed={"person_name": "UNSENT Name"}, version=1)
    wrong = report(service=cast.services["front_door"], trouble=Trouble.MOVED, by=alice)
    meeting = arranged(cast, about=one)
    paper = paper_of(meeting, cast.sam)
    visit = asked_for(cast, visitor="alice", host="sam")
    return Scene(
        cast,
        one,
        draft.key,
        wrong.reference,
        meeting.reference,
        paper.item_id,
        paper.pk,
        series_of(cast).reference,
        visit.reference,
    )


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


@pytest.mark.parametrize("name", PEOPLE)
def test_pages_open_for_whom_they_should(scene: Scene, name: str) -> None:
    browser, wrong = browser_of(scene, name), []
    for route, kind in classes.PAGES.items():
        if route in _ENDS or route not in set(routes()):
            continue
        address = scene.address(route)
        wrong += check(kind, name, scene, "GET", browser.get(address))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_acts_on_what_is_not_theirs(scene: Scene, name: str) -> None:
    browser, wrong = browser_of(scene, name), []
    for route, kind in classes.PAGES.items():
        if route in _ENDS or route not in set(routes()):
            continue
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
