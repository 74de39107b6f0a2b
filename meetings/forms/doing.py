"""The form of an action: done, or explained why not."""

from typing import Any

from meetings.forms.held import number
from meetings.states import ActionState
from portal.ui.forms import Form, HiddenField, LongTextField, Look, RadiosField


class FinishForm(Form):
    """How an action ended, in words."""

    key = HiddenField(limit=64)
    version = HiddenField(limit=9)
    ending = RadiosField(
        "How did it end?",
        choices=[
            (ActionState.DONE.value, "It is done"),
            (ActionState.EXPLAINED.value, "It will not be done: I explain why"),
        ],
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
            "version": number(self.cleaned_data["version"]),
            "ending": ActionState(self.cleaned_data["ending"]),
            "words": self.cleaned_data["words"],
        }
