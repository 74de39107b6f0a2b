"""Who is told: somebody with an account, or a shared mailbox."""

from dataclasses import dataclass

from portal.notifications.states import Channel


@dataclass(frozen=True, order=True)
class Recipient:
    """Made by `person` or `mailbox`; an account's address is read when the mail is sent."""

    user_id: int | None
    address: str
    channels: tuple[Channel, ...]

    @classmethod
    def person(cls, user_id: int) -> "Recipient":
        """Somebody with an account: told in the app and by mail."""
        return cls(user_id=user_id, address="", channels=(Channel.APP, Channel.EMAIL))

    @classmethod
    def mailbox(cls, address: str) -> "Recipient":
        """A mailbox: told by mail only."""
        return cls(user_id=None, address=address.strip(), channels=(Channel.EMAIL,))
