"""The comparer of script/chaos sees every kind of loss when it is shown one."""

import pytest

from script.storm.blows import MAIL, REDIS, WEB, Outage
from script.storm.compare import CLAIMED, SENT, Found, Promised, Side, compare, first_lines
from script.storm.requests import sort
from script.storm.senders import Attempt

LONGEST = 5.0


def promised() -> Promised:
    return Promised(
        answers={"key-1": {"CG-1111-1111"}, "key-2": {"CG-2222-2222"}},
        claims={"CG-1111-1111": "Tess Tate"},
        hear_of_sent=Side(frozenset({7, 8}), frozenset({"a@storm.example", "t@storm.example"})),
        hear_of_claimed=Side(frozenset({9}), frozenset({"gp@storm.example"})),
    )


def found() -> Found:
    references = ["CG-1111-1111", "CG-2222-2222"]
    sent = [(SENT, reference) for reference in references]
    return Found(
        referrals=[("key-1", references[0]), ("key-2", references[1])],
        holders=[(references[0], "Tess Tate", 1)],
        told=[
            (CLAIMED, references[0], 9),
            *((*event, person) for event in sent for person in (7, 8)),
        ],
        mails=[
            ("<claimed>", "gp@storm.example", CLAIMED, references[0]),
            *(
                (f"<{reference}-{address[0]}>", address, kind, reference)
                for kind, reference in sent
                for address in ("a@storm.example", "t@storm.example")
            ),
        ],
    )


def wrong(given: Promised, there: Found) -> list[str]:
    """Which kinds of loss are seen."""
    outcome = compare(given, there)
    assert outcome.nothing_lost == (not first_lines(outcome.wrong))
    return [kind for kind, lines in outcome.wrong.items() if lines]


def test_where_all_is_there_nothing_is_lost():
    assert wrong(promised(), found()) == []
    counts = compare(promised(), found()).counts
    assert (counts["app rows expected"], counts["mails expected"]) == (5, 5)


def test_a_referral_that_is_gone():
    there = found()
    there.referrals.pop()
    assert "acknowledged and lost" in wrong(promised(), there)


def test_a_referral_that_was_made_twice():
    there = found()
    there.referrals.append(("key-1", "CG-3333-3333"))
    assert "kept twice" in wrong(promised(), there)


def test_a_key_that_was_answered_with_two_references():
    given = promised()
    given.answers["key-1"].add("CG-9999-9999")
    assert wrong(given, found()) == ["answered with another reference"]


def test_a_referral_that_nobody_sent_and_one_that_was_never_answered():
    given = promised()
    given.answers["key-3"] = set()
    assert wrong(given, found()) == ["never answered"]
    del given.answers["key-2"], given.answers["key-3"]
    assert wrong(given, found()) == ["sent by nobody"]


def test_people_who_were_not_told_or_twice_or_by_mistake():
    there = found()
    gone = there.told.pop()
    assert wrong(promised(), there) == ["not told in the app"]
    there.told += [gone, gone]
    assert wrong(promised(), there) == ["told in the app twice"]
    there.told[-1] = (gone[0], gone[1], 99)
    assert wrong(promised(), there) == ["told in the app by mistake"]


def test_a_claim_that_was_answered_otherwise_or_counted_twice():
    there = found()
    there.holders = [("CG-1111-1111", "Sam Sharp", 1)]
    assert wrong(promised(), there) == ["claimed otherwise than was answered"]
    there.holders = [("CG-1111-1111", "Tess Tate", 2)]
    assert wrong(promised(), there) == ["claimed otherwise than was answered"]


def test_mails_that_did_not_come_and_those_that_came_again():
    there = found()
    gone = there.mails.pop()
    assert wrong(promised(), there) == ["without a mail"]
    there.mails += [gone, gone]
    assert wrong(promised(), there) == []
    assert compare(promised(), there).counts["mails accepted again"] == 1
    there.unsent = 1
    assert wrong(promised(), there) == ["left in the outbox"]


@pytest.mark.parametrize(
    ("attempt", "part", "is_wrong"),
    [
        # Times: connection opened, began, ended. The outages are from 10 to 20.
        (Attempt(0, 1, 2, 201), REDIS, False),
        (Attempt(0, 12, 13, 201), REDIS, False),
        (Attempt(0, 12, 13, 500), REDIS, True),
        (Attempt(0, 12, 13, 0), REDIS, True),
        (Attempt(0, 12, 12.1 + LONGEST, 201), REDIS, True),
        (Attempt(0, 12, 12.1 + LONGEST, 201), MAIL, True),
        (Attempt(0, 12, 13, 0), WEB, False),
        (Attempt(0, 21, 22, 0), WEB, False),  # the connection is from before the blow
        (Attempt(22, 22, 22.1, 0), WEB, False),  # orphaned workers took it, and were gone
        (Attempt(24, 25, 26, 0), WEB, True),  # and this one is from well after
        (Attempt(0, 12, 13, 503), WEB, True),
    ],
)
def test_what_excuses_a_request(attempt: Attempt, part: str, is_wrong: bool):
    groups = sort([attempt], [Outage(part, 10.0, 20.0)], LONGEST)
    assert sum(group.count for group in groups) == 1
    assert sum(group.wrong for group in groups) == is_wrong
