"""That a team does not want to be offered a first meeting with another, for some months."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.accounts.models import Team
from portal.core.clock import now


class FirstMeetingDeclined(models.Model):
    """Not now, for the whole of `team`. From the day `until` on it is offered again."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    other_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    until = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "other_team"], name="first_meeting_declined_once"
            ),
            models.CheckConstraint(
                name="first_meeting_of_two_teams", condition=~Q(team=F("other_team"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} and {self.other_team_id}: not before {self.until}"
