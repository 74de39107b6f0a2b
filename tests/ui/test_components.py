"""The macros of templates/components: words in their places, and nothing typed gets through raw."""

import pytest
from django.template import engines
from markupsafe import Markup

from portal.ui.shapes import (
    Answer,
    Chip,
    Claim,
    Clock,
    Event,
    Fact,
    InboxRow,
    Lane,
    Link,
    Message,
    Person,
    Pill,
    Span,
)

WICKED = '<script>alert("x")</script>'


def rendered(source, **context):
    return engines["jinja"].from_string(source).render(context)


ROW = InboxRow(
    href="/r/1",
    person=WICKED,
    reference="EXR-4K7M",
    origin="Park Medical Practice",
    points=["Stay at home?", WICKED],
    urgency="today",
    urgency_words="Today",
    chips=[Chip(text="two falls", tint="amber")],
    due="2 h over",
    due_detail="Fri 15:00",
    overdue=True,
    claim=Claim(href="/r/1/claim", version=3),
)
USES = {
    "answer": (
        '{% from "components/answer.jinja" import answer %}{{ answer(x) }}',
        Answer(
            heading=WICKED,
            basis="where the person *lives*",
            telephone="0161 496 0123",
            open_words="Open now until 17:00",
            open_now=True,
            notes=["After 17:00 ring *999*"],
            action=Link(label="Make a referral", href="/refer/"),
            action_note="One page",
        ),
    ),
    "inbox": ('{% from "components/inbox.jinja" import inbox %}{{ inbox(x, "C", "") }}', [ROW]),
    "pills": (
        '{% from "components/inbox.jinja" import pills %}{{ pills(x) }}',
        [Pill(label=WICKED, count=3, href="?a", current=True)],
    ),
    "person": (
        '{% from "components/referral.jinja" import person_banner %}{{ person_banner(x) }}',
        Person(name=WICKED, born="b", nhs_number="n", address="a", reference="r"),
    ),
    "chips": (
        '{% from "components/referral.jinja" import chips %}{{ chips(x) }}',
        [Chip(text=WICKED, tint="red")],
    ),
    "points": (
        '{% from "components/referral.jinja" import points_box %}{{ points_box(x) }}',
        [WICKED],
    ),
    "messages": (
        '{% from "components/referral.jinja" import messages_list %}{{ messages_list(x) }}',
        [
            Message(
                anchor="m1",
                side="social",
                initials="SW",
                name="S",
                about=" · Tue",
                text=WICKED,
                own_team_only=True,
            )
        ],
    ),
    "timeline": (
        '{% from "components/referral.jinja" import timeline %}{{ timeline(x) }}',
        [Event(what=WICKED, when="Fri"), Event(what="Decision due", when="Wed", ahead=True)],
    ),
    "clocks": (
        '{% from "components/referral.jinja" import clocks %}{{ clocks(x) }}',
        [Clock(title=WICKED, time="3 h", note="n")],
    ),
    "facts": (
        '{% from "components/referral.jinja" import facts %}{{ facts(x) }}',
        [Fact(term="Name", detail=WICKED), Fact(term="Mail", detail="a", href="mailto:a")],
    ),
    "lanes": (
        '{% from "components/lanes.jinja" import lanes, legend %}'
        "{{ lanes(x, [9, 10, 11]) }}{{ legend() }}",
        [Lane(label=WICKED, words="w", spans=[Span(kind="writing", start=0, length=100)])],
    ),
    "warning": ('{% from "components/notices.jinja" import warning %}{{ warning(x, x) }}', WICKED),
    "note": ('{% from "components/notices.jinja" import note %}{{ note(x) }}', WICKED),
    "new_line": (
        '{% from "components/notices.jinja" import new_line %}{{ new_line("/n", 30, x) }}',
        WICKED,
    ),
    "success": ('{% from "components/notices.jinja" import success %}{{ success(x) }}', WICKED),
    "empty": ('{% from "components/text.jinja" import empty %}{{ empty(x, x) }}', WICKED),
    "telephone": ('{% from "components/text.jinja" import telephone %}{{ telephone(x) }}', WICKED),
    "send": ('{% from "components/buttons.jinja" import send %}{{ send(x, "", "n", x) }}', WICKED),
    "go": ('{% from "components/buttons.jinja" import go %}{{ go(x, "/n") }}', WICKED),
    "post": ('{% from "components/buttons.jinja" import post %}{{ post(x, "/n", "") }}', WICKED),
    "card": (
        '{% from "components/text.jinja" import card %}{% call card(x) %}{{ x }}{% endcall %}',
        WICKED,
    ),
}


@pytest.mark.parametrize("name", USES)
def test_a_component_shows_its_words_and_escapes_them(name):
    source, value = USES[name]
    out = rendered(source, x=value)
    assert "<script" not in out
    assert "&lt;script&gt;" in out


def test_stressed_words_are_bold():
    out = rendered('{% from "components/text.jinja" import stressed %}{{ stressed("a *b* c") }}')
    assert out == "a <strong>b</strong> c"


def test_an_open_number_is_a_link_that_rings():
    out = rendered(*USES["answer"][:1], x=USES["answer"][1])
    assert '<a class="cg-telephone" href="tel:01614960123">0161 496 0123</a>' in out
    assert "cg-open" in out


def test_colour_is_never_alone():
    assert "Still to come: </span>Decision due" in rendered(
        USES["timeline"][0], x=USES["timeline"][1]
    )
    row = rendered(USES["inbox"][0], x=[ROW])
    assert "cg-row--today" in row
    assert ">Today</strong>" in row


def test_one_form_holds_all_claim_buttons():
    source = '{% from "components/inbox.jinja" import inbox %}{{ inbox(x, "C", t) }}'
    out = rendered(source, x=[ROW] * 3, t=Markup('<input name="t">'))
    assert out.count("<form") == out.count('<input name="t">') == 1
    assert out.count('formaction="/r/1/claim" name="version" value="3">Claim<span') == 3
    held = rendered(
        source,
        x=[
            InboxRow(
                href="/", person="P", reference="R", origin="O", points=[], held_by="S. Worker"
            )
        ],
        t="",
    )
    assert "S. Worker" in held
    assert "<form" not in held


def test_a_page_of_sixty_rows_is_one_pass():
    """A macro called once per row would import and look up sixty times; this list is one call."""
    out = rendered(USES["inbox"][0], x=[ROW] * 60)
    assert out.count('<tr role="row" class="cg-row') == 60
