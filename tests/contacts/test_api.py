"""`POST /api/v1/who-to-contact/`: the shape that outside tools build to, and its walls."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from jsonschema import Draft202012Validator

from contacts.models import Practice
from portal.api.actions import create_token
from portal.core.models import RateCount
from tests.contacts.conftest import HOME, PRACTICE_THERE, World

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/who-to-contact/"


def post(body: Any, browser: Client | None = None, **headers: str) -> HttpResponse:
    text = body if isinstance(body, str) else json.dumps(body)
    return (browser or Client()).post(
        ADDRESS, text, content_type="application/json", headers=headers
    )


SHAPE = {
    "type": "object",
    "required": [
        *("postcode", "nation", "basis", "authority", "explanation"),
        *("single_points_of_access", "practice"),
    ],
    "additionalProperties": False,
    "properties": {
        "postcode": {"type": "string"},
        "nation": {"type": "string"},
        "basis": {"enum": ["lives", "registered", "is-now", "cared-for"]},
        "authority": {
            "type": ["object", "null"],
            "required": ["gss", "name"],
            "properties": {"gss": {"type": ["string", "null"]}, "name": {"type": "string"}},
        },
        "explanation": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "single_points_of_access": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "name", "telephone", "open_now"],
                "properties": {
                    "id": {"type": "string", "pattern": "^SV-"},
                    "telephone": {"type": ["string", "null"]},
                    "open_now": {"type": "boolean"},
                },
            },
        },
        "practice": {
            "type": ["object", "null"],
            "required": ["ods", "name", "covers_home", "authorities"],
            "properties": {
                "covers_home": {"type": ["boolean", "null"]},
                "authorities": {
                    "type": "array",
                    "items": {"type": "object", "required": ["gss", "name", "share"]},
                },
            },
        },
    },
}


def test_the_shape(world: World, catchment: Practice) -> None:
    answer = post({"postcode": "m332rh", "practice": PRACTICE_THERE})
    assert answer.status_code == 200
    body = answer.json()
    Draft202012Validator(SHAPE).validate(body)
    assert body["postcode"] == HOME
    assert (body["nation"], body["basis"]) == ("England", "lives")
    assert body["authority"] == {
        "gss": "E08000009",
        "name": "Trafford Metropolitan Borough Council",
    }
    first = body["single_points_of_access"][0]
    assert first["id"] == world.services["front_door"].reference
    assert first["telephone"] == "0161 496 0123"
    assert first["out_of_hours"]["telephone"] == "0161 496 0199"
    assert first["out_of_hours"]["open_now"] is True
    assert first["invented"] is True
    assert body["practice"]["covers_home"] is True
    assert [one["share"] for one in body["practice"]["authorities"]] == [0.79, 0.2]
    assert any("because it follows the home" in said for said in body["explanation"])


@pytest.mark.parametrize("postcode", ["BT1 5GS", "JE2 4WD", "AB1 0AA", "AB11 3AG", "GU2 4BB"])
def test_every_answer_has_the_shape(world: World, postcode: str) -> None:
    Draft202012Validator(SHAPE).validate(post({"postcode": postcode}).json())


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"postcode": "ZZ1 1ZZ"}, 404, "unknown-postcode"),
        ({"postcode": "M33 2R"}, 400, "malformed-postcode"),
        ({"postcode": ""}, 400, "malformed-postcode"),
        ({"postcode": "M33 2RH", "practice": "P9 1;"}, 400, "malformed-practice"),
        ({"postcode": None}, 400, "invalid"),
        ({"postcode": ["M33 2RH"]}, 400, "invalid"),
        ({"postcode": "M33\x002RH"}, 400, "invalid"),
        ({"postcode": "M33 2RH", "practice": "x" * 100_000}, 400, "invalid"),
        ({}, 400, "invalid"),
        ([], 400, "invalid"),
        ("{", 400, "parse_error"),
    ],
)
def test_refusals_are_problem_documents(world: World, body: Any, status: int, code: str) -> None:
    answer = post(body)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert answer.json()["status"] == status


def test_a_get_has_no_answer(world: World) -> None:
    """A postcode in an address would stand in histories and logs."""
    assert Client().get(ADDRESS, {"postcode": HOME}).status_code == 405


def test_a_stranger_gets_public_contacts_only(world: World) -> None:
    text = post({"postcode": HOME}).content.decode()
    assert "0161 496 0123" in text
    assert "0161 496 0777" not in text
    assert "refuge@example.org" not in text


@pytest.mark.parametrize("by", ["session", "token"])
def test_somebody_signed_in_gets_professional_ones_too(world: World, by: str) -> None:
    if by == "session":
        answer = post({"postcode": HOME}, world.signed_in("gina"))
    else:
        token = create_token(owner=world.users["gina"], days=1)
        answer = post({"postcode": HOME}, authorization=f"Bearer {token}")
    assert answer.json()["practice"]["ods"] == PRACTICE_THERE
    # A front door's first number stays the public one; the page of the entry has the rest.
    assert "refuge@example.org" not in answer.content.decode()


def test_a_bad_token_is_refused_rather_than_ignored(world: World) -> None:
    assert post({"postcode": HOME}, authorization="Bearer nonsense").status_code == 401


def test_a_session_needs_its_csrf_token_and_a_stranger_none(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert post({"postcode": HOME}, strict).status_code == 200
    strict.force_login(world.users["gina"])
    assert post({"postcode": HOME}, strict).status_code == 403


def test_an_address_is_limited(world: World) -> None:
    assert post({"postcode": HOME}).status_code == 200
    RateCount.objects.update(count=60)
    limited = post({"postcode": HOME})
    assert limited.status_code == 429
    assert int(limited["Retry-After"]) <= 60
    assert post({"postcode": HOME}, world.signed_in("gina")).status_code == 200


def test_nothing_is_kept(world: World) -> None:
    answer = post({"postcode": HOME})
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
