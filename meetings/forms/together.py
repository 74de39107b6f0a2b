"""The forms of two teams: who of each, how, and within which weeks a time is looked for."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from meetings.actions.arrange import Invited
from meetings.colleagues import Colleague
from meetings.forms.common import how_field
from meetings.states import How
from portal.ui.forms import CheckboxesField, Form, HiddenField, Look, SelectField

_WEEKS = [("2", "the next two weeks"), ("4", "the next four weeks"), ("8", "the next eight weeks")]
# So many of each team are ticked to begin with.
SUGGESTED = 3


class TwoTeamsForm(Form):
    """People of one's own team and of the other; `suggested` are ticked to begin with."""

    key = HiddenField(limit=64)
    how = how_field()
    weeks = SelectField(
        "Look for a time within", choices=_WEEKS, empty="", initial="4", look=Look(size="s")
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        team: str,
        other: str,
        ours: Sequence[Colleague],
        theirs: Sequence[Colleague],
        suggested: Sequence[tuple[int, int]] = (),
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.known = {one.key: one for one in (*ours, *theirs)}
        for name, label, people in (("ours", team, ours), ("theirs", other, theirs)):
            self.fields[name] = CheckboxesField(
                f"Who of {label}?",
                choices=[(one.key, one.name_and_job) for one in people],
                initial=_ticked(people, suggested),
                missing=f"Choose somebody of {label}",
                look=Look(size="s", small=True),
            )
        self.order_fields(["key", "ours", "theirs", "how", "weeks"])

    def invited(self) -> list[Invited]:
        """Those who were chosen."""
        keys = [*self.cleaned_data["ours"], *self.cleaned_data["theirs"]]
        people = {self.known[key].user_id: self.known[key] for key in keys}
        return [Invited(one.user_id, one.team_id) for one in people.values()]

    def given(self) -> dict[str, Any]:
        """What the actions take, but for the teams."""
        return {
            "key": self.cleaned_data["key"],
            "how": How(self.cleaned_data["how"]),
            "weeks": int(self.cleaned_data["weeks"]),
            "people": self.invited(),
        }


def _ticked(people: Sequence[Colleague], suggested: Sequence[tuple[int, int]]) -> list[str]:
    """Those who have had most to do with the other team; where nobody has, the first by name."""
    place = {pair: number for number, pair in enumerate(suggested)}
    known = [one for one in people if (one.user_id, one.team_id) in place]
    known.sort(key=lambda one: place[one.user_id, one.team_id])
    return [one.key for one in (known or people)[:SUGGESTED]]
