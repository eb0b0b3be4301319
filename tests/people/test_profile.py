"""The page about oneself, and choices that follow the person."""

import pytest
from django.urls import reverse

from people.models import Employee, Leave
from people.services.choices import remember_choices
from people.services.employment import UnknownZone
from people.viewer import ANONYMOUS

CHOICES = {"language": "en", "zone": "Asia/Omsk", "theme": "dark"}


def test_somebody_sees_where_they_work_who_mentors_them_and_their_shift(denis, client_of):
    page = client_of(denis).get(reverse("profile")).content.decode()

    for words in ("Денис Мухин", "Линия 1", "Оператор", "Ольга Рябова", "denis@example.test"):
        assert words in page


def test_somebody_on_leave_sees_until_when(anna, client_of, today):
    Leave.objects.create(employee=anna, starts_on=today, ends_on=today)

    assert "отсутствие до" in client_of(anna).get(reverse("profile")).content.decode()


def test_choices_are_kept_in_the_profile_and_the_next_page_follows_them(anna, client_of):
    client = client_of(anna)

    page = client.post(reverse("profile"), CHOICES, follow=True).content.decode()

    anna = Employee.objects.get(pk=anna.pk)
    assert (anna.language, anna.zone, anna.theme, anna.single_keys) == (
        "en",
        "Asia/Omsk",
        "dark",
        False,
    )
    assert 'lang="en"' in page
    assert 'data-theme="dark"' in page


def test_a_choice_in_the_profile_goes_before_what_the_device_remembered(anna, client_of):
    client = client_of(anna)
    client.cookies["language"] = "ru"
    client.cookies["theme"] = "light"

    page = client.post(reverse("profile"), CHOICES, follow=True).content.decode()

    assert 'lang="en"' in page
    assert 'data-theme="dark"' in page


@pytest.mark.parametrize("wrong", [{"zone": "Mars/Base"}, {"language": "de"}, {"theme": "pink"}])
def test_a_choice_that_does_not_exist_is_refused(anna, client_of, wrong):
    response = client_of(anna).post(reverse("profile"), CHOICES | wrong)

    assert response.status_code == 422
    assert Employee.objects.get(pk=anna.pk).zone != "Asia/Omsk"


def test_the_language_switch_is_kept_in_the_profile(anna, client_of):
    client_of(anna).post(reverse("set_language"), {"language": "en", "next": "/profile/"})

    assert Employee.objects.get(pk=anna.pk).language == "en"


def test_the_profile_is_for_people_who_are_signed_in(client, db):
    assert client.get(reverse("profile")).status_code == 404


def test_a_login_without_an_employee_has_a_profile_page_too(superuser, client):
    client.force_login(superuser)

    assert client.get(reverse("profile")).status_code == 200


def test_the_choices_of_a_customer_stay_on_their_device(db):
    remember_choices(viewer=ANONYMOUS, language="en", theme="dark")


def test_an_unknown_zone_is_not_remembered(anna, viewer_of):
    with pytest.raises(UnknownZone):
        remember_choices(viewer=viewer_of(anna), zone="Mars/Base")


def test_nobody_changes_their_name_or_role_by_the_profile(anna, client_of):
    client_of(anna).post(
        reverse("profile"), CHOICES | {"full_name": "Другая", "roles": "administrator"}
    )

    assert Employee.objects.get(pk=anna.pk).full_name == "Анна Кравцова"
