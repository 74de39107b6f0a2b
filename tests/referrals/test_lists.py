"""What the lists read by hand is what is there: every row once, in order, and counted."""

from datetime import date, datetime, timedelta

import pytest

from portal.accounts.access import Reader
from portal.accounts.models import Membership
from portal.accounts.roles import Role
from portal.core.clock import now, today
from portal.ui.shapes import InboxRow
from referrals import queries, serializers
from referrals.actions.ask import ask
from referrals.actions.claim import claim
from referrals.actions.look import open_referral
from referrals.actions.redirect import redirect
from referrals.actions.write import write
from referrals.listed import Listed
from referrals.models import Pause, Referral
from referrals.presenters.bodies import referral_body, row_bodies
from referrals.presenters.rows import board_rows, inbox_rows
from referrals.states import Status, Urgency
from tests.cast import Cast
from tests.conftest import send


@pytest.fixture
def mina(cast: Cast) -> Reader:
    """Of two teams with an inbox."""
    Membership.objects.create(
        user=cast.mina,
        team=cast.teams["hub"],
        organisation=cast.teams["hub"].organisation,
        role=Role.SOCIAL_WORKER,
        since=date(2020, 1, 1),
    )
    return cast.reader("mina")


def whole(reader: Reader, name: str) -> list[Listed]:
    """All pages of a list."""
    found: list[Listed] = []
    cursor = ""
    while True:
        page = queries.inbox_page(reader, name, now(), cursor)
        assert len(page.rows) <= queries.PAGE
        found += page.rows
        cursor = page.next_cursor
        if not cursor:
            return found


def references(rows: list[Listed]) -> list[str]:
    return [row.reference for row in rows]


def asked(cast: Cast, by: str, reference: str) -> None:
    """Claimed by somebody, who has put a question to the sender."""
    taken = claim(by=cast.reader(by), reference=reference)
    ask(
        by=cast.reader(by),
        reference=reference,
        body="Is it new?",
        until=today() + timedelta(days=1),
        with_person="Her husband",
        version=taken.version,
    )


def held(cast: Cast, sent: list[Referral], **columns: object) -> None:
    """All held by Sam."""
    rows = Referral.objects.filter(pk__in=[row.pk for row in sent])
    rows.update(status=Status.ACKNOWLEDGED, held_by=cast.sam, held_since=now(), **columns)


def paused(sent: list[Referral]) -> None:
    """The clock stands still."""
    rows = Referral.objects.filter(pk__in=[row.pk for row in sent])
    rows.update(status=Status.ASKED, due_at=None, remaining_seconds=60)


def test_two_teams_in_one_list_by_what_is_due_first(cast: Cast, mina: Reader) -> None:
    for number in range(28):
        urgency = (Urgency.ROUTINE, Urgency.TODAY, Urgency.THIS_WEEK)[number % 3]
        send(cast, to="hub" if number % 2 else "front_door", urgency=urgency)
    send(cast, to="other_front_door", urgency=Urgency.TODAY)
    ours = Referral.objects.exclude(service=cast.services["other_front_door"])
    wanted = list(ours.order_by("due_at", "pk").values_list("reference", flat=True))
    assert references(whole(mina, queries.NEEDS_DECISION)) == wanted
    one = Referral.objects.filter(service=cast.services["hub"]).order_by("due_at", "pk")
    found = references(whole(cast.reader("hugo"), queries.NEEDS_DECISION))
    assert found == [row.reference for row in one]


def test_rows_that_are_due_together_are_each_shown_once(cast: Cast) -> None:
    for _ in range(27):
        send(cast)
    Referral.objects.update(due_at=now())
    found = references(whole(cast.reader("sam"), queries.NEEDS_DECISION))
    assert found == list(Referral.objects.order_by("pk").values_list("reference", flat=True))
    assert references(whole(cast.reader("sam"), queries.OVERDUE)) == found


def test_what_one_holds_with_the_paused_ones_last(cast: Cast) -> None:
    sent = [send(cast) for _ in range(28)]
    held(cast, sent, due_at=now())
    paused(sent[:2])
    mine = whole(cast.reader("sam"), queries.MINE)
    assert references(mine) == [row.reference for row in [*sent[2:], *sent[:2]]]
    assert not whole(cast.reader("tess"), queries.MINE)


def test_more_than_a_page_of_paused_ones(cast: Cast) -> None:
    sent = [send(cast) for _ in range(28)]
    held(cast, sent)
    paused(sent[1:])
    wanted = [row.reference for row in sent[1:]]
    assert references(whole(cast.reader("tess"), queries.WAITING)) == wanted
    assert references(whole(cast.reader("sam"), queries.MINE)) == [sent[0].reference, *wanted]


def test_more_than_a_page_of_accepted_ones(cast: Cast) -> None:
    sent = [send(cast) for _ in range(28)]
    held(cast, sent)
    paused(sent[:2])
    Referral.objects.update(status=Status.ACCEPTED)
    found = whole(cast.reader("tess"), queries.ACCEPTED)
    assert references(found) == [row.reference for row in [*sent[2:], *sent[:2]]]


def test_handed_on_it_is_in_both_inboxes_and_once_in_a_common_one(cast: Cast, mina: Reader) -> None:
    sent = send(cast)
    taken = claim(by=cast.reader("sam"), reference=sent.reference)
    before = queries.inbox_news(cast.reader("hugo"), now()).revision
    redirect(
        by=cast.reader("sam"),
        reference=sent.reference,
        to_service=cast.services["hub"],
        reason="She is in hospital now.",
        version=taken.version,
    )
    for reader in (cast.reader("sam"), cast.reader("hugo"), mina):
        assert references(whole(reader, queries.NEEDS_DECISION)) == [sent.reference]
        assert queries.inbox_news(reader, now()).counts[queries.NEEDS_DECISION] == 1
        assert queries.waiting(reader).needs_decision == 1
    assert queries.inbox_news(cast.reader("hugo"), now()).revision != before
    assert not whole(cast.reader("oscar"), queries.NEEDS_DECISION)
    assert queries.waiting(cast.reader("oscar")) == (0, 0)


def test_pills_count_what_their_lists_show(cast: Cast) -> None:
    sent = [send(cast).reference for _ in range(6)]
    asked(cast, "sam", sent[0])
    claim(by=cast.reader("sam"), reference=sent[1])
    claim(by=cast.reader("tess"), reference=sent[2])
    Referral.objects.filter(reference__in=sent[2:4]).update(due_at=now())
    for name in ("sam", "tess", "oscar"):
        reader = cast.reader(name)
        news = queries.inbox_news(reader, now())
        assert news.counts == {each: len(whole(reader, each)) for each in news.counts}
    assert queries.inbox_news(cast.reader("sam"), now()).counts == {
        queries.NEEDS_DECISION: 5,
        queries.OVERDUE: 2,
        queries.MINE: 2,
        queries.WAITING: 1,
        queries.ACCEPTED: 0,
    }


def test_the_board_parts_by_whom_it_waits_for(cast: Cast) -> None:
    question, late, waits, news = (send(cast).reference for _ in range(4))
    send(cast, by="gina", team="grove")
    asked(cast, "sam", question)
    Referral.objects.filter(reference=late).update(due_at=now())
    alice = cast.reader("alice")
    write(by=cast.reader("sam"), reference=waits, body="Thank you.")
    for reference in (waits, news):
        open_referral(by=alice, reference=reference)
    write(by=cast.reader("sam"), reference=news, body="We ring her today.")
    board = queries.board(alice, now())
    assert references(board.changed) == [news]
    assert references(board.for_us) == [question]
    assert references(board.overdue) == [late]
    assert references(board.for_them) == [waits, news]
    assert queries.waiting(alice).for_us == 1


def since(cast: Cast, name: str, made_at: datetime) -> queries.Since:
    """What is news for somebody whose page was made then, with all that there was on it."""
    return queries.inbox_since(
        cast.reader(name), revision=made_at, made_at=made_at, at=now() + timedelta(seconds=1)
    )


def test_what_is_new_changed_and_overdue_since_a_page_was_made(cast: Cast) -> None:
    old, late = send(cast), send(cast)
    open_referral(by=cast.reader("tess"), reference=old.reference)
    made_at = now()
    assert since(cast, "sam", made_at) == (0, 0, 0)
    send(cast)
    send(cast, to="other_front_door")
    write(by=cast.reader("alice"), reference=old.reference, body="She has gone to her sister.")
    Referral.objects.filter(pk=late.pk).update(due_at=now())
    assert since(cast, "sam", made_at) == (1, 1, 1)
    open_referral(by=cast.reader("sam"), reference=old.reference)
    assert since(cast, "sam", made_at) == (1, 0, 1)
    assert since(cast, "tess", made_at) == (1, 1, 1)


def test_handed_on_it_is_new_to_the_second_team(cast: Cast) -> None:
    taken = claim(by=cast.reader("sam"), reference=send(cast).reference)
    open_referral(by=cast.reader("sam"), reference=taken.reference)
    made_at = now()
    redirect(
        by=cast.reader("sam"),
        reference=taken.reference,
        to_service=cast.services["hub"],
        reason="She is in hospital now.",
        version=taken.version,
    )
    assert since(cast, "hugo", made_at) == (1, 0, 0)
    assert since(cast, "tess", made_at) == (0, 1, 0)
    (theirs,) = shown(cast, "hugo")
    assert (theirs.changed, [chip.text for chip in theirs.chips]) == ("New", ["redirected to you"])
    assert theirs.claim is not None
    (ours,) = shown(cast, "sam")
    assert [chip.text for chip in ours.chips] == [
        "redirected to Care transfer hub, not acknowledged yet"
    ]
    assert ours.claim is None


def shown(cast: Cast, name: str, which: str = queries.NEEDS_DECISION) -> list[InboxRow]:
    """The rows of somebody's inbox, in words."""
    return inbox_rows(whole(cast.reader(name), which), now(), may_claim=True)


def test_new_until_somebody_opens_it_and_changed_until_one_looks_again(cast: Cast) -> None:
    reference = send(cast).reference
    assert [row.changed for row in shown(cast, "sam")] == ["New"]
    open_referral(by=cast.reader("alice"), reference=reference)
    assert [row.changed for row in shown(cast, "sam")] == ["New"]
    open_referral(by=cast.reader("sam"), reference=reference)
    assert [row.changed for row in (*shown(cast, "sam"), *shown(cast, "tess"))] == ["", ""]
    write(by=cast.reader("alice"), reference=reference, body="She fell again.")
    assert [row.changed for row in shown(cast, "sam")] == ["Changed since you looked"]
    assert [row.changed for row in shown(cast, "tess")] == ["Changed since your team looked"]
    open_referral(by=cast.reader("sam"), reference=reference)
    assert [row.changed for row in (*shown(cast, "sam"), *shown(cast, "tess"))] == ["", ""]


def test_a_question_past_its_date_is_overdue_for_the_side_that_was_asked(cast: Cast) -> None:
    reference = send(cast).reference
    asked(cast, "sam", reference)
    (row,) = shown(cast, "sam", queries.WAITING)
    assert (row.due, row.overdue) == ("Paused", False)
    Pause.objects.update(until=today() - timedelta(days=1))
    (row,) = shown(cast, "sam", queries.WAITING)
    assert (row.due, row.overdue) == ("No answer yet", True)
    (row,) = board_rows(queries.board(cast.reader("alice"), now()).for_us, now())
    assert (row.due, row.overdue) == ("Your answer is late", True)


def test_the_senders_list_does_not_call_it_received_before_somebody_holds_it(cast: Cast) -> None:
    reference = send(cast).reference

    def held_by() -> str:
        (row,) = board_rows(queries.board(cast.reader("alice"), now()).for_them, now())
        return row.held_by

    assert held_by() == "Not opened yet"
    open_referral(by=cast.reader("sam"), reference=reference)
    assert held_by() == "Opened, nobody holds it"
    claim(by=cast.reader("sam"), reference=reference)
    assert held_by() == "Sam Sharp"


def test_bodies_have_the_shapes_that_are_promised(cast: Cast) -> None:
    sent = send(cast)
    reader = cast.reader("sam")
    (row,) = row_bodies(whole(reader, queries.NEEDS_DECISION), now())
    assert row.keys() == serializers.ReferralRow().fields.keys()
    told = queries.told(sent, cast.teams["front_door"])
    body = referral_body(sent, told, now())
    assert body.keys() == serializers.ReferralOut().fields.keys()
    assert {key: body[key] for key in row} == row
    assert told.timeline[0].keys() == serializers.ChangeOut().fields.keys()
    write(by=reader, reference=sent.reference, body="Hello")
    (message,) = queries.told(sent, cast.teams["front_door"]).thread
    assert message.keys() == serializers.MessageOut().fields.keys()
