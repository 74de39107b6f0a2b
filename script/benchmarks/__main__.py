"""Measures the portal against the floor. Started by script/bench, beside a PostgreSQL of its own.

The portal is called as a WSGI server calls it, whole: its own handler and all its middleware, with
the cookie of a real session, on a persistent connection.
"""

import argparse
import os
from collections.abc import Sequence
from functools import partial

import django


def main(argv: Sequence[str] | None = None) -> None:
    """Make the data, measure, print; with --write also into docs/performance.md."""
    wanted = _arguments(argv)
    # As on a server, but without a certificate: templates are not strict, two steps to sign in.
    os.environ |= {"PORTAL_MODE": "demonstration", "PORTAL_SECOND_FACTOR": "true"}
    os.environ |= {"DJANGO_SETTINGS_MODULE": "portal.settings", "PORTAL_LOG_LEVEL": "WARNING"}
    django.setup()
    from .running import run  # the settings have to be there first

    run(
        rows=wanted.rows,
        rounds=wanted.rounds,
        seconds=wanted.seconds,
        only=wanted.only,
        write=wanted.write,
        tell=partial(print, flush=True),
    )


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="default: 5; the median counts")
    parser.add_argument("--seconds", type=float, default=4, help="for each round (default: 4)")
    parser.add_argument("--rows", type=int, default=50_000, help="in the inbox (default: 50,000)")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="KEY", help="only measures that begin so"
    )
    parser.add_argument("--write", action="store_true", help="write docs/performance.md as well")
    parser.add_argument(
        "--fsync",
        action="store_true",
        help="wait for the disk at every commit, as a real server does (read by script/bench)",
    )
    return parser.parse_args(argv)


if __name__ == "__main__":
    main()
