"""Take in the lists of councils."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from contacts.actions.councils import record_councils
from contacts.actions.reference import COUNCIL_FILES
from contacts.importing.councils import Files, read_lists
from contacts.models import Responsibility
from portal.core.clock import today
from portal.core.refused import InvalidInput


class Command(BaseCommand):
    """`script/manage import_councils FILE [--changes F] [--districts F] [--planned F]`."""

    help = (
        "Takes in mySociety's list of UK councils, with ONS's code changes, its lookup of"
        " districts to counties, and the changes that are decided. What is not given comes from"
        " the files in contacts/data. Repeatable; changes nothing where a file is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--changes", type=Path, default=COUNCIL_FILES.code_changes)
        parser.add_argument("--districts", type=Path, default=COUNCIL_FILES.districts)
        parser.add_argument("--planned", type=Path, default=COUNCIL_FILES.planned)

    def handle(
        self, *, file: Path, changes: Path, districts: Path, planned: Path, **options: object
    ) -> None:
        """Import them and say who is responsible now."""
        files = Files(file, changes, districts, planned, COUNCIL_FILES.boards)
        try:
            lists, boards = read_lists(files)
            taken = record_councils(lists=lists, boards=boards, by=None)
        except InvalidInput as error:
            raise CommandError(error.sentence) from error
        responsible = Responsibility.objects.on(today()).authorities("England")
        self.stdout.write(
            f"{taken.councils:,} councils. Responsibilities: {taken.added:,} added,"
            f" {taken.removed:,} taken out. {responsible} English councils are responsible for"
            " adult social care today."
        )
