"""The page frame and the components, rendered as pages render them."""

import re
from pathlib import Path

import jinja2
import jinja2.meta
import pytest
from django.conf import settings
from django.contrib.messages import SUCCESS, WARNING
from django.contrib.messages.storage.base import Message as Said
from django.template import engines
from django.template.loader import render_to_string
from markupsafe import Markup

from portal.jinja import environment
from portal.ui.forms import Form, TextField
from portal.ui.shapes import Account, Idle, Link, NavItem

TEMPLATES = Path(settings.BASE_DIR) / "templates"
OURS = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.jinja"))
WICKED = '<script>alert("x")</script>'


def rendered(source, **context):
    return engines["jinja"].from_string(source).render(context)


def page(body="", **context):
    source = (
        '{% extends "layout/base.jinja" %}{% block title %}A page{% endblock %}'
        "{% block content %}<p>Body</p>{% endblock %}" + body
    )
    return rendered(source, **context)


# --- names that are not there ---
@pytest.mark.parametrize(
    "source",
    [
        "{{ persn }}",
        "{{ person.nme }}",
        "{% for row in rws %}{% endfor %}",
        "{% if persn %}{% endif %}",
        '{% from "components/text.jinja" import stressed %}{{ stressed(persn) }}',
        "{{ nhs('tag', {'text': persn}) }}",
    ],
)
def test_a_misspelt_name_fails(source):
    with pytest.raises(jinja2.UndefinedError):
        rendered(source, person={"name": "M"})


def test_in_production_it_prints_nothing_and_is_logged(caplog):
    loader = jinja2.FileSystemLoader([TEMPLATES])
    quiet = environment(loader=loader, strict=False)
    assert quiet.from_string("[{{ persn.name }}{% if rws %}x{% endif %}]").render() == "[]"
    assert "persn" in caplog.text


def test_the_macros_of_nhs_uk_may_leave_options_out():
    source = '{% from "nhsuk/components/tag/macro.jinja" import tag %}{{ tag({"text": "New"}) }}'
    assert "New" in rendered(source)


@pytest.mark.parametrize("name", OURS)
def test_every_template_compiles_and_refers_only_to_templates_that_exist(name):
    env = engines["jinja"].env
    env.get_template(name)
    tree = env.parse((TEMPLATES / name).read_text())
    for other in jinja2.meta.find_referenced_templates(tree):
        if other is not None:
            env.get_template(other)


# --- the page's policy: nothing inline ---
@pytest.mark.parametrize("name", OURS)
def test_no_script_or_style_inside_a_page(name):
    source = (TEMPLATES / name).read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\s*[\"']|javascript:", source)
    for kind, script in re.findall(r"<script([^>]*)>(.*?)</script>", source, re.DOTALL):
        assert script.strip() == "" or 'type="application/json"' in kind
    assert "| safe" not in source.replace("|safe", "| safe")


def test_every_class_of_ours_that_a_page_uses_has_a_style():
    sheets = "".join(
        path.read_text() for path in (TEMPLATES.parent / "static" / "cg").glob("*.css")
    )
    styled = set(re.findall(r"\.(cg-[a-z_-]+)", sheets))
    used = {
        found
        for name in OURS
        for found in re.findall(r"\bcg-[a-z_-]*[a-z](?![a-z_-]|{{)", (TEMPLATES / name).read_text())
    }
    assert used - styled == set()


def test_mails_are_not_escaped_and_pages_are():
    env = engines["jinja"].env
    assert env.autoescape("notifications/new.txt") is False
    assert env.autoescape("layout/base.jinja") is True
    assert env.autoescape(None) is True


# --- the frame ---
def test_a_page_has_one_h1_its_title_and_a_language():
    out = page()
    assert "<title>A page – Common Ground</title>" in out
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", out) == ["A page"]
    assert '<html lang="en-GB">' in out
    assert out.index("nhsuk-skip-link") < out.index("<header>")


def test_a_page_without_anything_else_says_only_what_there_is():
    out = page()
    for absent in (
        "cg-demonstration",
        "<nav",
        "Sign out",
        "Sign in",
        "data-idle",
        "idle.js",
        "cg-columns",
    ):
        assert absent not in out


def test_a_second_column_appears_when_it_is_filled():
    assert "cg-columns__aside" in page("{% block aside %}<p>Beside</p>{% endblock %}")
    assert "cg-columns" not in page("{% block aside %}  {% endblock %}")


def test_the_demonstration_says_so():
    out = page(demonstration=True, mails_href="/mails/")
    assert "Demonstration. Every person, service and telephone number here is invented." in out
    assert '<a href="/mails/">Mails</a>' in out


def test_who_is_signed_in_and_the_way_out_is_a_form():
    account = Account(
        name=WICKED, team="Park Medical Practice", href="/account/", sign_out_href="/out/"
    )
    out = page(account=account, csrf_input=Markup('<input name="t">'))
    assert "&lt;script&gt;" in out
    assert "· Park Medical Practice" in out
    assert re.search(
        r'<form[^>]*method="post"[^>]*action="/out/"[^>]*><input name="t"><button', out
    )
    assert 'href="/sign-in/"' in page(sign_in_href="/sign-in/")


def test_navigation_marks_where_the_reader_is_and_counts_in_words():
    out = page(
        navigation=[
            NavItem(
                label="Inbox", href="/inbox/", current=True, badge=12, badge_words="need a decision"
            ),
            NavItem(label="Meetings", href="/meetings/"),
        ]
    )
    assert re.search(
        r'<a href="/inbox/" aria-current="page">Inbox <span[^>]*>12<span[^>]*> need a dec', out
    )
    assert '<a href="/meetings/">Meetings</a>' in out
    assert out.count("aria-current") == 1


def test_a_session_that_will_end_is_known_to_the_page():
    idle = Idle(
        still_here_href="/s/", sign_in_href="/in/", warn_after=780, ends_after=900, account="a1"
    )
    out = page(idle=idle)
    assert 'data-idle="/s/" data-idle-warn="780" data-idle-end="900"' in out
    assert "idle.js" in out


def test_footer_has_only_the_links_it_is_given():
    out = page(footer_links=[Link(label="Privacy", href="/privacy/")])
    assert '<a href="/privacy/">Privacy</a>' in out
    assert "<li>" not in page()


class One(Form):
    name = TextField("Name", missing="Enter the name")


def test_errors_lead_the_page_and_its_title():
    out = page(form=One({}))
    assert "<title>Error: A page – Common Ground</title>" in out
    assert '<a href="#id_name">Enter the name</a>' in out
    assert out.index("There is a problem") < out.index("<h1")
    assert "There is a problem" not in page(form=One())
    assert "There is a problem" not in page(form=One({"name": "M"}))


def test_errors_of_several_forms_are_given_by_the_page():
    out = page(form=One({}), errors=[{"text": "Both sides changed this", "href": ""}])
    assert "<li>Both sides changed this</li>" in out
    assert "Enter the name" not in out


def test_what_has_been_done_is_said():
    out = page(messages=[Said(SUCCESS, "Sent to Trafford"), Said(WARNING, "Not saved")])
    assert re.search(r"cg-success.*Sent to Trafford", out)
    assert not re.search(r"cg-success.*Not saved", out)
    assert "Not saved" in out


@pytest.mark.parametrize("name", [name for name in OURS if name.startswith("errors/")])
def test_error_pages_stand_on_their_own_and_say_what_to_do(name):
    contexts = {
        "errors/refused.jinja": {"sentence": "S. Worker took this at 14:05."},
        "errors/csrf.jinja": {"kept": False, "own": False, "signed_in": True},
    }
    out = render_to_string(name, contexts.get(name, {}))
    assert out.count("<h1") == 1
    assert '<a href="/">' in out
    assert len(re.findall(r"<p>.*?</p>", out)) >= 2
    assert "{{" not in out
