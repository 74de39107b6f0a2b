"""Kills and hangs the portal's parts at random, and writes down when each part was away."""

import http.client
import os
import random
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

WEB, REDIS, MAIL = "the web server", "Redis", "the mail server"
_KILLED = (
    "kill -9 a web worker",
    "kill -9 the web server",
    "kill -9 a worker's process",
    "kill -9 the worker",
    "kill -9 the dispatcher",
    "kill -9 Redis",
)
_HUNG = ("hang Redis", "hang the mail server")
BLOWS = (*_KILLED, *_HUNG)
# Which part is away because of which blow; for the others, nobody outside can tell.
_AWAY = {
    "kill -9 a web worker": WEB,
    "kill -9 the web server": WEB,
    "kill -9 Redis": REDIS,
    "hang Redis": REDIS,
    "hang the mail server": MAIL,
}
_WEB_WORKERS = 2
_LONGER = 30.0


@dataclass
class Outage:
    """A part that was away from `began` to `ended`, by the monotonic clock."""

    part: str
    began: float
    ended: float | None = None

    def touches(self, began: float, ended: float) -> bool:
        """Whether a stretch of time lies within it, in part or whole."""
        return began <= (self.ended or float("inf")) and ended >= self.began


class Parts:
    """The portal's processes: children of the supervisor, whose child this process is as well."""

    def __init__(self) -> None:
        self._supervisor = psutil.Process(os.getppid())

    def child(self, *words: str) -> psutil.Process | None:
        """The child whose name, or an early argument of whose command line, is one of the words."""
        for one in self._supervisor.children():
            try:
                if {one.name(), *one.cmdline()[:4]} & set(words):
                    return one
            except psutil.Error:
                continue
        return None

    def found(self, blow: str, dice: random.Random) -> psutil.Process | None:
        """Whom a blow is for; None where that part is away already."""
        match blow:
            case "kill -9 the web server":
                return self.child("granian")
            case "kill -9 a web worker":
                return _one_of(self.child("granian"), dice)
            case "kill -9 the worker":
                return self.child("celery")
            case "kill -9 a worker's process":
                return _one_of(self.child("celery"), dice)
            case "kill -9 the dispatcher":
                return self.child("dispatch")
            case "hang the mail server":
                return self.child("script.storm.mailbox")
        return self.child("redis-server", "valkey-server")

    def web_is_whole(self) -> bool:
        """Whether the web server has all its workers."""
        master = self.child("granian")
        return master is not None and len(_children(master)) >= _WEB_WORKERS


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [one for one in process.children() if one.status() != psutil.STATUS_ZOMBIE]
    except psutil.Error:
        return []


def _one_of(master: psutil.Process | None, dice: random.Random) -> psutil.Process | None:
    children = sorted(_children(master), key=lambda one: one.pid) if master else []
    return dice.choice(children) if children else None


class Storm:
    """Strikes for as long as told. Afterwards `outages` and `counts` tell what was done."""

    def __init__(self, seed: int, seconds: float, port: int, redis: Path) -> None:
        self.outages: list[Outage] = []
        self.counts: Counter[str] = Counter()
        self.parts = Parts()
        self._dice = random.Random(seed)  # noqa: S311 (dice, not a secret)
        self._seconds = seconds
        self._is_back: dict[str, Callable[[], bool]] = {
            WEB: lambda: self.parts.web_is_whole() and _says_it_lives(port),
            REDIS: lambda: _answers(redis),
            MAIL: lambda: MAIL not in {part for part, _, _ in self._hung},
        }
        self._hung: list[tuple[str, psutil.Process, float]] = []
        self._first = self._order()

    def run(self) -> None:
        """Strike; what hangs is let go again, whatever happens.

        It goes on for a little longer where a kind of blow has not had its turn.
        """
        ends = time.monotonic() + self._seconds
        pace = min(4.0, max(0.6, self._seconds / 20))
        try:
            next_blow = time.monotonic() + pace
            while (at := time.monotonic()) < ends or (self._first and at < ends + _LONGER):
                self._look()
                if at >= next_blow:
                    struck = self._strike(self._next(), ends)
                    next_blow = at + self._dice.uniform(0.4, 1.6) * (pace if struck else 0.2)
                time.sleep(0.05)
        finally:
            self._let_go(everything=True)

    def see_all_back(self, within: float) -> bool:
        """Wait until every part is there again, so that each outage has its end."""
        limit = time.monotonic() + within
        while any(outage.ended is None for outage in self.outages):
            if time.monotonic() > limit:
                return False
            self._look()
            time.sleep(0.05)
        return True

    def _order(self) -> list[str]:
        """Every kind once, the hangs early so that their end comes too."""
        kills = list(_KILLED)
        self._dice.shuffle(kills)
        return [_HUNG[1], kills[0], _HUNG[0], *kills[1:]]

    def _next(self) -> str:
        return self._first[0] if self._first else self._dice.choice(BLOWS)

    def _strike(self, blow: str, ends: float) -> bool:
        """Strike once; False where there was nobody to strike, because it is away already."""
        target = self.parts.found(blow, self._dice)
        hung = {process.pid for _, process, _ in self._hung}
        now = time.monotonic()
        if self._first:
            self._first.append(self._first.pop(0))
        if target is None or (blow in _HUNG and target.pid in hung):
            return False
        try:
            if blow in _KILLED:
                target.kill()
            else:
                target.suspend()
                longest = min(25.0, self._seconds / 2)
                until = min(max(ends, now + 3), now + self._dice.uniform(longest / 2, longest))
                self._hung.append((_AWAY[blow], target, until))
        except psutil.NoSuchProcess:
            return False
        if blow in self._first:
            self._first.remove(blow)
        self.counts[blow] += 1
        if blow in _AWAY:
            self.outages.append(Outage(_AWAY[blow], now))
        return True

    def _look(self) -> None:
        """Let go what has hung for long enough, and note who is back."""
        self._let_go()
        away = {outage.part for outage in self.outages if outage.ended is None}
        back = {part for part in away if self._is_back[part]()}
        for outage in self.outages:
            if outage.ended is None and outage.part in back:
                outage.ended = time.monotonic()

    def _let_go(self, *, everything: bool = False) -> None:
        now = time.monotonic()
        for entry in list(self._hung):
            _, process, until = entry
            if everything or now >= until or not process.is_running():
                self._hung.remove(entry)
                if process.is_running():
                    process.resume()


def _answers(path: Path) -> bool:
    """Whether a Redis answers PING, at once."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(0.2)
        try:
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def _says_it_lives(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=0.5)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
