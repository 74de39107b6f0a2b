"""The page "Working together", as somebody signed in reads it."""

from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.test import Client

from portal.words.glossary import terms

PAGE = "/working-together/"


class Outline(HTMLParser):
    """Headings, ids, links with their words, and which of them are marked as current."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.current: list[str] = []
        self._open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if given.get("aria-current"):
            self.current.append(str(given.get("href")))
        if tag in ("h1", "h2", "h3", "h4", "a"):
            self._open.append((tag, given, []))

    def handle_data(self, data: str) -> None:
        for _, _, texts in self._open:
            texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            _, given, texts = self._open.pop()
            words = " ".join("".join(texts).split())
            if tag == "a":
                self.links.append((words, str(given.get("href"))))
            else:
                self.headings.append((tag, words))


@pytest.fixture
def read(as_: Callable[[str], Client]) -> Callable[[str], Outline]:
    """The outline of the page, as Alice, a GP, sees it."""

    def reading(query: str = "") -> Outline:
        answer = as_("alice").get(PAGE + query)
        assert answer.status_code == 200
        return Outline(answer.content.decode())

    return reading


@pytest.mark.django_db
def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    answer = client.get(PAGE)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/")


def test_it_can_only_be_read(as_: Callable[[str], Client]) -> None:
    assert as_("sam").post(PAGE).status_code == 405


def test_one_h1_and_no_level_left_out(read: Callable[[str], Outline]) -> None:
    levels = [int(tag[1]) for tag, _ in read("").headings]
    assert read("").headings[0] == ("h1", "Working together")
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_links_lead_somewhere(read: Callable[[str], Outline]) -> None:
    page = read("")
    assert len(set(page.ids)) == len(page.ids)
    here = [href.partition("#")[2] for _, href in page.links if "#" in href]
    assert len(here) >= 8
    assert set(here) <= set(page.ids)


def test_no_two_links_with_the_same_words(read: Callable[[str], Outline]) -> None:
    words = [words for words, _ in read("").links]
    assert len(set(words)) == len(words)


def test_every_term_has_its_anchor_and_heading(read: Callable[[str], Outline]) -> None:
    page = read("")
    assert {term.slug for term in terms()} <= set(page.ids)
    assert {term.term for term in terms()} <= {words for tag, words in page.headings if tag == "h4"}


@pytest.mark.parametrize("side", ["health", "social", "both"])
def test_the_words_of_one_side(read: Callable[[str], Outline], side: str) -> None:
    page = read(f"?side={side}")
    shown = {words for tag, words in page.headings if tag == "h4"}
    assert shown == {term.term for term in terms() if term.side == side}


@pytest.mark.parametrize("query", ["?side=", "?side=nonsense", "?other=health"])
def test_anything_else_shows_all(read: Callable[[str], Outline], query: str) -> None:
    shown = [words for tag, words in read(query).headings if tag == "h4"]
    assert len(shown) == len(terms())


def test_the_filter_says_how_many_and_which(read: Callable[[str], Outline]) -> None:
    page = read("?side=health")
    health = sum(term.side == "health" for term in terms())
    assert (f"Words of health {health}", f"{PAGE}?side=health#words") in page.links
    assert (f"All words {len(terms())}", f"{PAGE}#words") in page.links
    assert [href for href in page.current if href.startswith(PAGE + "?")] == [
        f"{PAGE}?side=health#words"
    ]
