"""Every other page that can be opened, looked at once as somebody who may."""

import re

import pytest

from tests.browser.conftest import Visitor
from tests.browser.stack import Portal

PAGES = {
    "": (
        "/about/",
        "/accessibility/",
        "/who-to-contact/",
        "/account/password/forgotten/",
        "/account/invitation/no-such-token/",
        "/demonstration/mails/",
    ),
    "alice": (
        "/working-together/",
        "/account/",
        "/account/sign-ins/",
        "/account/password/",
        "/account/second-step/",
        "/account/second-step/app/",
        "/account/sign-out/",
    ),
    "olga": ("/", "/account/people/", "/account/people/?words=nobody"),
    "dora": ("/", "/account/"),
    "pru": ("/", "/account/"),
}


@pytest.mark.parametrize("name", PAGES, ids=["a stranger", *list(PAGES)[1:]])
def test_the_page_is_in_order(visitor: Visitor, name: str) -> None:
    reader = visitor(name)
    for path in PAGES[name]:
        reader.goes_to(path)


def test_the_pages_about_one_colleague(visitor: Visitor, portal: Portal) -> None:
    olga = visitor("olga").goes_to("/account/people/")
    olga.follows(re.compile("^End this role of Sam Sharp"))
    olga.is_on("End the role of Sam Sharp?").goes_to("/account/people/")
    olga.follows(re.compile("^Lost second step of Sam Sharp"))
