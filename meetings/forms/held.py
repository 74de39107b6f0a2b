"""The forms of the screen at the meeting, several on one page, each with ids of its own; and what
is set right in the minutes."""

from datetime import date, timedelta
from typing import Any

from meetings.forms.doing import in_a_year
from meetings.models import Item
from meetings.states import Attendance
from portal.core.clock import today
from portal.core.numbers import typed_number
from portal.ui.forms import (
    DateField,
    Form,
    HiddenField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
    TickField,
)

YES, HIDE = "yes", "hide"


class ItemEndForm(Form):
    """The end of an item; of one about a person with the choice about seeing it online."""

    safe_online = RadiosField(
        "Safe for the person to see online?",
        hint="What is filed in a record shows in the NHS App, and to whoever looks over their"
        " shoulder.",
        choices=[(YES, "Yes"), (HIDE, "Hide")],
        missing="Say whether it is safe for the person to see this online",
        look=Look(size="s", inline=True, small=True),
    )
    hide_because = LongTextField(
        "Hide, because", required=False, limit=500, look=Look(rows=1, size="s")
    )

    def __init__(self, *args: Any, about_somebody: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not about_somebody:
            del self.fields["safe_online"], self.fields["hide_because"]

    def clean(self) -> dict[str, Any]:
        """What is hidden is hidden for a reason."""
        data = super().clean() or self.cleaned_data
        if data.get("safe_online") == HIDE and not data.get("hide_because"):
            self.add_error("hide_because", "Say why it must be hidden")
        return data

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        chosen = self.cleaned_data.get("safe_online")
        hide = chosen == HIDE
        return {
            "safe_online": None if chosen is None else not hide,
            "hide_because": self.cleaned_data.get("hide_because", "") if hide else "",
        }


def hidden_already(item: Item | None) -> dict[str, str]:
    """What a form starts from: what is hidden stays so; that it may be seen is said each time."""
    if item is None or item.safe_online is not False:
        return {}
    return {"safe_online": HIDE, "hide_because": item.hide_because}


class CorrectionForm(ItemEndForm):
    """What is to be set right in the minutes of an item; whether the person may see them online is
    asked again."""

    field_order = ("key", "body", "safe_online", "hide_because")
    key = HiddenField(limit=64)
    body = LongTextField(
        "What is to be set right?",
        hint="It stands under what was written at the meeting, with your name. Those who take part"
        " and both sides of the referral are told.",
        missing="Write what is to be set right",
        limit=4000,
        look=Look(rows=4, size="s"),
    )

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        return {
            "key": self.cleaned_data["key"],
            "body": self.cleaned_data["body"],
            **super().given(),
        }


class DecisionForm(Form):
    """One decision."""

    key = HiddenField(limit=64)
    body = LongTextField(
        "Decided",
        hint="Both sides read it on the referral at once.",
        missing="Write what was decided",
        look=Look(rows=2, size="s"),
    )


def _in_a_week() -> date:
    return today() + timedelta(days=7)


class ActionForm(Form):
    """What somebody is to do, and by when."""

    key = HiddenField(limit=64)
    text = LongTextField(
        "To do", limit=500, missing="Write what is to be done", look=Look(rows=1, size="s")
    )
    owner = SelectField("Who", choices=[], missing="Choose who does it")
    due_on = DateField(
        "By when",
        initial=_in_a_week,
        earliest=today,
        latest=in_a_year,
        missing="Enter the day by which it is done",
        look=Look(size="s"),
    )

    is_improvement = TickField("An improvement between us: looked at first next time", initial=True)

    def __init__(
        self, *args: Any, people: list[tuple[int, str]], reflects: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"),
            *((str(pk), name) for pk, name in people),
        ]
        if not reflects:
            del self.fields["is_improvement"]


class UsedForm(Form):
    """How the meeting took into account what somebody wrote."""

    version = HiddenField(limit=9)
    used = LongTextField(
        "How the meeting took this into account",
        missing="Say how it was taken into account",
        look=Look(rows=2, size="s"),
    )

    @property
    def made_from(self) -> int:
        """The version that was talked about; 0, nobody's, for what is none."""
        return typed_number(self.cleaned_data["version"]) or 0


class EndForm(Form):
    """How everybody took part, as it was."""

    key = HiddenField(limit=64)
    sure = TickField(
        "Everything is written down: the minutes can go to everybody",
        required=True,
        missing="Tick the box when everything is written down",
    )

    def __init__(self, *args: Any, people: list[tuple[int, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sure = self.fields.pop("sure")
        for pk, name, planned in people:
            self.fields[f"came_{pk}"] = RadiosField(
                name,
                choices=[
                    (Attendance.WHOLE.value, "There"),
                    (Attendance.PART.value, "For a part"),
                    (Attendance.WRITING.value, "In writing"),
                    (Attendance.MISSING.value, "Not there"),
                ],
                initial=planned,
                missing=f"Say how {name} took part",
                look=Look(inline=True, small=True, size="s"),
            )
        self.fields["sure"] = sure

    def came(self) -> dict[int, Attendance]:
        """By participant."""
        return {
            int(name.removeprefix("came_")): Attendance(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("came_")
        }
