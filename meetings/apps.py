from datetime import time

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        """Whose time changes, or who leaves, may have a meeting; what comes round by itself; what
        meetings add to pages of referrals."""
        from meetings.actions.clinics import hear
        from meetings.actions.hand_over import hand_over
        from meetings.actions.leaving import leave_meetings
        from meetings.actions.reminding import remind_of_actions, remind_of_writing
        from meetings.actions.series_meetings import make_ahead
        from meetings.page_parts import first_meetings, minutes_inside_clinics
        from meetings.series_offers import offer
        from portal.accounts.handing_over import register
        from portal.core import periodic
        from portal.worktime.changed import on_change
        from referrals import beside, page_parts

        on_change(hear)
        register(hand_over)
        register(leave_meetings)
        beside.register(offer)
        page_parts.register("board", "meetings/_offers.jinja", first_meetings)
        page_parts.register("team", "meetings/_in_clinics.jinja", minutes_inside_clinics)
        periodic.register("meetings.series", make_ahead, at=time(3, 20))
        # Before the first surgery, as all reminders are.
        periodic.register("meetings.actions", remind_of_actions, at=time(7, 20))
        periodic.register("meetings.writing", remind_of_writing, at=time(7, 25))
