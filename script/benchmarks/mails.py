"""The two measures of mails: how soon one is accepted, and how fast a backlog is sent."""

from collections.abc import Callable, Sequence

from . import delivery, drain
from .report import MAILS, machine, write

RATE = 20.0
MOST_ROWS = 5_000
DRAIN_AT_LEAST = 0.5
_PARTS = ("delivery", "drain")


def wanted(only: Sequence[str]) -> list[str]:
    """Which of the two are asked for; both where nothing is said."""
    return [key for key in _PARTS if not only or key.startswith(tuple(only))]


def covers(only: Sequence[str]) -> bool:
    """Whether nothing else is asked for."""
    return all(key.startswith(tuple(_PARTS)) for key in only)


def run(
    parts: Sequence[str],
    *,
    day: str,
    rows: int,
    rounds: int,
    seconds: float,
    writing: bool,
    tell: Callable[[str], None],
) -> None:
    """Measure, print; with `writing` also into docs/performance.md. In an empty outbox."""
    lines = []
    if "delivery" in parts:
        tell("Measuring mails from commit to acceptance")
        soon = delivery.measure(rate=RATE, seconds=seconds, tell_of=tell)
        lines.append(_soon(soon))
    if "drain" in parts:
        tell("Measuring a backlog of mails, beside no-op tasks")
        found = drain.measure(rows=min(rows, MOST_ROWS), rounds=rounds, tell_of=tell)
        lines += _drained(found)
    if writing and list(parts) == list(_PARTS):
        write("\n".join([f"{day}. {machine()}", "", *lines]), MAILS)


def _soon(found: delivery.Delivered) -> str:
    missed = "" if found.p95 < delivery.AT_MOST else " (missed)"
    return (
        f"- From commit to the mail server’s acceptance, {len(found.seconds):,} mails at"
        f" {found.rate:g} a second: median {found.median:.2f} s, 95 of 100 within"
        f" {found.p95:.2f} s (at most {delivery.AT_MOST:g}){missed}, the longest"
        f" {found.longest:.2f} s."
    )


def _drained(found: drain.Drained) -> list[str]:
    bare, mails = (sorted(side)[len(side) // 2] for side in zip(*found.rounds, strict=True))
    low, high = (pick(m / b for b, m in found.rounds) for pick in (min, max))
    missed = "" if found.ratio >= DRAIN_AT_LEAST else " (missed)"
    return [
        f"- A backlog of {found.rows:,} mails, everybody at work: {found.ratio:.2f} of Celery’s"
        f" no-op rate (at least {DRAIN_AT_LEAST:g}){missed}, rounds {low:.2f} to {high:.2f};"
        f" {mails:.0f} mails and {bare:.0f} tasks a second.",
        f"- The same {found.rows:,} after an outage of the broker, from its return until the last"
        f" is accepted: {found.returned:.1f} s, {found.after_outage:.2f} of the no-op rate.",
    ]
