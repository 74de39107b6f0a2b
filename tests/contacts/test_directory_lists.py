"""Lists of the directory with many entries in them, and what each role is offered."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.models import Service, ServiceArea
from contacts.search import PAGE
from tests.cast import Cast
from tests.contacts.conftest import TRAFFORD

pytestmark = pytest.mark.django_db


def page(browser: Client, query: str = "") -> str:
    """What the directory answers."""
    answer = browser.get(f"/directory/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_pages_by_number(cast: Cast, as_: Any) -> None:
    fill(cast, PAGE + 2)
    first = page(as_("sam"), "?q=draughts")
    assert f"{PAGE + 2} entries, 1 to {PAGE} shown" in first
    assert 'href="/directory/?q=draughts&amp;page=2" rel="next"' in first
    assert "Draughts club 26" in page(as_("sam"), "?q=draughts&page=2")


def fill(cast: Cast, many: int) -> None:
    """So many more entries of Trafford."""
    rows = Service.objects.bulk_create(
        Service(
            organisation=cast.organisations["trafford"],
            name=f"Draughts club {number:02}",
            kind="voluntary",
            basis="lives",
            nation="England",
            is_always_open=True,
        )
        for number in range(many)
    )
    ServiceArea.objects.bulk_create(ServiceArea(service=row, area_gss=TRAFFORD) for row in rows)


def test_one_row_and_twenty_five_take_as_many_queries_and_at_most_twelve(
    cast: Cast, as_: Any
) -> None:
    sam = as_("sam")

    def queries() -> list[str]:
        with CaptureQueriesContext(connection) as seen:
            page(sam, "?q=draughts")
        return [
            one["sql"]
            for one in seen
            if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
        ]

    fill(cast, 1)
    queries()  # the first page of a session writes that it has begun
    one = queries()
    Service.objects.filter(name="Draughts club 00").update(name="Draughts club")
    fill(cast, PAGE - 1)
    many = queries()
    assert len(one) == len(many)
    assert len(many) <= 12, "\n".join(many)


def test_an_editor_finds_the_way_to_their_own(cast: Cast, as_: Any) -> None:
    assert "/directory/own/" in page(as_("dora"))
    assert "/directory/upkeep/" in page(as_("olga"))
    for name in ("olga", "sam"):
        assert "/directory/own/" not in page(as_(name))
    assert "/directory/upkeep/" not in page(as_("sam"))


def test_an_entry_that_is_not_there(cast: Cast, as_: Any) -> None:
    for reference in ("SV-NONE-NONE", "x", "SV-NONE-NONE-NONE"):
        assert as_("sam").get(f"/directory/{reference}/").status_code == 404
        assert as_("sam").post(f"/directory/{reference}/report/").status_code == 404
