"""The other side: people who look at their inbox, claim what is new, and open it as a page."""

import random
import threading
import time
from collections.abc import Callable
from typing import Any

from .senders import PATH, Attempt, Line

Known = Callable[[], list[str]]


class Receiver(threading.Thread):
    """Claims what was sent, one after the other, until told to stop; sees the last one through.

    `known` gives the references that senders have been answered with. `claims` are those that the
    portal said are held by this person now.
    """

    def __init__(self, port: int, actor: dict[str, Any], known: Known, seed: str) -> None:
        super().__init__(name=f"receiver {actor['id']}", daemon=True)
        self.attempts: list[Attempt] = []
        self.claims: dict[str, str] = {}
        self._name = str(actor["name"])
        self._program = Line(port, actor["token"])
        self._browser = Line(port, session=actor["session"])
        self._known = known
        self._dice = random.Random(seed)  # noqa: S311 (dice, not a secret)
        self._ending = threading.Event()
        self._give_up_at = float("inf")

    def end(self, within: float) -> None:
        """Claim nothing new; what has not been answered is tried for `within` seconds more."""
        self._give_up_at = time.monotonic() + within
        self._ending.set()

    def run(self) -> None:
        """Look, claim, open."""
        while not self._ending.is_set():
            self._until_answered(lambda: self._program.get("/api/v1/inbox/"))
            self._until_answered(lambda: self._browser.get("/referrals/inbox/"))
            references = self._known()
            if references:
                self._claim(self._dice.choice(references))
            self._ending.wait(self._dice.uniform(0.3, 1.2))
        self._program.close()
        self._browser.close()

    def _claim(self, reference: str) -> None:
        """The same claim again gives the same answer, so a cut connection is no trouble."""
        status = self._until_answered(lambda: self._program.post(f"{PATH}{reference}/claim/", {}))
        if status == 200:
            self.claims[reference] = self._name
        self._until_answered(lambda: self._browser.get(f"/referrals/{reference}/"))

    def _until_answered(self, ask: Callable[[], tuple[Attempt, dict[str, Any]]]) -> int:
        """Ask until there is one of the answers that there may be; its status."""
        pause = 0.05
        while True:
            attempt, _ = ask()
            self.attempts.append(attempt)
            if attempt.status in attempt.good or time.monotonic() > self._give_up_at:
                return attempt.status
            time.sleep(pause * self._dice.uniform(0.5, 1.5))
            pause = min(pause * 2, 2.0)
