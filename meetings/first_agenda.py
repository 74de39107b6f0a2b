"""What two teams talk about when they meet for the first time: each other, and no single person."""

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
MINUTES = sum(minutes for _, _, minutes in AGENDA)
