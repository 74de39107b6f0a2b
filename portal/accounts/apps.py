from datetime import timedelta

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"

    def ready(self) -> None:
        """What somebody was sending when their session ended is shown in the form's words; their
        other calendars are read through the day."""
        from portal.accounts.actions.calendar_reading import read_due
        from portal.accounts.forms import InviteForm
        from portal.accounts.unsent import register
        from portal.core.periodic import register_often

        register(["account-invite"], InviteForm)
        # Each calendar's own row says when it is due: about hourly, and soon after it was added.
        register_often("accounts.calendars", read_due, every=timedelta(minutes=1))
