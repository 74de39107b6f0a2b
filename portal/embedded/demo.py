"""Runs the whole portal with invented people: what `script/demo` starts once all is set up.

python -m portal.embedded.demo [--port N] [--state-dir DIR] [--fresh]
"""

import http.client
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from portal.embedded import preflight
from portal.embedded.errors import CannotStart, Stopped
from portal.embedded.guard import guarded
from portal.embedded.processes import Command
from portal.embedded.services import bring_up, check_broker, check_database
from portal.embedded.state import CHECKOUT, Lock, StateFolder, open_folder, write_private
from portal.embedded.supervisor import Supervisor, to_terminal

_READY_WITHIN = 120.0
_SIGN_INS = """\
Sign in with the password demonstration as
    gp@demo.example             a GP in Trafford
    triage@demo.example         the triage lead of a council's team
    socialworker@demo.example   a social worker of the same team
    (the other sign-ins are in README.md)"""


def _say(sentence: str) -> None:
    """Progress, on standard output; a reader that has gone is no reason to stop."""
    with suppress(OSError, ValueError):
        print(sentence, flush=True)


def main(argv: list[str] | None = None) -> int:
    """Check, lock the state folder and run under a guard; the exit status."""
    given = sys.argv[1:] if argv is None else argv
    try:
        options = preflight.parse(given, os.environ)
        preflight.check(options, os.environ)
        state = open_folder(options.state_dir)
        lock = Lock(state.root)
        lock.take()  # before the guard forks: it is held until both of its processes are gone
    except CannotStart as refusal:
        to_terminal(f"script/demo: {refusal}")
        return 1
    return guarded(lambda: _run(options, state))


def _run(options: preflight.Options, state: StateFolder) -> int:
    status = 0
    try:
        with Supervisor(to_terminal) as supervisor:
            _start(supervisor, options, state)
            _say(f"{_SIGN_INS}\nReady: http://127.0.0.1:{options.port}")
            supervisor.watch()
            to_terminal("Stopping")
    except Stopped:
        to_terminal("Stopped before the start was finished")
        status = 130
    except CannotStart as refusal:
        to_terminal(f"script/demo: {refusal}")
        status = 1
    finally:
        state.running.unlink(missing_ok=True)
        state.remove_temporary_folders()
    return status


def _start(supervisor: Supervisor, options: preflight.Options, state: StateFolder) -> None:
    given = {key: value for key, value in os.environ.items() if value}
    given.pop("COMMON_GROUND_CALLED_FROM", None)
    if options.fresh:
        _say(f"Throwing away what was kept in {state.root}")
        state.empty()
        open_folder(state.root)
    if "DATABASE_URL" in given:
        check_database(given["DATABASE_URL"])
    if "REDIS_URL" in given:
        check_broker(given["REDIS_URL"])
    addresses = bring_up(supervisor, state, given, tell=_say)
    environment = portal_environment(given, addresses, state, options.port)
    write_private(state.running, _told(environment))
    supervisor.run_or_refuse(manage(state, environment, "prepare_demonstration"), _say)
    _say("Starting the web server, the worker and the dispatcher")
    for command in portal_commands(state, environment, options.port):
        supervisor.start(command)
    readiness = Readiness(options.port)
    if not supervisor.wait_for(readiness, _READY_WITHIN):
        raise CannotStart(
            f"The portal was not ready within {_READY_WITHIN:.0f} seconds; "
            f"/readyz says: {readiness.answer or 'nothing'}. The logs are in {state.logs}."
        )


def _told(environment: Mapping[str, str]) -> str:
    """What other commands need to reach a running demonstration, a line each."""
    return "\n".join(
        f"{name}={value}"
        for name, value in sorted(environment.items())
        if name.startswith("PORTAL_") or name in {"DATABASE_URL", "REDIS_URL"}
    )


def portal_environment(
    given: Mapping[str, str], addresses: Mapping[str, str], state: StateFolder, port: int
) -> dict[str, str]:
    """The environment of every process of the portal; what was given by hand wins."""
    made = {
        "PORTAL_MODE": "demonstration",
        "PORTAL_BASE_URL": f"http://127.0.0.1:{port}",
        "PORTAL_SECRET_KEY": given.get("PORTAL_SECRET_KEY") or state.secret_key(),
        "PYTHONUNBUFFERED": "1",
    }
    fixed = {"PORTAL_STATE_DIR": str(state.root)}
    return {**made, **given, **addresses, **fixed}


def manage(state: StateFolder, environment: Mapping[str, str], *arguments: str) -> Command:
    """`manage.py` with arguments, its words kept in a log of the command's own name."""
    return Command(
        name=f"manage.py {arguments[0]}",
        argv=[sys.executable, CHECKOUT / "manage.py", *arguments],
        env=environment,
        cwd=CHECKOUT,
        log=state.logs / f"{arguments[0]}.log",
    )


def portal_commands(
    state: StateFolder, environment: Mapping[str, str], port: int
) -> tuple[Command, ...]:
    """The portal itself: web server, worker and dispatcher, in the order of their start."""

    def python(name: str, log: str, *arguments: str | Path) -> Command:
        argv = [sys.executable, *arguments]
        return Command(name, argv, environment, state.logs / f"{log}.log", CHECKOUT)

    return (
        python(
            *("The web server", "web"),
            *("-m", "portal.embedded.bound", "granian", "--interface", "wsgi"),
            *("--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers"),
            *("--host", "127.0.0.1", "--port", str(port), "--no-ws"),
            "portal.wsgi:application",
        ),
        python(
            *("The worker", "worker"),
            *("-m", "celery", "--quiet", "-A", "portal", "worker", "--pool", "prefork"),
            *("--concurrency", "2", "--loglevel", "INFO"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ),
        python("The dispatcher", "dispatcher", CHECKOUT / "manage.py", "dispatch"),
    )


class Readiness:
    """Asks /readyz whether every part of the portal is at work."""

    def __init__(self, port: int) -> None:
        """Ask on 127.0.0.1 and this port."""
        self._port = port
        self.answer = ""

    def __call__(self) -> bool:
        """Whether the answer is 200 with the status ok."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=5)
        try:
            connection.request("GET", "/readyz", headers={"Accept": "application/json"})
            answer = connection.getresponse()
            self.answer = answer.read().decode(errors="replace")
            body = json.loads(self.answer)
        except (OSError, http.client.HTTPException, ValueError):
            return False
        finally:
            connection.close()
        return answer.status == 200 and isinstance(body, dict) and body.get("status") == "ok"


if __name__ == "__main__":
    sys.exit(main())
