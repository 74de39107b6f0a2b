"""Sends, strikes, waits, compares, prints. Started by `stage` as a child of the supervisor."""

import os
import sys
import time
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from . import people, report
from .blows import Storm
from .compare import Promised, compare
from .database import Database
from .options import Options, parse
from .requests import sort
from .senders import Sender
from .stage import ledger

_BACK_WITHIN = 120.0
_ANSWERED_WITHIN = 60.0

tell = partial(print, flush=True)


def main() -> int:
    """Do what was asked for; 0 when nothing was lost."""
    options = parse()
    if options.races:
        from .races import race

        return race(options, tell)
    return storm(options)


def storm(options: Options) -> int:
    """A storm of `options.seconds`, and what is left after it."""
    root = Path(os.environ["PORTAL_STATE_DIR"])
    actors = people.read(root)
    tell(f"Dice: --seed {options.seed}. {options.seconds:g} seconds of blows.")
    senders = [
        Sender(options.port, actor, actors["service"], f"{options.seed} {number}")
        for number, actor in enumerate(actors["senders"])
    ]
    redis = Path(urlsplit(os.environ["REDIS_URL"]).path)
    blows = Storm(options.seed, options.seconds, options.port, redis)
    for sender in senders:
        sender.start()
    began = time.monotonic()
    blows.run()
    lasted = time.monotonic() - began
    trouble = [] if blows.see_all_back(_BACK_WITHIN) else ["A part did not come back."]
    for sender in senders:
        sender.end(_ANSWERED_WITHIN)
    for sender in senders:
        sender.join(_ANSWERED_WITHIN + 30)
    tell("The blows are over; waiting for the outbox.")
    database = Database(os.environ["DATABASE_URL"])
    # A row of a killed worker is free when its lease ends; a mail server that was away is asked
    # again after two minutes at the latest.
    drained = database.drained(options.lease + 180)
    promised = Promised(
        answers={k: v for sender in senders for k, v in sender.record.answers.items()},
        people=frozenset(actor["id"] for actor in actors["receivers"]),
        addresses=frozenset([actors["mailbox"], *(a["email"] for a in actors["receivers"])]),
    )
    outcome = compare(promised, database.found(ledger(root)))
    attempts = [attempt for sender in senders for attempt in sender.record.attempts]
    figures = report.Figures(
        seed=options.seed,
        seconds=lasted,
        blows=blows.counts,
        repeated=sum(sender.record.repeated for sender in senders),
        groups=sort(attempts, blows.outages),
        drained=drained,
        outcome=outcome,
        trouble=trouble,
    )
    tell(report.as_text(figures))
    if options.write:
        report.write(report.STORM, report.as_markdown(figures))
    return 0 if figures.well else 1


if __name__ == "__main__":
    sys.exit(main())
