"""The pages, as a reader finds them."""

import logging
import re
from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
import time_machine
from django.test import Client

from contacts.models import Service
from portal.core.models import RateCount
from tests.contacts.conftest import HOME, World

pytestmark = pytest.mark.django_db
ASK = "/who-to-contact/"
MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FRIDAY_EVENING = datetime(2026, 11, 27, 19, tzinfo=UTC)


def asked(browser: Client | None = None, postcode: str = "m332rh", status: int = 200) -> str:
    answer = (browser or Client()).post(ASK, {"postcode": postcode})
    assert answer.status_code == status
    return answer.content.decode()


def words(html: str) -> str:
    """What is read, without the markup."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main.partition(">")[2]).split())


class Links(HTMLParser):
    """The texts and addresses of links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.open = True
            self.found.append(("", dict(attrs).get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        self.open = self.open and tag != "a"

    def handle_data(self, data: str) -> None:
        if self.open:
            text, href = self.found[-1]
            self.found[-1] = (f"{text} {data}".strip(), href)


def test_the_box(world: World) -> None:
    html = Client().get(ASK).content.decode()
    assert '<form method="post" action="/who-to-contact/"' in html
    assert 'for="id_postcode"' in html
    assert html.count("<h1") == 1


def test_the_answer_comes_first(world: World) -> None:
    with time_machine.travel(MONDAY_NOON, tick=False):
        html = asked()
    said = words(html)
    assert '<h1 class="cg-title">Who to contact for M33 2RH</h1>' in html
    assert '<a class="cg-telephone" href="tel:01614960123">0161 496 0123</a>' in html
    order = [
        "Adult social care goes by where the person lives",
        "Trafford Council: adult social care front door",
        "Open now until 17:00",
        "After 17:00: emergency duty team 0161 496 0199 .",
        "Sign in to make a referral",
        "A routine referral is answered in 2 working days.",
        "What has changed",
        "Invented for the demonstration.",
        "Trafford Council: adult safeguarding",
        "Why this answer",
        "Care Act 2014, section 39",
    ]
    places = [said.index(words_) for words_ in order]
    assert places == sorted(places)


def test_while_it_is_closed_it_says_whom_to_ring_now(world: World) -> None:
    with time_machine.travel(FRIDAY_EVENING, tick=False):
        said = words(asked())
    assert "Closed. Opens Monday 08:30" in said
    assert "Until then ring the emergency duty team 0161 496 0199 , open all day and night" in said


def test_a_gp_whose_practice_is_elsewhere_reads_which_to_contact_for_what(world: World) -> None:
    html = asked(world.signed_in("gina"))
    assert "Your practice is in Manchester, this home is in Trafford." in html
    assert "<strong>Social care comes from Trafford</strong>" in html
    said = words(html)
    assert "Through your practice Manchester district nursing" in said
    assert said.count("Your practice is in Manchester") == 1


def test_a_referral_carries_the_postcode_in_its_form(world: World) -> None:
    html = asked(world.signed_in("gina"))
    reference = world.services["front_door"].reference
    form = re.search(rf'<form[^>]*action="/referrals/new/{reference}/".*?</form>', html, re.S)
    assert form
    assert '<input type="hidden" name="postcode" value="M33 2RH">' in form[0]
    assert "csrfmiddlewaretoken" in form[0]
    assert "Make a referral" in form[0]


def test_who_does_not_refer_has_no_button(world: World) -> None:
    html = asked(world.signed_in("dora"))
    assert "ake a referral" not in html


def test_a_service_without_a_team_has_no_button(world: World) -> None:
    Service.objects.filter(pk=world.services["front_door"].pk).update(receiving_team=None)
    assert "ake a referral" not in asked(world.signed_in("gina"))


def test_no_address_on_any_page_holds_a_postcode(world: World) -> None:
    for browser in (Client(), world.signed_in("gina")):
        for postcode, status in ((HOME, 200), ("ZZ1 1ZZ", 404), ("M33 2R", 422)):
            html = asked(browser, postcode, status)
            addresses = re.findall(r'(?:href|action|src|hx-get|hx-post)="([^"]*)"', html)
            key = postcode.replace(" ", "").lower()
            for address in addresses:
                assert key not in re.sub(r"[^a-z0-9]", "", address.lower())


@pytest.mark.parametrize(
    ("postcode", "status", "said"),
    [
        ("", 422, "Enter a postcode, like M33 2RH"),
        ("M33 2R", 422, "“M33 2R” is too short"),
        ("<script>alert(1)</script>", 422, "take out “&lt;”"),
        ("M33\x002RH", 422, "a character in it that cannot be kept"),
        ("x" * 100_000, 422, "can have 200 characters at most"),
        ("ZZ1 1ZZ", 404, "ZZ1 1ZZ is not among the postcodes that are known here"),
    ],
)
def test_errors_lead_to_the_box_and_keep_what_was_typed(
    world: World, postcode: str, status: int, said: str
) -> None:
    html = asked(postcode=postcode, status=status)
    assert said in html
    assert '<a href="#id_postcode">' in html
    assert "<title>Error: " in html
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    ("postcode", "heading", "said"),
    [
        ("CB2 3QJ", "Cambridgeshire County Council", "a district of Cambridgeshire"),
        ("EH1 1YJ", "City of Edinburgh Council", "health and social care partnerships"),
        ("IV3 5NX", "NHS Highland", "not the council, runs adult social care"),
        ("BT1 5GS", "A Health and Social Care Trust", "not from the district councils"),
        ("JE2 4WD", "No council can be named", "Jersey, outside the United Kingdom"),
        ("AB1 0AA", "Aberdeen City Council", "was taken out of use in June 1996"),
        ("AB11 3AG", "No council can be named", "where it was is not recorded"),
    ],
)
def test_where_nobody_is_entered(world: World, postcode: str, heading: str, said: str) -> None:
    html = asked(postcode=postcode)
    assert f">{heading}</h2>" in html
    assert said in html
    assert "ake a referral" not in html


def test_no_two_links_have_the_same_text(world: World) -> None:
    pages = [asked(), asked(world.signed_in("gina"))]
    pages.append(Client().get(service_page(world)).content.decode())
    for html in pages:
        texts = Counter(text for text, _ in Links(html).found)
        assert [text for text, count in texts.items() if count > 1] == []
        assert html.count("<h1") == 1


# --- the page of one entry --------------------------------------------------------------------
def service_page(world: World, name: str = "front_door") -> str:
    return f"/who-to-contact/services/{world.services[name].reference}/"


def test_an_entry_has_an_address_of_its_own(world: World) -> None:
    said = words(Client().get(service_page(world)).content.decode())
    for expected in (
        "Trafford Council: adult social care front door",
        "Goes by where the person lives.",
        "0161 496 0123",
        "Monday to Friday 08:30 to 17:00",
        "Saturday and Sunday closed",
        "Bank holidays closed",
        "Invented for the demonstration.",
    ):
        assert expected in said


def test_contacts_of_an_entry_by_who_is_reading(world: World) -> None:
    public = Client().get(service_page(world)).content.decode()
    signed_in = world.signed_in("gina").get(service_page(world)).content.decode()
    assert "0161 496 0777" not in public
    assert "0161 496 0777" in signed_in
    for html in (public, signed_in, asked(), asked(world.signed_in("gina"))):
        assert "refuge@example.org" not in html


def test_an_entry_that_is_not_there(world: World) -> None:
    assert Client().get("/who-to-contact/services/SV-NONE-NONE/").status_code == 404
    assert Client().get("/who-to-contact/services/%00/").status_code in (400, 404)


def test_an_entry_of_a_service_that_never_closes(world: World) -> None:
    said = words(Client().get(service_page(world, "duty")).content.decode())
    assert "Open all day and night" in said
    assert "Every day day and night" in said


# --- walls ------------------------------------------------------------------------------------
def test_a_postcode_stands_in_no_log(
    world: World, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for postcode, status in ((HOME, 200), ("ZZ1 1ZZ", 404), ("M33 2R", 422)):
        asked(postcode=postcode, status=status)
        Client().post("/api/v1/who-to-contact/", {"postcode": postcode}, "application/json")
    logged = [
        record.getMessage()
        for record in caplog.records
        # At DEBUG Django would print every statement with its values; production keeps WARNING.
        if record.name != "django.db.backends"
    ]
    out, err = capsys.readouterr()
    everything = re.sub(r"[^A-Z0-9]", "", " ".join([*logged, out, err]).upper())
    for planted in ("M332RH", "ZZ11ZZ", "M332R"):
        assert planted not in everything


def test_an_address_is_limited_and_told_how_long_to_wait(world: World) -> None:
    asked()
    RateCount.objects.update(count=60)
    answer = Client().post(ASK, {"postcode": HOME})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) <= 60
    assert words(asked(world.signed_in("gina")))


def test_a_form_from_elsewhere_is_refused(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ASK, {"postcode": HOME}).status_code == 403


def test_the_answer_has_a_budget_of_queries(
    world: World, django_assert_max_num_queries: object
) -> None:
    asked()
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        asked()
