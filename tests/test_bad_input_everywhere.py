"""Every form of every page, and every body of the API: bad input is kept, or refused with a reason.

The forms are found on the pages themselves, so that a new one is tried without being named here.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch

from tests import access_classes as classes
from tests.bad_input import NASTY, NASTY_JSON, check_page
from tests.test_access_matrix import (
    STRANGER,
    Scene,
    browser_of,
    routes,
    scene,  # noqa: F401 (the fixture)
)

# Somebody who may pass a route of each class; the pages show their forms to them.
WHO = {
    classes.PUBLIC: ("alice", STRANGER),
    classes.STRANGER: (STRANGER,),
    classes.OWN: ("alice",),
    classes.REFER: ("alice",),
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
# What a person types into; everything else is a choice, a button or ours.
TYPED = {"", "text", "search", "email", "tel", "url", "number", "password", "date", "time"}


@dataclass
class Form:
    """One form of a page: where it goes, what it brings along, what is typed into it."""

    method: str
    action: str
    given: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Forms(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(has.get("method", "get").lower(), has.get("action", ""))
            self.found.append(self._open)
        if self._open is None or not has.get("name"):
            return
        kind = has.get("type", "").lower()
        if tag == "textarea" or (tag == "input" and kind in TYPED):
            self._open.typed.append(has["name"])
        elif tag == "button" or kind == "submit":
            self._open.buttons.append((has["name"], has.get("value", "")))
        elif kind not in {"checkbox", "radio"} or "checked" in has:
            self._open.given[has["name"]] = has.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def text_of(answer: HttpResponse) -> str:
    """The body, whole."""
    body = b"".join(answer) if answer.streaming else answer.content
    return body.decode(errors="replace")


def forms_of(browser: Client, address: str) -> list[Form]:
    """The forms on a page into which something is typed."""
    answer = browser.get(address, follow=True)
    if "text/html" not in answer.get("Content-Type", ""):
        return []
    reader = Forms()
    reader.feed(text_of(answer))
    here = answer.request["PATH_INFO"]
    for form in reader.found:
        form.action = form.action.partition("#")[0] or here
    return [form for form in reader.found if form.typed]


def every_form(scene: Scene) -> Iterator[tuple[str, Client, Form]]:  # noqa: F811
    """Each form once: (who and where, their browser, the form)."""
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    for route in routes():
        for name in WHO.get(classes.PAGES.get(route, ""), ()):
            browser = browser_of(scene, name)
            try:
                address = scene.address(route)
            except NoReverseMatch:
                continue
            with transaction.atomic():
                forms = forms_of(browser, address)
                transaction.set_rollback(True)
            for form in forms:
                known = (form.action.partition("?")[0], name, tuple(sorted(form.typed)))
                if known not in seen:
                    seen.add(known)
                    yield f"{name} {route} {form.action}", browser, form


def bodies(form: Form) -> Iterator[dict[str, str]]:
    """Every text in some field, in as few bodies as that takes; then each named button."""
    texts = list(NASTY.values())
    for begin in range(0, len(texts), len(form.typed)):
        turned = texts[begin:] + texts[:begin]
        yield {**form.given, **dict(zip(form.typed, turned, strict=False))}
    for name, value in form.buttons[:4]:
        yield {**form.given, **dict.fromkeys(form.typed, NASTY["markup"]), name: value}


def test_every_form_of_every_page(scene: Scene) -> None:  # noqa: F811
    found = list(every_form(scene))
    assert len(found) > 25, [where for where, _, _ in found]
    for where, browser, form in found:
        for body in bodies(form):
            with transaction.atomic():
                ask = browser.post if form.method == "post" else browser.get
                answer = ask(form.action, body)
                check_page(answer.status_code, text_of(answer), where)
                transaction.set_rollback(True)


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
def test_every_body_of_the_api(scene: Scene, kind: str) -> None:  # noqa: F811
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
