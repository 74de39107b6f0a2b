"""What script/chaos can be asked for."""

import argparse
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

LEASE = 60.0  # seconds, as the dispatcher has it for real


@dataclass(frozen=True)
class Options:
    """How long, with which dice, and what else. `lease` is the dispatcher's, in seconds."""

    seconds: float
    seed: int
    senders: int
    lease: float
    port: int
    races: bool
    keys: int
    referrals: int
    write: bool


def parse(argv: Sequence[str] | None = None) -> Options:
    """Read the arguments. Wrong ones end the process, as argparse does."""
    parser = argparse.ArgumentParser(
        prog="script/chaos",
        description="Runs the whole portal and, while referrals are sent to it, kills and hangs"
        " its parts at random; then counts whether anything was lost. Exit status 1 if so.",
        allow_abbrev=False,
    )
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=_positive, help="of blows (default: 2)")
    length.add_argument("--seconds", type=_positive, help="the same, for a short run")
    parser.add_argument("--seed", type=int, help="repeat the dice of an earlier run")
    parser.add_argument("--senders", type=int, default=8, help="at once (default: 8)")
    parser.add_argument("--lease", type=_positive, default=LEASE, help="the dispatcher's, seconds")
    parser.add_argument("--port", type=int, default=0, help="of the web server (default: any)")
    parser.add_argument(
        "--races",
        action="store_true",
        help="no blows: many people send the same keys and claim the same referrals at once",
    )
    parser.add_argument("--keys", type=int, default=200, help="per person in --races (200)")
    parser.add_argument("--referrals", type=int, default=250, help="claimed in --races (250)")
    parser.add_argument("--write", action="store_true", help="write docs/reliability.md as well")
    given = parser.parse_args(argv)
    seconds = given.seconds or 60 * (given.minutes or 2)
    seed = given.seed if given.seed is not None else secrets.randbelow(1_000_000)
    return Options(
        seconds=seconds,
        seed=seed,
        senders=given.senders,
        lease=given.lease,
        port=given.port,
        races=given.races,
        keys=given.keys,
        referrals=given.referrals,
        write=given.write,
    )


def _positive(text: str) -> float:
    value = float(text)
    if value <= 0:
        raise argparse.ArgumentTypeError("give a number above 0")
    return value
