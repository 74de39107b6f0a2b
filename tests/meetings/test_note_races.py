"""Two write, or reach for the pen, at the same moment, on real connections: nothing is lost."""

import pytest

from meetings.actions import notes, pen
from meetings.models import Note
from portal.core.refused import Stale
from tests.cast import make_cast
from tests.conftest import send
from tests.meetings.held import begun
from tests.meetings.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_windows_one_is_kept_and_the_other_is_shown_it(db: None) -> None:
    cast = make_cast()
    meeting, item = begun(cast, send(cast).reference)
    sam, seen = cast.reader("sam"), []

    def saving(body: str) -> str:
        try:
            notes.save_note(by=sam, reference=meeting.reference, item=item.pk, body=body, version=0)
        except Stale as stale:
            seen.append(stale.details["other"])
            return "shown"
        return "kept"

    texts = [f"Window {n}" for n in range(6)]
    came = at_once([lambda body=body: saving(body) for body in texts], 6)
    assert sorted(came) == ["kept", *["shown"] * 5]
    kept = Note.objects.get(item=item)
    assert (kept.version, kept.body) == (1, texts[came.index("kept")])
    assert seen == [kept.body] * 5


def test_of_two_who_reach_for_the_pen_one_has_it(db: None) -> None:
    cast = make_cast()
    meeting, item = begun(cast, send(cast).reference, must=("alice", "sam", "tess", "ada"))
    names = ("alice", "tess", "ada")

    def reaching(name: str) -> str:
        try:
            pen.take_pen(by=cast.reader(name), reference=meeting.reference, held_by=cast.sam.pk)
        except Stale:
            return "late"
        return name

    came = at_once([lambda name=name: reaching(name) for name in names], 3)
    winner = next(each for each in came if each != "late")
    assert came.count("late") == 2
    meeting.refresh_from_db()
    assert meeting.note_taker == cast.users[winner]
    with pytest.raises(Stale, match="has the pen now"):
        notes.save_note(
            by=cast.reader("sam"), reference=meeting.reference, item=item.pk, body="x", version=0
        )
