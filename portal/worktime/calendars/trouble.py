"""A calendar cannot be read: why, as its owner is told."""

from portal.worktime.states import CalendarTrouble


class TroubleError(Exception):
    """Reading ends here; `why` is all that is kept of the reason."""

    def __init__(self, why: CalendarTrouble) -> None:
        super().__init__(why.value)
        self.why = why
