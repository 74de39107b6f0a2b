"""How an action ended: done, or explained why not; an improvement can go on as well."""

from datetime import date, timedelta
from typing import Any

from meetings.states import ActionState
from portal.core.clock import today
from portal.core.numbers import typed_number
from portal.ui.forms import DateField, Form, HiddenField, LongTextField, Look, RadiosField

_DONE = (ActionState.DONE.value, "It is done")


class FinishForm(Form):
    """How an action ended, in words."""

    key = HiddenField(limit=64)
    version = HiddenField(limit=9)
    ending = RadiosField(
        "How did it end?",
        choices=[_DONE, (ActionState.EXPLAINED.value, "It will not be done: I explain why")],
        missing="Choose how it ended",
        look=Look(small=True, hidden_label=True),
    )
    words = LongTextField(
        "What was done, or why not",
        hint="Both sides read this on the referral.",
        required=False,
        limit=2000,
        look=Look(rows=2, size="s"),
    )

    def clean(self) -> dict[str, Any]:
        """What is not done is explained."""
        data = super().clean() or self.cleaned_data
        if data.get("ending") == ActionState.EXPLAINED.value and not data.get("words"):
            self.add_error("words", "Say why it is not done")
        return data

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        return {
            "key": self.cleaned_data["key"],
            "version": typed_number(self.cleaned_data["version"]) or 0,
            "ending": ActionState(self.cleaned_data["ending"]),
            "words": self.cleaned_data["words"],
        }


def _in_a_quarter() -> date:
    return today() + timedelta(weeks=13)


def in_a_year() -> date:
    """The last day by which something can be due."""
    return today() + timedelta(days=366)


class ImprovementForm(FinishForm):
    """What became of an improvement that was agreed at an earlier reflection."""

    ending = RadiosField(
        "What became of it?",
        choices=[
            _DONE,
            (ActionState.EXPLAINED.value, "It will not be done: we say why"),
            (ActionState.OPEN.value, "It goes on"),
        ],
        missing="Choose what became of it",
        look=Look(small=True, size="s"),
    )
    words = LongTextField(
        "What was done, or why not", required=False, limit=2000, look=Look(rows=2, size="s")
    )
    due_on = DateField(
        "If it goes on, by when",
        initial=_in_a_quarter,
        required=False,
        earliest=today,
        latest=in_a_year,
        look=Look(size="s"),
    )

    def clean(self) -> dict[str, Any]:
        """What goes on has a day."""
        data = super().clean()
        if data.get("ending") == ActionState.OPEN.value and "due_on" in data and not data["due_on"]:
            self.add_error("due_on", "Enter the day by which it is done")
        return data

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        return {**super().given(), "due_on": self.cleaned_data["due_on"]}
