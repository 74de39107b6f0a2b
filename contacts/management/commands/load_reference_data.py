"""Take in the open data that comes with the portal."""

from django.core.management.base import BaseCommand

from contacts.actions.reference import load_reference_data


class Command(BaseCommand):
    """`script/manage load_reference_data`."""

    help = "Takes in the councils, postcodes, practices and trusts of contacts/data. Repeatable."

    def handle(self, **options: object) -> None:
        """Load them, a line for each kind."""
        load_reference_data(on_progress=self.stdout.write)
