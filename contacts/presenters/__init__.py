"""Entries and answers as finished words. No queries, except what a given row still lacks."""

from contacts.presenters.answer import WhoPage, page_of
from contacts.presenters.notices import NoticeWords, notices
from contacts.presenters.reach import Reach, reach
from contacts.presenters.service import ServicePage, service_page

__all__ = [
    "NoticeWords",
    "Reach",
    "ServicePage",
    "WhoPage",
    "notices",
    "page_of",
    "reach",
    "service_page",
]
