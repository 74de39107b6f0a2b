"""How fast a backlog of mails is sent once the broker is back, beside Celery's own rate.

The same worker, broker, concurrency and prefetch drain a no-op task for each row. Both are taken
in turns, so that whatever else the machine does falls on both alike.
"""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from celery import Celery
from django.db import connection, transaction

from portal.notifications.actions import Recipient, tell
from portal.notifications.models import Notification

from .stage import HELD, QUEUE, Stage, stage, unsent, wait
from .worker import nothing

FACTS = {
    "urgency": "Today",
    "team": "Trafford front door",
    "wanted": "A decision",
    "by": "Tue 8 Dec 13:05",
    "reference": "CG-7K4M-9QXT",
}
OUTAGE_MINUTES = 10
# For which the broker is really away: long enough for everybody to have noticed.
OUTAGE_SECONDS = 5.0


@dataclass(frozen=True)
class Drained:
    """Rows a second, for each round: (no-op tasks, mails). `returned`: seconds from the broker's
    return until the last of `rows` mails that had been queued while it was away was accepted."""

    rows: int
    rounds: tuple[tuple[float, float], ...]
    returned: float

    @property
    def ratio(self) -> float:
        """Mails as a part of no-op tasks: the median of the rounds."""
        return statistics.median(mails / bare for bare, mails in self.rounds)

    @property
    def after_outage(self) -> float:
        """The same for the backlog of the outage, by the median rate of the no-op tasks."""
        bare = statistics.median(bare for bare, _ in self.rounds)
        return self.rows / self.returned / bare


def measure(
    *,
    rows: int,
    rounds: int,
    tell_of: Callable[[str], None],
    environment: Mapping[str, str] | None = None,
) -> Drained:
    """In an empty outbox of a database of its own."""
    with stage(environment) as scene:
        found = []
        for number in range(rounds):
            bare, mails = _bare(scene, rows), _mails(scene, rows, f"round {number}")
            tell_of(f"  no-op {bare:.0f}/s, mails {mails:.0f}/s: {mails / bare:.2f}")
            found.append((bare, mails))
        returned = _outage(scene, rows)
        tell_of(f"  after the outage: {rows} mails in {returned:.1f} s")
    return Drained(rows, tuple(found), returned)


def queue(rows: int, event: str) -> None:
    """So many mails, told in commits of six, as a referral to a team of six tells."""
    for start in range(0, rows, 6):
        numbers = range(start, min(start + 6, rows))
        with transaction.atomic():
            tell(
                event=f"{event} {start}",
                kind="referral.sent",
                recipients=[Recipient.mailbox(f"box{n}@bench.example", None) for n in numbers],
                facts=FACTS,
                path="/referrals/CG-7K4M-9QXT/",
            )


def _bare(scene: Stage, rows: int) -> float:
    """No-op tasks a second: they are put aside first, and let go all at once."""
    app = Celery("bench", broker=scene.broker.url, set_as_current=False)
    with app.connection_for_write() as line:
        producer = app.amqp.Producer(line)
        for number in range(rows):
            nothing.apply_async((number,), producer=producer, queue=HELD)
    with scene.redis() as broker:
        began = time.monotonic()
        broker.rename(HELD, QUEUE)
        wait(lambda: not broker.llen(QUEUE) and not broker.hlen("unacked"), 300)
        return rows / (time.monotonic() - began)


def _mails(scene: Stage, rows: int, event: str) -> float:
    """Mails a second, with everybody at work and all of them due by one commit."""
    with transaction.atomic():
        queue(rows, event)
    taken = wait(lambda: not unsent(), 300, every=0.05)
    Notification.objects.all().delete()
    return rows / taken


def _outage(scene: Stage, rows: int) -> float:
    """Seconds from the broker's return until all is sent that was queued while it was away.

    The broker is killed. The dispatcher is hung for as long, or it would send them all by itself;
    ten minutes pass on paper: the rows are made that much older.
    """
    scene.dispatcher.pause()
    scene.broker.kill()
    queue(rows, "outage")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notifications_notification"
            " SET created_at = created_at - ago, due_at = due_at - ago,"
            " next_attempt_at = next_attempt_at - ago"
            " FROM (SELECT make_interval(mins => %s) AS ago) AS outage",
            [OUTAGE_MINUTES],
        )
    time.sleep(OUTAGE_SECONDS)
    scene.broker.start()
    began = time.monotonic()
    scene.dispatcher.resume()

    def done() -> bool:
        scene.keep_going()
        return not unsent()

    wait(done, 300, every=0.05)
    taken = time.monotonic() - began
    Notification.objects.all().delete()
    return taken
