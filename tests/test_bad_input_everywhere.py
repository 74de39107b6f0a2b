"""Every form of every page, and every body of the API: bad input is kept, or refused with a reason.

The forms are found on the pages themselves, so that a new one is tried without being named here.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch

from tests import access_classes as classes
from tests.bad_input import EACH, NASTY_JSON, complaints
from tests.page_forms import Form, forms_on
from tests.test_access_matrix import (
    STRANGER,
    Scene,
    browser_of,
    routes,
    scene,  # noqa: F401 (the fixture)
    staged,  # noqa: F401 (what it rests on)
)

# Somebody who may pass a route of each class; the pages show their forms to them.
WHO = {
    classes.PUBLIC: ("alice", STRANGER),
    classes.STRANGER: (STRANGER,),
    classes.OWN: ("alice",),
    classes.REFER: ("alice",),
    classes.OVERSEE: ("mina",),
    classes.ROTA: ("mina",),
    classes.WEEK: ("mina",),
    classes.TRIAGE: ("sam",),
    classes.PEOPLE: ("olga",),
    classes.LOOKS_AFTER: ("tess",),
    classes.UPKEEP: ("dora",),
    classes.EDITOR: ("dora",),
    classes.ENTRIES: ("dora",),
    classes.REPORT: ("alice",),
    classes.PARTIES: ("sam", "alice"),
    classes.RECEIVER: ("sam",),
    classes.SENDER: ("alice",),
    classes.TEAM_MEMBER: ("alice",),
    classes.INVITED: ("alice", "sam"),
    classes.ORGANISER: ("alice",),
    classes.HOST: ("sam",),
    classes.TOGETHER: ("alice",),
    classes.AUTHOR: ("alice",),
    classes.OWNERS: ("alice",),
}


def text_of(answer: HttpResponse) -> str:
    """The body, whole."""
    body = b"".join(answer) if answer.streaming else answer.content
    return body.decode(errors="replace")


def where_to(answer: HttpResponse, address: str) -> str:
    """The path that an answer leads to; "" where it is itself what was asked for."""
    return urljoin(address, answer["Location"]).partition("?")[0] if _leads_on(answer) else ""


def _leads_on(answer: HttpResponse) -> bool:
    return 300 <= answer.status_code < 400


def forms_of(browser: Client, address: str, seen: set[str]) -> list[Form]:
    """The forms on a page into which something is typed; none where the page has been seen."""
    answer = browser.get(address)
    while (to := where_to(answer, address)) and to not in seen:
        seen.add(to)
        address, answer = to, browser.get(answer["Location"])
    if to or "text/html" not in answer.get("Content-Type", ""):
        return []
    return [form for form in forms_on(text_of(answer), address) if form.typed]


# Nothing to type into, and slow to make.
_PAPERS = re.compile(r"-(pdf|file|news|latest)$")


def every_form(scene: Scene) -> Iterator[tuple[str, Client, Form]]:  # noqa: F811
    """Each form once, whoever sends it: (who and where, their browser, the form)."""
    known: set[tuple[str, tuple[str, ...]]] = set()
    seen: dict[str, set[str]] = {}
    for route in routes():
        if _PAPERS.search(route) or (klass := classes.PAGES.get(route)) is None:
            continue
        for name in WHO[klass]:
            browser = browser_of(scene, name)
            try:
                address = scene.address(route)
            except NoReverseMatch:
                continue
            with transaction.atomic():
                forms = forms_of(browser, address, seen.setdefault(name, set()))
                transaction.set_rollback(True)
            for form in forms:
                one = (form.action.partition("?")[0], tuple(sorted(form.typed)))
                if one not in known:
                    known.add(one)
                    yield f"{name} {route} {form.action}", browser, form


def bodies(form: Form) -> Iterator[tuple[str, dict[str, str]]]:
    """Each text in every field at once; then each named button, which may do something else."""
    for text in EACH.values():
        yield text, {**form.given, **dict.fromkeys(form.typed, text)}
    for name, value in form.buttons[:4]:
        short = EACH["short"]
        yield short, {**form.given, **dict.fromkeys(form.typed, short), name: value}


def test_every_form_of_every_page(
    scene: Scene,  # noqa: F811
    caplog: pytest.LogCaptureFixture,
) -> None:
    found = list(every_form(scene))
    assert len(found) > 38, [where for where, _, _ in found]
    wrong: list[str] = []
    taken: set[str] = set()
    for where, browser, form in found:
        for text, body in bodies(form):
            with transaction.atomic():
                ask = browser.post if form.method == "post" else browser.get
                answer = ask(form.action, body)
                if _leads_on(answer):
                    taken.add(where)
                    answer = browser.get(answer["Location"], follow=True)
                    text = ""  # it may show elsewhere; here it is only to be inert
                wrong += complaints(answer.status_code, text_of(answer), where, text)
                transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)
    assert not is_told(caplog)
    assert len(taken) > 10, "hardly anything is taken: what is refused shows nothing"


def is_told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What our own log says of what was typed."""
    marks = ("PLANTED", "onmouseover", "7*7", "7 * 7", "evil", "9" * 100, "<'\">")
    return [mark for mark in marks if mark in caplog.text]


@pytest.mark.parametrize("address", ["/directory/?q=a%00b", "/who-to-contact/\x00/", "/?a=%00"])
def test_an_address_with_a_nul_is_refused(client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, "no text has" in answer.content.decode()) == (400, True)


def string_fields(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """A body with a marker in each string of a schema's object."""
    if "$ref" in part:
        part = schema["components"]["schemas"][part["$ref"].rpartition("/")[2]]
    if "allOf" in part:
        return string_fields(schema, part["allOf"][0])
    body: dict[str, Any] = {}
    for name, one in part.get("properties", {}).items():
        if "$ref" in one or "allOf" in one:
            body[name] = string_fields(schema, one) or "@"
        elif one.get("type") == "array":
            body[name] = ["@"]
        elif one.get("type") in ("string", "integer", None):
            body[name] = "@"
    return body


# Of each sort one: a program's texts go the way of a form's, which take them all.
KINDS = ["NUL", "half a character", "markup", "100 kB of marks", "right to left", "only spaces"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_body_of_the_api(
    scene: Scene,  # noqa: F811
    kind: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    schema = json.loads(
        browser_of(scene, "alice").get("/api/v1/schema/", {"format": "json"}).content
    )
    tried = 0
    for route, klass in classes.API.items():
        address = scene.address(route)
        path = address.replace(scene.reference, "{reference}")
        told = schema["paths"].get(path, {}).get("post", {}).get("requestBody")
        if told is None:
            continue
        shape = told["content"]["application/json"]["schema"]
        body = json.dumps(string_fields(schema, shape))
        body = body.replace('"@"', json.dumps(NASTY_JSON[kind]))
        for name in WHO[klass]:
            tried += 1
            with transaction.atomic():
                answer = browser_of(scene, name).post(
                    address,
                    body,
                    content_type="application/json",
                    headers={"If-Match": '"2"', "Idempotency-Key": "bad-input-1"},
                )
                assert answer.status_code < 500, f"{name} {address} {kind}"
                transaction.set_rollback(True)
    assert tried > 10
    assert not is_told(caplog)
