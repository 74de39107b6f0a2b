from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"

    def ready(self) -> None:
        """What somebody was sending when their session ended is shown in the form's words."""
        from portal.accounts.forms import InviteForm
        from portal.accounts.unsent import register

        register(["account-invite"], InviteForm)
