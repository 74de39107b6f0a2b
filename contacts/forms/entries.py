"""An entry as a whole: made, and closed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.forms.utils import ErrorDict

from contacts.forms.editing import AboutForm, EntryForm
from contacts.rules import LIMIT_OF_REASON
from contacts.states import BASIS_WORDS, choices
from portal.ui.forms import (
    Form,
    HiddenField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
    TextField,
)


class CloseForm(EntryForm):
    """Why an entry closes."""

    reason = LongTextField(
        "Why does it close, and where do people go now?",
        limit=LIMIT_OF_REASON,
        missing="Say in a few words why it closes, and where people go now.",
        hint="Kept in its history. Nobody finds the entry any more; what was sent to it stays.",
        look=Look(rows=3, size="s"),
    )


class NewForm(Form):
    """A new entry: the least that one says; the rest on its own page."""

    key = HiddenField(limit=64)
    organisation = SelectField("Whose service is it?", choices=[], look=Look(size="s"))
    name = AboutForm.base_fields["name"]
    kind = AboutForm.base_fields["kind"]
    basis = RadiosField(
        "It goes by",
        choices=choices(BASIS_WORDS),
        missing="Choose what decides whether it is this service",
        look=Look(size="s"),
    )
    summary = AboutForm.base_fields["summary"]
    telephone = TextField(
        "Telephone number",
        limit=30,
        required=False,
        hint="For everybody. More numbers, for colleagues only, on the next page.",
        look=Look(size="s", width=20, autocomplete="off", inputmode="tel"),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
        organisations: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["organisation"].choices = list(organisations)  # type: ignore[attr-defined]

    def quiet(self) -> None:
        """Show what was typed again without saying what is wrong with it."""
        self._errors = ErrorDict()
