"""Meetings of the demonstration: a series, one that was held, one that is booked, one for which no
time fits everybody. By the same actions as people use."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from meetings.actions import holding
from meetings.actions.arrange import Invited, Topic, arrange
from meetings.actions.book import book
from meetings.actions.contribute import use_contribution, write_contribution
from meetings.actions.notes import save_note
from meetings.actions.outcome import agree, decide
from meetings.actions.series import Plan, begin_series
from meetings.actions.series_meetings import make_for
from meetings.finding import found_for
from meetings.models import Contribution, Item, Meeting, Participant
from meetings.rhythm import Rhythm
from meetings.states import Attendance, How, Kind, Need
from portal.accounts.access import Reader, reader_for
from portal.accounts.models import Team, User
from portal.core.clock import now, standing_at, today
from portal.home.demonstration.weeks import weeks
from portal.worktime.packing import moment_of
from referrals.models import Referral
from referrals.states import Status

# Where nobody meets: an address that leads nowhere.
_ROOM = "https://video.example/room"


class Meetings:
    """Makes them, for the teams by their keys in the data."""

    def __init__(self, teams: dict[str, Team]) -> None:
        self.teams = teams
        self.users = {user.email.partition("@")[0]: user for user in User.objects.all()}
        self.places: dict[str, str] = weeks()["comes_for"]
        self.texts: dict[str, Any] = weeks()["meetings"]
        self.made = 0

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
        lead = self._reader("triage")
        series = begin_series(
            by=lead,
            team=self.teams["front-door"],
            plan=Plan(
                kind=Kind.NEIGHBOURHOOD,
                title="Sale neighbourhood meeting",
                rhythm=Rhythm(weekday=2, at=time(13), starts_on=today(), nth=2),
                minutes=60,
                how=How.VIDEO,
                where=_ROOM,
            ),
            members=self._people("triage", "socialworker", "park.gp2", "gp2", "physician"),
            key=self._key(),
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
            meeting = self._arranged(
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
            if not self._book_first(meeting, "triage"):
                return
            self._write(meeting, "gp", said["written"])
        meeting.refresh_from_db()
        begins = meeting.starts_at
        if begins is None or begins > now():
            return
        by = self._reader("triage")
        with standing_at(begins):
            holding.begin(by=by, reference=meeting.reference)
        for number, item in enumerate(self._items(meeting)):
            with standing_at(begins + timedelta(minutes=15 * number + 10)):
                self._talk_about(by, meeting, item, said, number)
        with standing_at(begins + timedelta(minutes=31)):
            came = Participant.objects.filter(meeting=meeting).values_list("pk", "attendance")
            holding.end_meeting(
                by=by,
                reference=meeting.reference,
                came={pk: Attendance(how) for pk, how in came},
                key=self._key(),
            )

    def _talk_about(
        self, by: Reader, meeting: Meeting, item: Item, said: dict[str, Any], number: int
    ) -> None:
        same: dict[str, Any] = {"by": by, "reference": meeting.reference}
        holding.begin_item(item=item.pk, **same)
        save_note(item=item.pk, body=said["notes"][number], version=0, **same)
        for row in Contribution.objects.filter(item=item, written_at__isnull=False):
            use_contribution(contribution=row.pk, used=said["used"], version=row.version, **same)
        decide(item=item.pk, body=said["decided"][number], key=self._key(), **same)
        agree(
            item=item.pk,
            text=said["to_do"][number],
            owner=self.users["socialworker"].pk,
            due_on=today() + timedelta(days=said["within"][number]),
            key=self._key(),
            **same,
        )
        holding.end_item(item=item.pk, safe_online=True, **same)

    def _booked(self, referral: Referral) -> None:
        meeting = self._arranged(
            "socialworker",
            ["socialworker", "gp"],
            title="Going on at home",
            topics=[Topic(title="What comes next", minutes=20, referral=referral.reference)],
        )
        self._book_first(meeting, "socialworker")

    def _for_nobody_whole(self) -> None:
        """Mornings: surgeries, the ward round and duty all lie there."""
        self._arranged(
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
        meeting = self._arranged(
            "outsider",
            ["outsider", "salford.lead"],
            title="Duty in the winter",
            topics=[Topic(title="Who takes which week", minutes=15)],
        )
        self._book_first(meeting, "outsider")

    def _arranged(
        self,
        by: str,
        must: Sequence[str],
        *,
        title: str,
        topics: Sequence[Topic],
        may: Sequence[str] = (),
        earliest: time = time(8),
        latest: time = time(18),
        days: int = 14,
    ) -> Meeting:
        begin: date = today() + timedelta(days=1)
        while begin.weekday() >= 5:
            begin += timedelta(days=1)
        return arrange(
            by=self._reader(by),
            key=self._key(),
            kind=Kind.CASE,
            team=self.teams[self.places[by]],
            title=title,
            minutes=sum(topic.minutes for topic in topics),
            how=How.VIDEO,
            where=_ROOM,
            from_day=begin,
            until_day=begin + timedelta(days=days),
            earliest=earliest,
            latest=latest,
            people=[*self._people(*must), *self._people(*may, need=Need.MAY)],
            items=topics,
        )

    def _book_first(self, meeting: Meeting, by: str) -> bool:
        """The best of the times that the finder offers."""
        reader = self._reader(by)
        _, found = found_for(meeting, reader_id=reader.user.pk, best=1)
        if not found.slots:
            return False
        book(
            by=reader,
            reference=meeting.reference,
            start=moment_of(found.slots[0].start),
            version=meeting.version,
            key=self._key(),
        )
        return True

    def _write(self, meeting: Meeting, who: str, text: str) -> None:
        asked = Contribution.objects.filter(
            item__meeting=meeting, participant__user=self.users[who]
        ).order_by("item__position")
        for row in asked[:1]:
            write_contribution(
                by=self._reader(who),
                reference=meeting.reference,
                item=row.item_id,
                body=text,
                version=row.version,
            )

    def _items(self, meeting: Meeting) -> list[Item]:
        return list(Item.objects.filter(meeting=meeting).order_by("position"))

    def _people(self, *names: str, need: Need = Need.MUST) -> list[Invited]:
        return [
            Invited(self.users[name].pk, self.teams[self.places[name]].pk, need) for name in names
        ]

    def _reader(self, name: str) -> Reader:
        return reader_for(self.users[name])

    def _key(self) -> str:
        self.made += 1
        return f"demonstration-meeting-{self.made:03}"


def make_meetings(teams: dict[str, Team]) -> None:
    """Everybody who signs in to the demonstration has something to see under Meetings."""
    Meetings(teams).make()
