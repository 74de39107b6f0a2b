"""What an inbox counts as news is counted among what the reader has not seen."""

from datetime import datetime

import pytest

from portal.core.clock import now
from referrals import queries, statements
from referrals.actions.look import open_referral
from referrals.actions.write import write
from referrals.presenters.rows import inbox_rows
from tests.cast import Cast
from tests.conftest import send


@pytest.mark.parametrize("unseen", [0, 1, 2])
def test_what_has_been_seen_does_not_hide_what_has_not(cast: Cast, unseen: int) -> None:
    """However many the count goes to, here one: those that were looked at take no place in it."""
    old = [send(cast).reference for _ in range(3)]
    for reference in old:
        open_referral(by=cast.reader("tess"), reference=reference)
    made_at = now()
    for number, reference in enumerate(old):
        write(by=cast.reader("alice"), reference=reference, body="She fell again.")
        if number != unseen:
            open_referral(by=cast.reader("sam"), reference=reference)
    values = {
        **queries.STATUSES,
        "teams": [cast.teams["front_door"].pk],
        "reader": cast.sam.pk,
        "since": made_at,
        "made_at": made_at,
        "at": now(),
        "counted_to": 1,
    }
    assert statements.read_since(values) == (0, 1, 0)
    send(cast)
    send(cast)
    assert statements.read_since({**values, "at": now()}) == (1, 1, 0)


def said(cast: Cast, name: str, made_at: datetime) -> tuple[list[str], tuple[int, int]]:
    """How the rows of somebody's inbox are marked, and (new, changed) since their page."""
    reader, at = cast.reader(name), now()
    page = queries.inbox_page(reader, queries.NEEDS_DECISION, at)
    marks = [row.changed for row in inbox_rows(page.rows, at, may_claim=True)]
    since = queries.inbox_since(reader, revision=made_at, made_at=made_at, at=at)
    return marks, (since.new, since.changed)


def test_the_line_above_the_list_says_what_its_rows_say(cast: Cast) -> None:
    made_at = now()
    reference = send(cast).reference
    assert said(cast, "tess", made_at) == (["New"], (1, 0))
    open_referral(by=cast.reader("sam"), reference=reference)
    assert said(cast, "tess", made_at) == ([""], (0, 0))
    assert said(cast, "sam", made_at) == ([""], (0, 0))
    write(by=cast.reader("alice"), reference=reference, body="She fell again.")
    assert said(cast, "tess", made_at) == (["Changed since your team looked"], (0, 1))
    assert said(cast, "sam", made_at) == (["Changed since you looked"], (0, 1))
    open_referral(by=cast.reader("tess"), reference=reference)
    assert said(cast, "tess", made_at) == ([""], (0, 0))
    # Who looked goes by their own look, whoever else has looked since.
    assert said(cast, "sam", made_at) == (["Changed since you looked"], (0, 1))


def test_what_nobody_opened_is_new_also_when_more_was_written(cast: Cast) -> None:
    reference = send(cast).reference
    made_at = now()
    write(by=cast.reader("alice"), reference=reference, body="She fell again.")
    # The sender's own look is none of the team's.
    open_referral(by=cast.reader("alice"), reference=reference)
    assert said(cast, "tess", made_at) == (["New"], (1, 0))
