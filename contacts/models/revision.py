"""Which state the directory is in, so that what was read from it can be kept in memory."""

from collections.abc import Iterator
from contextlib import contextmanager

import pgtrigger
from django.db import models

# One row; made again where it is gone, as after a truncation.
REVISE = """
INSERT INTO contacts_directoryrevision (id, revision) VALUES (1, gen_random_uuid())
ON CONFLICT (id) DO UPDATE SET revision = excluded.revision;
RETURN NULL;
"""

_NAME = "revises_the_directory"


class DirectoryRevision(models.Model):
    """Another random value after every change to who answers for what and how it is reached.

    Random, not counted: after a rollback the old value must mean the old state again.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    revision = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="directory_revision_one_row", condition=models.Q(id=1))
        ]

    def __str__(self) -> str:
        return str(self.revision)


def revises_the_directory() -> pgtrigger.Trigger:
    """The trigger of every table that the answers are made from."""
    return pgtrigger.Trigger(
        name=_NAME,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
        func=REVISE,
    )


@contextmanager
def unrevised() -> Iterator[None]:
    """For what is tried out and rolled back, and shown in the same transaction only.

    The one row of the revision would be held for as long as that lasts, and every editor of every
    organisation would wait for it.
    """
    found = [(model, one) for model, one in pgtrigger.registered() if one.name == _NAME]
    with pgtrigger.ignore(*(f"{model._meta.label}:{_NAME}" for model, _ in found)):
        yield
