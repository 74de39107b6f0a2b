"""The one box, and what can be said beside it."""

from django.core.exceptions import ValidationError

from contacts.circumstances import HOMES, WORDS, question_of
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


# Not a field of the form: making eight fields costs ten times as much as making one, on the page
# that is asked for most.
_COUNCIL = HiddenField(required=False, limit=120)


class WhoForm(PostcodeForm):
    """The postcode with the question and its circumstances, which the answer page sends along."""

    def clean(self) -> dict[str, object]:
        """Adds `question`, as far as it can be read, and `placing_council` while one is meant."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        about = self.data.get("about") or str(About.CARE)
        known = about in {str(one) for one in About}
        home = self.data.get("home") or ""
        said = {
            name: home == name if name in HOMES else bool(self.data.get(name)) for name in WORDS
        }
        cleaned["question"] = question_of({**said, "about": about if known else About.CARE})
        cleaned["placing_council"] = ""
        if not known:
            raise ValidationError("Choose the question again: it was none of those on the page.")
        if home and home not in HOMES:
            raise ValidationError("Choose again what is so about the home: it was none of those.")
        if said["placed"]:
            cleaned["placing_council"] = _COUNCIL.clean(self.data.get("placing_council"))
        return cleaned

    def question(self) -> Question:
        """What is asked: for showing it again beside an error too."""
        question = getattr(self, "cleaned_data", {}).get("question")
        return question if isinstance(question, Question) else Question()
