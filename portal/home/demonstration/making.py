"""What all makers of the demonstration's meetings need: people by their names, and a time found."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from meetings.actions.arrange import Invited, Topic, arrange
from meetings.actions.book import book
from meetings.finding import found_for
from meetings.models import Item, Meeting
from meetings.states import How, Kind, Need
from portal.accounts.access import Reader, reader_for
from portal.accounts.models import Team, User
from portal.core.clock import today
from portal.home.demonstration.weeks import weeks
from portal.worktime.packing import moment_of

# Where nobody meets: an address that leads nowhere.
ROOM = "https://video.example/room"


class Maker:
    """For the teams by their keys in the data; `name` is that of its one-time keys."""

    name = ""

    def __init__(self, teams: dict[str, Team]) -> None:
        self.teams = teams
        self.users = {user.email.partition("@")[0]: user for user in User.objects.all()}
        self.places: dict[str, str] = weeks()["comes_for"]
        self.made = 0

    def arranged(
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
        """In the next working days, between these hours."""
        begin: date = today() + timedelta(days=1)
        while begin.weekday() >= 5:
            begin += timedelta(days=1)
        return arrange(
            by=self.reader(by),
            key=self.key(),
            kind=Kind.CASE,
            team=self.teams[self.places[by]],
            title=title,
            minutes=sum(topic.minutes for topic in topics),
            how=How.VIDEO,
            where=ROOM,
            from_day=begin,
            until_day=begin + timedelta(days=days),
            earliest=earliest,
            latest=latest,
            people=[*self.people(*must), *self.people(*may, need=Need.MAY)],
            items=topics,
        )

    def book_first(self, meeting: Meeting, by: str) -> bool:
        """The best of the times that the finder offers."""
        reader = self.reader(by)
        _, found = found_for(meeting, reader_id=reader.user.pk, best=1)
        if not found.slots:
            return False
        book(
            by=reader,
            reference=meeting.reference,
            start=moment_of(found.slots[0].start),
            version=meeting.version,
            key=self.key(),
        )
        return True

    def items(self, meeting: Meeting) -> list[Item]:
        """Its agenda, in order."""
        return list(Item.objects.filter(meeting=meeting).order_by("position"))

    def people(self, *names: str, need: Need = Need.MUST) -> list[Invited]:
        """For the team that each comes for."""
        return [
            Invited(self.users[name].pk, self.teams[self.places[name]].pk, need) for name in names
        ]

    def reader(self, name: str) -> Reader:
        """Somebody, by the first part of their address."""
        return reader_for(self.users[name])

    def key(self) -> str:
        """A one-time key."""
        self.made += 1
        return f"demonstration-{self.name}-{self.made:03}"
