from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "portal.api"
    label = "api"

    def ready(self) -> None:
        """The schema learns how one signs in."""
        from portal.api import schema  # noqa: F401
