from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"

    def ready(self) -> None:
        """Accounts says when somebody leaves a team; what they hold is handed over here."""
        from portal.accounts.handing_over import register
        from referrals.actions.hand_over import hand_over

        register(hand_over)
