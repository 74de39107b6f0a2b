"""The open data that comes with the portal (contacts/data), taken in through the importers."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from contacts.actions.councils import record_councils
from contacts.actions.postcodes import record_postcodes
from contacts.actions.practices import record_practices, record_trusts
from contacts.importing.councils import Files, read_lists
from contacts.importing.postcodes import read_postcodes
from contacts.importing.practices import read_commissioner_areas, read_practices, read_trusts

DATA = Path(__file__).resolve().parent.parent / "data"
COUNCIL_FILES = Files(
    councils=DATA / "councils.csv",
    code_changes=DATA / "code_changes.csv",
    districts=DATA / "district_to_county_2021.csv",
    planned=DATA / "planned_changes.csv",
    boards=DATA / "health_boards.csv",
)
COMMISSIONER_AREAS = DATA / "commissioner_areas.csv"
_POSTCODES = (
    "postcodes_trafford.csv.gz",
    "postcodes_onspd_extract.csv.gz",
    "public_buildings.csv",
)


def _quiet(_: str) -> None:
    pass


@transaction.atomic
def load_reference_data(*, on_progress: Callable[[str], None] = _quiet) -> None:
    """Councils, postcodes, practices and trusts of the bundled excerpts; the same again does
    nothing. `on_progress` hears a line for each kind."""
    lists, boards = read_lists(COUNCIL_FILES)
    councils = record_councils(lists=lists, boards=boards, by=None)
    on_progress(f"{councils.councils:,} councils, past and present")
    read = 0
    for name in _POSTCODES:
        batches = read_postcodes(DATA / name)
        read += record_postcodes(batches=batches, on_progress=lambda _: None).read
    on_progress(f"{read:,} postcodes")
    practices = record_practices(
        rows=read_practices(DATA / "practices_greater_manchester.csv"),
        areas_of_commissioners=read_commissioner_areas(COMMISSIONER_AREAS),
        by=None,
    )
    on_progress(f"{practices.active:,} GP practices")
    trusts = record_trusts(rows=read_trusts(DATA / "trusts_greater_manchester.csv"), by=None)
    on_progress(f"{trusts.active:,} NHS trusts")
