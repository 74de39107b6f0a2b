"""Searching the directory, reporting, answering, and how often an entry is checked."""

from collections.abc import Sequence

from contacts.actions.reports import LONGEST_WORDS
from contacts.rhythm import LEAST_MONTHS, MOST_MONTHS
from contacts.search_words import LONGEST
from contacts.states import KIND_WORDS, OUTCOME_WORDS, TROUBLE_WORDS
from portal.ui.forms import Form, LongTextField, Look, RadiosField, SelectField, TextField
from portal.ui.words import plural


class SearchForm(Form):
    """What is looked for: it holds no person, and can be sent to a colleague."""

    q = TextField(
        "Name, need or place",
        hint="In any order, for example “carers Trafford” or “falls M33”",
        limit=LONGEST,
        required=False,
        look=Look(width=30, autocomplete="off"),
    )
    kind = SelectField(
        "Kind",
        choices=[
            (str(kind), f"{words[0].upper()}{words[1:]}") for kind, words in KIND_WORDS.items()
        ],
        empty="Every kind",
        required=False,
    )
    council = SelectField("Council", choices=[], empty="Every council", required=False)

    def offer(self, councils: Sequence[tuple[str, str]]) -> "SearchForm":
        """The councils that can be chosen: (code, short name)."""
        field = self.fields["council"]
        if isinstance(field, SelectField):
            field.choices = [("", "Every council"), *councils]
        return self


class ReportForm(Form):
    """Which trouble."""

    trouble = RadiosField(
        "What is wrong?",
        choices=[(str(trouble), words) for trouble, words in TROUBLE_WORDS.items()],
    )


class WordsForm(Form):
    """More about a report, if anybody likes."""

    words = LongTextField(
        "Say more, if it helps (optional)",
        hint="For example which number you rang, and when. Name no person.",
        limit=LONGEST_WORDS,
        required=False,
        look=Look(rows=2),
    )


class AnswerForm(Form):
    """What the owner answers."""

    outcome = RadiosField(
        "Your answer",
        choices=[(str(outcome), words) for outcome, words in OUTCOME_WORDS.items()],
        missing="Choose whether you mended it, or it was right",
    )
    words = LongTextField(
        "What to tell whoever reported it",
        hint="Needed where it was right: say why.",
        limit=LONGEST_WORDS,
        required=False,
        look=Look(rows=3),
    )


class RhythmForm(Form):
    """How often an entry is checked."""

    months = SelectField(
        "Checked every",
        choices=[(str(n), plural(n, "month")) for n in range(LEAST_MONTHS, MOST_MONTHS + 1)],
        empty="",
    )


class MainNumberForm(Form):
    """The council's main number."""

    telephone = TextField(
        "Main number of the council",
        hint="Shown beside an entry that nobody has checked for too long.",
        limit=30,
        required=False,
        look=Look(width=20, autocomplete="off"),
    )
