from datetime import time

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    label = "home"

    def ready(self) -> None:
        """Clearing comes round by itself, at an hour at which nobody minds."""
        from portal.core import periodic
        from portal.home.clearing import clear_daily

        periodic.register("home.clearing", clear_daily, at=time(3, 40))
