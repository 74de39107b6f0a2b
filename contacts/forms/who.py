"""The one box, and what can be said beside it."""

from django import forms
from django.core.exceptions import ValidationError

from contacts.circumstances import WORDS, question_of
from contacts.facts import Question
from contacts.postcodes import EXAMPLE, parse_postcode
from contacts.states import About
from portal.core.refused import InvalidInput
from portal.ui.forms import Form, HiddenField, Look, TextField


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


def _tick() -> forms.BooleanField:
    return forms.BooleanField(required=False, widget=forms.HiddenInput)


class WhoForm(PostcodeForm):
    """The postcode with the question and its circumstances, which the answer page sends along."""

    about = HiddenField(required=False)
    placing_council = HiddenField(required=False)
    in_hospital = _tick()
    placed = _tick()
    arranged_own_home = _tick()
    no_settled_home = _tick()
    under_18 = _tick()

    def clean_about(self) -> str:
        """One of the four questions; the first where none is given."""
        about = str(self.cleaned_data["about"] or About.CARE)
        if about not in {str(one) for one in About}:
            raise ValidationError("Choose the question again: it was none of those on the page.")
        return about

    def clean(self) -> dict[str, object]:
        """A council is named only for as long as one has placed the person."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if not cleaned.get("placed"):
            cleaned["placing_council"] = ""
        return cleaned

    def question(self) -> Question:
        """What is asked, as far as it can be read: for showing it again beside an error too."""
        given = getattr(self, "cleaned_data", {})
        return question_of({name: given.get(name) for name in ("about", *WORDS)})
