"""The inbox of those who triage, the board of those who refer."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.access import Reader, reader_of
from portal.accounts.roles import May
from portal.audit.actions import record_access
from portal.audit.models import AccessEvent
from portal.core.clock import now
from portal.core.refused import InvalidInput
from portal.ui.words import clock_time
from referrals import access, queries
from referrals.listed import Listed
from referrals.oversight import oversight
from referrals.page_parts import parts_of
from referrals.presenters import rows
from referrals.presenters.refer import DraftRow, draft_rows
from referrals.presenters.team import change_rows, left_rows, people_rows


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What needs a decision; other pills by `?show=`. No person is in the address."""
    reader = reader_of(request)
    access.check_has_inbox(reader)
    show = request.GET.get("show", queries.NEEDS_DECISION)
    if show not in rows.PILL_WORDS:
        raise InvalidInput("There is no such list. Choose one of those above.")
    at = now()
    page = queries.inbox_page(reader, show, at, request.GET.get("after", ""))
    record_list(reader, page.rows, "inbox")
    news = _news(request, reader, at)
    context = {
        "teams": reader.teams(May.TRIAGE),
        "pills": rows.pills(news.counts, show),
        "rows": rows.inbox_rows(page.rows, at, may_claim=True),
        "show": show,
        "what": rows.PILL_WORDS[show],
        "next_cursor": page.next_cursor,
        "revision": news.revision,
        "made": at.isoformat(),
        "at": clock_time(at),
    }
    return render(request, "referrals/inbox.jinja", context)


def _news(request: HttpRequest, reader: Reader, at: datetime) -> queries.InboxNews:
    """What stands around the rows; the row of links need not count the inbox again."""
    news = queries.inbox_news(reader, at)
    request.needs_decision = news.counts[queries.NEEDS_DECISION]  # type: ignore[attr-defined]
    return news


@require_GET
def inbox_news(request: HttpRequest) -> HttpResponse:
    """Asked in the background: 204, or one line saying that there is something new."""
    reader = reader_of(request)
    access.check_has_inbox(reader)
    made_at = _moment(request, "made")
    if made_at is None:
        raise InvalidInput("Open the inbox again.")
    since = queries.inbox_since(
        reader, revision=_moment(request, "since"), made_at=made_at, at=now()
    )
    words = rows.news_words(since, made_at)
    if not words:
        return HttpResponse(status=204)
    show = request.GET.get("show", "")
    return render(request, "referrals/_news.jinja", {"show": show, "words": words})


def _moment(request: HttpRequest, name: str) -> datetime | None:
    """A moment that the page itself put into the address."""
    try:
        moment = datetime.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


@require_GET
def team(request: HttpRequest) -> HttpResponse:
    """The first page of whoever leads a team: who waits, how long, what changed, who is here."""
    reader = reader_of(request)
    reader.check(May.OVERSEE_TEAM)
    at = now()
    found = oversight(reader, at)
    record_list(reader, found.longest, "team")
    context = {
        "teams": reader.teams(May.OVERSEE_TEAM),
        "pills": rows.pills(_news(request, reader, at).counts, ""),
        "rows": rows.inbox_rows(found.longest, at, may_claim=False),
        "people": people_rows(found.people, at),
        "changes": change_rows(found.changes, at),
        "left": left_rows(found.left),
        "parts": parts_of("team", reader, at),
    }
    return render(request, "referrals/team.jinja", context)


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The sender's board on a page of its own."""
    reader = reader_of(request)
    reader.check(May.REFER)
    return render(request, "referrals/board.jinja", board_context(reader))


def board_context(reader: Reader) -> dict[str, object]:
    """What the board shows, on its own page and beneath the postcode box; recorded as seen."""
    at = now()
    found = queries.board(reader, at)
    shown = [*found.for_us, *found.overdue, *found.for_them, *found.changed, *found.decided]
    record_list(reader, shown, "board")
    return {
        "drafts": _drafts(reader, at),
        "for_us": rows.board_rows(found.for_us, at),
        "overdue": rows.board_rows(found.overdue, at),
        "for_them": rows.board_rows(found.for_them, at),
        "changed": rows.board_rows(found.changed, at),
        "decided": rows.board_rows(found.decided, at),
        "parts": parts_of("board", reader, at),
    }


DRAFTS_AT_MOST = 30


def _drafts(reader: Reader, at: datetime) -> list[DraftRow]:
    """What the reader's teams are writing; that the persons in it were seen is recorded."""
    drafts = list(access.open_drafts(reader)[:DRAFTS_AT_MOST])
    if drafts:
        record_access(
            by=reader.user,
            verb=AccessEvent.Verb.LISTED,
            subject_kind="draft",
            subjects=[draft.key for draft in drafts],
            reason="board",
        )
    return draft_rows(drafts, reader.user.pk, at)


def record_list(reader: Reader, shown: list[Listed], where: str) -> None:
    """One line of audit for a list, with the references of its rows."""
    if shown:
        record_access(
            by=reader.user,
            verb=AccessEvent.Verb.LISTED,
            subject_kind="referral",
            subjects=list(dict.fromkeys(r.reference for r in shown)),
            reason=where,
        )
