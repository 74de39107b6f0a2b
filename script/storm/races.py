"""Many people at the same moment: the same keys sent, the same referrals claimed, over and over.

No blows here. What is counted: one referral for each key, whatever was sent with it and however
often; one winner for each claim, and every loser told who it was.
"""

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from . import people, report
from .compare import wrong_holders
from .database import Database
from .options import Options
from .senders import PATH, Attempt, Line, referral

AT_ONCE = ("the same", "the same", "another")  # what each of a person's connections sends
_TRIES = 4  # where a rate limit says "wait"


class Poster(Protocol):
    """Somebody's connection."""

    def post(self, path: str, body: object, **headers: str) -> tuple[Attempt, dict[str, Any]]:
        """One request."""

    def close(self) -> None:
        """Let go of it."""


Connect = Callable[[str], Poster]


@dataclass
class Race:
    """What happened: requests by status, and everything that was not as promised."""

    attempts: list[Attempt] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    winners: dict[str, str] = field(default_factory=dict)  # key to reference, reference to name

    @property
    def statuses(self) -> Counter[int]:
        """How often each status was answered."""
        return Counter(attempt.status for attempt in self.attempts)


def race(options: Options, tell: Callable[[str], None]) -> int:
    """Both races against the running portal; 0 when all was as promised."""

    def connect(token: str) -> Poster:
        return Line(options.port, token)

    actors = people.read(Path(os.environ["PORTAL_STATE_DIR"]))
    database = Database(os.environ["DATABASE_URL"])
    rows, wrong = hold(connect, actors, database, options.keys, options.referrals, tell)
    tell(report.rows_as_text(rows, wrong))
    if options.write:
        report.write(report.RACES, report.rows_as_markdown(rows))
    return 1 if wrong else 0


def hold(
    connect: Connect,
    actors: dict[str, Any],
    database: Database,
    keys: int,
    referrals: int,
    tell: Callable[[str], None],
) -> tuple[report.Rows, list[str]]:
    """Hold both races: the table, and everything that was not as promised."""
    tell(f"{len(actors['senders'])} people send {keys} keys each.")
    began = time.monotonic()
    keyed = same_keys(connect, actors["senders"], actors["service"], keys)
    keyed.wrong += wrong_rows(keyed, database.rows(_KEPT))
    between = time.monotonic()
    references = sorted(keyed.winners.values())[:referrals]
    tell(f"{len(actors['receivers'])} people claim {len(references)} referrals.")
    claimed = same_claims(connect, actors["receivers"], references)
    claimed.wrong += wrong_holders(claimed.winners, database.holders())
    rows = [
        *_rows("Keys", keyed, between - began, len(actors["senders"]) * keys),
        *_rows("Claims", claimed, time.monotonic() - between, len(references)),
    ]
    return rows, [*keyed.wrong, *claimed.wrong]


_KEPT = "SELECT why_now, reference FROM referrals_referral"


def _rows(what: str, done: Race, seconds: float, expected: int) -> report.Rows:
    told = ", ".join(f"{count:,} × {status}" for status, count in sorted(done.statuses.items()))
    return [
        (what, f"{expected:,}, in {seconds:.0f} seconds"),
        (f"{what}: requests", f"{len(done.attempts):,} ({told})"),
        (f"{what}: with exactly one winner", f"{len(done.winners):,}"),
        (f"**{what}: not as promised**", f"{len(done.wrong):,}"),
    ]


# --- one referral for each key ---
def same_keys(connect: Connect, actors: Sequence[dict[str, Any]], service: str, keys: int) -> Race:
    """Each person sends each key from three connections at once, one of them with another body;
    then once more what won."""
    done = Race()
    runs = [
        threading.Thread(target=_send_keys, args=(connect, actor, service, keys, done))
        for actor in actors
    ]
    _run(runs)
    return done


def _send_keys(
    connect: Connect, actor: dict[str, Any], service: str, keys: int, done: Race
) -> None:
    lines = [connect(actor["token"]) for _ in AT_ONCE]
    for number in range(keys):
        key = f"race-{actor['id']}-{number:05}"
        bodies = [referral(service, f"{key} {words}") for words in AT_ONCE]
        answers = _at_once(
            [_sending(line, key, body, done) for line, body in zip(lines, bodies, strict=True)]
        )
        won = {told["reference"] for status, told in answers if status == 201}
        kept = [body for body, (status, _) in zip(bodies, answers, strict=True) if status == 201]
        for status, told in answers:
            if status != 201 and told.get("code") != "idempotency-key-reused":
                done.wrong.append(f"{key} was answered {status} {told.get('code')}")
        if len(won) != 1 or any(body != kept[0] for body in kept):
            done.wrong.append(f"{key} became {len(won)} referrals at once")
            continue
        again, told = _sending(lines[0], key, kept[0], done)()
        if again != 201 or told["reference"] not in won:
            done.wrong.append(f"{key} was answered otherwise when sent again")
        done.winners[kept[0]["why_now"]] = won.pop()
    for line in lines:
        line.close()


Act = Callable[[], tuple[int, dict[str, Any]]]


def _sending(line: Poster, key: str, body: dict[str, Any], done: Race) -> Act:
    return lambda: _post(line, done, PATH, body, **{"Idempotency-Key": key})


def _post(
    line: Poster, done: Race, path: str, body: object, **headers: str
) -> tuple[int, dict[str, Any]]:
    """Post once; where a rate limit says so, wait and post again."""
    for _ in range(_TRIES):
        attempt, told = line.post(path, body, **headers)
        done.attempts.append(attempt)
        if attempt.status != 429:
            break
        time.sleep(15)
    return attempt.status, told


def wrong_rows(done: Race, rows: Sequence[tuple[str, str]]) -> list[str]:
    """The rows (words, reference) against what was answered."""
    counted = Counter(words for words, _ in rows)
    wrong = [f"{words} is kept {many} times" for words, many in counted.items() if many > 1]
    if dict(rows) != done.winners:
        differ = set(dict(rows).items()) ^ set(done.winners.items())
        wrong.append(f"{len(differ)} rows and answers do not belong together")
    return wrong


# --- one winner for each claim ---
def same_claims(
    connect: Connect, actors: Sequence[dict[str, Any]], references: Sequence[str]
) -> Race:
    """Everybody claims every referral at the same moment."""
    done = Race()
    lines = [connect(actor["token"]) for actor in actors]
    for reference in references:
        answers = _at_once([_claiming(line, reference, done) for line in lines])
        winners = [
            actor["name"]
            for actor, (status, _) in zip(actors, answers, strict=True)
            if status == 200
        ]
        told = {answer.get("held_by") for status, answer in answers if status == 409}
        if len(winners) != 1 or told != set(winners) or _strange(answers):
            done.wrong.append(f"{reference}: won by {winners}, others were told {told}")
            continue
        done.winners[reference] = winners[0]
    for line in lines:
        line.close()
    return done


def _claiming(line: Poster, reference: str, done: Race) -> Act:
    return lambda: _post(line, done, f"{PATH}{reference}/claim/", {})


def _strange(answers: Sequence[tuple[int, dict[str, Any]]]) -> bool:
    return any(status not in (200, 409) for status, _ in answers)


def _at_once(acts: Sequence[Act]) -> list[tuple[int, dict[str, Any]]]:
    """Run them in threads that start together; what each gave, in their order."""
    barrier = threading.Barrier(len(acts))
    given: list[tuple[int, dict[str, Any]]] = [(0, {})] * len(acts)

    def run(place: int, act: Act) -> None:
        barrier.wait(30)
        given[place] = act()

    _run([threading.Thread(target=run, args=pair) for pair in enumerate(acts)])
    return given


def _run(threads: Sequence[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
