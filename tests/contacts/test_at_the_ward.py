"""Whoever works in a hospital asks for somebody in hospital, until they say otherwise."""

from collections.abc import Callable
from dataclasses import replace

from django.test import Client

from contacts.answers import works_in_hospital
from tests.cast import Cast

TICKED = 'id="is-in_hospital" name="in_hospital" type="checkbox" value="1" checked'


def test_it_is_ticked_where_a_trust_asks(as_: Callable[[str], Client]) -> None:
    for path in ("/", "/who-to-contact/"):
        for name, is_so in (("wanda", True), ("phil", True), ("alice", False), ("ada", False)):
            assert (TICKED in as_(name).get(path).content.decode()) == is_so, (name, path)


def test_strangers_and_social_care_are_asked_nothing_more(
    client: Client, as_: Callable[[str], Client]
) -> None:
    assert TICKED not in client.get("/who-to-contact/").content.decode()
    assert TICKED not in as_("sam").get("/who-to-contact/").content.decode()


def test_who_works_in_both_is_not_taken_to_be_on_a_ward(cast: Cast) -> None:
    ward, practice = cast.reader("phil"), cast.reader("alice")
    assert works_in_hospital(ward)
    both = replace(ward, memberships=(*ward.memberships, *practice.memberships))
    assert not works_in_hospital(both)
