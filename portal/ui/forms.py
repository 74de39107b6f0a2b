"""The portal's form, and how any form's errors are listed. Import fields from here as well.

In a template: `{{ form.name.as_field_group() }}` or `{{ field(form.name, size="s") }}`.
"""

from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from markupsafe import Markup

from portal.core.refused import Refused
from portal.ui.dates import DateField
from portal.ui.fields import (
    LOST,
    CheckboxesField,
    EmailField,
    FileField,
    HiddenField,
    HiddenNumberField,
    LongTextField,
    PasswordField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
)
from portal.ui.groups import Look, field_group, first_id

__all__ = [
    "LOST",
    "CheckboxesField",
    "DateField",
    "EmailField",
    "ErrorLink",
    "FileField",
    "Form",
    "HiddenField",
    "HiddenNumberField",
    "LongTextField",
    "Look",
    "PasswordField",
    "RadiosField",
    "SelectField",
    "TextField",
    "TickField",
    "error_list",
    "field_group",
]


class ErrorLink(NamedTuple):
    """One line of the error summary; without `href` it belongs to the page as a whole."""

    text: str
    href: str = ""


class FieldGroup(BoundField):
    """A bound field that shows itself as its NHS.UK component."""

    def as_field_group(self) -> Markup | SafeString:  # type: ignore[override]
        """Label, hint, error and control."""
        return field_group(self)


class Form(forms.Form):
    """Base of every form of the portal. What was typed is kept when it comes back with errors."""

    bound_field_class = FieldGroup

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def refuse(self, no: Refused) -> None:
        """Say what a rule has said, beside the field that it is about where there is one."""
        self.add_error(no.field if no.field in self.fields else None, no.sentence)

    def error_list(self) -> list[ErrorLink]:
        """What the page's error summary says, in the order of the fields."""
        return error_list(self)


def error_list(*of: forms.BaseForm | None) -> list[ErrorLink]:
    """The errors of one or more forms as lines for the summary, each leading to its field.

    Only the first error of a field is listed: it is the one shown beside the field. An error of
    a hidden field has nowhere to lead to.
    """
    lines: list[ErrorLink] = []
    for form in of:
        if form is None or not form.is_bound:
            continue
        lines += [ErrorLink(str(message)) for message in form.non_field_errors()]
        for bound in form:
            if bound.errors:
                href = "" if bound.is_hidden else f"#{first_id(bound)}"
                lines.append(ErrorLink(str(bound.errors[0]), href))
    return lines
