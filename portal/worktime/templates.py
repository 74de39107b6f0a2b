"""Working weeks to start from, as plain data: chosen, changed where they do not fit, and kept."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import time

from portal.worktime.given import SessionGiven
from portal.worktime.states import SessionKind

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
WORKING_DAYS = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)
_CLINIC, _WARD_ROUND, _VISITS = SessionKind.CLINIC, SessionKind.WARD_ROUND, SessionKind.VISITS
_DUTY, _DESK, _MEETING = SessionKind.DUTY, SessionKind.DESK, SessionKind.MEETING


@dataclass(frozen=True, slots=True)
class Template:
    """A week to start from. `name` is what its chooser looks for, `says` how the days run."""

    key: str
    name: str
    says: str
    sessions: tuple[SessionGiven, ...]
    weeks: int = 1
    works_on_bank_holidays: bool = False

    def on(self, weekdays: Collection[int]) -> tuple[SessionGiven, ...]:
        """Its sessions on these weekdays only: "not Wednesdays"."""
        return tuple(session for session in self.sessions if session.weekday in weekdays)

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The weekdays on which it has sessions, in order."""
        return tuple(sorted({session.weekday for session in self.sessions}))


def _daily(
    *given: tuple[str, str, SessionKind],
    days: Iterable[int] = WORKING_DAYS,
    weeks: Iterable[int] = (0,),
) -> tuple[SessionGiven, ...]:
    return tuple(
        SessionGiven(week, day, time.fromisoformat(starts), time.fromisoformat(ends), kind)
        for week in weeks
        for day in days
        for starts, ends, kind in given
    )


TEMPLATES: dict[str, Template] = {
    template.key: template
    for template in (
        Template(
            "gp-two-surgeries",
            "GP, two surgeries a day",
            "Surgery 08:30 to 11:30, calls and visits 12:00 to 13:00, surgery 14:30 to 17:30",
            _daily(
                ("08:30", "11:30", _CLINIC),
                ("12:00", "13:00", _VISITS),
                ("14:30", "17:30", _CLINIC),
            ),
        ),
        Template(
            "gp-mornings",
            "GP, mornings",
            "Surgery 08:30 to 11:30, calls and visits 11:45 to 13:00",
            _daily(("08:30", "11:30", _CLINIC), ("11:45", "13:00", _VISITS)),
        ),
        Template(
            "gp-with-duty-day",
            "GP, two surgeries a day and a duty day",
            "Surgery 08:30 to 11:30 and 14:30 to 17:30; on Mondays duty 08:00 to 18:30",
            (
                *_daily(("08:00", "18:30", _DUTY), days=[MONDAY]),
                *_daily(
                    ("08:30", "11:30", _CLINIC),
                    ("12:00", "13:00", _VISITS),
                    ("14:30", "17:30", _CLINIC),
                    days=WORKING_DAYS[1:],
                ),
            ),
        ),
        Template(
            "practice-staff",
            "Practice staff, office hours",
            "At work 08:30 to 17:00",
            _daily(("08:30", "17:00", _DESK)),
        ),
        Template(
            "physician-ward-round",
            "Hospital physician, morning ward round",
            "Ward round 08:30 to 11:30, then on the ward until 17:00; clinic on Tuesday and"
            " Thursday 13:30 to 16:30",
            (
                *_daily(("08:30", "11:30", _WARD_ROUND), ("11:30", "13:30", _DESK)),
                *_daily(("13:30", "17:00", _DESK), days=[MONDAY, WEDNESDAY, FRIDAY]),
                *_daily(
                    ("13:30", "16:30", _CLINIC),
                    ("16:30", "17:00", _DESK),
                    days=[TUESDAY, THURSDAY],
                ),
            ),
        ),
        Template(
            "physician-clinics",
            "Hospital physician, clinics",
            "Clinic 09:00 to 12:30, on the ward 13:30 to 17:00",
            _daily(("09:00", "12:30", _CLINIC), ("13:30", "17:00", _DESK)),
        ),
        Template(
            "ward-co-ordinator",
            "Ward co-ordinator",
            "Board round 08:30 to 09:30, at work until 16:30, bank holidays too",
            _daily(("08:30", "09:30", _WARD_ROUND), ("09:30", "16:30", _DESK)),
            works_on_bank_holidays=True,
        ),
        Template(
            "social-worker-duty-day",
            "Social worker, office hours with a duty day",
            "At work 09:00 to 17:00, visits in the afternoon 13:30 to 16:00; duty on Wednesdays",
            (
                *_daily(
                    ("09:00", "13:30", _DESK),
                    ("13:30", "16:00", _VISITS),
                    ("16:00", "17:00", _DESK),
                    days=[MONDAY, TUESDAY, THURSDAY, FRIDAY],
                ),
                *_daily(("09:00", "17:00", _DUTY), days=[WEDNESDAY]),
            ),
        ),
        Template(
            "social-worker-fortnight",
            "Social worker, duty every other week",
            "At work 09:00 to 17:00; on duty on Tuesday and Thursday of every other week",
            (
                *_daily(("09:00", "17:00", _DESK)),
                *_daily(("09:00", "17:00", _DESK), days=[MONDAY, WEDNESDAY, FRIDAY], weeks=[1]),
                *_daily(("09:00", "17:00", _DUTY), days=[TUESDAY, THURSDAY], weeks=[1]),
            ),
            weeks=2,
        ),
        Template(
            "office-hours",
            "Office hours, with time for meetings",
            "At work 09:00 to 17:00, 14:00 to 15:00 kept for meetings",
            _daily(
                ("09:00", "14:00", _DESK), ("14:00", "15:00", _MEETING), ("15:00", "17:00", _DESK)
            ),
        ),
    )
}
