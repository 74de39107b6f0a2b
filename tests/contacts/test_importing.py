"""Files as their publishers hand them out, and files that are not what they should be."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from contacts.actions.reference import COUNCIL_FILES, DATA, load_reference_data
from contacts.models import Council, Postcode, Practice, Responsibility
from contacts.models.revision import DirectoryRevision
from portal.accounts.models import Organisation
from tests.contacts.conftest import World, organisation, run

pytestmark = pytest.mark.django_db


def table(model: Any) -> list[tuple[Any, ...]]:
    return list(model.objects.order_by("pk").values_list())


# --- what is bundled --------------------------------------------------------------------------
def test_the_bundled_data(world: World) -> None:
    assert Responsibility.objects.on(date(2026, 11, 22)).authorities("England") == 153
    assert Postcode.objects.count() == 19_326
    assert Postcode.objects.filter(district_gss="E08000009").count() == 11_264
    assert Postcode.objects.filter(terminated_on__isnull=False).count() == 3_811
    assert Practice.objects.count() == 408
    assert Organisation.objects.filter(kind="trust").count() == 10


def test_every_practice_of_greater_manchester_has_its_district(world: World) -> None:
    areas = Practice.objects.values_list("area_gss", flat=True)
    assert set(areas) == {f"E080000{number:02}" for number in range(1, 11)}
    assert Practice.objects.filter(area_gss="E08000009").count() == 26


def test_a_practices_name_is_written_as_on_a_letterhead(world: World) -> None:
    assert organisation("P84014").name == "RK Medical Practice"
    assert organisation("P89023").name == "St. Andrew's House Surgery"
    assert organisation("R0A").name == "Manchester University NHS Foundation Trust"


def test_loading_it_again_changes_nothing(world: World) -> None:
    models = (Organisation, Council, Responsibility, Practice)
    before = [table(model) for model in models]
    revision = DirectoryRevision.objects.get().revision
    load_reference_data()
    assert [table(model) for model in models] == before
    assert DirectoryRevision.objects.get().revision == revision


def test_one_row_per_organisation(world: World) -> None:
    barnsley = organisation("E08000038")
    assert barnsley.name == "Barnsley Metropolitan Borough Council"
    assert not Organisation.objects.filter(code="E08000016").exists()
    assert barnsley.council.former_gss == ["E08000016"]
    assert organisation("E07000026").successor == organisation("E06000063")
    assert organisation("E10000006").successor is None  # Cumbria went two ways
    assert organisation("E10000006").closed_on == date(2023, 4, 1)
    assert organisation("E06000028").closed_on == date(2019, 4, 1)


# --- councils ---------------------------------------------------------------------------------
def test_a_list_that_is_not_whole_is_refused(world: World, tmp_path: Path) -> None:
    short = tmp_path / "councils.csv"
    lines = COUNCIL_FILES.councils.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if "E08000009" not in line]
    short.write_text("\n".join(kept), encoding="utf-8")
    before = table(Responsibility)
    with pytest.raises(CommandError, match="does not have 1 areas that are known here, E08000009"):
        run("import_councils", short)
    assert table(Responsibility) == before


def test_combined_authorities_take_no_councils_place(world: World, tmp_path: Path) -> None:
    """The trap of the original file, whose rows the bundled excerpt leaves out."""
    changes = tmp_path / "changes.csv"
    text = (DATA / "code_changes.csv").read_text(encoding="utf-8")
    traps = (
        "E06000014,York,E47000012,York and North Yorkshire,new_geo,2024",
        "E08000037,Gateshead,E47000010,North East,new_geo,2018",
        "E47000010,North East,E47000014,North East,merger,2024",
    )
    changes.write_text("\n".join([text.strip(), *traps]), encoding="utf-8")
    said = run("import_councils", COUNCIL_FILES.councils, "--changes", changes)
    assert "0 added, 0 taken out. 153 English councils" in said
    assert organisation("E06000014").name == "City of York Council"


def test_a_planned_council_keeps_its_row_when_it_gets_its_code(
    world: World, tmp_path: Path
) -> None:
    planned = tmp_path / "planned.csv"
    text = (DATA / "planned_changes.csv").read_text(encoding="utf-8")
    planned.write_text(text.replace("West Surrey Council,,", "West Surrey Council,E06000099,"))
    before = organisation("west-surrey-council")
    run("import_councils", COUNCIL_FILES.councils, "--planned", planned)
    after = Organisation.objects.get(pk=before.pk)
    assert after.code == "E06000099"
    codes = Responsibility.objects.filter(authority=after).values_list("authority_gss", flat=True)
    assert set(codes) == {"E06000099"}


def test_a_council_that_is_recoded_keeps_its_row(world: World, tmp_path: Path) -> None:
    changes = tmp_path / "changes.csv"
    text = (DATA / "code_changes.csv").read_text(encoding="utf-8")
    changes.write_text(f"{text}E08000009,Trafford,E08000999,Trafford,new_code,2027\n")
    before = organisation("E08000009")
    said = run("import_councils", COUNCIL_FILES.councils, "--changes", changes)
    assert Organisation.objects.get(pk=before.pk).code == "E08000999"
    assert "153 English councils" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("Trafford,E08000009", "Trafford,E080"), "has no council's code: “E080”"),
        (("Trafford,E08000009", "Trafford,E08000003"), "E08000003 is there twice"),
        (("TRF,", "TRF\x00,"), "NUL character"),
        (("2023-04-01", "1 April 2023"), "“1 April 2023” is not a date"),
        ((",MD,", ",??,"), "has an unknown type"),
        (("gss-code", "gss"), "it has no column gss-code"),
        (("nice-name,", "nice-name"), "it has no column"),
    ],
)
def test_a_broken_list_of_councils(
    world: World, tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    path = tmp_path / "councils.csv"
    text = COUNCIL_FILES.councils.read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change), encoding="utf-8")
    before = table(Council), table(Organisation)
    with pytest.raises(CommandError) as error:
        run("import_councils", path)
    assert said in str(error.value)
    assert (table(Council), table(Organisation)) == before


# --- practices and trusts ---------------------------------------------------------------------
def ods_row(**changes: str) -> list[str]:
    row = [""] * 27
    row[0], row[1], row[9], row[10] = "P99999", "NEW SURGERY", "M33 2RH", "20200401"
    row[12], row[14], row[25] = "A", "02A", "4"
    for place, value in changes.items():
        row[int(place[1:])] = value
    return row


def ods_file(tmp_path: Path, *rows: list[str]) -> Path:
    path = tmp_path / "epraccur.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    return path


def test_only_active_gp_practices_are_taken_in(world: World, tmp_path: Path) -> None:
    path = ods_file(
        tmp_path,
        ods_row(),
        ods_row(c0="P99998", c25="9"),  # not a GP practice
        ods_row(c0="P99997", c12="C", c11="20210101"),
        ods_row(c0="P99996", c12="D"),
        ods_row(c0="P99995", c12="P"),
    )
    assert "1 active GP practices" in run("import_practices", path)
    assert Practice.objects.get(ods="P99999").area_gss == "E08000009"
    assert not Organisation.objects.filter(code__startswith="P9999").exclude(code="P99999").exists()


def test_a_practice_that_closes_stays_with_its_date(world: World, tmp_path: Path) -> None:
    run("import_practices", ods_file(tmp_path, ods_row()))
    run("import_practices", ods_file(tmp_path, ods_row(c12="C", c11="20260930")))
    assert organisation("P99999").closed_on == date(2026, 9, 30)


def test_a_practice_whose_postcode_is_not_loaded(world: World, tmp_path: Path) -> None:
    path = ods_file(tmp_path, ods_row(c9="LL11 3NS", c0="W00007", c14="7A1"))
    assert "for 1 of them the council is not known" in run("import_practices", path)
    assert organisation("W00007").nation == "Wales"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["P1", "NAME"]], "row 1 has 2 columns, not 27"),
        ([ods_row(), ods_row()], "P99999 is there twice"),
        ([ods_row(c12="Z")], "“Z” is no status"),
        ([ods_row(c10="soon")], "“soon” is not a date"),
        ([ods_row(c0="<script>")], "is not an ODS code"),
        ([ods_row(c25="9")], "no row with prescribing setting 4"),
        ([], "it is empty"),
    ],
)
def test_a_broken_file_of_practices(
    world: World, tmp_path: Path, rows: list[list[str]], said: str
) -> None:
    before = table(Organisation)
    with pytest.raises(CommandError) as error:
        run("import_practices", ods_file(tmp_path, *rows))
    assert said in str(error.value)
    assert table(Organisation) == before


def test_practices_are_not_trusts(world: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="not a file of trusts"):
        run("import_trusts", ods_file(tmp_path, ods_row()))
    with pytest.raises(CommandError, match="is no status"):
        run("import_practices", DATA / "trusts_greater_manchester.csv")


def test_one_board_only(world: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no practice of the board QOP"):
        run("import_practices", ods_file(tmp_path, ods_row(c3="QXX")), "--board", "QOP")


def test_a_district_nobody_answers_for_is_named(world: World, tmp_path: Path) -> None:
    path = tmp_path / "postcodes.csv"
    path.write_text("postcode,la_code,lat,lon\nM33 2RH,E06000999,53.42,-2.31\n")
    said = run("import_postcodes", path)
    assert "E06000999" in said


# --- the originals, where they are ------------------------------------------------------------
def test_the_original_postcode_files(world: World, shared: Path) -> None:
    folder = shared / "postcodes"
    said = run("import_postcodes", folder / "onspd_extract_AB1.csv")
    assert "8,048 postcodes read, 0 added or changed" in said
    said = run("import_postcodes", folder / "trafford_postcodes.csv")
    assert "11,264 postcodes read, 0 added or changed" in said
    assert "5 postcodes read" in run("import_postcodes", folder / "onspd_2023_older_headers.csv")
    assert "14 postcodes read, 0 added" in run("import_postcodes", folder / "public_buildings.csv")


def test_the_original_lists(world: World, shared: Path) -> None:
    councils = shared / "councils"
    said = run(
        "import_councils",
        councils / "uk_local_authorities.csv",
        *("--changes", councils / "code_changes.csv"),
        *("--districts", councils / "district_to_county_2021.csv"),
        *("--planned", councils / "surrey_2027.csv"),
    )
    assert "0 added, 0 taken out. 153 English councils" in said
    assert "6,618 active GP practices" in run(
        "import_practices", shared / "ods" / "epraccur_2025-09.csv"
    )
    assert "205 open NHS trusts" in run("import_trusts", shared / "ods" / "etr_2025-07.csv")
    assert Organisation.objects.filter(kind="practice", nation="Wales").count() == 398
