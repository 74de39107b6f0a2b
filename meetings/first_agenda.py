"""What two teams talk about when they meet for the first time: each other, and no single person."""

from datetime import time

MINUTES = 20
EARLIEST, LATEST = time(8), time(18)
# (title, what it is about, minutes)
AGENDA = (
    ("Who we are", "Who does what in each team, and when in the week each of us is there.", 5),
    (
        "How to reach us",
        "Which number when it cannot wait, which hours, and what to write rather than ring.",
        5,
    ),
    (
        "What we wish the other knew",
        "One thing each that would make the other’s work easier; one that has gone well.",
        10,
    ),
)
_TITLE_AT_MOST = 120


def title_of(team: str, other: str) -> str:
    """`First meeting: Park Practice and Trafford front door`."""
    return f"First meeting: {team} and {other}"[:_TITLE_AT_MOST]
