"""What the banner of a clinical record says of the person. Pure, and it never guesses.

A banner is one line, or a few, of labels and values: "SMITH, John (Mr)  Born 12-Mar-1948 (78y)
Gender Male  NHS No. 999 000 0018  Tel 0161 496 0321  Address 12 Invented Road, Sale, M33 2RH".
It is cut at its labels; each value counts for what its label says, and what belongs to somebody
else (the GP, the next of kin, the hospital) counts for nothing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from portal.ui.words import join_words, long_date, nhs_spaced
from referrals import banner_reads as reads
from referrals.nhs_number import what_is_wrong

LONGEST = 4_000  # characters that are looked at: a banner, not a record
FIELDS = ("person_name", "born_on", "nhs_number", "address", "postcode", "telephone")

# A label, and what it announces. "" is something else that ends the value before it.
_LABELS: tuple[tuple[str, str], ...] = (
    ("other", r"next of kin|nok|(?:main )?carers?|emergency contact|mother|father|son|daughter"),
    ("other", r"(?:usual |registered |named )?gp(?=[ :](?!surgery$))|practice|surgery|consultant"),
    ("other", r"referred by|named nurse|care co-?ordinator|social worker|pharmacy"),
    ("nhs", r"nhs(?: ?(?:no|num|number|#))\b|nhs(?=[ :]*\d)|new nhs no"),
    ("id", r"(?:hospital|hosp|unit|pas|local|emis|patient|system|case|record|district)"
           r" ?(?:no|num|number|id|ref)\b|mrn|rxk|ubrn|crn|d/?no|account"),
    ("scottish", r"chi(?: ?(?:no|num|number))?(?=[ :.]*\d)"),
    ("irish", r"h ?(?:&|and) ?c(?: ?(?:no|num|number))?(?=[ :.]*\d)"),
    ("born", r"born(?: on)?|d\.? ?o\.? ?b\b|date of birth|birth ?date|dateofbirth"),
    ("surname", r"surname|family name|last name"),
    ("first", r"fore ?names?(?:\(s\))?|first names?|given names?"),
    ("name", r"(?:full |patient |person )?name(?=[ ]*:)|(?:patient|re)(?=[ ]*:)"),
    ("telephone", r"(?:home |work |mobile |contact |preferred )?"
                  r"(?:tel(?:ephone)?s?|phone|mobile|mob)(?: ?(?:no|num|number))?\b"
                  r"|(?:home|work|[HMWT])(?=[ ]*:?[ ]*(?:\(?0|\+44))"),
    ("address", r"(?:home |current |usual |permanent )?addr(?:ess)?\b|lives at"),
    ("postcode", r"post ?code"),
    ("", r"gender|sex(?=[ :])|title(?=[ ]*:)|age(?=[ ]*:)|e-?mail|allerg\w+|ethnicity|language"
         r"|religion|ward(?=[ ]*:)|bed(?=[ ]*:)|admi(?:tted|ssion)(?: date| on)?|known as"
         r"|preferred name|registered(?: on| since)?|deceased|died|date of death|last seen"
         r"|discharged?(?: on)?|appointment|printed(?: on| by)?|status(?=[ ]*:)|usual \w+(?=:)"
         r"|date(?=[ ]*:)|reg(?:istration)? date|seen(?: on)?|updated|pronouns"),
)  # fmt: skip
_LABEL = re.compile(
    "|".join(rf"(?P<l{i}>{words})" for i, (_, words) in enumerate(_LABELS)), re.IGNORECASE
)
_STARTS = re.compile(
    rf"(?<![\w'’-])(?:{_LABEL.pattern})(?!\w)[ ]*(?:[:=#.|-](?!\d))*[ ]*", re.IGNORECASE
)
_BREAK = re.compile(r"\n|[ ]{2,}|\||;|•|·")


class Part(NamedTuple):
    """A value, what its label announces ("first line" where it has none), and on which line."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True)
class Found:
    """By the form's field names: what is `sure`, what could be (`either`), and why not (`notes`).

    Texts are as the form takes them: a date as 1948-03-12, an NHS number with spaces.
    """

    sure: dict[str, str] = field(default_factory=dict)
    either: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def find(text: str, today: date) -> Found:
    """What a banner says; a field is in neither dict where it says nothing."""
    parts = _parts(_tidy(text[:LONGEST]))
    whole = "\n".join(part.text for part in parts)
    notes: list[str] = []
    candidates: dict[str, list[str]] = {
        "person_name": _names(parts),
        "born_on": _born(parts, whole, today, notes),
        "nhs_number": _numbers(parts, notes),
        "address": _addresses(parts),
        "postcode": _postcodes(parts),
        "telephone": _telephones(parts),
    }
    sure, either = {}, {}
    for name, found in candidates.items():
        distinct = tuple(dict.fromkeys(found))
        if len(distinct) == 1:
            sure[name] = distinct[0]
        elif distinct:
            either[name] = distinct[:4]
    if "nhs_number" in either:
        both = join_words(either["nhs_number"])
        notes.append(f"There are several NHS numbers in this: {both}. Choose the right one.")
    return Found(sure, either, tuple(notes))


def _tidy(text: str) -> str:
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c]", "\n", text)
    text = re.sub(r"\t", "  ", text)
    text = re.sub(r"[\u00a0\u2000-\u200a\u202f\u3000]", " ", text)
    return re.sub(
        r"[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", text
    )


def _parts(text: str) -> list[Part]:
    """The text cut at its labels and at the breaks between values."""
    parts: list[Part] = []
    for number, line in enumerate(text.split("\n")):
        marks = list(_STARTS.finditer(line))
        ends = [mark.start() for mark in marks[1:]] + [len(line)] * bool(marks)
        before = line[: marks[0].start()] if marks else line
        parts += [Part("bare", piece, number) for piece in _pieces(before)]
        for mark, end in zip(marks, ends, strict=True):
            kind = _LABELS[_which(mark)][0]
            value, *rest = _pieces(line[mark.end() : end]) or [""]
            if kind == "nhs":
                told, after = reads.after_number(value)
                value, rest = (told, [after, *rest] if after else rest) if told else (value, rest)
            parts.append(Part(kind, value, number))
            # What follows a wide gap belongs to the address still, to a name no more.
            parts += [
                Part(kind if kind in ("address", "other") else "bare", r, number) for r in rest
            ]
    return _carried_on(parts)


def _which(mark: re.Match[str]) -> int:
    return next(i for i in range(len(_LABELS)) if mark[f"l{i}"] is not None)


def _pieces(text: str) -> list[str]:
    return [piece.strip(" ,-|") for piece in _BREAK.split(text) if piece.strip(" ,-|")]


def _carried_on(parts: Sequence[Part]) -> list[Part]:
    """Labels that stand alone take the next line; somebody else's telephone is theirs."""
    found: list[Part] = []
    for part in parts:
        before = found[-1] if found else None
        if before and part.kind == "bare" and not before.text and before.kind not in ("", "other"):
            found[-1] = Part(before.kind, part.text, part.line)
        elif (
            before
            and before.kind == "other"
            and part.kind in ("telephone", "address", "postcode", "name", "bare")
            and part.line == before.line
        ):
            found.append(Part("other", part.text, part.line))
        elif (
            before
            and before.kind == "address"
            and part.kind == "bare"
            and part.line > before.line
            and not reads.postcodes_in(before.text)
            and _is_place(part.text)
        ):
            found[-1] = Part("address", f"{before.text}, {part.text}".strip(", "), part.line)
        else:
            found.append(part)
    return found


def _is_place(text: str) -> bool:
    """Whether a line can be a further line of an address: words, or a postcode."""
    return bool(reads.postcodes_in(text)) or bool(re.fullmatch(r"[\w .,'’()/-]{2,60}", text))


def _of(parts: Iterable[Part], *kinds: str) -> list[str]:
    return [part.text for part in parts if part.kind in kinds and part.text]


def _names(parts: Sequence[Part]) -> list[str]:
    lasts, firsts = _of(parts, "surname"), _of(parts, "first")
    if len(lasts) == 1 and len(firsts) == 1:
        return [f"{reads.titled(firsts[0])} {reads.titled(lasts[0])}"]
    named = []
    for text in _of(parts, "name"):
        head = re.split(r"[(\d,]", text)[0].strip()
        match = reads.LAST_FIRST.match(text)
        if match and " " in match["last"] and not match["last"].isupper():
            match = None  # "John Smith, Sale"
        if match or head:
            named.append(reads.last_first(match) if match else reads.titled(head))
    if named:
        return named
    bare = _of(parts, "bare")
    listed = [
        reads.last_first(match)
        for text in bare
        if (match := reads.LAST_FIRST.match(text)) and (match["last"].isupper() or match["title"])
    ]
    if listed:
        return listed
    people = [match for text in bare if (match := reads.TITLED.match(text))]
    laymen = [
        match for match in people if match["title"].lower() not in ("dr", "prof", "professor")
    ]
    return [reads.titled(match["name"]) for match in laymen or people]


def _born(parts: Sequence[Part], whole: str, today: date, notes: list[str]) -> list[str]:
    labelled = _of(parts, "born")
    texts = labelled or _of(parts, "bare", "name")
    told = reads.age_in(whole)
    days: list[str] = []
    for text in texts:
        # The age may stand in a value of its own.
        with_age = text if reads.age_in(text) is not None or told is None else f"{text} ({told})"
        for day in reads.dates_in(with_age, today):
            if isinstance(day, date):
                days.append(day.isoformat())
            elif labelled:
                notes.append(f"The date of birth is not clear: “{day}”. Type it yourself.")
    return days


def _numbers(parts: Sequence[Part], notes: list[str]) -> list[str]:
    labelled = [n for text in _of(parts, "nhs") for n in reads.numbers_in(text)]
    bare = (reads.without_others(text) for text in _of(parts, "bare", "name"))
    found = labelled or [n for text in bare for n in reads.numbers_in(text)]
    good = [number for number in found if what_is_wrong(number) is None]
    for kind, whose in (("scottish", "Scottish (CHI)"), ("irish", "Northern Irish (H&C)")):
        for number in (n for text in _of(parts, kind) for n in reads.numbers_in(text)):
            notes.append(f"{nhs_spaced(number)} is a {whose} number: say so in your words.")
    for number in dict.fromkeys(found):
        wrong = what_is_wrong(number)
        if wrong and (labelled or "looks like" in wrong):
            notes.append(f"{nhs_spaced(number)}: {wrong[0].lower()}{wrong[1:]}")
    return [nhs_spaced(number) for number in good]


def _addresses(parts: Sequence[Part]) -> list[str]:
    labelled = _of(parts, "address")
    found = []
    for text in labelled or _of(parts, "bare"):
        span = reads.postcode_span(text)
        street = (text[: span[0]] if span else text).strip(" ,.")
        # Without a label, only what begins as an address does, before a postcode.
        if street and (
            labelled
            or (span and re.match(r"(?:flat|apartment|unit|room)?\s*\d+\w?\b", street, re.I))
        ):
            found.append(re.sub(r"\s+", " ", street)[:300])
    return [", ".join(dict.fromkeys(found))] if labelled and found else found


def _postcodes(parts: Sequence[Part]) -> list[str]:
    for kinds in (("postcode", "address"), ("bare",)):
        found = [code for text in _of(parts, *kinds) for code in reads.postcodes_in(text)]
        if found:
            return found
    return []


def _telephones(parts: Sequence[Part]) -> list[str]:
    for kinds in (("telephone",), ("bare",)):
        found = [number for text in _of(parts, *kinds) for number in reads.telephones_in(text)]
        if found:
            return found
    return []


def words_of(name: str, text: str) -> str:
    """A found text as the page says it: a date in words."""
    return long_date(date.fromisoformat(text)) if name == "born_on" else text
