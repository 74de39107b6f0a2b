"""Write docs/states.md from the transition table of referrals, so that the two cannot differ."""

from argparse import ArgumentParser
from collections.abc import Iterator

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from referrals.states import OPEN, STATUS_WORDS, TRANSITIONS, Event, Part, Status

PATH = settings.BASE_DIR / "docs" / "states.md"
_WHO = {Part.SENDER: "the sender", Part.RECEIVER: "the receiving team", Part.EITHER: "either side"}
_HEAD = """\
# What can happen to a referral

Made from `referrals/states.py` by `script/manage states_document`; a test compares the two.
A referral begins as *{first}*. Each change is a row of its own, with who
and when; rules beyond this table (who holds it, which version was read) are in
`referrals/rules.py`.
"""


def document() -> str:
    """The whole text of docs/states.md."""
    return "\n".join([_HEAD.format(first=STATUS_WORDS[Status.SENT]), *_picture(), "", *_tables()])


def _picture() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for status in Status:
        yield f'    state "{STATUS_WORDS[status]}" as {status.value}'
    yield f"    [*] --> {Status.SENT.value}: {Event.SEND.value}"
    for origin in Status:
        for target, events in _from(origin).items():
            yield f"    {origin.value} --> {target.value}: {', '.join(events)}"
    for status in Status:
        if not _from(status):
            yield f"    {status.value} --> [*]"
    yield "```"


def _from(origin: Status) -> dict[Status, list[str]]:
    """Where one can get to from a status, and by which events."""
    found: dict[Status, list[str]] = {}
    for event, transition in TRANSITIONS.items():
        if origin in transition.origins and not transition.goes_back:
            found.setdefault(transition.target or origin, []).append(event.value)
    return found


def _tables() -> Iterator[str]:
    yield "| status | in words |"
    yield "|---|---|"
    for status in Status:
        yield f"| `{status.value}` | {STATUS_WORDS[status]} |"
    yield ""
    yield "| event | by | from | to |"
    yield "|---|---|---|---|"
    yield f"| `{Event.SEND.value}` | {_WHO[Part.SENDER]} | | `{Status.SENT.value}` |"
    for event, transition in TRANSITIONS.items():
        origins = ", ".join(
            f"`{status.value}`" for status in Status if status in transition.origins
        )
        target = f"`{transition.target.value}`" if transition.target else "stays"
        if transition.goes_back:
            target, origins = "what it was before", "any"
        yield f"| `{event.value}` | {_WHO[transition.part]} | {origins} | {target} |"
    origins = ", ".join(f"`{status.value}`" for status in Status if status in OPEN)
    target = f"stays, or `{Status.SENT.value}` where its holder does not go along"
    yield f"| `{Event.SUCCEED.value}` | the portal | {origins} | {target} |"
    yield ""


class Command(BaseCommand):
    """`script/manage states_document [--check]`."""

    help = "Writes docs/states.md; with --check, only says whether it is up to date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option."""
        parser.add_argument("--check", action="store_true", help="write nothing")

    def handle(self, *, check: bool, **options: object) -> None:
        """Write the file, or compare."""
        text = document()
        if not check:
            PATH.write_text(text, encoding="utf-8")
        elif not PATH.is_file() or PATH.read_text(encoding="utf-8") != text:
            raise CommandError("docs/states.md is out of date: run script/manage states_document.")
