"""Texts that break careless programs: what every field takes, or refuses with a reason."""

import re
from html import unescape

NASTY: dict[str, str] = {
    "quotes": 'O\'Brien said "no" `twice` – “really”',
    "markup": "<script>alert('PLANTED')</script><b onmouseover=\"x()\">bold</b> &amp; &lt;i&gt;",
    "template": "{{ 7 * 7 }} {% include 'x' %} ${7*7} %(name)s %s {0}",
    "statement": "'); DROP TABLE referrals_referral; --",
    "emoji": "👩‍⚕️👨‍👩‍👧 🇬🇧 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "right to left": "مرحبا \u202eevil\u202c שלום",
    "accents": "Zoë Ó Súilleabháin Łódź ǅ ﬁ",
    "combining": "Z" + "\u0301" * 200,
    "unseen": "a\u200bb\u2060c\ufeffd\u00ade",
    "NUL": "a\x00b",
    "control": "a\x01\x08\x0b\x0c\x1b[31m\x7fb",
    "line ends": "one\r\ntwo\rthree\u2028four\n\n\nfive",
    "only spaces": " \t\u00a0\u3000 ",
    "a formula": '=HYPERLINK("https://elsewhere.example")',
    "a path": "../../../../etc/passwd",
    "a number": "9" * 5000,
    "100 kB": "x" * 100_000,
    "100 kB of marks": "<'\">" * 25_000,
}
# What must never stand in a page as it was typed.
LIVE = ("<script>alert('PLANTED')</script>", '<b onmouseover="x()">', "<'\">" * 3)
# JSON can say what no form can: half a character.
NASTY_JSON = {**NASTY, "half a character": "a\ud800b"}


_TOGETHER = ["quotes", "markup", "template", "statement", "emoji", "right to left", "accents"]
_TOGETHER += ["combining", "unseen", "line ends", "a formula", "a path"]
# The same in fewer texts, for a form of which every field is to get every one: the short one fits
# wherever a name does.
EACH = {
    "short": f'O\'B "<b onmouseover="x()">{{{{7*7}}}} {NASTY["emoji"][:4]} \u202eevil שלום',
    "long": " ".join(NASTY[name] for name in _TOGETHER),
    **{name: NASTY[name] for name in ("NUL", "control", "only spaces", "a number")},
    "100 kB of marks": NASTY["100 kB of marks"],
}
# How a page says that it does not take something, and why.
_REASON = re.compile(
    r'class="nhsuk-error-summary|class="nhsuk-error-message" id=|a character that no text has'
)


def check_page(status: int, html: str, where: str) -> None:
    """No 500, and nothing of it live."""
    assert not complaints(status, html, where)


def complaints(status: int, html: str, where: str, typed: str = "") -> list[str]:
    """What is wrong with the answer to something typed: broken, live, or neither shown nor refused
    with a reason (with `typed`, which says what to look for)."""
    if status >= 500:
        return [f"{where}: {status}"]
    wrong = [f"{where}: shows {live[:30]} live" for live in LIVE if live in html]
    if typed and not _REASON.search(html) and _plain(typed) not in _plain(unescape(html)):
        wrong.append(f"{where}: {status}, neither shows {typed[:20]!r} nor says what is wrong")
    return wrong


def _plain(text: str) -> str:
    """Without what a field may tidy away: the number of blanks."""
    return " ".join(text.split())
