from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        """Whose time changes may have a meeting then."""
        from meetings.actions.clinics import hear
        from portal.worktime.changed import on_change

        on_change(hear)
