"""Runs the dispatcher until SIGTERM or SIGINT."""

import logging
import signal
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from portal.notifications import composing
from portal.notifications.broker import Broker
from portal.notifications.dispatcher import Dispatcher, Pace
from portal.notifications.waking import Waker

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Takes what is due out of the outbox and sees that it is sent. Runs until stopped."
    requires_system_checks = []  # back at work sooner after a restart; the deployment checks

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How long a worker may hold a row before it is taken again."""
        parser.add_argument("--lease", type=float, default=60.0, help="seconds (default: 60)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        composing.warm_up()
        broker = Broker(import_string("portal.celery.app"))
        waker = Waker()
        pace = Pace(lease=timedelta(seconds=options["lease"]))
        dispatcher = Dispatcher(broker, waker, pace)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: dispatcher.stop())
        logger.info("dispatcher started", extra={"event": "dispatcher-started"})
        try:
            dispatcher.run()
        finally:
            waker.close()
        logger.info("dispatcher stopped", extra={"event": "dispatcher-stopped"})
