"""The finder against every mark and every order, in the weeks where arithmetic goes wrong."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings

from meetings.finder.cells import bools
from meetings.finder.find import find
from meetings.finder.search import possible, search_of, whole_of
from meetings.finder.shapes import Ask, Fit, Found, Presence, Slot
from tests.meetings.brute import Brute
from tests.meetings.questions import crowded, questions

MANY = settings(max_examples=200, deadline=None)
SOME = settings(max_examples=80, deadline=None)


@MANY
@given(questions() | crowded())
def test_the_same_starts_as_by_trying_every_mark_and_every_order(ask: Ask):
    search, brute = search_of(ask), Brute(ask)
    allowed = search.grid.allowed(ask)

    def starts(cells: int) -> list[int]:
        return search.grid.minute[bools(cells, search.grid.size)].tolist()

    assert starts(allowed) == brute.starts
    assert set(starts(whole_of(search, allowed))) == brute.whole()
    assert set(starts(possible(search, allowed))) == brute.feasible()


@MANY
@given(questions() | crowded())
def test_every_slot_is_truly_possible(ask: Ask):
    found, brute = find(ask, best=4), Brute(ask)
    whole, feasible = brute.whole(), brute.feasible()
    assert (found.whole, found.part) == (len(whole), len(feasible - whole))
    assert found.counts == {"possible": len(brute.starts), "whole": found.whole, "part": found.part}
    for slot in found.slots:
        _check_order(ask, slot)
        _check_people(ask, slot, brute)
        assert slot.start in brute.starts
        fits = {True: Fit.WHOLE, False: Fit.PART if slot.start in feasible else Fit.MOST}
        assert slot.fit is fits[slot.start in whole]
    assert all(
        a.start >= b.end or b.start >= a.end for a in found.slots for b in found.slots if a is not b
    )
    assert [slot.fit for slot in found.slots] == sorted(
        (s.fit for s in found.slots), key=list(Fit).index
    )


def _check_order(ask: Ask, slot: Slot) -> None:
    """The topics follow each other, each of them once, from the first minute to the last."""
    minutes = {topic.key: topic.minutes for topic in ask.topics}
    assert slot.end - slot.start == ask.minutes
    assert sorted(key for key, _ in slot.order) == sorted(minutes)
    ends = [start + minutes[key] for key, start in slot.order]
    if ends:
        assert [start for _, start in slot.order] == [slot.start, *ends[:-1]]
        assert ends[-1] == slot.end


def _check_people(ask: Ask, slot: Slot, brute: Brute) -> None:
    """Everybody is there once, in free time, for what is theirs; who is not is named as such."""
    assert [attends.key for attends in slot.attends] == [person.key for person in ask.people]
    begins, missing = dict(slot.order), 0
    for person, attends in zip(ask.people, slot.attends, strict=True):
        key, own = person.key, brute.own[person.key]
        mine = [(begins[topic.key], begins[topic.key] + topic.minutes) for topic in own]
        for start, end in attends.stretches:
            assert slot.start <= start < end <= slot.end
            assert brute.free(key, start, end - start)
        assert all(a[1] < b[0] for a, b in pairwise(attends.stretches))
        if attends.presence is Presence.WHOLE:
            assert attends.stretches == ((slot.start, slot.end),)
        elif attends.presence is Presence.PART:
            assert own
            assert (attends.start, attends.end) == attends.stretches[0]
            for start, end in mine:
                assert any(a <= start and end <= b for a, b in attends.stretches)
        else:
            assert attends.start == attends.end
            assert attends.stretches == ()
            heard = Presence.WRITING if person.must or own else Presence.MISSING
            assert attends.presence is heard
            assert not brute.free(key, slot.start, ask.minutes)
            missing += person.must
        assert bool(attends.why) == (attends.presence is not Presence.WHOLE)
        assert attends.presence is Presence.WHOLE or person.label.lower() in slot.sentence.lower()
    assert missing == brute.fewest_missing(slot.start)


@MANY
@given(questions() | crowded())
def test_the_fewest_are_missing_where_not_everybody_can_come(ask: Ask):
    brute = Brute(ask)
    first = find(ask, best=1).slots
    must = len(brute.must)
    fewest = min((brute.fewest_missing(start) for start in brute.starts), default=must)
    if not first:
        # Nobody would be there to meet.
        assert not brute.starts or len(ask.people) - fewest < 2
        return
    absent = {a.key for a in first[0].attends if not a.stretches}
    assert len(absent & set(brute.must)) == fewest


@SOME
@given(questions() | crowded())
def test_obstacles_and_changes_are_counted_exactly(ask: Ask):
    found, brute = find(ask), Brute(ask)
    now = brute.feasible()
    for obstacle in found.obstacles:
        assert obstacle.blocks == len(_without(ask, obstacle.key).feasible() - now)
        assert ask.people[obstacle.key - 1].must
    blocked = {
        key
        for key in brute.must
        if not all(brute.free(key, start, ask.minutes) for start in brute.starts)
    }
    assert {obstacle.key for obstacle in found.obstacles} == blocked
    _check_without(ask, found, now)
    for kind in ("shorter", "earlier", "later", "longer-window"):
        _check_change(ask, found, kind, now)


def _without(ask: Ask, key: int) -> Brute:
    people = tuple(replace(p, must=p.must and p.key != key) for p in ask.people)
    return Brute(replace(ask, people=people))


def _check_without(ask: Ask, found: Found, now: set[int]) -> None:
    openings = [opening for opening in found.openings if opening.kind == "without"]
    counts = sorted(
        (len(_without(ask, p.key).feasible() - now) for p in ask.people if p.must), reverse=True
    )
    wanted = [count for count in counts[:3] if count] if len(ask.people) > 2 else []
    assert [opening.slots for opening in openings] == wanted
    for opening in openings:
        assert opening.slots == len(_without(ask, opening.key).feasible() - now)


def _check_change(ask: Ask, found: Found, kind: str, now: set[int]) -> None:
    """The first step that opens anything is the one that is told, with what it opens."""
    told = [opening for opening in found.openings if opening.kind == kind]
    for minutes in _steps(ask, kind):
        counts = {
            key: len(Brute(changed).feasible() - now)
            for key, changed in _changed(ask, kind, minutes).items()
        }
        if any(counts.values()):
            (opening,) = told
            assert (opening.minutes, opening.slots) == (minutes, max(counts.values()))
            assert counts[opening.key] == opening.slots
            return
    assert told == []


def _steps(ask: Ask, kind: str) -> list[int]:
    if kind == "shorter":
        return list(range(5, ask.minutes // 2 + 1, 5))
    if kind == "longer-window":
        return [10_080] if ask.known_until else []
    room = ask.earliest if kind == "earlier" else 1440 - ask.latest
    return [step for step in (15, 30, 45, 60) if step <= room]


def _changed(ask: Ask, kind: str, minutes: int) -> dict[int, Ask]:
    """By topic, where it is one topic that is changed."""
    if kind == "earlier":
        return {0: replace(ask, earliest=ask.earliest - minutes)}
    if kind == "later":
        return {0: replace(ask, latest=ask.latest + minutes)}
    if kind == "longer-window":
        return {0: replace(ask, end=ask.end + minutes)}
    if not ask.topics:
        return {0: replace(ask, minutes=ask.minutes - minutes)}
    return {
        topic.key: replace(
            ask,
            minutes=ask.minutes - minutes,
            topics=tuple(
                replace(t, minutes=t.minutes - minutes) if t is topic else t for t in ask.topics
            ),
        )
        for topic in ask.topics
        if topic.minutes > minutes
    }
