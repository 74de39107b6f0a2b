"""Operations that are done together: what they do, with the models drawn up once."""

import pgtrigger
import pytest
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.serializer import serializer_factory
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

from portal.core.migrating import Together
from tests.cast import Cast

_KEY = ("id", models.BigAutoField(primary_key=True))


def two_tables() -> list[Operation]:
    """Each points to the other; the first may not be deleted from."""
    kept = pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)
    one = migrations.CreateModel(
        "One",
        [_KEY, ("other", models.ForeignKey("core.Other", models.PROTECT, null=True))],
        options={"constraints": [models.UniqueConstraint(fields=["other"], name="one_other")]},
    )
    other = migrations.CreateModel(
        "Other", [_KEY, ("one", models.ForeignKey("core.One", models.PROTECT))]
    )
    return [one, other, AddTrigger("one", kept)]


def tables() -> set[str]:
    with connection.cursor() as cursor:
        return {"core_one", "core_other"} & set(connection.introspection.table_names(cursor))


@pytest.mark.django_db(transaction=True)
def test_forwards_and_backwards(cast: Cast) -> None:
    together, before = Together(two_tables()), ProjectState()
    after = before.clone()
    together.state_forwards("core", after)
    with connection.schema_editor() as editor:
        together.database_forwards("core", editor, before, after)
    assert tables() == {"core_one", "core_other"}
    one = after.apps.get_model("core", "One")
    row = one.objects.create()
    after.apps.get_model("core", "Other").objects.create(one=row)
    with pytest.raises(Exception, match="Cannot delete"):
        one.objects.filter(pk=row.pk)._raw_delete("default")
    with connection.schema_editor() as editor:
        together.database_backwards("core", editor, after, before)
    assert tables() == set()


def test_models_that_are_drawn_up_already_are_not_drawn_up_for_each() -> None:
    state = ProjectState()
    assert state.apps
    Together(two_tables()).state_forwards("core", state)
    assert "apps" not in state.__dict__
    assert state.apps.get_model("core", "One")._meta.get_field("other").related_model


def test_a_table_that_is_made_is_made_whole() -> None:
    more = migrations.AddField("one", "name", models.TextField())
    with pytest.raises(ValueError, match="Add field name to one: put it into what makes the table"):
        Together([*two_tables(), more])
    index = migrations.AddIndex("Other", models.Index(fields=["one"], name="other_one"))
    with pytest.raises(ValueError, match="put it into what makes the table"):
        Together([*two_tables(), index])


def test_it_is_written_down_as_it_is_read() -> None:
    text, imports = serializer_factory(Together([migrations.DeleteModel("One")])).serialize()
    assert "import portal.core.migrating" in imports
    assert text.startswith("portal.core.migrating.Together(")
    assert "DeleteModel" in text
