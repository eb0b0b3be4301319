"""Dates as people say them, and fields on the common grid."""

import datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone, translation

from common.templatetags.ui import initials, said

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("days", "russian", "english"),
    [
        (0, "сегодня", "today"),
        (1, "вчера", "yesterday"),
        (-1, "завтра", "tomorrow"),
        (2, "2 дня назад", "2 days ago"),
        (5, "5 дней назад", "5 days ago"),
        (40, "14 октября", "14 October"),
        (400, "19 октября 2025", "19 October 2025"),
    ],
)
def test_a_day_is_said_as_people_say_it(days, russian, english):
    moment = NOW - datetime.timedelta(days=days)
    with translation.override("ru"):
        assert said(moment, NOW) == russian
    with translation.override("en"):
        assert said(moment, NOW) == english


def test_a_day_is_counted_in_the_readers_zone():
    moment = datetime.datetime(2026, 11, 22, 22, 30, tzinfo=datetime.UTC)
    with translation.override("en"), timezone.override("Europe/Moscow"):
        assert said(moment, NOW) == "today"
    with translation.override("en"), timezone.override("UTC"):
        assert said(moment, NOW) == "yesterday"


def test_initials_are_those_of_the_first_two_words():
    assert initials("Анна Сергеевна Кравцова") == "АС"
    assert initials("") == ""


class Sample(forms.Form):
    name = forms.CharField(help_text="As in the contract")


def drawn(form: forms.Form) -> str:
    with translation.override("en"):
        template = "{% load ui %}{% form_errors form %}{% form_field form.name %}"
        return Template(template).render(Context({"form": form}))


def test_a_field_with_an_error_names_error_and_help_for_screen_readers():
    html = drawn(Sample(data={}))
    assert 'aria-describedby="id_name_error id_name_help"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html
    assert 'href="#id_name"' in html


def test_a_form_without_errors_has_no_summary():
    assert "form__errors" not in drawn(Sample(data={"name": "Anna"}))
