"""What the buttons of a meeting carry."""

from meetings.asking import Change
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


class CancelForm(ButtonForm):
    """Why a meeting is not held."""

    words = LongTextField(
        "Why is it cancelled?",
        limit=500,
        missing="Say why it is cancelled",
        hint="Those who were invited read this. Name no person.",
        look=Look(rows=3, size="s"),
    )
