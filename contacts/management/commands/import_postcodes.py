"""Take in an issue of the ONS Postcode Directory, or an extract of it."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from contacts.actions.postcodes import record_postcodes
from contacts.importing.postcodes import read_postcodes
from portal.core.refused import InvalidInput

_EVERY = 100_000


class Command(BaseCommand):
    """`script/manage import_postcodes FILE`."""

    help = (
        "Takes in postcodes: the ONS Postcode Directory (CSV, may be packed with gzip), or an"
        " extract with postcode, la_code, lat, lon. Repeatable; terminated postcodes are kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        """Import it, saying how far it is."""
        self.said = 0
        try:
            taken = record_postcodes(batches=read_postcodes(file), on_progress=self._progress)
        except InvalidInput as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(f"{taken.read:,} postcodes read, {taken.changed:,} added or changed.")
        if taken.unanswered:
            self.stdout.write(
                "Nobody is recorded as responsible for these districts; run import_councils with"
                f" a newer list: {', '.join(taken.unanswered)}"
            )

    def _progress(self, rows: int) -> None:
        if rows - self.said >= _EVERY:
            self.said = rows
            self.stdout.write(f"{rows:,} rows read")
            self.stdout.flush()
