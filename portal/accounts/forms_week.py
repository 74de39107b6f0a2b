"""Forms about somebody's working week."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from portal.core.clock import today
from portal.core.numbers import typed_number
from portal.ui.clocks import ClockField
from portal.ui.forms import (
    CheckboxesField,
    DateField,
    ErrorLink,
    Form,
    HiddenField,
    Look,
    RadiosField,
    SelectField,
    TextField,
    TickField,
    error_list,
)
from portal.worktime.bank_holidays import NATIONS
from portal.worktime.lines import Line
from portal.worktime.rules import is_night
from portal.worktime.states import SESSION_WORDS, SessionKind
from portal.worktime.templates import TEMPLATES
from portal.worktime.words import WEEKDAYS

DAYS = [(str(number), name) for number, name in enumerate(WEEKDAYS)]
_SHORT_DAYS = [(number, name[:3]) for number, name in DAYS]
_KINDS = list(SESSION_WORDS.items())
MOST_LINES = 24
_SPARE_LINES = 2


def _soon() -> date:
    return today() + timedelta(days=730)


def _lately() -> date:
    return today() - timedelta(days=366)


class BeginForm(Form):
    """Which template, and on which days somebody does not work. It changes nothing."""

    template = RadiosField(
        "Which week is most like it?",
        choices=[(one.key, one.name) for one in TEMPLATES.values()],
        missing="Choose a week to begin with",
        look=Look(hints={one.key: one.says for one in TEMPLATES.values()}),
    )
    off = CheckboxesField(
        "Not at work on", choices=DAYS[:5], required=False, look=Look(inline=True, small=True)
    )
    alternates = TickField("Two weeks take turns: the second differs from the first")


class WeekForm(Form):
    """Where, whose bank holidays, and from when."""

    pattern = HiddenField(limit=12, required=False)
    version = HiddenField(limit=9, required=False)
    weeks = HiddenField(limit=1, required=False)
    place = TextField(
        "Where is this?",
        limit=160,
        missing="Say where this working week is worked",
        hint="As colleagues call it. Somebody who works in two places has a week for each.",
        look=Look(width=20),
    )
    nation = SelectField(
        "Whose bank holidays?", choices=[(name, name) for name in NATIONS], empty=""
    )
    works_on_bank_holidays = TickField("Works on bank holidays too")
    starts_on = DateField("From when?", earliest=_lately, latest=_soon)

    def clean_version(self) -> int | None:
        """As a number; None where it is not one of ours."""
        return typed_number(self.cleaned_data["version"])

    def clean_pattern(self) -> int | None:
        """As a number."""
        return typed_number(self.cleaned_data["pattern"])

    def clean_weeks(self) -> int:
        """One, or two that take turns."""
        return 2 if self.cleaned_data["weeks"] == "2" else 1


class LineForm(Form):
    """The same session on some days. Without days it is no line."""

    kind = SelectField("What", choices=_KINDS, empty="")
    starts = ClockField("From", required=False)
    ends = ClockField("To", required=False)
    days = CheckboxesField(
        "On", choices=_SHORT_DAYS, required=False, look=Look(inline=True, small=True)
    )
    week = SelectField(
        "In", choices=[("", "Both weeks"), ("0", "The first week"), ("1", "The second week")],
        empty="", required=False,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Days need times, and times that are not cleared away need days."""
        given = self.cleaned_data
        if given.get("days"):
            for name in ("starts", "ends"):
                if name not in self.errors and given.get(name) is None:
                    self.add_error(name, "Say from when to when, such as 08:30 to 11:30")
            starts, ends = given.get("starts"), given.get("ends")
            if starts and ends and ends <= starts and not is_night(starts, ends):
                self.add_error("ends", "“To” must be later than “From”, or early the next morning")
        elif "days" not in self.errors and given.get("starts") and given.get("ends"):
            self.add_error("days", "Tick the days, or clear the times to leave this out")
        return given

    def line(self) -> Line | None:
        """What was given, once it is valid; None for a line that is left out."""
        given = self.cleaned_data
        if not given["days"]:
            return None
        return Line(
            SessionKind(given["kind"]),
            given["starts"],
            given["ends"],
            tuple(int(day) for day in given["days"]),
            int(given["week"]) if given["week"] else None,
        )


class LineForms:
    """All lines of a week, with some to spare."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, lines: Sequence[Line] = (), more: bool = False
    ) -> None:
        if data is None:
            starts: list[dict[str, Any] | None] = [_as_typed(line) for line in lines]
            count = len(lines) + _SPARE_LINES
        else:
            starts, count = [], self._count(data) + (_SPARE_LINES if more else 0)
        count = min(max(count, 1), MOST_LINES)
        starts += [None] * (count - len(starts))
        self.forms = [
            LineForm(
                data if data is None or f"line{place}-kind" in data else None,
                prefix=f"line{place}",
                initial=starts[place] or {"kind": SessionKind.CLINIC.value},
            )
            for place in range(count)
        ]

    @staticmethod
    def _count(data: Mapping[str, Any]) -> int:
        return sum(f"line{place}-kind" in data for place in range(MOST_LINES))

    def is_valid(self) -> bool:
        """Whether all lines can be read; asks each, so that each says what is wrong with it."""
        valid = [form.is_valid() for form in self.forms if form.is_bound]
        return all(valid)

    def lines(self) -> list[Line]:
        """What was given, once it is valid."""
        found = (form.line() for form in self.forms if form.is_bound)
        return [line for line in found if line is not None]

    def error_list(self) -> list[ErrorLink]:
        """For the summary: `Session 2: “From” must be a time such as 08:30`."""
        return [
            line._replace(text=f"Session {number}: {line.text}")
            for number, form in enumerate(self.forms, start=1)
            for line in error_list(form)
        ]


class OneOffForm(Form):
    """A session on one day."""

    day = DateField("Day", earliest=today, latest=_soon)
    kind = SelectField("What", choices=_KINDS, empty="")
    starts = ClockField("From")
    ends = ClockField("To")
    instead = TickField("Instead of the usual day", hint="Nothing else of that day then holds")


class LeaveForm(Form):
    """Days, or with times a part of them."""

    first = DateField("First day away", earliest=_lately, latest=_soon)
    last = DateField("Last day away, if it is another", required=False, latest=_soon)
    since = ClockField("Only from", hint="Empty: from the morning", required=False)
    until = ClockField("Only until", hint="Empty: until the evening", required=False)

    def clean(self) -> dict[str, Any]:
        """The last day is the first where none is given, and not before it."""
        given = self.cleaned_data
        first = given.get("first")
        given["last"] = given.get("last") or first
        if first and given["last"] and "last" not in self.errors and given["last"] < first:
            self.add_error("last", "The last day must not be before the first")
        return given


class EndForm(Form):
    """From when a week holds no longer."""

    version = HiddenField(limit=9)
    ends_on = DateField("First day on which it no longer holds", earliest=_lately, latest=_soon)

    def clean_version(self) -> int | None:
        """As a number."""
        return typed_number(self.cleaned_data["version"])


def _as_typed(line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind.value,
        "starts": line.starts,
        "ends": line.ends,
        "days": [str(day) for day in line.days],
        "week": "" if line.week is None else str(line.week),
    }
