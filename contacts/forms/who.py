"""The one box."""

from django.core.exceptions import ValidationError

from contacts.postcodes import EXAMPLE, parse_postcode
from portal.core.refused import InvalidInput
from portal.ui.forms import Form, Look, TextField


class PostcodeForm(Form):
    """A postcode, cleaned to its written form."""

    postcode = TextField(
        "Postcode of the person’s home",
        hint=f"For example {EXAMPLE}. It is not kept.",
        missing=f"Enter a postcode, like {EXAMPLE}",
        look=Look(width=10, size="m", autocomplete="off", spellcheck=False),
    )

    def clean_postcode(self) -> str:
        """M33 2RH for "m332rh"; says what is wrong with what is no postcode."""
        try:
            return parse_postcode(self.cleaned_data["postcode"]).display
        except InvalidInput as wrong:
            raise ValidationError(wrong.sentence) from wrong
