"""Migrations that make many tables, in a time that a person can wait for.

Django draws up the models anew after each operation, and here nearly all of them hang together: on
an empty database that took most of a minute, a hundred times what PostgreSQL did in it.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


class Together(SeparateDatabaseAndState):
    """Operations of one migration, for which the models are drawn up once, at their end.

    Each finds the models as they are after all of them. So a table that is made here has to be made
    whole: whatever else is done to it, but for its triggers, raises ValueError. Tables may point to
    those that come later.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        made = {one.name_lower for one in operations if isinstance(one, CreateModel)}
        for one in operations:
            changed = getattr(one, "model_name_lower", None)
            if changed in made and not isinstance(one, AddTrigger):
                raise ValueError(f"{one.describe()}: put it into what makes the table.")
        super().__init__(database_operations=operations, state_operations=operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """As a migration is written down."""
        return type(self).__name__, [self.database_operations], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Without models that would be drawn up anew for each."""
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Each of them, from what was there before the first to what is there after the last."""
        for one in self.database_operations:
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The last one first. What a trigger is on may not have been there before all of them."""
        for one in reversed(self.database_operations):
            before = from_state if isinstance(one, AddTrigger) else to_state
            one.database_backwards(app_label, schema_editor, from_state, before)

    def describe(self) -> str:
        """For those who read what is done."""
        return f"{len(self.database_operations)} operations together"
