"""Take in NHS trusts."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from contacts.actions.practices import record_trusts
from contacts.importing.practices import read_trusts
from portal.core.refused import InvalidInput


class Command(BaseCommand):
    """`script/manage import_trusts FILE`."""

    help = "Takes in the NHS trusts of an NHS ODS file (etr: 27 columns, no header). Repeatable."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        """Import them."""
        try:
            taken = record_trusts(rows=read_trusts(file), by=None)
        except InvalidInput as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(f"{taken.active:,} open NHS trusts.")
