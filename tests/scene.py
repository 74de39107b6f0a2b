"""Two referrals with different parties, and the address of every route about the first."""

from dataclasses import dataclass

from django.urls import reverse

from contacts.actions.reports import report
from contacts.states import Trouble
from referrals.actions.claim import claim
from referrals.actions.draft import save_draft, start_draft
from referrals.actions.write import write
from referrals.states import Audience
from tests.cast import Cast, make_cast
from tests.meetings.conftest import arranged
from tests.meetings.held import paper_of, series_of
from tests.meetings.visits import asked_for
from tests.notifications.conftest import failed_mail
from tests.planted import plant, protect

ADDING = ("account-calendars", "account-calendar-address", "account-calendar-file")


@dataclass
class Scene:
    """Two referrals with different parties, full of planted strings."""

    cast: Cast
    reference: str
    draft: str
    report: str
    meeting: str
    item: int
    paper: int
    series: str
    visit: str
    membership: int

    def address(self, name: str) -> str:
        """The route's address, about the first referral where it is about one."""
        here = {"reference": self.reference}
        given: dict[str, dict[str, object]] = {
            "service": self._entry(),
            **{name: self._entry() for name in ("own-entry", "own-entry-close")},
            "own-entry-history": self._entry(),
            "practice-card": {"ods": "P91003"},
            "practice-card-pdf": {"ods": "P91003"},
            "own-entry-part": {**self._entry(), "slug": "reach"},
            "own-entry-undo": {**self._entry(), "version": 2},
            "directory-main-number": {"organisation": self.cast.organisations["trafford"].pk},
            "account-unsent-one": {"key": "none"},
            "account-throw-away": {"key": "none"},
            "demonstration-mail": {"key": "none"},
            "account-invitation": {"token": "x" * 43},
            "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
            "mfa_edit_webauthn": {"pk": 1},
            "mfa_remove_webauthn": {"pk": 1},
            "account-invite": {"organisation": self.cast.organisations["trafford"].pk},
            "account-end-membership": {"pk": self.membership},
            "account-reset-second-step": {"pk": self.cast.sam.pk},
            "account-withdraw": {"pk": 1},
            "meeting-arrange": {},
            **self._of_the_item(),
            "action-finish": {"pk": 1},
            "referral-add": {"referral": self.reference},
            "meeting-feed": {},
            "meeting-feed-file": {"token": "x" * 43},
            "meeting-answer-link": {"token": "x" * 43},
            "referral-new": {"service": self.cast.services["front_door"].reference},
        }
        if name.startswith("account-week-") and name != "account-week-team":
            one = name == "account-week-end" or name.startswith("account-week-remove")
            pk = {"pk": 1} if one else {}
            return reverse(name, kwargs={"person": self.cast.sam.pk, **pk})
        if name.startswith("account-calendar") and name not in ADDING:
            return reverse(name, kwargs={"pk": 1})
        if name.startswith("account-mailbox"):
            return reverse(name, kwargs={"pk": self.cast.teams["front_door"].pk})
        if name.startswith("account-mail-"):
            return reverse(name, kwargs={"pk": failed_mail(self.cast.teams["front_door"])})
        if name.startswith("directory-report"):
            return reverse(name, kwargs={"reference": self.report})
        if name.startswith("directory-entry"):
            return reverse(name, kwargs=given["service"])
        if name.startswith("series-") and name != "series-new":
            return reverse(name, kwargs={"reference": self.series})
        if name.startswith("meeting-visit-"):
            return reverse(name, kwargs={"reference": self.visit})
        if name.startswith("together-"):
            teams = self.cast.teams
            return reverse(name, kwargs={"team": teams["park"].pk, "other": teams["front_door"].pk})
        if name == "meeting" or name.startswith("meeting-"):
            return reverse(name, kwargs=given.get(name, {"reference": self.meeting}))
        if name.startswith("draft"):
            return reverse(name, kwargs={"key": self.draft})
        about_one = name.startswith(("referral", "api-referral-")) or name == "api-referral"
        return reverse(name, kwargs=given.get(name, here if about_one else {}))

    def _of_the_item(self) -> dict[str, dict[str, object]]:
        item = {"reference": self.meeting, "pk": self.item}
        part = {"reference": self.meeting, "referral": self.reference}
        about_one = [*(f"meeting-{n}" for n in ("write", "guests", "take-off", "carry", "correct"))]
        about_one += [
            f"meeting-item-{n}"
            for n in ("begin", "put-off", "end", "note", "note-save", "decide", "action")
        ]
        about_one.append("meeting-item-improvement")
        return {
            **dict.fromkeys(about_one, item),
            "meeting-item-used": {**item, "contribution": self.paper},
            "meeting-part": part,
            "meeting-part-pdf": part,
        }

    def _entry(self) -> dict[str, object]:
        return {"reference": self.cast.services["front_door"].reference}

    def strings_hidden_from(self, name: str) -> list[str]:
        """What must stand in no answer to this reader."""
        hidden = [] if name == "dora" else ["protected@planted.example"]
        if name not in ("alice", "ada", "sam", "tess", "mina"):
            hidden.append("PLANTED-ONE")
        if name not in ("gina", "oscar"):
            hidden.append("PLANTED-TWO")
        if name not in ("alice", "ada"):
            hidden.append("PRACTICE-ONLY")
        if name not in ("alice", "ada"):
            hidden.append("UNSENT")
        return hidden


def make_scene() -> Scene:
    """Alice's referral to Trafford, Gina's to Manchester, and a draft of Alice's."""
    cast = make_cast()
    one = plant(cast, "PLANTED-ONE", "alice", "park", "front_door")
    plant(cast, "PLANTED-TWO", "gina", "grove", "other_front_door")
    alice = cast.reader("alice")
    write(by=alice, reference=one, body="PRACTICE-ONLY", audience=Audience.OWN_TEAM)
    claim(by=cast.reader("sam"), reference=one)
    protect(cast)
    draft = start_draft(by=alice, team=cast.teams["park"], service=cast.services["front_door"])
    save_draft(by=alice, draft=draft, typed={"person_name": "UNSENT Name"}, version=1)
    wrong = report(service=cast.services["front_door"], trouble=Trouble.MOVED, by=alice)
    meeting = arranged(cast, about=one)
    paper = paper_of(meeting, cast.sam)
    visit = asked_for(cast, visitor="alice", host="sam")
    return Scene(
        cast,
        one,
        draft.key,
        wrong.reference,
        meeting.reference,
        paper.item_id,
        paper.pk,
        series_of(cast).reference,
        visit.reference,
        cast.sam.memberships.get().pk,
    )
