from datetime import time

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "contacts"
    label = "contacts"

    def ready(self) -> None:
        """Reminders of checks and reports come round every morning, before people start work."""
        from contacts.actions.checks import remind_of_checks
        from contacts.actions.reports import remind_of_reports
        from portal.core.periodic import register

        register("directory-checks", remind_of_checks, at=time(7))
        register("directory-reports", remind_of_reports, at=time(7))
