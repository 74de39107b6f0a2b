"""Clear away what nobody needs any more, now."""

from django.core.management.base import BaseCommand

from portal.home.clearing import clear


class Command(BaseCommand):
    help = "Clears old mails, what was seen long ago, and ended sessions. Done daily by itself."

    def handle(self, **options: object) -> None:
        """Clear for half a minute at most, and say how many rows went."""
        for table, count in clear().items():
            self.stdout.write(f"{count:8,}  {table}")
