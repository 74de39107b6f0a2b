"""Addresses of a meeting's agenda, of what happens at the meeting and after it."""

from django.urls import path

from meetings import references  # noqa: F401 (makes the converter known)
from meetings.views import agenda, at, at_items, doing, minutes
from referrals import references as of_referrals  # noqa: F401 (makes the converter known)

_ITEM = "<meeting:reference>/at/items/<int:pk>/"
urlpatterns = [
    path("actions/", doing.listing, name="actions"),
    path("actions/<int:pk>/", doing.finish, name="action-finish"),
    path("add/<reference:referral>/", agenda.add, name="referral-add"),
    path("<meeting:reference>/at/", at.page, name="meeting-at"),
    path("<meeting:reference>/at/news/", at.news, name="meeting-at-news"),
    path("<meeting:reference>/at/begin/", at.begin, name="meeting-at-begin"),
    path("<meeting:reference>/at/pen/", at.take_pen, name="meeting-at-pen"),
    path("<meeting:reference>/at/hand/", at.hand_pen, name="meeting-at-hand"),
    path("<meeting:reference>/at/end/", at_items.end, name="meeting-at-end"),
    path(f"{_ITEM}begin/", at.begin_item, name="meeting-item-begin"),
    path(f"{_ITEM}put-off/", at.put_off, name="meeting-item-put-off"),
    path(f"{_ITEM}end/", at_items.end_item, name="meeting-item-end"),
    path(f"{_ITEM}note/", at_items.note, name="meeting-item-note"),
    path(f"{_ITEM}note/save/", at_items.save_note, name="meeting-item-note-save"),
    path(f"{_ITEM}decide/", at_items.decide, name="meeting-item-decide"),
    path(f"{_ITEM}action/", at_items.agree, name="meeting-item-action"),
    path(f"{_ITEM}improvement/", at_items.improve, name="meeting-item-improvement"),
    path(f"{_ITEM}used/<int:contribution>/", at_items.use, name="meeting-item-used"),
    path("<meeting:reference>/items/<int:pk>/write/", agenda.write, name="meeting-write"),
    path("<meeting:reference>/items/<int:pk>/guests/", agenda.guest, name="meeting-guests"),
    path("<meeting:reference>/items/<int:pk>/take-off/", agenda.take_off, name="meeting-take-off"),
    path("<meeting:reference>/items/<int:pk>/carry/", agenda.carry, name="meeting-carry"),
    path("<meeting:reference>/items/<int:pk>/correct/", minutes.correct, name="meeting-correct"),
    path("<meeting:reference>/minutes/", minutes.page, name="meeting-minutes"),
    path("<meeting:reference>/minutes/minutes.pdf", minutes.pdf, name="meeting-minutes-pdf"),
    path("<meeting:reference>/part/<reference:referral>/", minutes.part, name="meeting-part"),
    path(
        "<meeting:reference>/part/<reference:referral>/minutes.pdf",
        minutes.part_pdf,
        name="meeting-part-pdf",
    ),
]
