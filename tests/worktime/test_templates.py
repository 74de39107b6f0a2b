"""Weeks to start from can be kept as they are, and say what they hold."""

import re

import pytest

from portal.worktime.rules import check_sessions
from portal.worktime.states import CLINICAL
from portal.worktime.templates import TEMPLATES, Template

WEDNESDAY, WORKING_DAYS = 2, range(5)
ALL = pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES.keys())


@ALL
def test_it_can_be_kept_as_it_is(template: Template) -> None:
    check_sessions(template.sessions, template.weeks)
    assert {session.week for session in template.sessions} == set(range(template.weeks))


@ALL
def test_it_says_when_its_sessions_are(template: Template) -> None:
    named = set(re.findall(r"\d\d:\d\d", template.says))
    held = {f"{t:%H:%M}" for s in template.sessions for t in (s.starts, s.ends)}
    assert named <= held
    clinics = [f"{s.starts:%H:%M}" for s in template.sessions if s.kind in CLINICAL]
    assert not clinics or min(clinics) in named


def test_a_gp_with_two_surgeries_but_not_on_wednesdays() -> None:
    template = TEMPLATES["gp-two-surgeries"]
    sessions = template.on({day for day in template.weekdays if day != WEDNESDAY})
    assert {session.weekday for session in sessions} == set(WORKING_DAYS) - {WEDNESDAY}
    assert len(sessions) == 4 * 3
    check_sessions(sessions, template.weeks)
