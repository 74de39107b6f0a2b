"""The page on which a referral is written: what the team asks for, what sending will do."""

from collections.abc import Mapping
from datetime import datetime

from contacts.entry import entry_of
from contacts.models import Service
from contacts.presenters import reach
from contacts.presenters.entry_words import answered_in, heading
from portal.worktime.hours import state_at
from portal.worktime.words import moment_words
from referrals.forms.refer import ReferForm


def page_words(service: Service, at: datetime) -> dict[str, object]:
    """`button`, `closed` (a sentence, or empty), `reach`, `answered_in`, in words."""
    state = state_at(service.hours(), at)
    button, closed = "Send", ""
    if not state.open_now and state.opens_next:
        when = moment_words(state.opens_next, at)
        button = f"Send: will be read {when}"
        closed = f"The team is closed. Nobody will read this before {when}."
    elif not state.open_now:
        closed = "Nobody has said when this team is open."
    return {
        "button": button,
        "closed": closed,
        "heading": heading_of(service),
        "reach": reach(service, at, signed_in=True),
        "answered_in": answered_in(entry_of(service, signed_in=True)),
    }


def heading_of(service: Service) -> str:
    """Whose service it is, and which: "Trafford Council: adult social care front door"."""
    return heading(entry_of(service, signed_in=True))


def differences(mine: Mapping[str, str], theirs: Mapping[str, str]) -> list[tuple[str, str]]:
    """(label, the other text) of each answer that somebody saved differently meanwhile."""
    found = []
    for name, field in ReferForm.base_fields.items():
        if name == "version":
            continue
        parts = [key for key in {*mine, *theirs} if key == name or key.startswith(f"{name}-")]
        if any(mine.get(key, "") != theirs.get(key, "") for key in parts):
            text = " ".join(theirs.get(key, "") for key in sorted(parts)).strip()
            found.append((str(field.label), text or "(empty)"))
    return found
