"""Brings up the whole portal in a folder that is thrown away, and lets the driver loose on it.

    python -m script.storm.stage [the arguments of script/chaos]

The parts run under the demonstration's own supervisor, which starts again whatever is killed. The
driver is one more of its children, so all that it may kill are its siblings.
"""

import os
import socket
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from portal.embedded import mailserver
from portal.embedded.demo import Readiness, portal_commands, portal_environment
from portal.embedded.errors import CannotStart, Stopped
from portal.embedded.guard import guarded
from portal.embedded.processes import Command, last_lines
from portal.embedded.services import bring_up
from portal.embedded.state import CHECKOUT, StateFolder
from portal.embedded.supervisor import Supervisor, to_terminal
from portal.embedded.testing import discard, passing_folder, scrubbed

from .options import Options, parse

_READY_WITHIN = 120.0
_DEATHS = 1_000_000  # they are meant
_LONGEST_WAIT = 2.0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the storm; 0 when nothing was lost."""
    options = parse(argv)
    state = passing_folder("common-ground-storm-")
    try:
        return guarded(lambda: _run(options, state))
    finally:
        discard(state)


def _run(options: Options, state: StateFolder) -> int:
    log = state.logs / "deaths.log"

    def note(sentence: str) -> None:
        with log.open("a") as file:
            file.write(sentence + "\n")

    try:
        with Supervisor(note, most_deaths=_DEATHS, longest_wait=_LONGEST_WAIT) as supervisor:
            return supervisor.run(_driver(supervisor, options, state))
    except Stopped:
        return 130
    except CannotStart as refusal:
        to_terminal(f"script/chaos: {refusal}")
        return 1
    finally:
        discard(state)


def _driver(supervisor: Supervisor, options: Options, state: StateFolder) -> Command:
    """Start every part; the command that then drives them."""
    given = scrubbed(os.environ)
    given["PORTAL_SMTP_URL"] = _mailbox(supervisor, state, given)
    port = options.port or _free_port()
    addresses = bring_up(supervisor, state, given)
    environment = portal_environment(given, addresses, state, port)

    def module(name: str, log: Path | None, *arguments: str) -> Command:
        argv = [sys.executable, "-m", f"script.storm.{name}", *arguments]
        return Command(name, argv, environment, log, CHECKOUT)

    supervisor.run_or_refuse(module("people", state.logs / "people.log", *_counts(options)))
    for command in portal_commands(state, environment, port):
        if "dispatch" in command.argv:
            command = replace(command, argv=[*command.argv, "--lease", str(options.lease)])
        supervisor.start(command)
    readiness = Readiness(port)
    if not supervisor.wait_for(readiness, _READY_WITHIN):
        raise CannotStart(
            f"The portal was not ready in time: {readiness.answer or 'silent'}."
            f" The web server's log ends:{last_lines(state.logs / 'web.log')}"
        )
    return module("driver", None, "--port", str(port), *_arguments(options))


def _counts(options: Options) -> list[str]:
    return ["24", "16"] if options.races else [str(options.senders), "4"]


def _arguments(options: Options) -> list[str]:
    """The same options for the driver, with the dice as they have fallen."""
    named = {
        "--seconds": options.seconds,
        "--seed": options.seed,
        "--senders": options.senders,
        "--lease": options.lease,
        "--keys": options.keys,
        "--referrals": options.referrals,
    }
    flags = [flag for flag in ("races", "write") if getattr(options, flag)]
    pairs = [part for name, value in named.items() for part in (name, str(value))]
    return [*pairs, *(f"--{flag}" for flag in flags)]


def _mailbox(supervisor: Supervisor, state: StateFolder, environ: dict[str, str]) -> str:
    listener = mailserver.listen()
    port: int = listener.getsockname()[1]
    descriptor = listener.detach()
    supervisor.start(
        Command(
            name="The mail server",
            argv=[
                *(sys.executable, "-m", "script.storm.mailbox"),
                *("--fd", str(descriptor), "--ledger", ledger(state.root)),
            ],
            env=environ,
            cwd=CHECKOUT,
            log=state.logs / "mailbox.log",
            pass_fds=[descriptor],
            ready=lambda: mailserver.greets(port),
            ready_within=20,
        )
    )
    return f"smtp://127.0.0.1:{port}"


def ledger(root: Path) -> Path:
    """Where the mail server writes down what it has accepted."""
    return root / "mail" / "ledger"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
