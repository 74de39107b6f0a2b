"""Notices of an entry in words: what is said, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contacts.entry import Entry
from portal.worktime.words import moment_words


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """`title` says until when ("Until today 14:00"); `text` was typed by an editor."""

    title: str
    text: str


def notices(entry: Entry, at: datetime) -> Sequence[NoticeWords]:
    """Those that stand at this moment, the first to end first."""
    return [
        NoticeWords(title=f"Until {moment_words(one.ends_at, at)}", text=one.text)
        for one in entry.notices_at(at)
    ]
