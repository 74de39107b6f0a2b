"""Forms about the agenda beforehand: what somebody writes, who is invited, what is added."""

from collections.abc import Sequence
from typing import Any

from meetings.forms.common import minutes_choices
from meetings.states import Guest
from portal.core.numbers import typed_number
from portal.ui.forms import (
    CheckboxesField,
    Form,
    HiddenField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
    TextField,
)

COMES = {"yes": True, "no": False, "not-said": None}
LENGTHS = (5, 10, 15, 20, 30)


class WriteForm(Form):
    """An answer to the points of an item, by somebody who does not come."""

    version = HiddenField(limit=9)
    body = LongTextField(
        "Your answer",
        limit=8000,
        hint="It stands first when the meeting comes to this item, and the meeting must record how"
        " it was taken into account.",
        missing="Write your answer first",
        look=Look(rows=8, size="s"),
    )

    @property
    def made_from(self) -> int:
        """The version that it was written from."""
        return typed_number(self.cleaned_data["version"]) or 0


class GuestForm(Form):
    """The person or their carer, invited to their own item."""

    key = HiddenField(limit=64)
    seen = HiddenField(limit=16, required=False)
    kind = RadiosField(
        "Who is invited?",
        choices=[(Guest.PERSON.value, "The person"), (Guest.CARER.value, "Their carer")],
        missing="Choose who is invited",
        look=Look(inline=True, size="s"),
    )
    wishes = LongTextField(
        "What they wish to be said or asked", required=False, look=Look(rows=3, size="s")
    )
    needs = LongTextField(
        "What they need to take part",
        hint="For example an interpreter, large print, a room without steps, somebody with them.",
        required=False,
        look=Look(rows=2, size="s"),
    )
    told_how = TextField("How they were told, and by whom", required=False, look=Look(size="s"))
    comes = RadiosField(
        "Do they come?",
        choices=[("yes", "Yes"), ("no", "No"), ("not-said", "They have not said yet")],
        initial="not-said",
        look=Look(inline=True, size="s"),
    )

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        data = dict(self.cleaned_data)
        return {**data, "kind": Guest(data["kind"]), "comes": COMES[data["comes"]]}


class AddForm(Form):
    """Somebody is added to a meeting from their referral."""

    key = HiddenField(limit=64)
    meeting = RadiosField(
        "To which meeting?", choices=[], missing="Choose a meeting", look=Look(size="s")
    )
    title = TextField(
        "What is it about?",
        limit=160,
        hint="Stands on the agenda and names nobody: “Support after a fall”.",
        missing="Say what it is about, without a name",
        look=Look(size="s"),
    )
    minutes = SelectField(
        "How long?",
        choices=minutes_choices(LENGTHS),
        empty="",
        initial="10",
    )
    points = LongTextField(
        "Points to sort out, one a line",
        hint="Taken from the referral: change them as you like.",
        missing="Write what is to be sorted out",
        look=Look(rows=4, size="s"),
    )
    owner = SelectField(
        "Who brings it?",
        hint="Leads the item: somebody who takes part, or must be there for it.",
        choices=[],
        required=False,
    )
    needs = CheckboxesField(
        "Who must be there for it?",
        hint="Whoever is needed reads this item. Those who do not take part yet come for it alone.",
        choices=[],
        required=False,
        look=Look(size="s"),
    )

    def __init__(
        self,
        *args: Any,
        meetings: Sequence[tuple[str, str]],
        people: Sequence[tuple[str, str]],
        owners: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", "I do, or a colleague who takes part"),
            *owners,
        ]
        self.fields["meeting"].choices = list(meetings)  # type: ignore[attr-defined]
        self.fields["needs"].choices = list(people)  # type: ignore[attr-defined]
        if not people:
            del self.fields["needs"]


class TakeOffForm(Form):
    """Why an item is taken off the agenda."""

    why = LongTextField(
        "Why is it taken off?",
        hint="Both sides read this on the referral.",
        missing="Say why it is taken off",
        limit=500,
        look=Look(rows=2, size="s"),
    )
