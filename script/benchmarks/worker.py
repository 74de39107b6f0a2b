"""The portal's workers with one task more, which does nothing: what any task costs."""

from celery import shared_task

from portal.celery import app

__all__ = ["app", "nothing"]


@shared_task(name="bench.nothing")
def nothing(pk: int) -> None:
    """Nothing, with an id as its argument."""
