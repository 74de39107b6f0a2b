"""Who is told: somebody with an account, or a shared mailbox."""

from dataclasses import dataclass

from portal.notifications.states import Channel


@dataclass(frozen=True, order=True)
class Recipient:
    """Made by `person` or `mailbox`; an account's address is read when the mail is sent.

    `desk` is who looks after a mail that fails ("team 12", "organisation 3"; rooms above give these
    names and read them). It is always said: None only where it is truly nobody's, and then only
    operators see it. `by_default`: whether somebody who has made no choice gets a mail.
    """

    user_id: int | None
    address: str
    channels: tuple[Channel, ...]
    desk: str | None
    by_default: bool = True

    @classmethod
    def person(cls, user_id: int, desk: str | None, *, by_default: bool = True) -> "Recipient":
        """Somebody with an account: told in the app, and by mail unless they chose otherwise."""
        channels = (Channel.APP, Channel.EMAIL)
        return cls(user_id, "", channels, desk=desk, by_default=by_default)

    @classmethod
    def mailbox(cls, address: str, desk: str | None) -> "Recipient":
        """A mailbox: told by mail only."""
        return cls(None, address.strip(), (Channel.EMAIL,), desk=desk)
