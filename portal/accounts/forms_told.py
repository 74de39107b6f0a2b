"""Forms about how people and teams are told."""

from portal.notifications.choices import GROUPS
from portal.ui.forms import CheckboxesField, EmailField, Form, Look, RadiosField, TextField


class ChoicesForm(Form):
    """Which mails somebody wants; none is an answer too."""

    wanted = CheckboxesField(
        "Send me a mail about",
        choices=[(group.value, words.title) for group, words in GROUPS.items()],
        look=Look(hints={group.value: words.what for group, words in GROUPS.items()}),
        required=False,
    )


class MailboxForm(Form):
    """The address of a mailbox that a team shares."""

    address = EmailField(
        "Address of the mailbox",
        missing="Enter the address of the mailbox",
        hint="One that the whole team reads, and nobody outside it",
        look=Look(width=30),
    )


class CodeForm(Form):
    """The code that was mailed there."""

    code = TextField("Code", limit=20, missing="Enter the code", look=Look(width=10))


class MembersForm(Form):
    """Whether members are mailed beside the mailbox."""

    who = RadiosField(
        "Who is mailed when a referral comes in?",
        choices=[
            ("all", "The mailbox and everybody in the team"),
            ("alone", "The mailbox, and those in the team who ask for mails"),
        ],
        missing="Choose who is mailed",
    )
