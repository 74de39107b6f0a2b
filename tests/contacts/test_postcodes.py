"""What people type for a postcode."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.postcodes import display, parse_postcode, parts
from portal.core.refused import InvalidInput

outward = st.from_regex(r"[A-Z]{1,2}[0-9][A-Z0-9]?", fullmatch=True)
inward = st.from_regex(r"[0-9][A-Z]{2}", fullmatch=True)
gap = st.text(alphabet=" \t\n\u00a0\u2009\u200b\u3000\ufeff", max_size=3)


@pytest.mark.parametrize(
    "typed",
    [
        "m332rh",
        "M33 2RH",
        "m33  2rh",
        " M33\u00a02RH ",
        "M33\u20092rh",
        "ｍ３３　２ｒｈ",
        "M33\u200b2RH",
    ],
)
def test_the_same_postcode_however_it_is_typed(typed: str) -> None:
    assert parse_postcode(typed).key == "M332RH"
    assert parse_postcode(typed).display == "M33 2RH"


@given(outward, inward, gap, gap, gap, st.booleans())
def test_every_well_formed_one_is_taken(
    out: str, inn: str, before: str, between: str, after: str, small: bool
) -> None:
    typed = f"{before}{out}{between}{inn}{after}"
    assert parse_postcode(typed.lower() if small else typed).key == out + inn


@given(st.text(max_size=60))
def test_anything_else_is_refused_with_a_sentence(typed: str) -> None:
    refused = None
    try:
        key = parse_postcode(typed).key
    except InvalidInput as wrong:
        refused = wrong
    if refused is None:
        assert re.fullmatch(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}", key)
    else:
        assert re.search(r"[.?]$", refused.sentence)
        assert (refused.field, refused.status) == ("postcode", 400)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter a postcode"),
        ("   ", "Enter a postcode"),
        ("M", "“M” is too short"),
        ("M33", "“M33” is too short"),
        ("m33 2r", "“M33 2R” is too short: a postcode ends with a number and two letters"),
        ("M33 2RHH", "“M33 2RHH” is too long"),
        ("M33 ORH", "Should “O” be 0?"),
        ("M33 IRH", "Should “I” be 1?"),
        ("M33-2RH", "take out “-”"),
        ("M33 2RH; DROP TABLE", "take out “;”"),
        ("<b>", "take out “<”"),
        ("M33\x002R", "is too short"),
        ("Trafford", "“TRAFFORD” is not a postcode"),
        ("33M 2RH", "begins with one or two letters and a number"),
        ("M" * 100_000, "too long for a postcode"),
        ("م٣٣", "take out"),
        ("M33 2RH 😀", "take out “😀”"),
    ],
)
def test_it_says_what_is_wrong(typed: str, said: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        parse_postcode(typed)
    assert said in wrong.value.sentence


def test_display_and_parts() -> None:
    assert display("M332RH") == "M33 2RH"
    assert display("AB10AA") == "AB1 0AA"
    assert parts("WA157XR") == ("WA15", "WA15 7")
