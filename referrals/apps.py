from datetime import time

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"

    def ready(self) -> None:
        """Accounts says when somebody leaves a team, and the dispatcher when it is morning."""
        from portal.accounts.handing_over import register
        from portal.core import periodic
        from referrals.actions.hand_over import hand_over
        from referrals.actions.remind import remind_of_late_answers

        register(hand_over)
        # Before the first surgery, so that there is a day left to answer in.
        periodic.register("referrals.late-answers", remind_of_late_answers, at=time(7, 30))
