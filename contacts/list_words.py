"""The sentences about the list of GP practices: which one is loaded, and what is not in it."""

from contacts.codes import NATIONS
from contacts.facts import DatedFact, PracticeList
from contacts.who_words import month, sourced
from portal.ui.words import join_words, long_date, plural

_FOLLOWS_HOME = "Social care follows the home in any case."


def practice_not_known(ods: str, known: PracticeList, boards: DatedFact) -> str:
    """For a code that is not in the list: never "not found", for the list is not of everywhere."""
    return " ".join(
        [f"The practice {ods} is not known here.", *about_the_list(known, boards), _FOLLOWS_HOME]
    )


def about_the_list(known: PracticeList, boards: DatedFact) -> list[str]:
    """Which list is loaded and of when, what is not in it, and what has changed since."""
    if not known.nations:
        return ["No list of GP practices is loaded."]
    missing = [nation for nation in NATIONS if nation not in known.nations]
    if known.bundled:
        practices = plural(sum(known.nations.values()), "GP practice")
        said = [
            f"The list here is that of {known.bundled.source}, {month(known.bundled.as_of)}:"
            f" {practices} of {known.bundled.covers} only.",
            f"Practices elsewhere in England, and those in {join_words(missing)}, are not in it.",
        ]
        older = known.bundled.as_of < boards.on
    else:
        counted = [f"{number:,} in {nation}" for nation, number in known.nations.items()]
        newest = f", the newest opened on {long_date(known.newest)}" if known.newest else ""
        said = [f"The list here has GP practices: {join_words(counted)}{newest}."]
        said.append(f"Others, and those in {join_words(missing)}, are not in it.")
        older = known.newest is not None and known.newest < boards.on
    return [*said, *([sourced(boards.sentence, boards.source)] if older else [])]
