"""The words of the screens: the person, needs, send; not patient, client, user, submit, ticket."""

import ast
import json
import re
from collections.abc import Iterator

import pytest

from tests.repo.facts import ROOT, code, name_of, named, parsed

_NEVER = re.compile(
    r"\b(patients?|clients?|users?|submit(s|ted|ting)?|submission|tickets?|case ?loads?"
    r"|stakeholders?|workflows?|bed[- ]blockers?|non-complian\w+)\b",
    re.IGNORECASE,
)
# Where such a word is meant, and why.
MEANT = {
    "portal/embedded/": "an operating system has users",
    "referrals/banner.py": "it reads the labels of records, and they say so",
}
_COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_STRING = re.compile(r'"([^"]*)"|\'([^\']*)\'')
_SPOKEN_ATTRIBUTE = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"')
_TAG = re.compile(r"<[^>]*>", re.DOTALL)


def is_said(text: str) -> bool:
    """Words for a reader, rather than a name, a class, an address or SQL."""
    if re.search(r"\b(SELECT|FROM|WHERE|INSERT|UPDATE|DELETE|VALUES)\b", text):
        return False
    a_class = text == "User"
    return " " in text.strip() or (bool(re.fullmatch(r"[A-Z][a-z]+", text)) and not a_class)


def seen_in_template(text: str) -> Iterator[str]:
    """The words of a template that reach the reader."""
    text = _COMMENT.sub(" ", text)
    for expression in _EXPRESSION.findall(text):
        for found in _STRING.finditer(expression):
            string = found[1] or found[2] or ""
            if is_said(string):
                yield string
    markup = _EXPRESSION.sub(" ", text)
    yield from _SPOKEN_ATTRIBUTE.findall(markup)
    yield _TAG.sub(" ", markup)


def seen_in_code(tree: ast.Module) -> Iterator[str]:
    """What is said in the strings of a module, less its docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and id(node) not in docstrings and is_said(text):
            yield text


def _wrong(where: str, pieces: Iterator[str]) -> list[str]:
    return [
        f"{where}: {found[0]!r} in {' '.join(piece.split())[:90]!r}"
        for piece in pieces
        for found in _NEVER.finditer(piece)
        if not where.startswith(tuple(MEANT))
    ]


def test_pages_and_mails_speak_of_the_person():
    wrong = []
    for path in named(".jinja", ".txt"):
        if name_of(path).startswith("templates/"):
            wrong += _wrong(name_of(path), seen_in_template(path.read_text(encoding="utf-8")))
    assert not wrong


def test_the_code_speaks_of_the_person():
    wrong = []
    for path in code():
        wrong += _wrong(name_of(path), seen_in_code(parsed(path)))
    assert not wrong


def test_scripts_speak_of_the_person():
    for path in (ROOT / "static").rglob("*.js"):
        strings = (a or b for a, b in _STRING.findall(path.read_text(encoding="utf-8")))
        assert not _wrong(name_of(path), (text for text in strings if is_said(text)))


@pytest.mark.parametrize(
    "template",
    [
        "<p>The patient is at home.</p>",
        '{{ nhs("button", {"text": "Submit"}) }}',
        '<img alt="A user at a desk">',
        "{% set hint = 'Tell your client first.' %}",
    ],
)
def test_a_wrong_word_is_found(template):
    assert _wrong("x", seen_in_template(template))


@pytest.mark.parametrize(
    "template",
    [
        '<button type="submit" class="user">Send</button>',
        "{# the user #}{{ request.user.name }}",
        '{% if user.is_authenticated %}{{ url("users") }}{% endif %}',
    ],
)
def test_names_in_markup_are_not_words(template):
    assert not _wrong("x", seen_in_template(template))


def test_the_demonstration_speaks_of_the_person():
    for path in (ROOT / "portal" / "home" / "demonstration" / "data").glob("*.json"):
        pieces = iter([json.dumps(json.loads(path.read_text(encoding="utf-8")))])
        assert not _wrong(name_of(path), pieces)
