"""What the buttons of a meeting carry."""

from typing import Any

from django.core.exceptions import ValidationError

from meetings.asking import Change
from portal.ui.forms import Form, HiddenField, LongTextField, Look


class ButtonForm(Form):
    """A one-time key, and the version that the page was made from."""

    key = HiddenField(limit=64)
    version = HiddenField(limit=9)

    def clean_version(self) -> int:
        """The version as a number."""
        return _number(self.cleaned_data["version"])


class BookForm(ButtonForm):
    """One of the times that were shown. What was changed to get it is among the data."""

    start = HiddenField(limit=12)
    shown = HiddenField(limit=40, required=False)

    def clean_start(self) -> int:
        """In minutes since 1970."""
        return _number(self.cleaned_data["start"])

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


def _number(typed: Any) -> int:
    text = str(typed)
    # What PostgreSQL and the calendar can hold.
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise ValidationError("Open this page again: a part of the form was lost.")
    return int(text)
