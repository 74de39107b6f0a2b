"""What the workers do for this room."""

from celery import shared_task
from django.db import close_old_connections

from portal.core import periodic


@shared_task(name="core.come_round")
def come_round(name: str) -> None:
    """Do work that is due, whose name the dispatcher has taken."""
    close_old_connections()
    periodic.run(name)
