"""Banners of records, as EMIS, SystmOne, hospital systems and people write them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referrals.banner import FIELDS, find
from referrals.nhs_number import check_digit, what_is_wrong

TODAY = date(2026, 11, 22)
JOHN = {"person_name": "John Smith", "born_on": "1948-03-12", "nhs_number": "999 000 0018"}
HOME = {"address": "12 Invented Road, Sale", "postcode": "M33 2RH"}
TEL = {"telephone": "0161 496 0321"}
SHAPES: dict[str, tuple[str, dict[str, str]]] = {
    "EMIS in one line": (
        "SMITH, John (Mr)  Born 12-Mar-1948 (78y)  Gender Male  NHS No. 999 000 0018"
        "  Tel 0161 496 0321  Address 12 Invented Road, Sale, M33 2RH",
        JOHN | HOME | TEL,
    ),
    "single spaces": (
        "SMITH, John (Mr) Born 12-Mar-1948 (78y) Gender Male NHS No. 999 000 0018"
        " Usual GP Dr Alice Abbot",
        JOHN,
    ),
    "EMIS with its GP": (
        "SMITH, John (Mr)\nBorn\t12-Mar-1948 (78y)\tGender\tMale\tNHS No.\t999 000 0018\n"
        "Usual GP\tABBOT, Alice (Dr)",
        JOHN,
    ),
    "SystmOne": (
        "Mr John Smith 12 Mar 1948 (78 y) M\n999 000 0018\n12 Invented Road, Sale, M33 2RH\n"
        "Home: 0161 496 0321",
        JOHN | HOME | TEL,
    ),
    "hospital label": (
        "SMITH, John\nDOB: 12/03/1948  Sex: M\nHosp No: 1234567890\nNHS No: 9990000018\n"
        "12 Invented Road\nSale\nM33 2RH",
        JOHN | {"postcode": "M33 2RH"},
    ),
    "hospital system": (
        "MRN 7001234567 | SMITH, JOHN ALAN | DOB 12/03/1948 (78 years) | NHS 999-000-0018 |"
        " Ward: 7 | Consultant: Dr P Page",
        JOHN | {"person_name": "John Alan Smith"},
    ),
    "labels on lines of their own": (
        "Name:\nJohn Smith\nDate of birth:\n12 March 1948\nNHS number:\n999 000 0018\n"
        "Telephone:\n0161 496 0321\nAddress:\n12 Invented Road, Sale\nM33 2RH",
        JOHN | HOME | TEL,
    ),
    "a letter's head": (
        "Re: Mr John SMITH, d.o.b. 12.03.1948, NHS number 999 000 0018,"
        " 12 Invented Road, Sale M33 2RH",
        JOHN | HOME,
    ),
    "surname and forename": (
        "Surname: SMITH  Forename(s): John  Title: Mr  D.O.B: 12/03/48  NHS No: 999 000 0018",
        JOHN,
    ),
    "ISO date": ("Patient: John Smith; Birth date: 1948-03-12; NHS no 9990000018", JOHN),
    "ordinal date": ("Name: John Smith, Born 12th March 1948, NHS No 999 000 0018", JOHN),
    "American order in words": ("Name: John Smith  DOB: March 12, 1948  NHS: 9990000018", JOHN),
    "no gaps in the number": ("SMITH, John  12/03/1948  9990000018", JOHN),
    "in small letters": (
        "Name: john smith dob 12/03/1948 nhs no 999 000 0018 postcode m33 2rh",
        JOHN | {"person_name": "john smith", "postcode": "M33 2RH"},
    ),
    "an age decides the century": (
        "KHAN, Amina (Miss)  Born 04-Feb-10 (16y)  NHS No. 943 476 5919",
        {"person_name": "Amina Khan", "born_on": "2010-02-04", "nhs_number": "943 476 5919"},
    ),
    "no age: either century": (
        "KHAN, Amina (Miss)  Born 04-Feb-10  NHS No. 943 476 5919",
        {"person_name": "Amina Khan", "nhs_number": "943 476 5919"},
    ),
    "born ahead of today": ("Name: John Smith  DOB: 12/03/2048", {"person_name": "John Smith"}),
    "no day 31 in June": ("Name: John Smith  DOB: 31/06/1948", {"person_name": "John Smith"}),
    "another age": ("Name: John Smith  DOB: 12/03/1948 (58y)", {"person_name": "John Smith"}),
    "a compound name": (
        "O'BRIEN-MCDONALD, Mary-Ann (Mrs)  Born 01-Jan-1950 (76y)",
        {"person_name": "Mary-Ann O'Brien-McDonald", "born_on": "1950-01-01"},
    ),
    "a name of several words": (
        "VAN DER BERG, Anna Maria (Ms)  Born 01-Jan-1950",
        {"person_name": "Anna Maria Van Der Berg", "born_on": "1950-01-01"},
    ),
    "a place after the name": (
        "Name: John Smith, Sale  NHS: 999 000 0018",
        {"person_name": "John Smith", "nhs_number": "999 000 0018"},
    ),
    "what follows the number": (
        "Mrs Mary Ward DOB 04/02/1941 NHS 943 476 5919 12 Mount Street, Sale, M33 2RH",
        {
            "person_name": "Mary Ward",
            "born_on": "1941-02-04",
            "nhs_number": "943 476 5919",
            "address": "12 Mount Street, Sale",
            "postcode": "M33 2RH",
        },
    ),
    "a date before the number": (
        "Ms Mary Ward (F) 85y 04-Feb-1941 943 476 5919",
        {"person_name": "Mary Ward", "born_on": "1941-02-04", "nhs_number": "943 476 5919"},
    ),
    "a title shows which is the surname": (
        "Ward, Mary (Mrs) Born 04-Feb-1941",
        {"person_name": "Mary Ward", "born_on": "1941-02-04"},
    ),
    "a name that is a label": (
        "WARD, Mary (Mrs)  Born 04-Feb-1941",
        {"person_name": "Mary Ward", "born_on": "1941-02-04"},
    ),
    "another number": ("Hospital number 999 000 0018", {}),
    "two telephones": (
        "SMITH, John (Mr)  Home 0161 496 0321  Mobile 07700 900123",
        {"person_name": "John Smith"},
    ),
    "somebody else's telephone": (
        "SMITH, John (Mr)  Tel: 0161 496 0321\nNext of kin: Mary Smith (wife) Tel: 0161 496 0999\n"
        "GP: Dr Abbot, 1 Surgery Lane, M1 1AE Tel: 0161 496 0888",
        {"person_name": "John Smith"} | TEL,
    ),
    "a telephone with +44": (
        "SMITH, John (Mr)  Mobile: +44 7700 900123",
        {"person_name": "John Smith", "telephone": "+44 7700 900123"},
    ),
    "admitted is not born": (
        "SMITH, John  Admitted: 20/11/2026  Ward: 7",
        {"person_name": "John Smith"},
    ),
    "no valid number": ("SMITH, John (Mr)  NHS No. 999 000 0019", {"person_name": "John Smith"}),
    "not a banner": ("She fell twice last week and is not eating.", {}),
    "nothing": ("", {}),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(shape: str) -> None:
    text, expected = SHAPES[shape]
    assert find(text, TODAY).sure == expected


def test_two_numbers_are_both_shown_and_none_is_taken() -> None:
    found = find("NHS No 999 000 0018 (old NHS No 943 476 5919)", TODAY)
    assert "nhs_number" not in found.sure
    assert found.either["nhs_number"] == ("999 000 0018", "943 476 5919")
    assert "several NHS numbers in this: 999 000 0018 and 943 476 5919" in found.notes[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CHI 010110 3654", "is a Scottish (CHI) number"),
        ("NHS No 010 190 0015", "looks like a Scottish number"),
        ("NHS No 340 000 0019", "looks like a Northern Irish number"),
        ("H&C No 340 000 0018", "is a Northern Irish (H&C) number"),
        ("NHS No 999 000 0019", "not a valid NHS number"),
        ("DOB 03/25/1948", "date of birth is not clear: “03/25/1948”"),
        ("Born 04-Feb-10", "date of birth is not clear"),
    ],
)
def test_what_is_left_out_is_said(text: str, words: str) -> None:
    found = find(text, TODAY)
    assert found.sure == {}
    assert any(words in note for note in found.notes), found.notes


def test_two_telephones_are_offered() -> None:
    found = find("Home 0161 496 0321  Mobile 07700 900123", TODAY)
    assert found.either == {"telephone": ("0161 496 0321", "07700 900123")}


_BANNER = st.lists(
    st.one_of(
        st.sampled_from(
            ["NHS No.", "Born", "DOB:", "SMITH, John (Mr)", "Tel", "Address", "M33 2RH", "(78y)"]
        ),
        st.from_regex(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}", fullmatch=True),
        st.from_regex(r"\d{3} ?\d{3} ?\d{4}", fullmatch=True),
        st.text(max_size=12),
    ),
    max_size=14,
).map(" ".join)


@settings(deadline=3_000)
@given(_BANNER)
def test_whatever_is_pasted_what_is_sure_is_well_formed(text: str) -> None:
    found = find(text, TODAY)
    assert set(found.sure) | set(found.either) <= set(FIELDS)
    assert not set(found.sure) & set(found.either)
    if number := found.sure.get("nhs_number"):
        assert what_is_wrong(number) is None
    if born := found.sure.get("born_on"):
        assert date(1880, 1, 1) <= date.fromisoformat(born) <= TODAY
    for name, value in found.sure.items():
        assert value == value.strip() != "", name
        assert "\x00" not in value


@given(st.dates(date(1900, 1, 1), TODAY), st.sampled_from(["%d/%m/%Y", "%d-%b-%Y", "%Y-%m-%d"]))
def test_a_labelled_date_is_read_in_every_form(born: date, form: str) -> None:
    assert find(f"Born {born.strftime(form)}", TODAY).sure == {"born_on": born.isoformat()}


@given(st.integers(400_000_000, 999_999_999))
def test_a_labelled_number_is_found_where_it_is_valid(nine: int) -> None:
    digit = check_digit(str(nine))
    number = f"{nine}{digit if digit is not None else 0}"
    found = find(f"NHS No. {number[:3]} {number[3:6]} {number[6:]}", TODAY)
    good = digit is not None
    assert ("nhs_number" in found.sure) == good


@settings(deadline=3_000, max_examples=30)  # a quarter of a second, on a busy machine more
@given(st.sampled_from(sorted(SHAPES)), st.text(max_size=5))
def test_it_is_quick_and_calm_with_long_texts(shape: str, noise: str) -> None:
    find((SHAPES[shape][0] + noise) * 300, TODAY)
