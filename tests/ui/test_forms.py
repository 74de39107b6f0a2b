"""Form fields: limits, sentences, and the component they come out as."""

from datetime import date

import pytest
from django import forms
from django.utils.html import escape

from portal.ui.forms import (
    CheckboxesField,
    DateField,
    EmailField,
    Form,
    HiddenField,
    LongTextField,
    Look,
    PasswordField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
    error_list,
    field_group,
)


class Sample(Form):
    once = HiddenField()
    name = TextField("Full name", limit=20, missing="Enter the name", look=Look(width=20))
    why = LongTextField("Why now", limit=50, look=Look(count=True, rows=3))
    urgency = RadiosField(
        "How urgent?",
        choices=[("routine", "Routine"), ("today", "Today")],
        look=Look(inline=True, heading=2, size="s", hints={"today": "Ring as well"}),
    )
    needs = CheckboxesField(
        "Needs", choices=[(1, "Interpreter"), (2, "Hearing loop")], required=False
    )
    ward = SelectField("Ward", choices=[("", "No ward"), ("1", "Ward 1")], empty="", required=False)
    born = DateField(
        "Date of birth", latest=lambda: date(2026, 12, 8), look=Look(autocomplete="bday")
    )
    mail = EmailField(required=False)
    password = PasswordField(required=False)
    told = TickField("I have told the person", required=True, hint="Or their carer")


GOOD = {
    "once": "k",
    "name": "Margaret",
    "why": "Two falls",
    "urgency": "today",
    "needs": ["1"],
    "born-day": "4",
    "born-month": "Feb",
    "born-year": "1941",
    "told": "on",
}


def sample(**changes):
    return Sample(GOOD | changes)


def error(form, name):
    assert not form.is_valid()
    return form.errors[name][0]


def test_a_good_form_is_cleaned():
    form = sample()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date(1941, 2, 4)
    assert form.cleaned_data["needs"] == ["1"]
    assert form.error_list() == []


# --- text ---
@pytest.mark.parametrize("name", ["once", "name", "why", "mail", "password"])
@pytest.mark.parametrize("wrong", ["a\x00b", "\ud800"])
def test_what_the_database_cannot_keep_is_refused_in_words(name, wrong):
    assert "character in it that cannot be kept" in error(sample(**{name: wrong}), name)


@pytest.mark.parametrize(
    ("name", "limit"), [("name", 20), ("why", 50), ("once", 200), ("mail", 254)]
)
def test_too_long_is_said_with_both_numbers(name, limit):
    told = error(sample(**{name: "x" * (limit + 1)}), name)
    assert f"{limit} characters at most. This has {limit + 1}." in told


def test_as_long_as_allowed_is_allowed_counting_a_line_end_once():
    form = sample(why="x" * 24 + "\r\n" + "y" * 25, name="x" * 20)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["why"] == "x" * 24 + "\n" + "y" * 25


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ann  ", "Ann"),
        ("Ann\r\nBell", "Ann Bell"),
        ("A\x07nn\ufeff", "Ann"),
        ("Zoë 李", "Zoë 李"),
    ],
)
def test_one_line_is_tidied(typed, kept):
    form = sample(name=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == kept


def test_a_word_processors_line_breaks_become_lines():
    form = sample(why="one\x0btwo\u2028three")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["why"] == "one\ntwo\nthree"


def test_passwords_are_not_trimmed_and_not_shown_again():
    form = sample(password="  secret  ", name="")
    assert form.data["password"] not in field_group(form["password"])
    form = sample(password="  secret  ")
    assert form.is_valid()
    assert form.cleaned_data["password"] == "  secret  "


def test_no_answer_is_asked_for_in_words():
    form = Sample({})
    assert error(form, "name") == "Enter the name"
    assert error(form, "why") == "“Why now” needs an answer"
    assert error(form, "urgency") == "“How urgent?”: choose an answer"
    assert error(form, "born") == "“Date of birth” needs a date"
    assert error(form, "told") == "“I have told the person”: tick the box to go on"


@pytest.mark.parametrize("name", ["urgency", "ward", "needs"])
@pytest.mark.parametrize("wrong", ["other", "\x00", "x" * 5000])
def test_an_answer_that_is_not_on_the_page_is_refused(name, wrong):
    value = [wrong] if name == "needs" else wrong
    assert error(sample(**{name: value}), name).endswith("choose one of the answers shown")


def test_an_address_that_is_none():
    assert "name@example.org" in error(sample(mail="nobody"), "mail")


# --- what comes out ---
def test_what_was_typed_is_kept_and_escaped():
    form = sample(name="<b>Margaret", why="x" * 60, urgency="today", ward="1")
    for name in ("name", "why"):
        assert str(escape(form.data[name])) in form[name].as_field_group()
    assert 'value="today" checked' in form["urgency"].as_field_group()
    assert 'value="1" selected' in form["ward"].as_field_group()
    assert 'value="1" checked' in form["needs"].as_field_group()
    assert 'value="on" checked' in form["told"].as_field_group()


def test_error_hint_and_box_belong_together():
    out = Sample({})["told"].as_field_group()
    assert 'id="id_told-error"' in out
    out = Sample({})["name"].as_field_group()
    assert 'aria-describedby="id_name-error"' in out
    assert "Enter the name" in out


def test_a_look_may_be_changed_for_one_page():
    form = Sample()
    assert "nhsuk-label--l" in field_group(form["name"], size="l")
    assert "nhsuk-label--l" not in field_group(form["name"])
    assert "nhsuk-u-visually-hidden" in field_group(form["name"], hidden_label=True)
    with pytest.raises(TypeError):
        field_group(form["name"], colour="red")


def test_choices_say_their_hints_and_legend_is_a_heading():
    out = Sample()["urgency"].as_field_group()
    assert '<h2 class="nhsuk-fieldset__heading">' in out
    assert "Ring as well" in out
    assert "nhsuk-radios--inline" in out


def test_a_hidden_field_is_its_bare_input():
    out = str(Sample(initial={"once": "k"})["once"].as_field_group())
    assert out.startswith("<input")
    assert 'type="hidden"' in out


def test_the_summary_leads_to_each_field_in_order():
    lines = Sample({"once": "k"}).error_list()
    assert [line.href for line in lines] == [
        "#id_name",
        "#id_why",
        "#id_urgency",
        "#id_born-day",
        "#id_told",
    ]
    page = "".join(str(bound.as_field_group()) for bound in Sample({}))
    for line in lines:
        assert f'id="{line.href[1:]}"' in page


def test_errors_of_the_page_and_of_a_hidden_field_have_no_link():
    form = Sample({})
    form.add_error(None, "Somebody else changed this.")
    first, second, *_ = form.error_list()
    assert first == ("Somebody else changed this.", "")
    assert second.href == ""
    assert "Open this page again" in second.text


def test_several_forms_and_none_at_all():
    assert error_list(None, Sample()) == []
    assert len(error_list(Sample({}), Sample({}))) == 2 * len(Sample({}).error_list())


class Theirs(forms.Form):
    """A form as a package writes it."""

    login = forms.EmailField(
        label="Address",
        widget=forms.EmailInput(attrs={"placeholder": "E-mail", "autocomplete": "username"}),
    )
    colour = forms.ChoiceField(choices=[("Warm", [("r", "Red")]), ("b", "Blue")])
    agree = forms.BooleanField(required=False)
    age = forms.IntegerField(max_value=9)


def test_a_form_of_a_package_looks_like_ours():
    form = Theirs({"colour": "r", "age": "12"})
    out = "".join(str(field_group(bound)) for bound in form)
    assert 'type="email"' in out
    assert 'autocomplete="username"' in out
    assert "placeholder" not in out
    assert 'value="r" selected' in out
    assert "nhsuk-checkboxes__input" in out
    assert 'type="number" value="12"' in out
    assert [line.href for line in error_list(form)] == ["#id_login", "#id_age"]
