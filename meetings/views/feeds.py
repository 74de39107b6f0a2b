"""The feed of one's own meetings for calendars, and the page where its address is made."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from meetings import calendar
from meetings.actions import feed as feeds
from meetings.queries import feed_made, feed_rows
from portal.accounts.access import reader_for, reader_of
from portal.core import rates
from portal.core.clock import now
from portal.core.refused import Refused
from portal.ui.words import short_when

_READS, _WINDOW = 60, 3600


@require_http_methods(["GET", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Make the address, or revoke it. It is shown once, on the page that made it."""
    reader, address = reader_of(request), ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "revoke":
                feeds.revoke(by=reader)
                messages.success(request, "The address opens nothing any more.")
                return redirect("meeting-feed")
            address = f"{settings.BASE_URL}/meetings/feed/{feeds.make(by=reader)}.ics"
        except Refused as no:
            messages.warning(request, no.sentence)
    made = feed_made(reader)
    context = {
        "address": address,
        "made": short_when(made.made_at) if made else "",
        "read": short_when(made.read_at) if made and made.read_at else "",
    }
    return render(request, "meetings/feed.jinja", context)


@login_not_required
@require_safe
def file(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings of whoever made the address: titles, times and links, and no person."""
    rates.hit("meeting-feed", rates.address_of(request), limit=10 * _READS, seconds=_WINDOW)
    rates.hit("meeting-feed-token", token, limit=_READS, seconds=_WINDOW)
    reader = reader_for(feeds.open_feed(token).user)
    text = calendar.feed(feed_rows(reader, now()))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = 'inline; filename="meetings.ics"'
    return response
