"""What a reader is told in the app: their own, newest first, and no more than that."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.notifications import actions, queries
from portal.notifications.actions import Recipient
from portal.notifications.models import Notification
from tests.cast import Cast
from tests.notifications.conftest import FACTS, told

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
LIST = "/notifications/"


def _tell(cast: Cast, *names: str, count: int = 1, start: int = 0) -> None:
    for number in range(start, start + count):
        facts = {**FACTS, "reference": f"CG-7K4M-{number:04}"}
        people = (Recipient.person(cast.users[name].pk, None) for name in names)
        told(f"sent {number}", *people, facts=facts, path=f"/referrals/CG-7K4M-{number:04}/")


def _newest(cast: Cast, name: str) -> Notification:
    return queries.page(cast.users[name].pk).rows[0]


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(LIST).status_code == 302
    assert client.post(reverse("notifications-seen")).status_code == 302


def test_the_reader_sees_their_own_and_nobody_elses(cast: Cast, as_: SignedIn) -> None:
    _tell(cast, "sam")
    _tell(cast, "oscar", start=1)
    page = as_("sam").get(LIST).content.decode()
    assert "A referral has come in: CG-7K4M-0000" in page
    assert "CG-7K4M-0001" not in page
    assert 'href="/referrals/CG-7K4M-0000/"' in page
    for fact in ("Today", "Trafford front door", "A decision", "Tue 8 Dec 13:05"):
        assert fact in page
    assert "1 you have not seen" in page


def test_nothing_yet_says_what_will_appear(as_: SignedIn) -> None:
    page = as_("sam").get(LIST).content.decode()
    assert "Nothing yet" in page
    assert "Mark all as seen" not in page


def test_a_referral_that_is_opened_is_no_longer_new(cast: Cast) -> None:
    _tell(cast, "sam", "tess", count=2)
    assert actions.see_path(by=cast.users["sam"], path="/referrals/CG-7K4M-0000/") == 1
    assert queries.unread_count(cast.users["sam"].pk) == 1
    assert queries.unread_count(cast.users["tess"].pk) == 2


def test_one_or_all_are_marked_as_seen(cast: Cast, as_: SignedIn) -> None:
    _tell(cast, "sam", count=3)
    sam, seen = as_("sam"), reverse("notifications-seen")
    newest = _newest(cast, "sam").pk
    assert sam.post(seen, {"pk": newest}).status_code == 302
    assert queries.unread_count(cast.users["sam"].pk) == 2
    _tell(cast, "sam", start=3)  # comes in after the page was made
    sam.post(seen, {"upto": newest})
    assert queries.unread_count(cast.users["sam"].pk) == 1


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 40, "²"])
def test_a_number_that_is_none_marks_nothing(cast: Cast, as_: SignedIn, typed: str) -> None:
    _tell(cast, "sam")
    for name in ("pk", "upto"):
        assert as_("sam").post(reverse("notifications-seen"), {name: typed}).status_code == 302
    assert queries.unread_count(cast.users["sam"].pk) == 1


def test_nobody_marks_somebody_elses_as_seen(cast: Cast, as_: SignedIn) -> None:
    _tell(cast, "sam")
    newest = _newest(cast, "sam").pk
    for given in ({"pk": newest}, {"upto": newest + 1000}):
        as_("oscar").post(reverse("notifications-seen"), given)
    assert queries.unread_count(cast.users["sam"].pk) == 1


def test_looking_does_not_mark_as_seen(cast: Cast, as_: SignedIn) -> None:
    _tell(cast, "sam")
    as_("sam").get(LIST)
    assert queries.unread_count(cast.users["sam"].pk) == 1


def test_long_lists_go_on_page_by_page(cast: Cast, as_: SignedIn) -> None:
    _tell(cast, "sam", count=queries.PAGE + 3)
    sam = as_("sam")
    first = sam.get(LIST).content.decode()
    (older,) = re.findall(r'href="(/notifications/\?before=[^"]+)"', first)
    second = sam.get(older).content.decode()
    found = [re.findall(r": (CG-7K4M-\d{4})<", page) for page in (first, second)]
    assert [len(references) for references in found] == [queries.PAGE, 3]
    together = found[0] + found[1]
    assert together == sorted(together, reverse=True)
    assert sam.get(f"{LIST}?before=bent").status_code == 400


def test_links_of_a_page_all_differ(cast: Cast, as_: SignedIn) -> None:
    for event in ("a", "b"):
        told(event, Recipient.person(cast.users["sam"].pk, None), kind="referral.message")
    page = as_("sam").get(LIST).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    links = [re.sub(r"<[^>]+>", "", text) for text in re.findall(r"<a [^>]*>(.*?)</a>", main)]
    assert len(links) == len(set(links)) == 2


def test_an_open_page_asks_in_the_background_whether_it_is_out_of_date(
    cast: Cast, as_: SignedIn
) -> None:
    _tell(cast, "sam")
    sam = as_("sam")
    page = sam.get(LIST).content.decode()
    (asks,) = re.findall(r'hx-get="(/notifications/latest/[^"]+)"', page)
    asks = asks.replace("&amp;", "&")
    assert "X-Background" in page
    headers = {"X-Background": "1", "HX-Request": "true"}
    assert sam.get(asks, headers=headers).status_code == 204
    _tell(cast, "sam", count=2, start=1)
    answer = sam.get(asks, headers=headers)
    assert answer.status_code == 200
    assert "2 new notifications have come in." in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_what_was_seen_elsewhere_makes_an_open_page_out_of_date(cast: Cast, as_: SignedIn) -> None:
    _tell(cast, "sam")
    revision = queries.revision(cast.users["sam"].pk)
    actions.see_all(by=cast.users["sam"], upto=_newest(cast, "sam").pk)
    answer = as_("sam").get(reverse("notifications-latest"), {"revision": revision, "newest": "x"})
    assert answer.status_code == 200


def test_the_badge_counts_no_further_than_it_shows(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    _tell(cast, "sam", count=120)
    with django_assert_num_queries(1):
        assert queries.unread_count(cast.users["sam"].pk) == 100


def test_one_row_or_twenty_five_take_the_same_statements(
    cast: Cast, as_: SignedIn, django_assert_max_num_queries: Any
) -> None:
    sam = as_("sam")
    sam.get(LIST)
    counts = []
    for start, count in ((0, 1), (1, 24)):
        _tell(cast, "sam", start=start, count=count)
        with django_assert_max_num_queries(12) as statements:
            sam.get(LIST)
        counts.append(len(statements))
    assert counts[0] == counts[1]
