"""What the finder prefers and what it says, in weeks made for the purpose."""

from datetime import date, timedelta

import pytest

from meetings.finder.find import find
from meetings.finder.shapes import Ask, Fit, Presence, Someone, Topic
from portal.worktime.states import Use
from tests.meetings.questions import at, somebody, spans, topics

DAY = date(2026, 12, 8)  # a Tuesday
ALL_DAY = (at(DAY, "00:00"), at(DAY + timedelta(days=1), "00:00"))


def _t(clock: str, days: int = 0) -> int:
    return at(DAY + timedelta(days=days), clock)


def _row(first: str, end: str, use: Use = Use.BUSY, days: int = 0) -> tuple[int, int, Use]:
    return _t(first, days), _t(end, days), use


def _ask(*people: Someone, minutes: int = 30, days: int = 1, **more) -> Ask:
    agenda: tuple[Topic, ...] = more.get("topics", ())
    return Ask(
        people=people,
        minutes=sum(topic.minutes for topic in agenda) or minutes,
        start=_t("00:00"),
        end=_t("00:00", days),
        earliest=more.pop("earliest", 540),
        latest=more.pop("latest", 1050),
        **more,
    )


SURGERIES = (_row("08:30", "13:05", Use.CLINIC), _row("14:40", "18:00", Use.CLINIC))


def test_everyone_between_surgeries_and_after_the_ward_round():
    gp, ward = somebody(1, *SURGERIES), somebody(3, _row("08:00", "13:05", Use.CLINIC))
    best = find(_ask(gp, somebody(2, _row("13:35", "17:30")), ward)).slots[0]
    assert (best.fit, best.start, best.end) == (Fit.WHOLE, _t("13:05"), _t("13:35"))
    assert best.sentence == (
        "Everyone, for all of it: between the GP’s clinics, after Dr Ward’s clinic."
    )
    assert {attends.presence for attends in best.attends} == {Presence.WHOLE}


def test_one_joins_for_their_point_only():
    gp = somebody(1, _row("08:30", "12:45", Use.CLINIC), _row("12:55", "18:00", Use.CLINIC))
    rest = [somebody(key, _row("09:00", "12:30"), _row("13:00", "18:00")) for key in (2, 3)]
    agenda = tuple(
        Topic(key, f"Topic {key}", minutes, frozenset(needs))
        for key, minutes, needs in ((1, 15, [2]), (2, 10, [1]), (3, 5, [3]))
    )
    found = find(_ask(gp, *rest, topics=agenda))
    assert (found.whole, found.part) == (0, 1)
    best = found.slots[0]
    assert (best.fit, best.start) == (Fit.PART, _t("12:30"))
    assert best.sentence == (
        "The GP joins 12:45 to 12:55 for point 2 only; everyone else for all of it."
    )


def test_the_agenda_is_turned_round_for_whoever_has_least_time():
    gp = somebody(1, _row("08:30", "12:30", Use.CLINIC), _row("12:40", "18:00", Use.CLINIC))
    other = somebody(2, _row("09:00", "12:30"), _row("13:00", "18:00"))
    best = find(_ask(gp, other, topics=topics([], [], [1]))).slots[0]
    assert [key for key, _ in best.order] == [102, 100, 101]
    assert (best.attends[0].start, best.attends[0].end) == (_t("12:30"), _t("12:40"))
    assert "The points are taken in the order 3, 1 and 2." in best.reasons


def test_own_points_stand_together():
    busy = _row("12:50", "13:00")
    several = somebody(1, _row("08:00", "12:20"), busy, _row("13:00", "18:00"))
    rest = somebody(2, _row("09:00", "12:20"), _row("13:00", "18:00"))
    best = find(_ask(several, rest, topics=topics([1], [], [1], []))).slots[0]
    assert best.fit is Fit.PART
    assert best.attends[0].stretches == ((_t("12:20"), _t("12:40")),)


def test_whoever_cannot_stay_leaves_and_comes_back():
    torn = somebody(1, _row("08:00", "12:00"), _row("12:10", "12:20"), _row("12:30", "18:00"))
    early = somebody(2, _row("08:00", "12:10"), _row("12:20", "18:00"))
    agenda = topics([1], [2], [1])
    best = find(_ask(torn, early, topics=agenda, earliest=720, latest=750)).slots[0]
    assert best.attends[0].stretches == ((_t("12:00"), _t("12:10")), (_t("12:20"), _t("12:30")))
    assert "12:00 to 12:10 and 12:20 to 12:30 for points 1 and 3 only" in best.sentence


def test_most_can_come_and_the_other_answers_in_writing():
    gp = somebody(1, _row("08:30", "18:00", Use.CLINIC))
    rest = [somebody(key) for key in (2, 3, 4)]
    found = find(_ask(gp, *rest, topics=topics([1], [1, 2], [3])))
    assert (found.whole, found.part) == (0, 0)
    best = found.slots[0]
    assert best.fit is Fit.MOST
    assert best.sentence == (
        "Three of four. The GP is in clinic and answers points 1 and 2 in writing beforehand;"
        " the meeting must say how it was used."
    )
    assert best.attends[0].presence is Presence.WRITING
    assert best.attends[0].why == "in clinic, free from 18:00"
    assert found.obstacles[0].sentence == (
        "The GP: in clinic for 97 of 97 possible starts, alone in the way of 97."
    )
    assert found.openings[0].sentence == "Without the GP: 97 slots"
    assert found.openings[0].key == 1


def test_one_missing_for_two_points_is_fewer_than_two_missing_for_one_each():
    first = somebody(1, _row("12:00", "12:05"))
    second = somebody(2, _row("12:05", "12:15"))
    agenda = topics([], [1, 2], [1, 2], minutes=5)
    best = find(_ask(first, second, somebody(3), topics=agenda, earliest=720, latest=735)).slots[0]
    assert [attends.presence for attends in best.attends] == ["part", "writing", "whole"]
    assert "Sam Field is busy and answers points 2 and 3 in writing" in best.sentence


def test_who_may_come_never_blocks_and_is_named():
    may = somebody(2, (*ALL_DAY, Use.LEAVE), must=False)
    heard = somebody(3, (*ALL_DAY, Use.LEAVE), must=False)
    best = find(_ask(somebody(1), somebody(4), may, heard, topics=topics([3], []))).slots[0]
    assert best.fit is Fit.WHOLE
    assert [attends.presence for attends in best.attends[2:]] == ["missing", "writing"]
    assert best.sentence == (
        "Everyone who must come, for all of it; Dr Ward is on leave and answers point 1 in"
        " writing beforehand; Sam Field, who may come, is on leave."
    )


def test_twenty_busy_people_most_of_whom_can_come_sometimes():
    """Each is missing at other times; at noon on the third day only two are."""
    people = [
        somebody(key, *(_row("09:00", "17:30", Use.CLINIC, days=d) for d in range(5) if d != 2))
        for key in range(1, 19)
    ]
    people += [somebody(key, _row("09:00", "17:30", Use.LEAVE, days=2)) for key in (19, 20)]
    found = find(_ask(*people, days=5))
    assert found.whole == 0
    first = found.slots[0]
    assert first.start // 1440 == _t("12:00", 2) // 1440
    assert first.sentence == (
        "18 of 20. Person 19 and Person 20 are on leave and answer the points put to them in"
        " writing beforehand; the meeting must say how it was used."
    )
    assert len(first.attends) == 20


def test_a_meeting_longer_than_any_gap_says_what_shorter_would_open():
    people = [somebody(1, _row("09:00", "12:00"), _row("12:20", "17:30")), somebody(2)]
    found = find(_ask(*people))
    assert found.whole == 0
    shorter = next(opening for opening in found.openings if opening.kind == "shorter")
    assert (shorter.minutes, shorter.slots) == (10, 1)
    assert shorter.sentence == "10 minutes shorter: 1 slot"


def test_earlier_and_later_by_quarters_of_an_hour():
    people = [somebody(1, _row("13:00", "17:20")), somebody(2)]
    openings = {o.kind: o for o in find(_ask(*people, earliest=780, latest=1040)).openings}
    assert openings["earlier"].sentence == "From 12:30: 1 slot"
    assert openings["later"].sentence == "Until 17:50: 1 slot"
    midnight = find(_ask(somebody(1, _row("20:00", "23:30")), earliest=1200, latest=1410))
    assert "Until midnight: 1 slot" in {opening.sentence for opening in midnight.openings}


def test_the_best_few_are_spread_over_days_and_do_not_overlap():
    slots = find(_ask(somebody(1), somebody(2), days=4)).slots
    assert len({slot.start // 1440 for slot in slots}) == 4
    assert len(slots) == 5


def test_equal_times_the_earliest_first():
    first = find(_ask(somebody(1), days=4), best=1).slots[0]
    assert first.start == _t("09:00")


@pytest.mark.parametrize(
    ("rows", "start"),
    [
        ([_row("09:00", "12:00", Use.MOVABLE)], "12:00"),
        ([_row("15:00", "15:30", Use.MEETING)], "15:00"),
        ([_row("11:00", "11:00"), _row("09:00", "11:00"), _row("11:30", "12:00")], "11:00"),
    ],
)
def test_what_it_prefers(rows: list[tuple[int, int, Use]], start: str):
    assert find(_ask(somebody(1, *rows), somebody(2)), best=1).slots[0].start == _t(start)


def test_it_says_what_would_be_moved_and_what_is_kept_for_meetings():
    moved = find(_ask(somebody(1, (*ALL_DAY, Use.MOVABLE)), somebody(2)), best=1).slots[0]
    assert "The GP would move 30 minutes of visits or duty." in moved.reasons
    kept = find(_ask(somebody(1, (*ALL_DAY, Use.MEETING)), somebody(2)), best=1).slots[0]
    assert kept.sentence == ("Everyone, for all of it: in time that the GP keeps for meetings.")


@pytest.mark.parametrize(("burdens", "start"), [((600, 0), "14:00"), ((0, 600), "09:00")])
def test_inconvenience_goes_to_whoever_had_less_of_it(burdens: tuple[int, int], start: str):
    first = somebody(1, _row("09:00", "14:00", Use.MOVABLE), burden=burdens[0])
    second = somebody(2, _row("14:00", "17:30", Use.MOVABLE), burden=burdens[1])
    assert find(_ask(first, second), best=1).slots[0].start == _t(start)


def test_whose_week_is_not_known_is_told():
    found = find(_ask(somebody(1, known=False), somebody(2)))
    assert found.unknown == ("the GP",)


def test_one_person_and_one_who_is_never_there():
    alone = find(_ask(somebody(1)), best=1)
    assert alone.slots[0].sentence == "The GP, for all of it."
    never = find(_ask(somebody(1, (*ALL_DAY, Use.AWAY))))
    assert never.slots == ()
    assert never.obstacles[0].sentence.startswith("The GP: not at work for 97 of 97")


def test_a_hundred_people_and_eight_topics_are_answered():
    rows = [_row(f"{9 + n % 8:02}:00", f"{10 + n % 8:02}:00") for n in range(100)]
    people = [Someone(n, f"Person {n}", n % 3 > 0, spans(rows[n])) for n in range(100)]
    agenda = tuple(
        Topic(n, f"Topic {n}", 5 + 5 * (n % 3), frozenset(range(n, 100, 9))) for n in range(8)
    )
    found = find(_ask(*people, topics=agenda, days=30))
    assert len(found.slots) == 5
    for slot in found.slots:
        assert len(slot.attends) == 100


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"minutes": 7}, "marks"),
        ({"minutes": 0}, "takes some minutes"),
        ({"earliest": 600, "latest": 600}, "ends after it begins"),
        ({"latest": 1445}, "ends after it begins"),
        ({"days": 0}, "after it starts"),
        ({"days": 500}, "within 400 days"),
        ({"topics": topics(*[[]] * 9)}, "At most 8"),
        ({"topics": topics([5])}, "Only people who are asked"),
        ({"topics": topics(*[[1]] * 5, minutes=7)}, "multiple"),
    ],
)
def test_what_cannot_be_asked(change: dict, reason: str):
    with pytest.raises(ValueError, match=reason):
        _ask(somebody(1), **change)


def test_nobody_and_the_same_twice_cannot_be_asked():
    for people in ([], [somebody(1), somebody(1)]):
        with pytest.raises(ValueError, match="each of them once"):
            _ask(*people)
