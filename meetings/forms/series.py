"""The form of a series: what it is, when it meets, who takes part."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from meetings.actions.series import Plan
from meetings.colleagues import Colleague
from meetings.forms.common import (
    clock_choices,
    how_field,
    minutes_choices,
    search_field,
    title_field,
    where_field,
)
from meetings.models import Series
from meetings.rhythm import NTH_WORDS, WEEKDAYS, Rhythm
from meetings.states import IN_SERIES, KIND_WORDS, How, Kind
from portal.core.clock import today
from portal.core.numbers import typed_number
from portal.ui.forms import (
    CheckboxesField,
    DateField,
    Form,
    HiddenField,
    Look,
    RadiosField,
    SelectField,
)

MONTH, WEEKS = "month", "weeks"
_OFTEN = [
    *((f"{MONTH}-{n}", f"Each month: the {words}") for n, words in NTH_WORDS.items()),
    (f"{WEEKS}-1", "Every week"),
    *((f"{WEEKS}-{n}", f"Every {n} weeks") for n in (2, 3, 4, 6, 8, 12)),
]
_CLOCK = clock_choices(5)
_LENGTHS = minutes_choices(range(15, 125, 5))


class SeriesForm(Form):
    """Everything of a series. `people` are those who can be ticked."""

    key = HiddenField(limit=64, required=False)
    version = HiddenField(limit=9, required=False)
    team = SelectField("For which team?", choices=[], empty="", missing="Choose your team")
    kind = RadiosField(
        "What is it?",
        choices=[(kind.value, KIND_WORDS[kind]) for kind in IN_SERIES],
        missing="Choose what it is",
        look=Look(size="s", inline=True),
    )
    title = title_field("Give the series a title")
    how_often = SelectField("How often?", choices=_OFTEN, empty="", initial=f"{MONTH}-2")
    weekday = SelectField(
        "On which day?",
        choices=[(str(n), words) for n, words in enumerate(WEEKDAYS)],
        empty="",
        initial="1",
    )
    at = SelectField("At", choices=_CLOCK, empty="", initial="13:00")
    minutes = SelectField("How long?", choices=_LENGTHS, empty="", initial="60")
    starts_on = DateField("From which day on?", initial=today, look=Look(size="s"))
    how = how_field()
    where = where_field("You can add it later.")
    members = CheckboxesField(
        "Who takes part every time?",
        choices=[],
        missing="Choose two people or more",
        look=Look(size="s", small=True),
    )
    search = search_field()

    def __init__(
        self,
        *args: Any,
        teams: Sequence[tuple[int, str]],
        people: Sequence[Colleague],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [(str(pk), name) for pk, name in teams]  # type: ignore[attr-defined]
        self.fields["members"].choices = [(one.key, one.words) for one in people]  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        what, _, count = data["how_often"].partition("-")
        starts_on: date = data["starts_on"]
        return Plan(
            kind=Kind(data["kind"]),
            title=data["title"],
            rhythm=Rhythm(
                weekday=int(data["weekday"]),
                at=time.fromisoformat(data["at"]),
                starts_on=starts_on,
                every_weeks=int(count) if what == WEEKS else None,
                nth=int(count) if what == MONTH else None,
            ),
            minutes=int(data["minutes"]),
            how=How(data["how"]),
            where=data["where"],
        )

    @property
    def made_from(self) -> int:
        """The version that was changed."""
        return typed_number(self.cleaned_data.get("version")) or 0


def initial_of(series: Series, members: Sequence[Colleague]) -> dict[str, Any]:
    """A series as its form begins with it."""
    rhythm = series.rhythm
    often = f"{MONTH}-{rhythm.nth}" if rhythm.nth else f"{WEEKS}-{rhythm.every_weeks}"
    return {
        "version": str(series.version),
        "team": str(series.team_id),
        "kind": series.kind,
        "title": series.title,
        "how_often": often,
        "weekday": str(series.weekday),
        "at": f"{series.at:%H:%M}",
        "minutes": str(series.minutes),
        "starts_on": series.starts_on,
        "how": series.how,
        "where": series.where,
        "members": [one.key for one in members],
    }
