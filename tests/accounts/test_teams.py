"""Opening a team, from the command line and as an administrator."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from portal.accounts.actions.teams import open_team
from portal.accounts.models import Team
from portal.core.refused import InvalidInput, NotAllowed
from tests.cast import Cast


def create(*more: str, **changes: Any) -> str:
    """What create_team says."""
    given = {"organisation": "P91003", "name": "Reception", "side": "health", **changes}
    arguments = [f"--{name}={value}" for name, value in given.items()]
    out = StringIO()
    call_command("create_team", *arguments, *more, stdout=out)
    return out.getvalue()


def test_a_team_is_opened_and_can_be_joined(cast: Cast) -> None:
    assert "Reception of Park Practice is open" in create(mailbox="Desk@Park.example")
    team = Team.objects.get(name="Reception")
    assert (team.side, team.mailbox, team.nation) == ("health", "desk@park.example", "England")
    out = StringIO()
    call_command(
        "create_person",
        "jo@park.example",
        *("--name=Jo", "--role=clinician", "--organisation=P91003", "--team=Reception"),
        stdout=out,
    )
    assert out.getvalue().startswith("http")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"organisation": "X99999"}, "no organisation with the code X99999"),
        ({"mailbox": "desk"}, "no email address"),
        ({"name": " "}, "Enter the name"),
    ],
)
def test_what_is_wrong_is_one_sentence(cast: Cast, changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        create(**changes)
    assert not Team.objects.filter(name="Reception").exists()


def test_a_name_is_taken_once(cast: Cast) -> None:
    create()
    with pytest.raises(CommandError, match="has a team called Reception already"):
        create()


def test_only_the_organisations_own_administrator(cast: Cast) -> None:
    ours, theirs = cast.organisations["trafford"], cast.organisations["manchester"]
    team = open_team(by=cast.olga, organisation=ours, name="Hospital team", side=Team.Side.SOCIAL)
    assert team.organisation == ours
    for who, organisation in ((cast.olga, theirs), (cast.sam, ours)):
        with pytest.raises(NotAllowed):
            open_team(by=who, organisation=organisation, name="X", side=Team.Side.SOCIAL)
    with pytest.raises(InvalidInput):
        open_team(by=cast.olga, organisation=ours, name="Hospital team", side=Team.Side.SOCIAL)
