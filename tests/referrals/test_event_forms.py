"""The forms of triage: what they start from, and what does not bar them."""

from datetime import date

import pytest

from referrals.forms import events


@pytest.mark.parametrize(
    ("today", "asked"),
    [
        (date(2026, 12, 1), date(2026, 12, 3)),  # Tuesday, Thursday
        (date(2026, 12, 3), date(2026, 12, 7)),  # Thursday: Saturday is no day to answer
        (date(2026, 12, 4), date(2026, 12, 7)),
        (date(2026, 12, 5), date(2026, 12, 7)),
    ],
)
def test_an_answer_is_asked_for_by_a_working_day(
    monkeypatch: pytest.MonkeyPatch, today: date, asked: date
) -> None:
    monkeypatch.setattr(events, "today", lambda: today)
    assert events._in_two_days() == asked


def test_what_is_not_used_of_accepting_does_not_bar_it() -> None:
    wrong = {"waiting_until-day": "1", "waiting_until-month": "1", "waiting_until-year": "2020"}
    given = {"key": "k" * 20, "version": "1", "worker": "7", **wrong}
    workers = [(7, "Sol")]
    form = events.AcceptForm({**given, "how": "worker"}, workers=workers)
    assert form.is_valid(), form.errors
    assert form.chosen() == (7, None)
    assert not events.AcceptForm({**given, "how": "waiting-list"}, workers=workers).is_valid()
