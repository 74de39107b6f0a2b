"""300 referrals of the last 90 days, made by the same actions that people use, at their times."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from contacts.models import Postcode, Service
from portal.accounts.access import Reader, reader_for
from portal.accounts.models import Team, User
from portal.core.clock import LONDON, now, standing_at
from portal.home.demonstration.area import area, texts
from portal.home.demonstration.writing import letter_of
from portal.worktime.hours import add_working_time
from referrals.actions.ask import answer, ask
from referrals.actions.claim import claim
from referrals.actions.decide import accept, decline
from referrals.actions.end import close, withdraw
from referrals.actions.look import open_referral
from referrals.actions.redirect import redirect
from referrals.actions.send import Answers, PersonDetails, send_referral
from referrals.actions.write import write
from referrals.models import Referral
from referrals.nhs_number import check_digit
from referrals.states import Agreement, Urgency, WithdrawReason

HOW_MANY = 300
# How each ends, of 300. The undecided ones are recent; the others go back 90 days.
ENDINGS = {
    "sent": 26,
    "acknowledged": 30,
    "asked": 18,
    "redirected": 6,
    "accepted": 76,
    "waiting-list": 34,
    "declined": 34,
    "withdrawn": 20,
    "closed": 56,
}
UNDECIDED = ("sent", "acknowledged", "asked", "redirected")


@dataclass
class Route:
    """From a team to a service, for homes in some area; `differs`: home and practice do."""

    team: str
    service: str
    area: str
    differs: bool
    weight: int


# One in five has home and practice in different areas (see the test).
ROUTES = [
    Route("park", "trafford-front-door", "E08000009", False, 42),
    Route("brooklands", "trafford-front-door", "E08000009", True, 12),
    Route("park", "manchester-contact", "E08000003", True, 8),
    Route("brooklands", "manchester-contact", "E08000003", False, 14),
    Route("ward", "trafford-hub", "E08000009", False, 24),
]


# Enough to give the person of an invented text a name that goes with it.
_OF_A_MAN = re.compile(r"\b([Hh]e|[Hh]is|[Hh]im|[Ww]ife|Brother)\b")


class History:
    """Makes the referrals. Seeded: the same demonstration every time."""

    def __init__(self, teams: dict[str, Team], services: dict[str, Service]) -> None:
        self.random = random.Random(20261122)  # noqa: S311 (a demonstration, not a secret)
        self.teams, self.services = teams, services
        self.readers = self._readers()
        self.postcodes = self._postcodes()
        self.numbers = iter(_nhs_numbers())
        self.made = 0

    def _readers(self) -> dict[str, list[Reader]]:
        """Everybody of each team, as an action sees them."""
        users = {user.email: user for user in User.objects.all()}
        found: dict[str, list[Reader]] = {}
        for email, _, _, where, _ in area()["people"]:
            if isinstance(where, str):
                found.setdefault(where, []).append(reader_for(users[email]))
        return found

    def _postcodes(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for gss in {route.area for route in ROUTES}:
            rows = Postcode.objects.filter(district_gss=gss, terminated_on__isnull=True)
            every = list(rows.order_by("key"))
            found[gss] = [row.display for row in self.random.sample(every, min(400, len(every)))]
        return found

    def make(self, progress: Callable[[int], None]) -> None:
        """All of them, oldest first; `progress` hears how many are there."""
        endings = [name for name, count in ENDINGS.items() for _ in range(count)]
        self.random.shuffle(endings)
        plans = sorted(((self._when(ending), ending) for ending in endings), key=lambda p: p[0])
        for moment, ending in plans:
            self._one(moment, ending)
            self.made += 1
            progress(self.made)

    def _when(self, ending: str) -> datetime:
        """When it was sent: in the last two working days where it is open, else in 90 days."""
        minutes = self.random.randrange(8 * 60 + 10, 18 * 60 + 20)
        back = (
            self.random.choice([0, 1, 1, 2, 3, 4])
            if ending in UNDECIDED
            else (self.random.randrange(5, 90))
        )
        day: date = now().astimezone(LONDON).date() - timedelta(days=back)
        while day.weekday() >= 5:
            day -= timedelta(days=1)
        moment = datetime(day.year, day.month, day.day, tzinfo=LONDON) + timedelta(minutes=minutes)
        return min(moment, now() - timedelta(minutes=self.random.randrange(6, 200)))

    def _one(self, sent_at: datetime, ending: str) -> None:
        route = self.random.choices(ROUTES, [r.weight for r in ROUTES])[0]
        service = self.services[route.service]
        with standing_at(sent_at):
            referral = send_referral(
                by=self.random.choice(self.readers[route.team]),
                team=self.teams[route.team],
                service=service,
                answers=self._answers(route),
                key=f"demonstration-{self.made:04}",
            )
        if ending == "withdrawn":
            self._withdraw(referral, route, sent_at)
        elif ending != "sent":
            self._triage(referral, route, ending, sent_at)

    def _later(self, service: Service, since: datetime, least: int, most: int) -> datetime:
        """Some working minutes after a moment, but not in time to come."""
        minutes = timedelta(minutes=self.random.randrange(least, most))
        then = add_working_time(service.hours(), since, minutes)
        return min(then, now() - timedelta(minutes=1))

    def _withdraw(self, referral: Referral, route: Route, sent_at: datetime) -> None:
        with standing_at(self._later(referral.service, sent_at, 20, 300)):
            withdraw(
                by=self.random.choice(self.readers[route.team]),
                reference=referral.reference,
                version=referral.version,
                reason=self.random.choice(
                    [WithdrawReason.OWN_ARRANGEMENTS, WithdrawReason.SAFE_WITHOUT]
                ),
                words=self.random.choice(texts()["withdraw_words"]),
            )

    def _triage(self, referral: Referral, route: Route, ending: str, sent_at: datetime) -> None:
        """Opened, claimed, perhaps asked and answered, and decided."""
        service, reference = referral.service, referral.reference
        team = next(k for k, t in self.teams.items() if t.pk == referral.receiving_team_id)
        by = self.random.choice(self.readers[team])
        moment = self._later(service, sent_at, 5, 200)
        with standing_at(moment):
            open_referral(by=by, reference=reference)
            referral = claim(by=by, reference=reference)
        if self.random.random() < 0.3:
            with standing_at(self._later(service, moment, 2, 30)):
                write(by=by, reference=reference, body=self._pick("messages"))
        if ending == "asked" or (ending not in UNDECIDED and self.random.random() < 0.4):
            referral, moment = self._ask(referral, by, route, moment, answered=ending != "asked")
        if ending not in ("asked", "acknowledged"):
            self._end(referral, by, route, ending, moment)

    def _ask(
        self, referral: Referral, by: Reader, route: Route, moment: datetime, *, answered: bool
    ) -> tuple[Referral, datetime]:
        service = referral.service
        moment = self._later(service, moment, 5, 90)
        number = self.random.randrange(len(texts()["questions"]))
        with standing_at(moment):
            referral = ask(
                by=by,
                reference=referral.reference,
                body=texts()["questions"][number],
                until=moment.astimezone(LONDON).date() + timedelta(days=2),
                with_person=referral.with_person,
                version=referral.version,
            )
        if answered:
            moment = self._later(service, moment, 20, 400)
            with standing_at(moment):
                referral = answer(
                    by=self.random.choice(self.readers[route.team]),
                    reference=referral.reference,
                    body=texts()["answers"][number],
                )
        return referral, moment

    def _end(
        self, referral: Referral, by: Reader, route: Route, ending: str, moment: datetime
    ) -> None:
        service, reference = referral.service, referral.reference
        moment = self._later(service, moment, 10, 500)
        same: dict[str, Any] = {"by": by, "reference": reference, "version": referral.version}
        with standing_at(moment):
            if ending == "redirected":
                other = self.services["manchester-contact"]
                if other.pk == service.pk:
                    other = self.services["trafford-front-door"]
                redirect(to_service=other, reason="The person has just moved.", **same)
            elif ending == "declined":
                reason, words = self.random.choice(list(texts()["decline_words"].items()))
                decline(reason=reason, words=words, **same)
            elif ending == "waiting-list":
                ahead = moment.astimezone(LONDON).date() + timedelta(days=30)
                accept(waiting_until=ahead, words=self._pick("accept_words"), **same)
            else:
                referral = accept(worker_id=by.user.pk, words=self._pick("accept_words"), **same)
        if ending == "closed":
            with standing_at(self._later(service, moment, 500, 6000)):
                close(by=by, reference=reference, version=referral.version, words="")

    def _pick(self, name: str) -> str:
        return str(self.random.choice(texts()[name]))

    def _answers(self, route: Route) -> Answers:
        kind = "hospital" if route.team == "ward" else "situations"
        situation = self.random.choice(texts()[kind])
        agreement, note = self.random.choices(
            [
                (Agreement.AGREES, ""),
                (Agreement.OBJECTS, texts()["objects_note"]),
                (Agreement.BEST_INTERESTS, texts()["best_interests_note"]),
            ],
            [90, 3, 7],
        )[0]
        urgency = self.random.choices(list(Urgency), [70, 22, 8])[0]
        rung = urgency == Urgency.TODAY and self.made % 2 == 0
        letter = letter_of(situation) if self.made % 37 == 5 else ""
        return Answers(
            person=self._person(route, situation),
            points=[] if letter else situation["points"],
            letter=letter,
            urgency=urgency,
            rung_whom="Duty worker" if rung else "",
            rung_at=now() if rung else None,
            why_now=situation["why"],
            with_person=situation["with"],
            agreement=agreement,
            agreement_note=note,
            call_back=f"{self.teams[route.team].telephone}, between surgeries",
        )

    def _person(self, route: Route, situation: dict[str, Any]) -> PersonDetails:
        pick = self.random.choice
        said = " ".join([*situation["points"], situation["why"], situation["with"]])
        names = texts()["first_names"]["he" if _OF_A_MAN.search(said) else "she"]
        name = f"{pick(names)} {pick(texts()['surnames'])}"
        # Mostly old, as those referred are, and nobody under 25.
        born = date(1928, 1, 1) + timedelta(days=int(self.random.triangular(0, 73 * 365, 5 * 365)))
        return PersonDetails(
            name=name,
            born_on=born,
            nhs_number=next(self.numbers),
            address=f"{self.random.randrange(1, 90)} {pick(texts()['roads'])}",
            postcode=pick(self.postcodes[route.area]),
            telephone=f"0161 496 0{self.random.randrange(500, 999)}",
        )


def _nhs_numbers() -> list[str]:
    """From the range 999 000 0000 to 999 999 9999, which is reserved and never issued."""
    found = []
    for middle in range(123_400, 125_000):
        nine = f"999{middle:06}"
        digit = check_digit(nine)
        if digit is not None:
            found.append(f"{nine}{digit}")
    return found
