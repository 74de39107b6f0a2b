"""Reading the one row that a filter finds."""

from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def the_one(rows: "QuerySet[Row]") -> Row | None:
    """The row of a filter that finds one at most; None where it finds none.

    `first()` would order it, which takes Django longer than all the rest where many tables are
    joined.
    """
    return next(iter(rows[:1]), None)
