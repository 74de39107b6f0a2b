"""The way to the workers: short time limits, and a memory of when not to try."""

import logging
import time
import uuid
from collections.abc import Sequence
from typing import Any

import redis
from celery import Celery
from kombu import Connection
from kombu.exceptions import OperationalError
from redis.backoff import NoBackoff
from redis.retry import Retry

from portal.core.tasks import come_round
from portal.notifications import tasks

logger = logging.getLogger(__name__)

TIME_LIMIT = 1.0
# Long after a lease has run out, so that clocks that differ do no harm: only to keep Redis small.
FORGET_AFTER = 600.0
SHORTEST_REST, LONGEST_REST = 2.0, 30.0
_AWAY = (OperationalError, redis.RedisError, OSError)


class Broker:
    """Hands work to Celery. After a failure it is left alone for a while, then asked once."""

    def __init__(self, app: Celery) -> None:
        self._app = app
        self._line: Connection | None = None
        self._producer: Any = None
        self._rest = SHORTEST_REST
        self._not_before = 0.0

    @property
    def resting(self) -> bool:
        """Whether it failed so lately that it is not asked now."""
        return time.monotonic() < self._not_before

    def hand_over(self, ids: Sequence[int], token: uuid.UUID) -> bool:
        """Hand rows to a worker; False when the broker is away.

        False does not mean that no worker will hear of it: a broker that hangs may pass it on
        later. Take the rows over under a new token before doing anything else with them.
        """
        return self._pass_on(tasks.deliver, (list(ids), str(token)))

    def start(self, name: str) -> bool:
        """Have a worker do work that comes round; False when the broker is away."""
        return self._pass_on(come_round, (name,))

    def _pass_on(self, task: Any, arguments: tuple[object, ...]) -> bool:
        if self.resting:
            return False
        began = time.monotonic()
        try:
            task.apply_async(arguments, producer=self._ready(), expires=FORGET_AFTER, retry=False)
        except _AWAY as error:
            self._trip(type(error).__name__)
            return False
        if time.monotonic() - began > TIME_LIMIT:
            self._trip("slow")
        else:
            self._rest = SHORTEST_REST
        return True

    def _ready(self) -> Any:
        if self._producer is None:
            options = {
                **self._app.conf.broker_transport_options,
                "socket_timeout": TIME_LIMIT,
                "socket_connect_timeout": TIME_LIMIT,
                "max_retries": 0,
            }
            self._line = self._app.connection_for_write(
                connect_timeout=TIME_LIMIT, transport_options=options
            )
            self._producer = self._app.amqp.Producer(self._line.default_channel)
        return self._producer

    def _trip(self, reason: str) -> None:
        self._not_before = time.monotonic() + self._rest
        extra = {"event": "broker-away", "outcome": reason, "seconds": self._rest}
        logger.warning("the broker is away, mails are sent without it", extra=extra)
        self._rest = min(self._rest * 2, LONGEST_REST)
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        line, self._line, self._producer = self._line, None, None
        if line is not None:
            line.collect(socket_timeout=TIME_LIMIT)


def answers(url: str) -> bool:
    """Whether Redis answers PING within a second."""
    client = redis.Redis.from_url(
        url,
        socket_timeout=TIME_LIMIT,
        socket_connect_timeout=TIME_LIMIT,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
    finally:
        client.close()
