"""Everything between an empty database and a demonstration that can be served."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """What `script/demo` runs at every start, in one process: starting Django takes time."""

    help = "Brings the database up to date and loads the demonstration area into an empty one."
    requires_system_checks = ()

    def handle(self, **options: object) -> None:
        """Each step does nothing where it was done before."""
        if settings.PRODUCTION:
            raise CommandError("The demonstration is not loaded where PORTAL_MODE=production.")
        self.stdout.write("Bringing the database up to date")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        self.stdout.write("Loading the demonstration area, unless it is there")
        call_command("load_demonstration", if_empty=True, stdout=self.stdout)
