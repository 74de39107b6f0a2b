"""Shows how the outbox stands, and puts a failed mail back into it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core.refused import Refused
from portal.notifications import handling, queries
from portal.notifications.models import Notification
from portal.notifications.states import FAILURE_NAMES, STATE_NAMES, Failure, State


class Command(BaseCommand):
    help = "How the outbox stands: counts, the oldest unsent mail, and what failed. No addresses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One failed row may be named."""
        parser.add_argument("--retry", type=int, metavar="ID", help="try a failed mail again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print, or retry."""
        if options["retry"] is not None:
            self._retry(options["retry"])
            return
        for (channel, state), many in queries.counts().items():
            self.stdout.write(f"{many:8,}  {channel:5}  {STATE_NAMES[State(state)]}")
        waiting = queries.oldest_unsent_seconds()
        self.stdout.write(f"Oldest unsent mail: {f'{waiting:,} seconds' if waiting else 'none'}")
        failed = queries.failed()
        if failed:
            self.stdout.write("Failed, newest first (try again with --retry ID):")
        for row in failed:
            self.stdout.write(_line(row))

    def _retry(self, pk: int) -> None:
        try:
            handling.try_again(by=None, pk=pk, desks=None)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"Notification {pk} is due again.")


def _line(row: Notification) -> str:
    why = FAILURE_NAMES[Failure(row.failure)]
    reference = row.facts.get("reference", "")
    when = f"{row.created_at:%Y-%m-%d %H:%M}"
    return f"{row.pk:8}  {when}  {row.kind}  {reference}  {why} ({row.attempts} tries)"
