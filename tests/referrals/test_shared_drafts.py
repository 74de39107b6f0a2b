"""A draft is its team's: taken up by a colleague, and nothing lost when two write in it."""

import pytest

from portal.audit.models import AccessEvent
from referrals.actions.draft import save_draft, send_draft
from referrals.forms.merging import differences, merged
from referrals.forms.refer import ReferForm
from referrals.models import Draft, Referral
from tests.cast import Cast
from tests.conftest import answers
from tests.referrals.test_pages import SIX, As, started


def test_a_colleague_finds_it_on_the_board_and_takes_it_up(cast: Cast, as_: As) -> None:
    ada, address = started(cast, as_, by="ada")
    ada.post(f"{address}save/", {"person_name": "Margaret Example", "version": "1"})
    alice = as_("alice")
    board = alice.get("/referrals/").content.decode()
    assert "Margaret Example, to Adult social care front door" in board
    assert "Ada Archer began this." in board
    page = alice.get(address).content.decode()
    assert 'value="Margaret Example"' in page
    assert "Saved last by Ada Archer" in page
    sent = alice.post(address, {**SIX, "version": "2"})
    assert sent.status_code == 302
    assert Referral.objects.get().sent_by == cast.alice
    assert "Not sent yet" not in ada.get("/referrals/").content.decode()


def test_one_that_was_opened_and_left_stands_on_nobodys_board(cast: Cast, as_: As) -> None:
    ada, address = started(cast, as_, by="ada")
    for browser in (ada, as_("alice")):
        assert "Not sent yet" not in browser.get("/referrals/").content.decode()
    assert ada.get(address).status_code == 200
    ada.post(f"{address}save/", {"postcode": "m332rh", "why_now": "Two falls", "version": "1"})
    assert "Not sent yet" in as_("alice").get("/referrals/").content.decode()


def test_that_it_was_seen_is_recorded(cast: Cast, as_: As) -> None:
    ada, address = started(cast, as_, by="ada")
    ada.post(f"{address}save/", {"person_name": "Margaret Example", "version": "1"})
    alice, key = as_("alice"), Draft.objects.get().key
    alice.get("/referrals/")
    alice.get(address)
    events = AccessEvent.objects.filter(user=cast.alice, subject_kind="draft", subjects=[key])
    assert sorted(events.values_list("verb", flat=True)) == ["listed", "read"]


@pytest.mark.parametrize("name", ["gina", "sam", "wanda"])
def test_nobody_outside_the_team_sees_it(cast: Cast, as_: As, name: str) -> None:
    browser, address = started(cast, as_)
    browser.post(f"{address}save/", {"person_name": "Margaret Example", "version": "1"})
    assert as_(name).get(address).status_code == 404
    assert as_(name).post(f"{address}discard/").status_code == 404
    assert Draft.objects.get().typed


def test_saving_by_itself_never_overwrites_a_colleague(cast: Cast, as_: As) -> None:
    ada, address = started(cast, as_, by="ada")
    ada.post(f"{address}save/", {"why_now": "Ada's text", "version": "1"})
    late = as_("alice").post(f"{address}save/", {"why_now": "Alice's text", "version": "1"})
    assert late.status_code == 409
    assert late.json()["message"] == "Ada Archer has saved this draft since you opened it."
    assert late.json()["compare"] == "Compare both texts"
    assert Draft.objects.get().typed["why_now"] == "Ada's text"


def both(cast: Cast, as_: As, button: dict[str, str]) -> tuple[object, str, str]:
    """Ada has saved, Alice presses a button on an older page."""
    ada, address = started(cast, as_, by="ada")
    theirs = {
        "agreement": "objects",
        "agreement_note": "He is not safe",
        "why_now": "Ada's why",
        "born_on-day": "12",
        "born_on-month": "3",
        "born_on-year": "1948",
    }
    ada.post(f"{address}save/", {**theirs, "version": "1"})
    alice = as_("alice")
    mine = {**SIX, "why_now": "Alice's why", "version": "1"}
    page = alice.post(address, {**mine, **button})
    assert page.status_code == 409
    return alice, address, page.content.decode()


@pytest.mark.parametrize("button", [{}, {"save": "1"}, {"compare": "1"}, {"fill": "1"}])
def test_both_texts_are_shown_in_words(cast: Cast, as_: As, button: dict[str, str]) -> None:
    _, _, html = both(cast, as_, button)
    assert "Two people have written in this draft" in html
    for words in (
        "Ada&#39;s why",
        "Alice&#39;s why",
        "Told, and objects",
        "Told, and agrees",
        "12 March 1948",
        "He is not safe",
    ):
        assert words in html
    assert ">objects<" not in html
    assert not Referral.objects.exists()
    assert Draft.objects.get().typed["why_now"] == "Ada's why"


def test_what_is_chosen_stays(cast: Cast, as_: As) -> None:
    alice, address, _ = both(cast, as_, {})
    mine = {**SIX, "why_now": "Alice's why"}
    chosen = {
        "keep-why_now": "both",
        "keep-agreement": "theirs",
        "keep-agreement_note": "theirs",
        "keep-born_on": "theirs",
        "keep-person_name": "mine",
    }
    answer = alice.post(address, {**mine, **chosen, "merge": "1", "version": "2"})
    assert answer["Location"] == address
    typed = Draft.objects.get().typed
    assert typed["why_now"] == "Alice's why\n\nAda's why"
    assert (typed["agreement"], typed["born_on-year"]) == ("objects", "1948")
    assert typed["person_name"] == SIX["person_name"]


def test_a_third_text_meanwhile_is_shown_too(cast: Cast, as_: As) -> None:
    alice, address, _ = both(cast, as_, {})
    as_("ada").post(f"{address}save/", {"why_now": "Ada's third", "version": "2"})
    again = alice.post(address, {"why_now": "Mine", "merge": "1", "version": "2"})
    assert again.status_code == 409
    assert "Ada&#39;s third" in again.content.decode()


def test_sending_does_not_drop_what_came_in_between(cast: Cast, as_: As) -> None:
    started(cast, as_)
    draft = Draft.objects.get()
    save_draft(by=cast.reader("ada"), draft=draft, typed={"why_now": "New"}, version=1)
    with pytest.raises(Exception, match="Ada Archer has saved this draft"):
        send_draft(by=cast.reader("alice"), draft=draft, answers=answers(), version=1)
    assert Draft.objects.get().typed == {"why_now": "New"}


def test_thrown_away_while_a_colleague_writes_it_is_there_again(cast: Cast, as_: As) -> None:
    ada, address = started(cast, as_, by="ada")
    ada.post(f"{address}save/", {"why_now": "Old", "version": "1"})
    ada.post(f"{address}discard/")
    assert Draft.objects.get().typed == {}
    alice = as_("alice")
    assert "Not sent yet" not in alice.get("/referrals/").content.decode()
    assert alice.get(address).status_code == 404
    # Ada's own page, saving itself as it goes, does not bring it back.
    ada.post(f"{address}save/", {"why_now": "Old", "version": "2"})
    assert Draft.objects.get().discarded_at
    saved = alice.post(f"{address}save/", {"why_now": "Alice writes on", "version": "2"})
    assert saved.status_code == 200
    assert "Alice writes on" in alice.get(address).content.decode()


def test_what_it_is_prepared_for_is_kept_by_a_clinician(cast: Cast, as_: As) -> None:
    ada, address = started(cast, as_, by="ada")
    mine = {"for_clinician": str(cast.alice.pk), "version": "1"}
    ada.post(f"{address}save/", mine)
    html = as_("alice").get(address).content.decode()
    assert f'<option value="{cast.alice.pk}" selected>' in html


def test_only_what_differs_is_asked() -> None:
    mine = {"why_now": "A", "point_1": "Same", "agreement": "agrees", "telephone": ""}
    theirs = {"why_now": "B", "point_1": "Same", "telephone": "0161 496 0321"}
    found = {d.name: d for d in differences(ReferForm.base_fields, mine, theirs)}
    assert set(found) == {"why_now", "agreement", "telephone"}
    assert found["telephone"].chosen == "theirs"
    assert found["agreement"].chosen == found["why_now"].chosen == "mine"
    assert found["why_now"].can_be_both


def test_without_a_choice_ones_own_stays() -> None:
    assert merged({"why_now": "A", "keep-x": "theirs"}, {"why_now": "B"}) == {"why_now": "A"}


def test_throwing_away_is_asked_first(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    asked = browser.get(f"{address}discard/").content.decode()
    assert "Throw this draft away?" in asked
    assert "begun by you" in asked
    assert Draft.objects.get().discarded_at is None
    assert "begun by Dr Alice Abbot" in as_("ada").get(f"{address}discard/").content.decode()
