"""The sheet on which a meeting is arranged: one page, whose rows are added by buttons that post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.http import QueryDict

from meetings.actions.arrange import Invited, Topic
from meetings.colleagues import Colleague
from meetings.forms.common import (
    clock_choices,
    how_field,
    minutes_choices,
    search_field,
    title_field,
    where_field,
)
from meetings.rules import ITEMS_AT_MOST, MARK, MINUTES_AT_LEAST, MINUTES_AT_MOST
from meetings.states import How, Need
from portal.core.clock import today
from portal.ui.forms import (
    CheckboxesField,
    DateField,
    Form,
    HiddenField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
    TextField,
)

OUT = "out"
_NEEDS = [(Need.MUST.value, "Must be there"), (Need.MAY.value, "May come"), (OUT, "Take out")]
_LENGTHS = minutes_choices(range(MINUTES_AT_LEAST, MINUTES_AT_MOST + 1, MARK))
_ITEM_LENGTHS = minutes_choices(range(MARK, 65, MARK))
_CLOCK = clock_choices(15)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What an item's row begins with."""

    title: str = ""
    minutes: int = 10
    needs: Sequence[str] = ()
    points: str = ""


def _tomorrow() -> date:
    return today() + timedelta(days=1)


def _in_two_weeks() -> date:
    return today() + timedelta(days=14)


class ArrangeForm(Form):
    """Who, what about, how long, when and where. `people` are those on the sheet, in order."""

    key = HiddenField(limit=64)
    referral = HiddenField(limit=16, required=False)
    title = title_field("Give the meeting a title")
    team = SelectField(
        "Your team", choices=[], empty="", missing="Choose your team", look=Look(size="s")
    )
    minutes = SelectField("How long", choices=_LENGTHS, empty="", initial="30", look=Look(size="s"))
    how = how_field()
    where = where_field("You can add it later.")
    from_day = DateField("From", initial=_tomorrow, earliest=today, look=Look(size="s"))
    last_day = DateField(
        "Up to and including", initial=_in_two_weeks, earliest=today, look=Look(size="s")
    )
    earliest = SelectField(
        "Not before", choices=_CLOCK, empty="", initial="08:00", look=Look(size="s")
    )
    latest = SelectField("Over by", choices=_CLOCK, empty="", initial="18:00", look=Look(size="s"))
    search = search_field()

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        teams: Sequence[tuple[int, str]],
        people: Sequence[Colleague],
        items: Sequence[ItemRow],
        offered: Sequence[Colleague] = (),
        needs: dict[str, str] | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.people, self.item_count = list(people), len(items)
        self.fields["team"].choices = [(str(pk), name) for pk, name in teams]  # type: ignore[attr-defined]
        for one in people:
            self.fields[f"need_{one.key}"] = RadiosField(
                one.name,
                choices=_NEEDS,
                hint=", ".join(part for part in (one.job_title, one.team) if part),
                initial=(needs or {}).get(one.key, Need.MUST.value),
                look=Look(inline=True, small=True),
            )
        for number, item in enumerate(items):
            self._add_item(number, item)
        if offered:
            self.fields["add"] = CheckboxesField(
                "Who else?",
                choices=[(one.key, one.words) for one in offered],
                required=False,
                look=Look(size="s", small=True),
            )

    def _add_item(self, number: int, item: ItemRow) -> None:
        self.fields[f"title_{number}"] = TextField(
            f"Point {number + 1}",
            limit=160,
            required=False,
            initial=item.title,
            look=Look(size="s"),
        )
        self.fields[f"points_{number}"] = LongTextField(
            "More about it", limit=2000, required=False, initial=item.points, look=Look(rows=2)
        )
        self.fields[f"minutes_{number}"] = SelectField(
            "Takes", choices=_ITEM_LENGTHS, empty="", initial=str(item.minutes)
        )
        self.fields[f"needs_{number}"] = CheckboxesField(
            "Who is needed for it?",
            choices=[(one.key, one.name) for one in self.people],
            required=False,
            initial=list(item.needs),
            hint="Nobody ticked: all who must be there.",
            look=Look(small=True, inline=True),
        )

    @property
    def item_rows(self) -> list[dict[str, Any]]:
        """The bound fields of each item, for the template."""
        names = ("title", "points", "minutes", "needs")
        return [{name: self[f"{name}_{n}"] for name in names} for n in range(self.item_count)]

    @property
    def people_rows(self) -> list[tuple[Colleague, Any]]:
        """Each person with their bound field."""
        return [(one, self[f"need_{one.key}"]) for one in self.people]

    def invited(self) -> list[Invited]:
        """Those who are not taken out."""
        return [
            Invited(one.user_id, one.team_id, Need(self.cleaned_data[f"need_{one.key}"]))
            for one in self.people
            if self.cleaned_data[f"need_{one.key}"] != OUT
        ]

    def topics(self) -> list[Topic]:
        """The items that have a title."""
        coming = {one.key: one.user_id for one in self.people}
        found = []
        for number in range(self.item_count):
            title, given = self.cleaned_data[f"title_{number}"], self.cleaned_data
            if title:
                found.append(
                    Topic(
                        title=title,
                        minutes=int(given[f"minutes_{number}"]),
                        points=given[f"points_{number}"],
                        referral=given["referral"],
                        needs=frozenset(coming[key] for key in given[f"needs_{number}"]),
                    )
                )
        return found

    def given(self) -> dict[str, Any]:
        """What `arrange` takes, but by whom and for which team."""
        given = self.cleaned_data
        return {
            "key": given["key"],
            "title": given["title"],
            "minutes": int(given["minutes"]),
            "how": How(given["how"]),
            "where": given["where"],
            "from_day": given["from_day"],
            "until_day": given["last_day"] + timedelta(days=1),
            "earliest": time.fromisoformat(given["earliest"]),
            "latest": time.fromisoformat(given["latest"]),
            "people": self.invited(),
            "items": self.topics(),
        }


# The names of rules for what the sheet calls otherwise.
FIELD_OF = {"until_day": "last_day", "items": "title_0"}


def items_of(data: QueryDict) -> list[ItemRow]:
    """As many rows as the sheet had; what was typed in them is in the data."""
    typed = [name for name in data if name.startswith("title_")]
    return [ItemRow()] * min(len(typed), ITEMS_AT_MOST)
