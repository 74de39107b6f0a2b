"""Sends, strikes, waits, compares, prints. Started by `stage` as a child of the supervisor."""

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from . import people, report
from .blows import Storm
from .compare import Promised, Side, compare
from .database import Database
from .options import Options, parse
from .receivers import Receiver
from .requests import bound, sort
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
    receivers = [
        Receiver(options.port, actor, _known(senders), f"{options.seed} {actor['id']}")
        for actor in actors["receivers"]
    ]
    people_at_work: list[Sender | Receiver] = [*senders, *receivers]
    redis = Path(urlsplit(os.environ["REDIS_URL"]).path)
    blows = Storm(options.seed, options.seconds, options.port, redis)
    for somebody in people_at_work:
        somebody.start()
    began = time.monotonic()
    blows.run()
    lasted = time.monotonic() - began
    longest = bound()
    trouble = [] if blows.see_all_back(_BACK_WITHIN) else ["A part did not come back."]
    for somebody in people_at_work:
        somebody.end(_ANSWERED_WITHIN)
    for somebody in people_at_work:
        somebody.join(_ANSWERED_WITHIN + 30)
    tell("The blows are over; waiting for the outbox.")
    database = Database(os.environ["DATABASE_URL"])
    # A row of a killed worker is free when its lease ends; a mail server that was away is asked
    # again after two minutes at the latest.
    drained = database.drained(options.lease + 180)
    outcome = compare(_promised(actors, senders, receivers), database.found(ledger(root)))
    attempts = [a for sender in senders for a in sender.record.attempts]
    attempts += [a for receiver in receivers for a in receiver.attempts]
    figures = report.Figures(
        seed=options.seed,
        seconds=lasted,
        blows=blows.counts,
        repeated=sum(sender.record.repeated for sender in senders),
        groups=sort(attempts, blows.outages, longest),
        longest=longest,
        drained=drained,
        outcome=outcome,
        trouble=trouble,
    )
    tell(report.as_text(figures))
    if options.write:
        report.write(report.STORM, report.as_markdown(figures))
    return 0 if figures.well else 1


def _known(senders: list[Sender]) -> Callable[[], list[str]]:
    """The newest references that each sender holds."""
    return lambda: [reference for sender in senders for reference in sender.acknowledged[-5:]]


def _promised(actors: dict[str, Any], senders: list[Sender], receivers: list[Receiver]) -> Promised:
    def side(people: list[dict[str, Any]], *mailboxes: str) -> Side:
        return Side(
            frozenset(one["id"] for one in people),
            frozenset([*mailboxes, *(one["email"] for one in people)]),
        )

    return Promised(
        answers={k: v for sender in senders for k, v in sender.record.answers.items()},
        claims={k: v for receiver in receivers for k, v in receiver.claims.items()},
        hear_of_sent=side(actors["receivers"], actors["mailbox"]),
        hear_of_claimed=side(actors["senders"]),
    )


if __name__ == "__main__":
    sys.exit(main())
