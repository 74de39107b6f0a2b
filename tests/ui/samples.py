"""A page with every component on it and a form that saves itself, served as the portal does."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.template import engines
from markupsafe import Markup

from portal.ui.forms import (
    CheckboxesField,
    DateField,
    EmailField,
    Form,
    LongTextField,
    Look,
    PasswordField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
)
from portal.ui.shapes import (
    Account,
    Answer,
    Chip,
    Claim,
    Clock,
    Event,
    Fact,
    Idle,
    InboxRow,
    Lane,
    Link,
    Message,
    NavItem,
    Person,
    Pill,
    Span,
)

ROOT = Path(settings.BASE_DIR)
# As strict as the portal's own: anything inline would be refused by the browser.
POLICY = "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
LONG = "Donaudampfschifffahrtsgesellschaftskapitän"  # a word that does not break


class Everything(Form):
    name = TextField(
        "Full name", missing="Enter the name", look=Look(width=30, size="s", heading=2)
    )
    why = LongTextField("Why now", limit=50, look=Look(count=True, rows=3))
    urgency = RadiosField(
        "How urgent?",
        choices=[("r", "Routine"), ("w", "This week"), ("t", "Today: I will ring as well")],
        look=Look(inline=True, small=True),
    )
    needs = CheckboxesField(
        "Needs", choices=[("b", "BSL interpreter")], look=Look(hints={"b": "Ask"})
    )
    ward = SelectField("Ward", choices=[("1", "Ward 1")])
    born = DateField("Date of birth", hint="For example, 4 2 1941")
    mail = EmailField()
    password = PasswordField()
    told = TickField("I have told the person", required=True)


class Draft(Form):
    why = LongTextField("Why now")


FRAME = {
    "demonstration": True,
    "mails_href": "/mails/",
    "csrf_input": Markup('<input type="hidden" name="csrfmiddlewaretoken" value="old">'),
    "account": Account(
        name="Dr A. Example, GP", team="Park Medical Practice", href="/a/", sign_out_href="/out/"
    ),
    "navigation": [
        NavItem(label="Who to contact", href="/w/", current=True),
        NavItem(label="My board", href="/b/", badge=3),
        NavItem(label="Working together", href="/t/"),
    ],
    "footer_links": [Link(label="Accessibility", href="/accessibility/")],
    "idle": Idle(
        still_here_href="/still-here/",
        sign_in_href="/sign-in/",
        warn_after=780,
        ends_after=900,
        account="a1",
    ),
}
PARTS = {
    "answer_box": Answer(
        heading="Trafford Council: adult social care",
        basis="where the person *lives*",
        telephone="0161 496 0123",
        open_words="Open now until 17:00",
        open_now=True,
        notes=["After 17:00: emergency duty team"],
        action=Link(label="Make a referral", href="/refer/"),
        action_note="One page, six answers.",
    ),
    "rows": [
        InboxRow(
            href=f"/r/{urgency}",
            person=f"Margaret Example {number}, 85",
            reference=f"EXR-{number}",
            origin=LONG,
            points=["Can she stay at home safely?", LONG],
            urgency=urgency,
            urgency_words=urgency.capitalize(),
            chips=[Chip(text=f"tinted {tint}", tint=tint) for tint in tints],
            due="2 h over",
            due_detail="Fri 15:00",
            overdue=True,
            held_by="S. Worker",
            claim=claim,
            changed="It has got worse",
        )
        for number, urgency, tints, claim in (
            (1, "today", ("amber", "red"), Claim(href="/claim/", version=3)),
            (2, "week", ("grey",), Claim(href="/claim/", version=1)),
            (3, "routine", ("blue", "green"), None),
            (4, "", (), None),
        )
    ],
    "pills": [
        Pill(label="Needs a decision", count=12, href="?a", current=True),
        Pill(label="Overdue", count=1, href="?b"),
    ],
    "person": Person(
        name="Margaret Example",
        born="Born 4 Feb 1941 (85)",
        nhs_number="NHS 999 012 3456",
        address="12 Invented Road, Sale, M33 2RH",
        reference="EXR-4K7M",
    ),
    "thread": [
        Message(
            anchor=f"m{side}",
            side=side,
            initials="SW",
            name="S. Worker",
            about=", social worker · Tue 10:42",
            text="Two things.\nFirst " + LONG,
            own_team_only=side == "other",
        )
        for side in ("social", "health", "other")
    ],
    "events": [
        Event(what="Delivered", when="Fri 16:50"),
        Event(what="Decision due", when="Wed 12:00", ahead=True),
    ],
    "clock_pair": [Clock(title=t, time="3 h 10 min", note="working time") for t in ("They", "You")],
    "fact_rows": [Fact(term="Name", detail="Margaret Example"), Fact(term="Lives at", detail=LONG)],
    "lane_rows": [
        Lane(
            label=label,
            words="11 to 12 clinic",
            spans=[Span(kind="clinic", start=0, length=300), Span(kind=kind, start=400, length=90)],
        )
        for label, kind in (("GP", "writing"), ("Social worker", "meeting"), ("Nurse", "busy"))
    ],
}
EVERYTHING = """
{% extends "layout/base.jinja" %}
{% from "components/answer.jinja" import answer %}
{% from "components/buttons.jinja" import autosave_status, go, post, print_link, send %}
{% from "components/inbox.jinja" import inbox, pills as pill_row %}
{% from "components/lanes.jinja" import lanes, legend %}
{% from "components/notices.jinja" import note, success, warning %}
{% from "components/referral.jinja" import chips, clocks, facts, messages_list, person_banner %}
{% from "components/referral.jinja" import points_box, timeline %}
{% from "components/text.jinja" import card, empty, telephone %}
{% block title %}Everything{% endblock %}
{% block back %}<a class="nhsuk-back-link" href="/back/">Another postcode</a>{% endblock %}
{% block content %}
{{ person_banner(person, level=2) }}{{ chips(rows[0].chips) }}{{ points_box(rows[0].points) }}
{{ pill_row(pills) }}{{ inbox(rows, "Referrals", csrf_input) }}
{{ answer(answer_box) }}{{ note("Your practice is in *Manchester*.") }}
{{ messages_list(thread) }}
{{ warning("The front door closed at 17:00.", "Ring *999*.") }}{{ success("Sent.") }}
{{ empty("Nothing waits", "It comes here.") }}
{{ post("Withdraw", "/withdraw/", csrf_input) }} {{ print_link() }} {{ go("Redirect", "/re/") }}
{% call card("Lanes") %}{{ lanes(lane_rows, [11, 12, 13]) }}{{ legend() }}{% endcall %}
<form method="post" novalidate data-once>{{ csrf_input }}
{% call card("A form") %}
{% for bound in form %}{{ bound.as_field_group() }}{% endfor %}
{% endcall %}
{{ send("Send: will be read Monday 08:30") }}</form>
{% endblock %}
{% block aside %}{{ clocks(clock_pair) }}{{ timeline(events) }}
{% call card("Facts") %}{{ facts(fact_rows) }}{% endcall %}{% endblock %}
"""
SAVING = """
{% extends "layout/base.jinja" %}
{% from "components/buttons.jinja" import autosave_status, send %}
{% block title %}Draft{% endblock %}
{% block scripts %}
<script type="module" src="{{ static('cg/autosave.js') }}"></script>
{% endblock %}
{% block content %}
<form method="post" action="/send/" data-autosave="/draft/" data-once novalidate>{{ csrf_input }}
<input type="hidden" name="version" value="1"><input type="password" name="secret" aria-label="s">
{{ form.why.as_field_group() }}{{ send("Send", "", "step", "send") }}</form>{{ autosave_status() }}
{% endblock %}
"""
PLAIN = SAVING.replace('data-autosave="/draft/"', "")


def axe(page: Any) -> list[tuple[str, list[str]]]:
    """What axe finds wrong with an open page."""
    session = page.context.new_cdp_session(page)  # past the page's policy, as a tool may
    source = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
    session.send("Runtime.evaluate", {"expression": source})
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]


class Post(NamedTuple):
    """What the browser sent."""

    path: str
    body: str
    token: str


class Site:
    """The sample pages on a port of their own; `posts` is what came in, `answers` what goes out."""

    def __init__(self, fetch_asset: Callable[[str], bytes | None]) -> None:
        self.posts: list[Post] = []
        self.answers: dict[str, tuple[int, object]] = {}
        self.fetch_asset = fetch_asset
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def page(self, path: str) -> str | None:
        pages = {
            "/everything/": (EVERYTHING, FRAME | PARTS | {"form": Everything()}),
            "/wrong/": (EVERYTHING, FRAME | PARTS | {"form": Everything({"why": "x" * 60})}),
            "/saving/": (SAVING, FRAME | {"form": Draft()}),
            "/plain/": (PLAIN, FRAME | {"form": Draft()}),
            "/error/": ('{% extends "errors/500.jinja" %}', {}),
        }
        if path not in pages:
            return None
        source, context = pages[path]
        return engines["jinja"].from_string(source).render(context)

    def _handler(site) -> type[BaseHTTPRequestHandler]:  # noqa: N805 the handler has its own self
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: object) -> None:
                """Quiet."""

            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                if (page := site.page(path)) is not None:
                    self.give(200, "text/html; charset=utf-8", page.encode())
                elif (found := site.fetch_asset(path)) is not None:
                    kinds = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
                    self.give(200, kinds[path.rsplit(".", 1)[1]], found)
                else:
                    self.give(404, "text/plain", b"")

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                site.posts.append(Post(self.path, body, self.headers.get("X-CSRFToken", "")))
                status, answer = site.answers.get(self.path, (200, {}))
                self.give(status, "application/json", json.dumps(answer).encode())

            def give(self, status: int, kind: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Content-Security-Policy", POLICY)
                if status == 302:
                    self.send_header("Location", "/sign-in/")
                self.end_headers()
                self.wfile.write(body)

        return Handler
