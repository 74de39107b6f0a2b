"""A date in three boxes."""

from datetime import date

import pytest

from portal.ui.forms import DateField, Form, Look, field_group


class Born(Form):
    born = DateField(
        "Date of birth", latest=lambda: date(2026, 12, 8), look=Look(autocomplete="bday")
    )


def error(form, name):
    assert not form.is_valid()
    return form.errors[name][0]


def dated(day, month, year):
    return Born({"born-day": day, "born-month": month, "born-year": year})


@pytest.mark.parametrize("month", ["2", "02", "Feb", "february", "FEBR"])
def test_months_as_people_write_them(month):
    form = dated(" 4 ", month, "1941")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date(1941, 2, 4)


@pytest.mark.parametrize(
    ("typed", "told", "first_wrong"),
    [
        (("4", "", "1941"), "must include a month", "month"),
        (("", "", "1941"), "must include a day and month", "day"),
        (("4", "13", "1941"), "check the month", "month"),
        (("4", "ma", "1941"), "check the month", "month"),
        (("x", "y", "z"), "check the day, month and year", "day"),
        (("31", "2", "1941"), "there is no 31 February 1941", "day"),
        (("29", "2", "1900"), "there is no 29 February 1900", "day"),
        (("4", "2", "41"), "the year must have 4 numbers", "year"),
        (("4", "2", "0000"), "check the year", "year"),
        (("4", "2", "1879"), "must be 1 January 1880 or later", "year"),
        (("9", "12", "2026"), "must be 8 December 2026 or earlier", "year"),
        (("٤", "2", "1941"), "check the day", "day"),
        (("4\x00", "2", "1941"), "check the day", "day"),
        (("9" * 5000, "2", "1941"), "check the day", "day"),
    ],
)
def test_a_wrong_date_says_which_box(typed, told, first_wrong):
    form = dated(*typed)
    assert told in error(form, "born")
    links = {line.href for line in form.error_list()}
    assert links == {f"#id_born-{first_wrong}"}
    assert (
        f"nhsuk-input--error nhsuk-input--width-{4 if first_wrong == 'year' else 2}"
        in field_group(form["born"])
    )


@pytest.mark.parametrize(
    "typed", ["1941-02-04", "4 Feb 1941", "04/02/1941", "4.2.1941", "04-Feb-1941"]
)
def test_a_date_in_one_piece(typed):
    form = Born({"born": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date(1941, 2, 4)


def test_a_known_date_is_shown_in_its_boxes():
    out = field_group(Born(initial={"born": date(1941, 2, 4)})["born"])
    for part, value in (("day", "4"), ("month", "2"), ("year", "1941")):
        assert f'id="id_born-{part}" name="born-{part}" type="text" value="{value}"' in out
        assert f'autocomplete="bday-{part}"' in out


def test_an_optional_date_may_be_left_out():
    class Optional(Form):
        until = DateField("Until", required=False)

    form = Optional({})
    assert form.is_valid()
    assert form.cleaned_data["until"] is None
    assert not form.has_changed()
    assert Optional({"until-day": "4"}, initial={}).has_changed()
