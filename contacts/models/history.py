"""What the history of rows keeps."""

import pghistory


def every_change() -> tuple[pghistory.Tracker, ...]:
    """Trackers for parts that are replaced when their whole is edited: their going counts too.

    New ones each time, because a tracker learns the fields of the model it is given to.
    """
    return (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
