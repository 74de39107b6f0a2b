"""What the buttons of a meeting carry."""

from typing import Any

from meetings.asking import Change
from meetings.forms.common import how_field, where_field
from meetings.states import How
from portal.ui.forms import Form, HiddenField, HiddenNumberField, LongTextField, Look


class ButtonForm(Form):
    """A one-time key, and the version that the page was made from."""

    key = HiddenField(limit=64)
    version = HiddenNumberField()


class BookForm(ButtonForm):
    """One of the times that were shown. What was changed to get it is among the data."""

    start = HiddenNumberField()  # in minutes since 1970
    shown = HiddenField(limit=40, required=False)

    @property
    def change(self) -> Change:
        """What the reader changed."""
        return Change.read(self.data)


class PlaceForm(Form):
    """How and where it is held."""

    version = HiddenNumberField()
    how = how_field()
    where = where_field()

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "how": How(self.cleaned_data["how"])}


class CancelForm(ButtonForm):
    """Why a meeting is not held."""

    words = LongTextField(
        "Why is it cancelled?",
        limit=500,
        missing="Say why it is cancelled",
        hint="Those who were invited read this. Name no person.",
        look=Look(rows=3, size="s"),
    )
