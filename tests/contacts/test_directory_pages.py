"""The directory's first page, what it finds, and one entry of it."""

import pytest
from django.test import Client

from tests.contacts.conftest import World
from tests.contacts.test_pages import words

pytestmark = pytest.mark.django_db


def page(browser: Client, query: str = "", status: int = 200) -> str:
    """What the directory answers."""
    answer = browser.get(f"/directory/{query}")
    assert answer.status_code == status
    return answer.content.decode()


def test_a_stranger_signs_in_first(world: World) -> None:
    reference = world.services["front_door"].reference
    for path in ("/directory/", "/directory/?q=carers", f"/directory/{reference}/"):
        assert Client().get(path)["Location"].startswith("/account/sign-in/?next=/directory/")


def test_the_first_page_is_a_box_and_ways_to_browse(world: World) -> None:
    html = page(world.signed_in("gina"))
    assert 'role="search"' in html
    assert 'href="/directory/?council=E08000009">Trafford</a>' in html
    assert 'href="/directory/?kind=community-health">Community health</a>' in html
    assert "/directory/?kind=voluntary" not in html  # there is none
    assert "Not covered: children’s services, transport, medicines" in html
    assert '<a href="/directory/" aria-current="page">Directory' in html


def test_a_row_says_all_that_is_needed_to_ring(world: World) -> None:
    said = words(page(world.signed_in("gina"), "?q=district+nursing+Trafford"))
    for expected in (
        "1 entry",
        "Trafford district nursing",
        "0161 496 0260",
        "Community health. Goes by the practice they are registered with.",
        "Not checked yet by its owner.",
    ):
        assert expected in said
    assert "pen" in said  # open or closed, with when it opens


def test_a_link_to_an_entry_leads_back_to_the_search(world: World) -> None:
    gina = world.signed_in("gina")
    path = f"/directory/{world.services['front_door'].reference}/"
    assert f'href="{path}"' in page(gina, "?q=front+door+Sale")
    came = gina.get(path, headers={"Referer": "http://testserver/directory/?q=front+door+Sale"})
    assert 'href="/directory/?q=front+door+Sale">Search the directory' in came.content.decode()
    for elsewhere in ("http://evil.example/directory/?q=x", "http://testserver/?q=x", ""):
        came = gina.get(path, headers={"Referer": elsewhere})
        assert 'href="/directory/">Search the directory' in came.content.decode()


def test_did_you_mean(world: World) -> None:
    html = page(world.signed_in("gina"), "?q=traford+nurs")
    assert 'Did you mean <a href="/directory/?q=trafford+nursing">trafford nursing</a>?' in html
    assert "Trafford district nursing" in html


def test_nothing_found_says_what_to_do(world: World) -> None:
    gina = world.signed_in("gina")
    said = words(page(gina, "?q=xylophone&kind=voluntary"))
    assert "Nothing was found Take a word away, or try another" in said
    assert "Search every kind and council" in said


def test_what_is_not_covered_says_who_to_ask_and_shows_them(world: World) -> None:
    said = words(page(world.signed_in("gina"), "?q=wheelchair+Sale"))
    assert "ask the council’s front door for an assessment" in said
    assert "Adult social care front door" in said.replace("adult social", "Adult social")


def test_a_whole_postcode_is_cut_in_the_address_too(world: World) -> None:
    answer = world.signed_in("gina").get("/directory/", {"q": "nurse m33 2rh", "kind": "carers"})
    assert answer.status_code == 302
    assert answer["Location"] == "/directory/?q=nurse+m33&kind=carers"


def test_the_box_is_posted_and_a_whole_postcode_never_stands_in_an_address(world: World) -> None:
    gina = world.signed_in("gina")
    form = page(gina).partition('role="search"')[0].rpartition("<form")[2]
    assert 'method="post"' in form
    answer = gina.post("/directory/", {"q": "nurse m33 2rh", "kind": "carers", "council": ""})
    assert answer.status_code == 302
    assert answer["Location"] == "/directory/?q=nurse+m33&kind=carers"
    assert gina.post("/directory/", {"q": "falls"})["Location"] == "/directory/?q=falls"
    assert gina.post("/directory/", {"q": ""})["Location"] == "/directory/"
    assert gina.post("/directory/", {"q": "x" * 121}).status_code == 422
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.users["gina"])
    assert strict.post("/directory/", {"q": "m33 2rh"}).status_code == 403


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?q=%00", 400),
        ("?q=" + "x" * 121, 422),
        ("?q=" + "%F0%9F%98%80" * 20, 200),
        ("?q=%3Cscript%3Ealert(1)%3C/script%3E", 200),
        ("?q=%E2%80%AE%D7%A9%D7%9C%D7%95%D7%9D", 200),
        ("?kind=nonsense", 422),
        ("?council=nonsense", 422),
        ("?q=carers&page=nonsense", 200),
        ("?q=carers&page=-1", 200),
        ("?q=carers&page=99999999999999999999", 200),
        ("?q=in+the+of", 200),
        ("?q='%22%5C%25s", 200),
    ],
)
def test_whatever_is_typed(world: World, query: str, status: int) -> None:
    assert "<script>alert" not in page(world.signed_in("gina"), query, status)
