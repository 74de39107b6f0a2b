"""Send referrals over HTTP, again with the same key when nothing came back, as a program would."""

import http.client
import json
import random
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_TIME_LIMIT = 30.0
_CONTENT = {"Content-Type": "application/json", "Accept": "application/json"}
PATH = "/api/v1/referrals/"


@dataclass(frozen=True)
class Attempt:
    """One request. Times are monotonic; `opened` is when its connection was; status 0: cut off.

    `good` are the statuses that it may have.
    """

    opened: float
    began: float
    ended: float
    status: int
    good: tuple[int, ...] = (201,)

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.ended - self.began


class Line:
    """A connection that is kept while it works, in the name of the token's owner."""

    def __init__(self, port: int, token: str = "", session: str = "") -> None:
        self._port = port
        self._headers = (
            {"Cookie": f"portal_session={session}"}
            if session
            else {**_CONTENT, "Authorization": f"Bearer {token}"}
        )
        self._line: http.client.HTTPConnection | None = None
        self._opened = 0.0

    def post(self, path: str, body: object, **headers: str) -> tuple[Attempt, dict[str, Any]]:
        """One request, once: how it went, and the JSON of the answer."""
        good = (201,) if path == PATH else (200, 409)
        return self._ask("POST", path, json.dumps(body), headers, good)

    def get(self, path: str) -> tuple[Attempt, dict[str, Any]]:
        """The same for reading."""
        return self._ask("GET", path, None, {}, (200,))

    def _ask(
        self, method: str, path: str, body: str | None, more: dict[str, str], good: tuple[int, ...]
    ) -> tuple[Attempt, dict[str, Any]]:
        began = time.monotonic()
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_TIME_LIMIT)
            self._opened = began
        try:
            self._line.request(method, path, body, {**self._headers, **more})
            answer = self._line.getresponse()
            told = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            return Attempt(self._opened, began, time.monotonic(), 0, good), {}
        attempt = Attempt(self._opened, began, time.monotonic(), answer.status, good)
        return attempt, dict(json.loads(told)) if told[:1] == b"{" else {}

    def close(self) -> None:
        """Let go of the connection."""
        if self._line is not None:
            self._line.close()
            self._line = None


def referral(service: str, words: str) -> dict[str, Any]:
    """A referral's six answers; `words` are found again in the row."""
    return {
        "service": service,
        # Somebody else each time: nothing is to look like a second referral for one person.
        "person": {"name": f"Margaret {words[:40]}", "postcode": "M33 2RH"},
        "points": ["Can she stay at home safely?", "A carer’s assessment for her husband"],
        "urgency": "routine",
        "why_now": words,
        "with_person": "Husband, 87",
        "agreement": "agrees",
        "call_back": "0161 496 0321",
    }


@dataclass
class Record:
    """What one sender has done: the answers to each key, and every attempt."""

    answers: dict[str, set[str]] = field(default_factory=dict)
    attempts: list[Attempt] = field(default_factory=list)
    repeated: int = 0


class Sender(threading.Thread):
    """Sends one referral after the other until told to stop, then sees the last one through."""

    def __init__(self, port: int, actor: dict[str, Any], service: str, seed: str) -> None:
        super().__init__(name=f"sender {actor['id']}", daemon=True)
        self.record = Record()
        self.acknowledged: list[str] = []
        self._line = Line(port, actor["token"])
        self._service = service
        self._dice = random.Random(seed)  # noqa: S311 (dice, not a secret)
        self._ending = threading.Event()
        self._give_up_at = float("inf")

    def end(self, within: float) -> None:
        """Send nothing new; what has not been answered is tried for `within` seconds more."""
        self._give_up_at = time.monotonic() + within
        self._ending.set()

    def run(self) -> None:
        """Send."""
        while not self._ending.is_set():
            self._send(str(uuid.uuid4()))
            self._ending.wait(self._dice.uniform(0.1, 0.5))
        self._line.close()

    def _send(self, key: str) -> None:
        body = referral(self._service, key)
        answered = self.record.answers.setdefault(key, set())
        wanted = 2 if self._dice.random() < 0.1 else 1  # pressed again although it was answered
        for pause in self._pauses():
            attempt, told = self._line.post(PATH, body, **{"Idempotency-Key": key})
            self.record.attempts.append(attempt)
            if attempt.status == 201:
                answered.add(told["reference"])
                self.acknowledged.append(told["reference"])
                wanted -= 1
            if wanted == 0 or time.monotonic() > self._give_up_at:
                return
            self.record.repeated += 1
            time.sleep(pause)

    def _pauses(self) -> Iterator[float]:
        """Short at first: a connection that was cut is tried again at once."""
        pause = 0.05
        while True:
            yield pause * self._dice.uniform(0.5, 1.5)
            pause = min(pause * 2, 2.0)
