"""What the workers do. Arguments are ids and a lease: everything else is read again."""

import uuid
from typing import Any

from celery import shared_task, signals
from django.db import close_old_connections

from portal.notifications import composing, delivery


@signals.celeryd_after_setup.connect
def _warm_up(**_: Any) -> None:
    """Before the worker forks, so that its processes start with everything loaded."""
    composing.warm_up()


@shared_task(name="notifications.deliver")
def deliver(ids: list[int], lease_token: str) -> None:
    """Send the mails of these rows, unless somebody else has taken them in the meantime."""
    # Connections outlive a task (portal/celery.py): one that PostgreSQL has closed is replaced.
    close_old_connections()
    delivery.deliver(ids, uuid.UUID(lease_token))
