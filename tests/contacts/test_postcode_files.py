"""The ONS Postcode Directory in its shapes, and files that are not what they should be."""

import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError

from contacts.models import Postcode
from tests.contacts.conftest import run

pytestmark = pytest.mark.django_db
Write = Callable[..., Path]

ONSPD = "pcd7,pcd8,pcds,dointr,doterm,oscty,ced,oslaua,ctry,lat,long"
ROW = "M33 2RH,M33  2RH,M33 2RH,198001,,E99999999,E99999999,E08000009,E92000001,53.42,-2.31"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def writes(*lines: str, name: str = "file.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return writes


def test_current_shape(write: Write) -> None:
    assert "1 postcodes read, 1 added" in run("import_postcodes", write(ONSPD, ROW))
    kept = Postcode.objects.get(key="M332RH")
    assert (kept.nation, kept.district_gss, kept.county_gss) == ("England", "E08000009", "")
    assert (kept.latitude, kept.longitude, kept.terminated_on) == (53.42, -2.31, None)


def test_a_terminated_postcode_is_kept_with_its_date(write: Write) -> None:
    run("import_postcodes", write(ONSPD, ROW))
    run("import_postcodes", write(ONSPD, ROW.replace("198001,,", "198001,202406,")))
    assert Postcode.objects.get(key="M332RH").terminated_on == date(2024, 6, 1)


def test_a_postcode_that_is_not_in_the_next_file_stays(write: Write) -> None:
    run("import_postcodes", write(ONSPD, ROW))
    run("import_postcodes", write(ONSPD, ROW.replace("M33 2RH", "M33 2RJ").replace("M33  2RH", "")))
    assert Postcode.objects.count() == 2


def test_the_same_file_again_changes_nothing(write: Write) -> None:
    path = write(ONSPD, ROW)
    run("import_postcodes", path)
    assert "0 added or changed" in run("import_postcodes", path)


def test_an_extract_without_coordinates_leaves_known_ones(write: Write) -> None:
    run("import_postcodes", write(ONSPD, ROW))
    header = "postcode,building,nation,district_gss,county_gss"
    run("import_postcodes", write(header, "M33 2RH,Practice,England,E08000009,"))
    assert Postcode.objects.get(key="M332RH").latitude == 53.42


def test_the_shape_of_2023_is_read_by_its_own_names(write: Write) -> None:
    """One column more, others named otherwise, every value in quotes."""
    header = "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,ctry,park,buasd11,lat,long"
    row = (
        '"AB1 0AA","AB1  0AA","AB1 0AA","198001","199606","S99999999","S99999999",'
        '"S12000033","S92000003","S99999999","S99999999",57.101474,-2.242851'
    )
    run("import_postcodes", write(header, row))
    kept = Postcode.objects.get(key="AB10AA")
    assert (kept.district_gss, kept.terminated_on) == ("S12000033", date(1996, 6, 1))
    assert (kept.latitude, kept.longitude) == (57.101474, -2.242851)


def test_a_packed_file(tmp_path: Path) -> None:
    path = tmp_path / "postcodes.csv.gz"
    path.write_bytes(gzip.compress(f"{ONSPD}\n{ROW}\n".encode()))
    assert "1 postcodes read" in run("import_postcodes", path)


GOOD = ROW.replace("M33 2RH", "M33 9ZZ").replace("M33  2RH", "")
WRONG = [
    ([ONSPD, GOOD, ROW.replace("M33 2RH", "M33 2R1")], "“M332R1” is not a postcode"),
    ([ONSPD, GOOD, ROW.replace("E08000009", "E47000001")], "“E47000001” is not a district's code"),
    ([ONSPD, GOOD, ROW.replace("E92000001", "X"), ROW.replace("53.42", "north")], "not a number"),
    ([ONSPD, GOOD, ROW.replace("198001,,", "198001,199613,")], "“199613” is not a month"),
    ([ONSPD, GOOD, "M33 2RH,only two"], "cannot be read"),
    (
        [ONSPD, ROW, ROW.replace("E08000009", "E08000003")],
        "M332RH is in the file twice, in two places",
    ),
    ([ONSPD], "nothing beneath its header"),
    ([""], "its columns are not known"),
    (["pcds,doterm,oslaua,lat,long", ROW], "it lacks oscty"),
    (["<!doctype html>", "<title>Not found</title>"], "its columns are not known"),
]


@pytest.mark.parametrize(("lines", "said"), WRONG)
def test_a_broken_file_changes_nothing(write: Write, lines: list[str], said: str) -> None:
    with pytest.raises(CommandError) as error:
        run("import_postcodes", write(*lines))
    assert said in str(error.value)
    assert str(error.value).endswith("Nothing was changed.")
    assert not Postcode.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("postcodes.csv", b"\x7fELF\x00\xff\xfe\x00" * 200, "not a CSV file in UTF-8"),
        ("postcodes.csv", b"", "its columns are not known"),
        ("postcodes.zip", b"PK", "unpack it"),
        ("postcodes.csv.gz", b"not gzip at all", "not a CSV file in UTF-8"),
        (
            "postcodes.csv.gz",
            gzip.compress(f"{ONSPD}\n{ROW}\n".encode() * 9)[:-20],
            "not a CSV|cannot be read",
        ),
    ],
)
def test_files_that_are_no_table(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CommandError, match=said):
        run("import_postcodes", path)
    assert not Postcode.objects.exists()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        for command in ("postcodes", "practices", "trusts", "councils"):
            with pytest.raises(CommandError, match=r"not there|cannot be opened"):
                run(f"import_{command}", path)


def test_it_says_how_far_it_is(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contacts.management.commands.import_postcodes._EVERY", 1)
    assert "1 rows read" in run("import_postcodes", write(ONSPD, ROW))
