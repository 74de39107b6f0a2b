"""How long it takes from the commit of what somebody is told to the mail server's acceptance."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.parser import BytesHeaderParser

from django.conf import settings
from django.db import transaction

from portal.notifications.actions import Recipient, tell
from portal.notifications.models import Notification

from .drain import FACTS
from .stage import stage, unsent, wait

AT_MOST = 2.0


@dataclass(frozen=True)
class Delivered:
    """Seconds from commit to acceptance of each mail, at so many a second."""

    rate: float
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Half of them take no longer."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """Nineteen of twenty take no longer."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.95)]

    @property
    def longest(self) -> float:
        """None takes longer."""
        return max(self.seconds)


def measure(
    *,
    rate: float,
    seconds: float,
    tell_of: Callable[[str], None],
    environment: Mapping[str, str] | None = None,
) -> Delivered:
    """One mail a commit, evenly spread; in an empty outbox."""
    with stage(environment):
        committed = _tell_all(rate, round(rate * seconds))
        wait(lambda: not unsent(), 60, every=0.1)
    accepted = _accepted()
    ids = dict(Notification.objects.filter(event__in=committed).values_list("event", "message_id"))
    taken = tuple(accepted[ids[event]] - moment for event, moment in committed.items())
    Notification.objects.all().delete()
    found = Delivered(rate, taken)
    tell_of(
        f"  {len(taken)} mails at {rate:g} a second: median {found.median:.2f} s,"
        f" 95 of 100 within {found.p95:.2f} s, the longest {found.longest:.2f} s"
    )
    return found


def _tell_all(rate: float, count: int) -> dict[str, float]:
    """The moment of each commit, by its event."""
    committed = {}
    began = time.time()
    for number in range(count):
        time.sleep(max(0.0, began + number / rate - time.time()))
        event = f"delivery {number}"
        with transaction.atomic():
            tell(
                event=event,
                kind="referral.sent",
                recipients=[Recipient.mailbox(f"box{number}@bench.example", None)],
                facts=FACTS,
                path="/referrals/CG-7K4M-9QXT/",
            )
        committed[event] = time.time()
    return committed


def _accepted() -> dict[str, float]:
    """When each mail was kept by the mail server, by its identity."""
    found: dict[str, float] = {}
    for path in (settings.STATE_DIR / "mail" / "new").iterdir():
        with path.open("rb") as file:
            identity = BytesHeaderParser().parse(file)["Message-ID"]
        found[str(identity)] = path.stat().st_mtime
    return found
