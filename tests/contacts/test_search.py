"""The search over the directory, on the real database."""

from itertools import permutations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.actions.councils import record_councils
from contacts.actions.services import save_service
from contacts.finding import councils, find
from contacts.models import Council, Responsibility, SearchEntry, Service
from contacts.rules import ContactFacts
from contacts.search import PAGE, search
from contacts.search_words import wanted
from contacts.states import Basis, Channel, Kind, Visibility
from portal.accounts.models import Organisation
from tests.contacts.conftest import MANCHESTER, TRAFFORD, World, entry, organisation

pytestmark = pytest.mark.django_db


def names(text: str, **filters: object) -> list[str]:
    """The names of what is found, best first."""
    return [one.name for one in find(text, **filters).entries]  # type: ignore[arg-type]


def add(name: str, where: str = TRAFFORD, **changes: object) -> Service:
    """One more entry."""
    return save_service(
        facts=entry(name=name, covers=[where], **changes), organisation=organisation(where), by=None
    )


@pytest.fixture
def falls(world: World, db: None) -> Service:
    """A voluntary group whose summary speaks of falls."""
    return add(
        "Steady on your feet",
        kind=Kind.VOLUNTARY,
        summary="Classes for adults who have had a fall, or are afraid of one.",
    )


@pytest.mark.parametrize("text", ["falls M33", "steady Sale voluntary", "faller trafford"])
def test_in_any_order_of_words(falls: Service, text: str) -> None:
    for words in permutations(text.split()):
        assert names(" ".join(words)) == ["Steady on your feet"]


def test_by_name_need_and_place(falls: Service) -> None:
    assert names("safeguarding in Trafford") == ["Adult safeguarding"]
    assert names("abuse Sale") == ["Adult safeguarding"]
    assert names("district nurse m33") == ["Trafford district nursing"]
    assert names("nursing") == ["Manchester district nursing", "Trafford district nursing"]
    assert names("SPA Manchester") == names("front door Manchester") == ["Contact centre"]
    assert names("nursing M99") == []


def test_the_name_comes_before_the_need_the_place_and_the_summary(world: World) -> None:
    add("One", summary="Gardening together")
    add("Two", what_it_needs=["Whether the person likes gardening"])
    add("Gardening at the allotment")
    assert names("gardening") == ["Gardening at the allotment", "Two", "One"]


def test_an_edit_is_found_at_once(world: World) -> None:
    row = add("Old name", summary="Nothing yet")
    assert names("befriending") == []
    changed = entry(name="New name", covers=[MANCHESTER], summary="Befriending by telephone")
    save_service(
        facts=changed, organisation=organisation(TRAFFORD), service=row, version=1, by=None
    )
    assert names("befriending Didsbury") == ["New name"]
    assert names("befriending Sale") == []
    assert names("old name") == []


def test_the_names_of_places_are_found_at_once(world: World) -> None:
    Organisation.objects.filter(code=TRAFFORD).update(name="Borough of Bridgewater")
    assert "Adult safeguarding" in names("Bridgewater")
    Council.objects.filter(gss=MANCHESTER).update(short_name="Cottonopolis")
    assert "Contact centre" in names("Cottonopolis")
    Responsibility.objects.filter(area_gss=TRAFFORD).update(area_name="Ship Canal")
    assert "Adult safeguarding" in names("ship canal")
    Responsibility.objects.filter(area_gss=TRAFFORD).delete()
    assert "Adult safeguarding" not in names("ship canal")


def test_an_area_that_is_taken_away_is_found_no_more(world: World) -> None:
    world.services["nursing_here"].areas.all().delete()
    assert names("district nursing m33") == []


def test_a_closed_entry_is_not_found(world: World) -> None:
    Service.objects.filter(name="Contact centre").update(closed_on="2026-01-01")
    assert names("contact centre") == []


def test_contacts_are_not_searched_and_protected_ones_never_shown(world: World) -> None:
    add(
        "Safe house line",
        contacts=[
            ContactFacts(Channel.TELEPHONE, "0161 496 0900", Visibility.PROFESSIONAL),
            ContactFacts(Channel.EMAIL, "hidden@example.org", Visibility.PROTECTED),
        ],
    )
    assert names("hidden") == names("0900") == names("refuge@example.org") == []
    (found,) = find("safe house").entries
    assert [way.value for way in found.ways] == ["0161 496 0900"]


def test_what_a_service_does_not_do_does_not_find_it(world: World) -> None:
    add("Home library", what_it_does_not_do=["Painting and decorating"])
    assert names("decorating") == []


def test_a_kind_and_a_council_narrow_it_down(falls: Service) -> None:
    here = next(one for one in councils() if one.gss == TRAFFORD)
    there = next(one for one in councils() if one.gss == MANCHESTER)
    assert names("", kind=Kind.VOLUNTARY) == ["Steady on your feet"]
    assert set(names("", council=there)) == {"Contact centre", "Manchester district nursing"}
    assert "Trafford district nursing" in names("", council=here)
    assert names("falls", council=there) == []


def test_councils_to_browse_by_are_those_with_entries(world: World) -> None:
    assert [one.short_name for one in councils()] == ["Manchester", "Trafford"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("traford", "trafford"),
        ("safegaurding", "safeguarding"),
        ("manchster contact", "manchester contact"),
        ("safegua trafford", "safeguarding trafford"),
        ("district nursng", "district nursing"),
        ("reablment", "reablement"),
    ],
)
def test_a_misspelt_word_finds_its_nearest(world: World, typed: str, meant: str) -> None:
    result = find(typed)
    assert result.instead == meant
    assert [one.name for one in result.entries] == names(meant) != []


def test_what_is_near_to_nothing_is_left_alone(world: World) -> None:
    for text in ("xylophone", "qzx", "nursing in Inverness", ""):
        assert find(text).instead == ""


def test_the_spelling_learns_a_new_word_at_once(world: World) -> None:
    assert find("bouldring").instead == ""
    add("Bouldering for all")
    assert find("bouldring").instead == "bouldering"


def test_pages(world: World) -> None:
    for number in range(PAGE + 3):
        add(f"Chess club {number:02}", kind=Kind.VOLUNTARY)
    first, second = find("chess"), find("chess", page=2)
    assert (first.total, first.pages) == (PAGE + 3, 2)
    found = [one.name for one in (*first.entries, *second.entries)]
    assert found == [f"Chess club {number:02}" for number in range(PAGE + 3)]
    assert find("chess", page=3).entries == ()


def test_one_and_many_take_as_many_queries(world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            find("draughts")
        return len(seen)

    add("Draughts club 0")
    one = queries()
    for number in range(1, PAGE):
        add(f"Draughts club {number}")
    assert len(find("draughts").entries) == PAGE
    assert queries() == one


def test_every_entry_has_its_words(world: World) -> None:
    assert set(SearchEntry.objects.values_list("service_id", flat=True)) == set(
        Service.objects.values_list("pk", flat=True)
    )


def test_quotes_and_operators_are_words_like_others(world: World) -> None:
    for text in ("'; DROP TABLE contacts_service; --", "a & b | !c", "%s %(x)s", "\\ :* <->"):
        search(wanted(text).parts)
    assert Service.objects.exists()


def test_importing_councils_again_keeps_the_main_number(world: World) -> None:
    from contacts.actions.reference import COUNCIL_FILES
    from contacts.importing.councils import read_lists

    Council.objects.filter(gss=TRAFFORD).update(main_telephone="0161 496 0100")
    lists, boards = read_lists(COUNCIL_FILES)
    record_councils(lists=lists, boards=boards, by=None)
    assert Council.objects.get(gss=TRAFFORD).main_telephone == "0161 496 0100"


def test_basis_is_kept(world: World) -> None:
    assert {one.basis for one in find("nursing").entries} == {Basis.REGISTERED}
