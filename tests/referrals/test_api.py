"""The REST face: fixed names, headers that make writes safe to repeat, problem documents."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from contacts.models import Service
from portal.api.actions import create_token
from portal.core.clock import today
from referrals.models import Referral, StatusChange
from referrals.states import Event
from tests.cast import Cast
from tests.conftest import send

SIX: dict[str, Any] = {
    "person": {"name": "Margaret Example", "nhs_number": "943 476 5919", "born_on": "1941-02-04"},
    "points": ["Can she stay at home safely?"],
    "urgency": "routine",
    "why_now": "Two falls in ten days",
    "with_person": "Husband, 87",
    "agreement": "agrees",
    "call_back": "0161 496 0321",
}
Post = Callable[..., HttpResponse]


@pytest.fixture
def post(cast: Cast) -> Post:
    """`post("sam", "referrals/.../claim/", {...}, **headers)` with Sam's token."""

    def posted(name: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        token = create_token(owner=cast.users[name], days=1)
        return Client().post(
            f"/api/v1/{path}",
            body or {},
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}", **headers},
        )

    return posted


def six(cast: Cast, **changes: Any) -> dict[str, Any]:
    """A whole body."""
    return {**SIX, "service": cast.services["front_door"].reference, **changes}


def test_sent_once_for_one_key(cast: Cast, post: Post) -> None:
    sent = [post("alice", "referrals/", six(cast), **{"Idempotency-Key": "k" * 8}) for _ in "12"]
    assert [answer.status_code for answer in sent] == [201, 201]
    one, two = (answer.json() for answer in sent)
    assert one["reference"] == two["reference"]
    assert {"status", "due_at", "url"} <= one.keys()
    assert one["person"]["nhs_number"] == "9434765919"
    assert Referral.objects.count() == 1


def test_a_key_used_for_something_else_is_refused(cast: Cast, post: Post) -> None:
    post("alice", "referrals/", six(cast), **{"Idempotency-Key": "the-same-1"})
    other = post(
        "alice", "referrals/", six(cast, why_now="Else"), **{"Idempotency-Key": "the-same-1"}
    )
    assert (other.status_code, other.json()["code"]) == (409, "idempotency-key-reused")


def test_the_key_gives_its_referral_also_when_the_entry_has_been_closed(
    cast: Cast, post: Post
) -> None:
    key, body = {"Idempotency-Key": "the-same-2"}, six(cast)
    sent = post("alice", "referrals/", body, **key).json()["reference"]
    for change in ({"closed_on": today()}, {"closed_on": None, "receiving_team": None}):
        Service.objects.filter(pk=cast.services["front_door"].pk).update(**change)
        again = post("alice", "referrals/", body, **key)
        assert (again.status_code, again.json()["reference"]) == (201, sent)
        other = post("alice", "referrals/", six(cast, why_now="Else"), **key)
        assert other.status_code in (404, 409)
        theirs = post("ada", "referrals/", body, **key)
        assert theirs.status_code in (404, 409)
    assert Referral.objects.count() == 1


def test_without_a_key_nothing_is_sent(cast: Cast, post: Post) -> None:
    answer = post("alice", "referrals/", six(cast))
    assert answer.status_code == 412
    assert answer["Content-Type"] == "application/problem+json"
    assert not Referral.objects.exists()


def test_what_is_wrong_is_said_field_by_field(cast: Cast, post: Post) -> None:
    body = six(cast, person={"name": "M", "nhs_number": "9000000015"}, points=["  "])
    answer = post("alice", "referrals/", body, **{"Idempotency-Key": "k" * 8})
    assert answer.status_code == 400
    assert "points" in str(answer.json()["fields"])
    body = six(cast, person={"name": "M", "nhs_number": "9000000015", "postcode": "M33 2R"})
    answer = post("alice", "referrals/", body, **{"Idempotency-Key": "k" * 8})
    assert {"person.nhs_number", "person.postcode"} <= answer.json()["fields"].keys()


def test_the_whole_journey(cast: Cast, post: Post) -> None:
    sent = post("alice", "referrals/", six(cast), **{"Idempotency-Key": "k" * 8}).json()
    here = f"referrals/{sent['reference']}"
    claimed = post("sam", f"{here}/claim/")
    assert (claimed.json()["status"], claimed.json()["held_by"]) == ("acknowledged", "Sam Sharp")
    late = post("tess", f"{here}/claim/")
    assert (late.status_code, late.json()["held_by"]) == (409, "Sam Sharp")
    question = {"body": "Is it new?", "until": "2099-01-01", "with_person": "Nobody"}
    missing = post("sam", f"{here}/ask/", question)
    assert missing.status_code == 412
    far = post("sam", f"{here}/ask/", question, **{"If-Match": claimed["ETag"]})
    assert far.json()["fields"] == {
        "until": ["The date is more than two years ahead. Check the year."]
    }
    question["until"] = Referral.objects.get().sent_at.date().isoformat()
    asked = post("sam", f"{here}/ask/", question, **{"If-Match": claimed["ETag"]})
    assert (asked.json()["status"], asked.json()["due_at"]) == ("asked", None)
    answered = post("ada", f"{here}/answer/", {"body": "Yes."}, **{"If-Match": asked["ETag"]})
    assert answered.json()["status"] == "acknowledged"
    stale = post("sam", f"{here}/accept/", {"worker": "x@x.example"}, **{"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    accepted = post(
        "sam",
        f"{here}/accept/",
        {"worker": "tess@test.example"},
        **{"If-Match": answered["ETag"]},
    )
    assert accepted.json()["status"] == "accepted"
    assert [entry["voice"] for entry in accepted.json()["thread"]] == ["question", "answer"]


def test_undone_closed_and_reopened(cast: Cast, post: Post) -> None:
    sent = post("alice", "referrals/", six(cast), **{"Idempotency-Key": "k" * 8}).json()
    here = f"referrals/{sent['reference']}"
    claimed = post("sam", f"{here}/claim/")
    accepted = post(
        "sam", f"{here}/accept/", {"worker": "sam@test.example"}, **{"If-Match": claimed["ETag"]}
    )
    bare = post("sam", f"{here}/undo/", **{"If-Match": accepted["ETag"]})
    assert bare.status_code == 412
    headers = {"If-Match": accepted["ETag"], "Idempotency-Key": "undo-key-1"}
    undone = [post("sam", f"{here}/undo/", **headers) for _ in "12"]
    assert [answer.status_code for answer in undone] == [200, 200]
    assert undone[0].json()["status"] == "acknowledged"
    assert undone[0].json()["timeline"][-1]["event"] == "undo"
    late = post("tess", f"{here}/undo/", **{**headers, "If-Match": undone[1]["ETag"]})
    assert (late.status_code, late.json()["code"]) == (409, "built-on")
    accepted = post(
        "sam", f"{here}/accept/", {"worker": "sam@test.example"}, **{"If-Match": undone[1]["ETag"]}
    )
    unsaid = post("alice", f"{here}/close/", {"words": "Why?"}, **{"If-Match": accepted["ETag"]})
    assert list(unsaid.json()["fields"]) == ["reason"]
    closed = post("sam", f"{here}/close/", **{"If-Match": accepted["ETag"]})
    assert closed.json()["timeline"][-1]["note"] == "The work is done"
    again = {"If-Match": closed["ETag"], "Idempotency-Key": "reopen-key-1"}
    wordless = post("alice", f"{here}/reopen/", **again)
    assert list(wordless.json()["fields"]) == ["words"]
    reopened = post("alice", f"{here}/reopen/", {"words": "She fell again."}, **again)
    assert reopened.json()["status"] == "accepted"


def test_handed_back(cast: Cast, post: Post) -> None:
    sent = post("alice", "referrals/", six(cast), **{"Idempotency-Key": "k" * 8}).json()
    here = f"referrals/{sent['reference']}"
    claimed = post("sam", f"{here}/claim/")
    body = {"to_service": cast.services["hub"].reference, "reason": "In hospital"}
    handed = post("sam", f"{here}/redirect/", body, **{"If-Match": claimed["ETag"]})
    words, version = {"words": "She has gone home."}, {"If-Match": handed["ETag"]}
    assert post("hugo", f"{here}/hand-back/", words, **version).status_code == 412
    headers = {**version, "Idempotency-Key": "back-key-1"}
    again = [post("hugo", f"{here}/hand-back/", words, **headers) for _ in "12"]
    assert [answer.status_code for answer in again] == [204, 204]
    assert StatusChange.objects.filter(event=Event.HAND_BACK).count() == 1
    for other, key in (({"words": "Another."}, "back-key-1"), (words, "back-key-2"), (words, "")):
        late = post("hugo", f"{here}/hand-back/", other, **{**headers, "Idempotency-Key": key})
        assert late.status_code == 404
    assert post("oscar", f"{here}/hand-back/", words, **headers).status_code == 404


def test_redirected_in_one_step(cast: Cast, post: Post) -> None:
    sent = send(cast)
    body = {"to_service": cast.services["hub"].reference, "reason": "In hospital"}
    version = {"If-Match": f'"{sent.version}"'}
    handed = post("sam", f"referrals/{sent.reference}/redirect/", body, **version)
    assert (handed.json()["status"], handed.json()["held_by"]) == ("acknowledged", "Sam Sharp")


def test_the_inbox_goes_on_where_it_stopped(cast: Cast, post: Post) -> None:
    references = {send(cast).reference for _ in range(27)}
    token = create_token(owner=cast.sam, days=1)
    headers = {"Authorization": f"Bearer {token}"}
    first = Client().get("/api/v1/inbox/", headers=headers).json()
    second = Client().get(f"/api/v1/inbox/?after={first['next']}", headers=headers).json()
    assert (len(first["results"]), len(second["results"]), second["next"]) == (25, 2, "")
    assert {r["reference"] for r in first["results"] + second["results"]} == references


def test_an_expired_or_unknown_token_is_401(cast: Cast) -> None:
    answer = Client().get("/api/v1/inbox/", headers={"Authorization": "Bearer cg_unknown"})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_the_schema_names_every_event(cast: Cast, client: Client) -> None:
    schema = client.get("/api/v1/schema/").content.decode()
    events = ("claim", "ask", "answer", "accept", "decline", "redirect", "withdraw", "close")
    for event in (*events, "hand-back", "reopen", "undo"):
        assert f"/api/v1/referrals/{{reference}}/{event}/" in schema
