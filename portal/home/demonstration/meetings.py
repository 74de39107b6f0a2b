"""Meetings of the demonstration: a series, one that was held, one that is booked, one for which no
time fits everybody. By the same actions as people use."""

from datetime import time, timedelta
from typing import Any

from meetings.actions import holding
from meetings.actions.arrange import Topic
from meetings.actions.contribute import use_contribution, write_contribution
from meetings.actions.notes import save_note
from meetings.actions.outcome import agree, decide
from meetings.actions.series import Plan, begin_series
from meetings.actions.series_meetings import make_for
from meetings.models import Contribution, Item, Meeting, Participant
from meetings.rhythm import Rhythm
from meetings.states import Attendance, How, Kind
from portal.accounts.access import Reader
from portal.accounts.models import Team
from portal.core.clock import now, standing_at, today
from portal.home.demonstration.making import ROOM, Maker
from portal.home.demonstration.weeks import weeks
from referrals.models import Referral
from referrals.states import Status


class Meetings(Maker):
    """Makes them, for the teams by their keys in the data."""

    name = "meeting"

    def __init__(self, teams: dict[str, Team]) -> None:
        super().__init__(teams)
        self.texts: dict[str, Any] = weeks()["meetings"]

    def make(self) -> None:
        """All of them."""
        self._series()
        referral = self._referral()
        if referral is not None:
            self._held(referral)
            self._booked(referral)
        self._for_nobody_whole()
        self._elsewhere()

    def _series(self) -> None:
        lead = self.reader("triage")
        series = begin_series(
            by=lead,
            team=self.teams["front-door"],
            plan=Plan(
                kind=Kind.NEIGHBOURHOOD,
                title="Sale neighbourhood meeting",
                rhythm=Rhythm(weekday=2, at=time(13), starts_on=today(), nth=2),
                minutes=60,
                how=How.VIDEO,
                where=ROOM,
            ),
            members=self.people("triage", "socialworker", "park.gp2", "gp2", "physician"),
            key=self.key(),
        )
        make_for(by=lead, reference=series.reference)

    def _referral(self) -> Referral | None:
        """One that the front door has accepted from the practice."""
        rows = Referral.objects.filter(
            sending_team=self.teams["park"],
            receiving_team=self.teams["front-door"],
            status=Status.ACCEPTED,
        )
        return rows.order_by("-changed_at").first()

    def _held(self, referral: Referral) -> None:
        """Three weeks ago, while the GP had surgery: she wrote, and the meeting says what of it."""
        said = self.texts["held"]
        with standing_at(now() - timedelta(days=24)):
            meeting = self.arranged(
                "triage",
                ["triage", "socialworker", "gp"],
                title="Support at home",
                topics=[
                    Topic(title=title, minutes=15, referral=referral.reference, points=points)
                    for title, points in said["items"]
                ],
                earliest=time(9),
                latest=time(11),
                days=2,
            )
            if not self.book_first(meeting, "triage"):
                return
            self._write(meeting, "gp", said["written"])
        meeting.refresh_from_db()
        begins = meeting.starts_at
        if begins is None or begins > now():
            return
        by = self.reader("triage")
        with standing_at(begins):
            holding.begin(by=by, reference=meeting.reference)
        for number, item in enumerate(self.items(meeting)):
            with standing_at(begins + timedelta(minutes=15 * number + 10)):
                self._talk_about(by, meeting, item, said, number)
        with standing_at(begins + timedelta(minutes=31)):
            came = Participant.objects.filter(meeting=meeting).values_list("pk", "attendance")
            holding.end_meeting(
                by=by,
                reference=meeting.reference,
                came={pk: Attendance(how) for pk, how in came},
                key=self.key(),
            )

    def _talk_about(
        self, by: Reader, meeting: Meeting, item: Item, said: dict[str, Any], number: int
    ) -> None:
        same: dict[str, Any] = {"by": by, "reference": meeting.reference}
        holding.begin_item(item=item.pk, **same)
        save_note(item=item.pk, body=said["notes"][number], version=0, **same)
        for row in Contribution.objects.filter(item=item, written_at__isnull=False):
            use_contribution(contribution=row.pk, used=said["used"], version=row.version, **same)
        decide(item=item.pk, body=said["decided"][number], key=self.key(), **same)
        agree(
            item=item.pk,
            text=said["to_do"][number],
            owner=self.users["socialworker"].pk,
            due_on=today() + timedelta(days=said["within"][number]),
            key=self.key(),
            **same,
        )
        holding.end_item(item=item.pk, safe_online=True, **same)

    def _booked(self, referral: Referral) -> None:
        meeting = self.arranged(
            "socialworker",
            ["socialworker", "gp"],
            title="Going on at home",
            topics=[Topic(title="What comes next", minutes=20, referral=referral.reference)],
        )
        self.book_first(meeting, "socialworker")

    def _for_nobody_whole(self) -> None:
        """Mornings: surgeries, the ward round and duty all lie there."""
        self.arranged(
            "gp",
            ["gp", "gp2", "physician", "socialworker"],
            may=["practiceadmin", "discharge", "hub.lead"],
            title="Who rings whom after a fall",
            topics=[Topic(title=title, minutes=10) for title in self.texts["falls"]],
            earliest=time(8, 30),
            latest=time(12),
        )

    def _elsewhere(self) -> None:
        """Of another council: whoever works there sees this one, and none of the others."""
        meeting = self.arranged(
            "outsider",
            ["outsider", "salford.lead"],
            title="Duty in the winter",
            topics=[Topic(title="Who takes which week", minutes=15)],
        )
        self.book_first(meeting, "outsider")

    def _write(self, meeting: Meeting, who: str, text: str) -> None:
        asked = Contribution.objects.filter(
            item__meeting=meeting, participant__user=self.users[who]
        ).order_by("item__position")
        for row in asked[:1]:
            write_contribution(
                by=self.reader(who),
                reference=meeting.reference,
                item=row.item_id,
                body=text,
                version=row.version,
            )


def make_meetings(teams: dict[str, Team]) -> None:
    """Everybody who signs in to the demonstration has something to see under Meetings."""
    Meetings(teams).make()
