"""Form fields of the portal: every one has a label in words, limits, and errors that help.

    name = TextField("Full name", missing="Enter the person's name", look=Look(width=20))

All text fields refuse a NUL (PostgreSQL cannot keep it) and what is longer than their limit,
with a sentence; line ends become \\n before anything is counted, because a browser counts them
as one character and sends two.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from portal.core.numbers import typed_number
from portal.ui.groups import Look

# Of what a page sends along by itself, and has not.
LOST = "Open this page again: a part of the form was lost."

# What word processors and clinical systems leave in a pasted text, besides tab and line end.
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
_NUL_OR_HALF = re.compile("[\x00\ud800-\udfff]")
Choices = Iterable[tuple[Any, Any]]


class TextField(forms.CharField):
    """One line of text. `limit` in characters."""

    many_lines = False

    def __init__(
        self,
        label: str,
        *,
        limit: int = 200,
        hint: str = "",
        missing: str = "",
        look: Look | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label=label, help_text=hint, **kwargs)
        # Not given to Django: its validator speaks of "ensure this value has at most".
        self.max_length, self.look = limit, look or Look()
        self.validators = [v for v in self.validators if not _is_null_check(v)]
        self.error_messages["required"] = missing or f"“{label}” needs an answer"

    def to_python(self, value: Any) -> str:
        """Tidied text; raises ValidationError for what cannot be kept or is too long."""
        text = "" if value is None else str(value)
        if _NUL_OR_HALF.search(text):
            raise ValidationError(
                f"“{self.label}” has a character in it that cannot be kept."
                " Type it again, or paste it as plain text.",
                code="character",
            )
        text = re.sub(r"\r\n?|[\x0b\x0c\u2028\u2029]", "\n", text)
        text = _CONTROL.sub("", text)
        if not self.many_lines:
            text = re.sub(r"\s*\n\s*", " ", text)
        text = text.strip() if self.strip else text
        if self.max_length is not None and len(text) > self.max_length:
            raise ValidationError(
                f"“{self.label}” can have {self.max_length:,} characters at most."
                f" This has {len(text):,}.",
                code="long",
            )
        return text


class LongTextField(TextField):
    """Several lines."""

    widget = forms.Textarea
    many_lines = True

    def __init__(self, label: str, *, limit: int = 4000, **kwargs: Any) -> None:
        super().__init__(label, limit=limit, **kwargs)


class EmailField(TextField):
    """An e-mail address."""

    widget = forms.EmailInput
    default_validators = [
        EmailValidator("Enter an email address in the right form, like name@example.org")
    ]

    def __init__(self, label: str = "Email address", *, limit: int = 254, **kwargs: Any) -> None:
        kwargs.setdefault("missing", "Enter an email address")
        super().__init__(label, limit=limit, **kwargs)


class PasswordField(TextField):
    """A password: never trimmed, never shown again."""

    widget = forms.PasswordInput

    def __init__(self, label: str = "Password", *, limit: int = 200, **kwargs: Any) -> None:
        kwargs.setdefault("missing", "Enter a password")
        super().__init__(label, limit=limit, strip=False, **kwargs)


class HiddenField(TextField):
    """Travels with the form unseen: a one-time key, a version."""

    widget = forms.HiddenInput

    def __init__(self, *, limit: int = 200, **kwargs: Any) -> None:
        kwargs.setdefault("missing", LOST)
        super().__init__("This form", limit=limit, **kwargs)


class HiddenNumberField(HiddenField):
    """A number that travels unseen: a version, a moment. Cleans to it."""

    def __init__(self, *, limit: int = 9, **kwargs: Any) -> None:
        super().__init__(limit=limit, **kwargs)

    def clean(self, value: Any) -> int:
        """Raises ValidationError for what is no number: it cannot have been typed."""
        number = typed_number(super().clean(value))
        if number is None:
            raise ValidationError(LOST, code="lost")
        return number


def _say(field: forms.Field, missing: str) -> None:
    """The sentences of a field with choices: no answer, and one that is not on the page."""
    field.error_messages["required"] = missing or f"“{field.label}”: choose an answer"
    shown = f"“{field.label}”: choose one of the answers shown"
    field.error_messages["invalid_choice"] = field.error_messages["invalid_list"] = shown


class FileField(forms.FileField):
    """A file. `largest` in bytes. Cleans to its contents."""

    def __init__(
        self,
        label: str,
        *,
        largest: int,
        hint: str = "",
        missing: str = "",
        look: Look | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label=label, help_text=hint, allow_empty_file=True, **kwargs)
        self.look, self.largest = look or Look(), largest
        self.error_messages["required"] = missing or f"“{label}”: choose a file"
        self.error_messages["invalid"] = self.error_messages["required"]

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The contents; raises ValidationError for a file that is too large, or none."""
        found = super().clean(data, initial)
        if found is None:
            return b""
        if found.size > self.largest:
            raise ValidationError(
                f"The file is larger than {self.largest // (1024 * 1024)} MB", code="large"
            )
        return found.read()


class _OneOf(forms.ChoiceField):
    def __init__(
        self,
        label: str,
        *,
        choices: Choices,
        hint: str = "",
        missing: str = "",
        look: Look | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label=label, choices=list(choices), help_text=hint, **kwargs)
        self.look = look or Look()
        _say(self, missing)


class RadiosField(_OneOf):
    """One of a few, all in sight. Cleans to the value as text."""

    widget = forms.RadioSelect


class SelectField(_OneOf):
    """One of many. With `empty` the first line says that nothing is chosen yet."""

    widget = forms.Select

    def __init__(
        self, label: str, *, choices: Choices, empty: str = "Choose", **kwargs: Any
    ) -> None:
        first: Sequence[tuple[str, str]] = [("", empty)] if empty else []
        super().__init__(label, choices=[*first, *choices], **kwargs)


class CheckboxesField(forms.MultipleChoiceField):
    """Any of a few. Cleans to a list of values."""

    widget = forms.CheckboxSelectMultiple

    def __init__(
        self,
        label: str,
        *,
        choices: Choices,
        hint: str = "",
        missing: str = "",
        look: Look | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label=label, choices=list(choices), help_text=hint, **kwargs)
        self.look = look or Look()
        _say(self, missing)


class TickField(forms.BooleanField):
    """One box to tick; not required unless said so."""

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        missing: str = "",
        look: Look | None = None,
        required: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(label=label, help_text=hint, required=required, **kwargs)
        self.look = look or Look()
        self.error_messages["required"] = missing or f"“{label}”: tick the box to go on"


def _is_null_check(validator: object) -> bool:
    return type(validator).__name__ == "ProhibitNullCharactersValidator"
