from datetime import time, timedelta

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"

    def ready(self) -> None:
        """Accounts says when somebody leaves a team, and the dispatcher when it is morning."""
        from portal.accounts.handing_over import register
        from portal.core import periodic
        from referrals.actions.hand_over import hand_over
        from referrals.actions.remind import remind_of_late_answers
        from referrals.actions.succeed import move_with_their_councils

        register(hand_over)
        _name_unsent_forms()
        # Before the first surgery, so that there is a day left to answer in.
        periodic.register("referrals.late-answers", remind_of_late_answers, at=time(7, 30))
        # Often, as what comes to the old council after its day must not wait for the next one.
        often = timedelta(minutes=10)
        periodic.register_often("referrals.councils", move_with_their_councils, every=often)


def _name_unsent_forms() -> None:
    """What was being sent when a session ended is shown in the words of these forms."""
    from portal.accounts.unsent import register
    from portal.ui.forms import Form
    from referrals.forms import events, handing_on
    from referrals.forms.refer import ReferForm

    register(["draft", "draft-known"], ReferForm)
    named: dict[str, type[Form]] = {
        "write": events.WriteForm,
        "ask": events.AskForm,
        "answer": events.AnswerForm,
        "accept": events.AcceptForm,
        "decline": events.DeclineForm,
        "redirect": handing_on.RedirectForm,
        "outside": handing_on.OutsideForm,
        "withdraw": events.WithdrawForm,
        "close": events.CloseForm,
        "hand-back": events.HandBackForm,
        "reopen": events.ReopenForm,
    }
    for route, form in named.items():
        register([f"referral-{route}"], form)
