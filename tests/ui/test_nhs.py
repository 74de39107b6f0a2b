"""The NHS.UK macros by way of their kept shapes: what comes out is what the macro gives."""

import re

import pytest
from django.template import engines
from markupsafe import Markup

from portal.ui import nhs as module
from portal.ui.nhs import nhs

TEXTS = 'He said "no" & <b>left</b> {{ x }}'
ITEMS = [
    {"value": "a", "text": "First", "checked": False, "hint": {"text": "A hint"}},
    {"value": "b", "text": TEXTS, "checked": True},
]
CASES = {
    "input": {
        "id": "id_name",
        "name": "name",
        "label": {"text": TEXTS, "size": "m", "heading": {"level": 2}},
        "hint": {"text": "As it is in the record"},
        "errorMessage": {"text": "Enter a name"},
        "value": TEXTS,
        "autocomplete": "name",
        "inputmode": "text",
        "spellcheck": False,
        "width": 20,
        "attributes": {"data-x": "1"},
    },
    "textarea": {"id": "t", "name": "t", "label": {"text": "T"}, "rows": 3, "value": "two\nlines"},
    "character-count": {
        "id": "t",
        "name": "t",
        "label": {"text": "T"},
        "maxlength": 300,
        "value": "x",
    },
    "radios": {"idPrefix": "r", "name": "r", "fieldset": {"legend": {"text": "R"}}, "items": ITEMS},
    "checkboxes": {"idPrefix": "c", "name": "c", "small": True, "items": ITEMS},
    "select": {
        "id": "s",
        "name": "s",
        "label": {"text": "S"},
        "items": [{"value": "1", "text": "One", "selected": True}, {"value": "", "text": "None"}],
    },
    "date-input": {
        "id": "d",
        "fieldset": {"legend": {"text": "Born"}},
        "errorMessage": {"text": "Wrong"},
        "items": [
            {
                "id": "d-day",
                "name": "d-day",
                "label": "Day",
                "value": "4",
                "width": 2,
                "error": True,
            },
            {"id": "d-year", "name": "d-year", "label": "Year", "value": "", "width": 4},
        ],
    },
    "password-input": {"id": "p", "name": "p", "label": {"text": "Password"}},
    "button": {"text": "Send", "variant": "secondary"},
    "details": {"summaryText": "More", "text": TEXTS},
    "tag": {"text": "New"},
}


def squeezed(markup):
    return re.sub(r"\s+", " ", str(markup))


@pytest.mark.parametrize("component", CASES)
def test_the_same_as_the_macro(component):
    environment = engines["jinja"].env
    macros = environment.get_template(f"nhsuk/components/{component}/macro.jinja").module
    name = re.sub(r"-(\w)", lambda found: found[1].upper(), component)
    direct = getattr(macros, name)(CASES[component])
    assert squeezed(nhs(component, CASES[component])) == squeezed(direct)


def test_typed_text_is_escaped_and_keeps_its_lines():
    text = '<script>alert(1)</script>\n    four spaces\n\nand "quotes"'
    out = nhs("textarea", {"id": "t", "name": "t", "label": {"text": text}, "value": text})
    assert "<script>" not in out
    assert (
        "&lt;script&gt;alert(1)&lt;/script&gt;\n    four spaces\n\nand &#34;quotes&#34;</textarea>"
        in out
    )


def test_markup_is_left_alone_and_a_plain_text_under_html_is_not_trusted():
    assert "<b>x</b>" in nhs("tag", {"html": Markup("<b>x</b>")})
    assert "<b>" not in nhs("tag", {"html": "<b>x</b>"})


def test_a_typed_mark_does_not_pull_in_another_text():
    out = nhs(
        "input", {"id": "i", "name": "i", "label": {"text": "secret"}, "value": "\ue0000\ue001"}
    )
    assert out.count("secret") == 1


def test_texts_are_not_kept():
    module._pieces.cache_clear()
    for number in range(5):
        nhs(
            "input", {"id": "i", "name": "i", "label": {"text": "L"}, "value": f"Margaret {number}"}
        )
    assert module._pieces.cache_info().currsize == 1
    kept = module._pieces("input", next(iter(_shapes())))
    assert "Margaret" not in "".join(str(piece) for piece in kept)


def _shapes():
    yield module.json.dumps(
        module._marked({"id": "i", "name": "i", "label": {"text": "L"}, "value": "Margaret"}, [])
    )
