"""Print a new API token for somebody."""

from argparse import ArgumentParser

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from portal.api.actions import create_token


class Command(BaseCommand):
    """`script/manage api_token EMAIL [--days N]`."""

    help = "Prints a new API token with its owner's rights and no more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """E-mail address and days."""
        parser.add_argument("email")
        parser.add_argument("--days", type=int, default=30, help="valid for (1 to 366), default 30")

    def handle(self, *, email: str, days: int, **options: object) -> None:
        """Make the token and print it, once."""
        if not 1 <= days <= 366:
            raise CommandError("--days must be from 1 to 366.")
        owner = get_user_model().objects.filter(email=email.strip().lower(), is_active=True).first()
        if owner is None:
            raise CommandError(f"Nobody signs in as {email}.")
        self.stdout.write(create_token(owner=owner, days=days))
