"""One run: data, measures, table."""

from collections.abc import Callable, Sequence

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from portal.core.clock import today
from portal.core.models import RateCount

from . import finding, mails, report
from .calls import ask
from .data import make_data
from .floor import COOKIE, Floor
from .measures import Measure, all_measures, calls_of, floor_prepare, floor_requests
from .statements import processor_clock, statements
from .timing import interleave


def run(
    *,
    rows: int,
    rounds: int,
    seconds: float,
    only: Sequence[str],
    write: bool,
    tell: Callable[[str], None],
) -> None:
    """In an empty database. `only`: beginnings of the keys of measures."""
    portal = get_wsgi_application()  # type: ignore[assignment]
    floor = Floor()
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    day = f"{today():%-d %B %Y}"
    mails.run(
        mails.wanted(only),
        day=day,
        rows=rows,
        rounds=rounds,
        seconds=seconds * 8,
        writing=write,
        tell=tell,
    )
    if only and mails.covers(only):
        return
    tell(f"Making the data: {rows:,} referrals in one inbox")
    data = make_data(rows)
    with floor.settings():
        requests = floor_requests(data.inbox, data.organisation.pk, COOKIE)
    bare = floor_prepare(floor, requests)
    how = report.Run(rows=rows, rounds=rounds, seconds=seconds, day=day)
    lines = []
    for measure in all_measures(portal, data):
        if only and not measure.key.startswith(tuple(only)):
            continue
        tell(f"Measuring {measure.words.format(f'{rows:,}')}")
        measured = interleave(
            bare,
            measure.prepare,
            rounds=rounds,
            seconds=seconds,
            before_round=_forget_rates,
            worked=processor_clock(),
        )
        line = report.Line(measure, measured, *_queries(portal, measure))
        lines.append(line)
    if finding.wanted(only):
        finding.run(
            bare,
            data.inbox.users,
            day=day,
            rounds=rounds,
            seconds=seconds,
            writing=write,
            tell=tell,
        )
    if not lines:
        return
    tell(f"\n{report.machine()}\n\n{report.as_text(lines, how)}")
    if write:
        report.write(report.as_markdown(lines, how))


def _forget_rates() -> None:
    """A reader asks more often here than anybody may."""
    RateCount.objects.all().delete()


def _queries(portal: WSGIHandler, measure: Measure) -> tuple[int | None, int | None]:
    """Statements at one row and at 25; where there are no rows, those of any call, once."""
    if measure.one is None:
        (call,) = calls_of(portal, measure.requests, 1)
        return len(statements(call)), None
    counts = [
        None if request is None else _count(portal, request)
        for request in (measure.one, measure.many)
    ]
    return counts[0], counts[1]


def _count(portal: WSGIHandler, request: dict[str, object]) -> int:
    ask(portal, request)  # what happens once a session is over
    return len(statements(lambda: ask(portal, request)))
