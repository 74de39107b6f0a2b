"""The sheet of paper: one page whatever is on it, tagged, and no name becomes markup."""

import io
from dataclasses import replace

import pypdf
import pytest
import segno
import time_machine
from django.test import Client

from contacts.models import Practice
from contacts.presenters.card import Card, Door
from contacts.presenters.card import Council as CouncilWords
from contacts.sheet import MOST_COUNCILS, MOST_OTHERS, content_of, sheet
from tests.contacts.conftest import PRACTICE_THERE, World
from tests.contacts.sheets import pages_of
from tests.contacts.test_cards import AT, PAGE, PDF

pytestmark = pytest.mark.django_db


def test_the_sheet(world: World, catchment: Practice) -> None:
    with time_machine.travel(AT, tick=False):
        answer = Client().get(PDF)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        f'inline; filename="single-points-of-access-{PRACTICE_THERE}.pdf"'
    )
    (text,) = pages_of(answer.content)
    for said in (
        "Your single points of access",
        "immediate danger, ring 999",
        "Manchester City Council",
        "Trafford Council",
        "79% of the practice's people live here.",
        "0161 496 0123",
        "0161 496 0199",
        "Monday to Friday 08:30 to 17:00.",
        "What has changed.",
        "Not checked yet",
        "Printed 23 November 2026.",
        PAGE,
    ):
        assert said in text


def test_the_sheet_is_tagged_and_has_a_title_a_language_and_words_for_its_picture(
    world: World,
) -> None:
    read = pypdf.PdfReader(io.BytesIO(Client().get(PDF).content))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert read.metadata is not None
    assert (read.metadata.title or "").startswith("Your single points of access: ")
    objects = [
        pypdf.generic.IndirectObject(number, 0, read).get_object()
        for number in range(1, int(read.trailer["/Size"]))
    ]
    tags = [one for one in objects if isinstance(one, dict) and one.get("/Type") == "/StructElem"]
    kinds = {str(tag["/S"]) for tag in tags}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure"} <= kinds
    pictures = [str(tag["/Alt"]) for tag in tags if tag["/S"] == "/Figure"]
    assert len(pictures) == 1
    assert pictures[0].startswith("QR code of this card's page: http")


def test_only_embedded_fonts(world: World) -> None:
    page = pypdf.PdfReader(io.BytesIO(Client().get(PDF).content)).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        (descendant,) = font["/DescendantFonts"]
        described = descendant.get_object()["/FontDescriptor"]
        assert "Libertinus" in str(described["/FontName"])
        assert {"/FontFile2", "/FontFile3"} & described.keys()


def door(name: str = "Adult social care front door", needs: str = "What has changed.") -> Door:
    return Door(
        what="Front door",
        name=name,
        goes_by="",
        href="",
        telephone="0161 496 0123",
        hours="Monday to Thursday 08:30 to 17:00 and Friday 08:30 to 16:30. Not on bank holidays.",
        needs=needs,
        checked="Checked 3 Nov 2026",
        unchecked="",
        notices=(),
    )


def card(
    councils: int, one: Door, practice: str = "Park Medical Practice", others: int = 0
) -> Card:
    return Card(
        ods="P91003",
        practice=practice,
        councils=[
            CouncilWords(
                name=f"Council number {n}",
                about="About.",
                doors=[one] * 3,
                others=[replace(one, what=f"Other {n}.{m}") for m in range(others)],
                instead="",
            )
            for n in range(councils)
        ],
        invented=True,
        printed="22 November 2026",
        address="https://portal.example.org/who-to-contact/practices/P91003/",
        pdf_href="",
    )


LONGEST = door(name="Safeguarding " * 9, needs="What has happened, and to whom. " * 40)


@pytest.mark.parametrize("councils", [0, 1, 2, 3, 4, 5, 6, 7, 40])
@pytest.mark.parametrize("one", [door(), LONGEST], ids=["usual", "longest"])
def test_it_is_one_sheet_always_and_says_how_many_more_there_are(councils: int, one: Door) -> None:
    (text,) = pages_of(sheet(card(councils, one, practice="Practice " * 12)))
    shown = sum(f"Council number {n}" in text for n in range(councils))
    assert shown >= min(councils, 2 if one is LONGEST else 4)
    assert shown <= MOST_COUNCILS
    more = councils - shown
    if more == 1:
        assert "One more council is on the web page." in text
    elif more:
        assert f"{more} more councils are on the web page." in text
    else:
        assert "on the web page" not in text
    assert "Printed 22 November 2026." in text


@pytest.mark.parametrize("others", [1, 3, 4, 40])
@pytest.mark.parametrize("one", [door(), LONGEST], ids=["usual", "longest"])
def test_services_of_others_cost_no_council_its_place_and_are_counted(
    one: Door, others: int
) -> None:
    for councils in (1, 2):
        (text,) = pages_of(sheet(card(councils, one, others=others)))
        assert all(f"Council number {n}" in text for n in range(councils))
        assert text.count("Front door") == 3 * councils
        shown = sum(f"Other 0.{m} " in text for m in range(others))
        assert shown <= MOST_OTHERS
        assert shown == min(others, MOST_OTHERS) or one is LONGEST
        left = others - shown
        if left == 1:
            assert "One more single point of access is on the web page." in text
        elif left:
            assert f"{left} more single points of access are on the web page." in text
        else:
            assert "on the web page" not in text
        assert "Printed 22 November 2026." in text


@pytest.mark.parametrize(
    "odd",
    [
        '#panic("x") #read("/etc/passwd")',
        "*bold* _slanted_ $x$ `code` = title",
        "]] [[ }} {{ \\ \\u{1F} @label <label> // /* */",
        '"; #sys.inputs',
    ],
)
def test_an_odd_name_stays_a_name(odd: str) -> None:
    (text,) = pages_of(sheet(card(1, door(name=odd), practice=odd)))
    assert text.replace(" ", "").count(odd.replace(" ", "")) >= 2


def test_letters_without_a_shape_do_not_break_it() -> None:
    (text,) = pages_of(sheet(card(1, door(name="Tŷ Ŵyn 🙂 漢 ‮right"))))
    assert "Tŷ Ŵyn ? ? ?right" in text


def test_the_code_is_that_of_the_address_beneath_it() -> None:
    one = card(1, door())
    drawn = io.BytesIO()
    segno.make(one.address, error="m", micro=False).save(drawn, kind="svg", border=2, scale=4)
    assert content_of(one)["qr"] == drawn.getvalue().decode()
    assert content_of(one)["address"] == one.address
