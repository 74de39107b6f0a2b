from datetime import time

from django.apps import AppConfig


class WorktimeConfig(AppConfig):
    name = "portal.worktime"
    label = "worktime"

    def ready(self) -> None:
        """Everybody's time is worked out a day further, before anybody looks for a meeting."""
        from portal.core import periodic
        from portal.worktime.rebuilding import extend_daily

        periodic.register("worktime.ahead", extend_daily, at=time(2, 30))
