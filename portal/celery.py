"""The workers' application: `celery -A portal worker`. Redis carries ids; results are kept nowhere.

Nothing is lost with the broker: the outbox is a table (docs/adr/0006).
"""

import logging.config
import os
from typing import Any

from celery import Celery, signals
from django.conf import settings

from portal.notifications.heartbeats import Pulse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
# Back at work sooner after a restart; the deployment checks.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("portal")
app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    broker_connection_timeout=2,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={
        # Longer than any task may run: what a worker held when it was killed comes back then.
        # The outbox does not wait for it, a lease is shorter.
        "visibility_timeout": 300,
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
        "socket_keepalive": True,
        "health_check_interval": 10,
    },
    result_backend=None,
    task_ignore_result=True,
    task_store_errors_even_if_ignored=False,
    task_default_queue="portal",
    task_serializer="json",
    accept_content=["json"],
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    # Within the dispatcher's lease, so that a mail server that dribbles is recorded as a failure.
    task_soft_time_limit=45,
    task_time_limit=55,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    worker_send_task_events=False,
    # A lost broker is no reason to give up a mail that is on its way: the row says when it is sent.
    worker_cancel_long_running_tasks_on_connection_loss=False,
    # Database connections are kept for this many tasks; tasks check theirs when they begin.
    CELERY_DB_REUSE_MAX=500,
)
# At the broker again within seconds of its return; Celery's own consumer waits for up to 30.
app.conf.worker_consumer = "portal.notifications.consumer:Consumer"
app.autodiscover_tasks()

_pulses: dict[str, Pulse] = {}


@signals.setup_logging.connect
def _log_as_everywhere(**_: Any) -> None:
    """JSON lines on stdout, as the web server writes them."""
    logging.config.dictConfig(settings.LOGGING)
    # A line for every task received and done; delivery writes its own, which say more.
    for name in ("celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(name).setLevel(logging.WARNING)


@signals.worker_ready.connect
def _begin_pulse(sender: Any, **_: Any) -> None:
    name = f"worker:{sender.hostname}"
    # Without its broker it hears of nothing: its silence says so, and the dispatcher sends itself.
    pulse = Pulse(name, at_work=lambda: sender.connection is not None)
    _pulses.setdefault(name, pulse).start()


@signals.worker_shutdown.connect
def _end_pulses(**_: Any) -> None:
    for pulse in _pulses.values():
        pulse.stop()
