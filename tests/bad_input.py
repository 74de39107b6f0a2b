"""Texts that break careless programs: what every field takes, or refuses with a reason."""

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


def check_page(status: int, html: str, where: str) -> None:
    """No 500, and nothing of it live."""
    assert status < 500, f"{where}: {status}"
    for live in LIVE:
        assert live not in html, f"{where}: shows {live[:30]} live"
