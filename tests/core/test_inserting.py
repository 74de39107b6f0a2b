"""New rows of several tables in one trip: the same rows as one by one, all of them or none."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import IntegrityError, connection, transaction

from portal.accounts.models import Membership, Organisation, Team
from portal.accounts.roles import Role
from portal.core.clock import today
from portal.core.found import the_one
from portal.core.inserting import insert_together, keys_of
from tests.cast import Cast


def rows(cast: Cast, name: str) -> list[Organisation | Team | Membership]:
    """An organisation, two teams of it, and a membership whose key nobody needs."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {keys_of(Organisation, Team, Team)}")
        organisation_key, one, two = cursor.fetchone()
    organisation = Organisation(
        pk=organisation_key, kind="practice", code_scheme="ods", code=name, name=f"{name}'s; %s"
    )
    teams = [
        Team(pk=pk, organisation=organisation, name=f"Team {pk}", side="health")
        for pk in (one, two)
    ]
    member = Membership(
        user=cast.sam,
        organisation=organisation,
        team=teams[0],
        role=Role.ADMINISTRATOR,
        since=today(),
    )
    return [organisation, *teams, member]


def test_they_are_as_saved_one_by_one(
    cast: Cast, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with django_assert_num_queries(2):
        made = rows(cast, "Y00001")
        insert_together(made)
    for row in made[:3]:
        kept = type(row).objects.get(pk=row.pk)
        for field in row._meta.concrete_fields:
            assert getattr(kept, field.attname) == getattr(row, field.attname), field
    assert Membership.objects.get(organisation=made[0]).team == made[1]
    made[0].name = "Renamed"
    made[0].save()
    assert Organisation.objects.get(pk=made[0].pk).name == "Renamed"


def test_all_of_them_or_none(cast: Cast) -> None:
    made = rows(cast, "Y00002")
    made[-1].role = ""
    made[2].name = made[1].name  # a name stands once in an organisation
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_together(made)
    assert not Organisation.objects.filter(code="Y00002")


def test_their_history_is_kept(cast: Cast) -> None:
    made = rows(cast, "Y00003")
    insert_together(made)
    events = Organisation._meta.get_field("events").related_model
    assert events.objects.filter(pgh_obj_id=made[0].pk).count() == 1


def test_the_one(cast: Cast) -> None:
    assert the_one(Team.objects.filter(pk=cast.teams["park"].pk)) == cast.teams["park"]
    assert the_one(Team.objects.filter(pk=-1)) is None
