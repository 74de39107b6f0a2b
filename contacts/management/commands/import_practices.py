"""Take in GP practices."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from contacts.actions.practices import record_practices
from contacts.actions.reference import COMMISSIONER_AREAS
from contacts.importing.practices import read_commissioner_areas, read_practices
from portal.core.refused import InvalidInput


class Command(BaseCommand):
    """`script/manage import_practices FILE [--board CODE]`."""

    help = (
        "Takes in the GP practices of an NHS ODS file (epraccur: 27 columns, no header)."
        " Import postcodes first: a practice's council is its postcode's. Repeatable."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and one integrated care board if not all are wanted."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--board", default="", help="only this integrated care board, as QOP")

    def handle(self, *, file: Path, board: str, **options: object) -> None:
        """Import them."""
        try:
            rows = [row for row in read_practices(file) if board in ("", row.board)]
            if not rows:
                raise CommandError(f"{file.name} has no practice of the board {board}.")
            taken = record_practices(
                rows=rows,
                areas_of_commissioners=read_commissioner_areas(COMMISSIONER_AREAS),
                by=None,
            )
        except InvalidInput as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(
            f"{taken.active:,} active GP practices; for {taken.unplaced:,} of them the council is"
            " not known, because their postcodes are not loaded."
        )
