"""Importing in the back office: upload, report, confirm."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from people.models import Employee, Shift

HEAD = "E-mail;Имя и фамилия;Команда;Должность;Принят"
ZOYA = "zoya@example.test;Зоя Лапина;Линия 1;Оператор;02.11.2026"


@pytest.fixture
def upload(hr, client_of, line_one, position):
    """Upload rows as HR: ``upload(HEAD, ZOYA)`` gives the client and the page."""
    cache.clear()
    client = client_of(hr)

    def _upload(*rows, kind="people", **fields):
        file = SimpleUploadedFile("people.csv", "\n".join(rows).encode())
        response = client.post(
            reverse("people_import:index"), {"kind": kind, "file": file} | fields
        )
        return client, response

    return _upload


def test_a_report_comes_first_and_nothing_is_written_before_it_is_confirmed(upload):
    client, page = upload(HEAD, ZOYA)
    assert page.status_code == 200
    assert not Employee.objects.filter(full_name="Зоя Лапина").exists()

    response = client.post(reverse("people_import:index"), {"confirm": "1"})

    assert response.url == reverse("people_employees:index")
    assert Employee.objects.filter(full_name="Зоя Лапина").exists()


def test_a_confirmed_file_is_forgotten(upload):
    client, _page = upload(HEAD, ZOYA)
    client.post(reverse("people_import:index"), {"confirm": "1"})
    Employee.objects.filter(full_name="Зоя Лапина").update(full_name="Другая")

    response = client.post(reverse("people_import:index"), {"confirm": "1"})

    assert response.url == reverse("people_import:index")
    assert Employee.objects.filter(full_name="Другая").exists()


def test_wrong_rows_are_listed_and_there_is_nothing_to_confirm(upload):
    client, page = upload(HEAD, ZOYA.replace("Оператор", "Космонавт"))

    text = page.content.decode()
    assert "нет должности «Космонавт»" in text
    assert 'name="confirm"' not in text
    client.post(reverse("people_import:index"), {"confirm": "1"})
    assert not Employee.objects.filter(full_name="Зоя Лапина").exists()


def test_missing_positions_are_created_when_the_box_is_ticked(upload):
    client, _page = upload(HEAD, ZOYA.replace("Оператор", "Космонавт"), create_missing="on")
    client.post(reverse("people_import:index"), {"confirm": "1"})

    assert (
        Employee.objects.get(full_name="Зоя Лапина").assignments.get().position.name == "Космонавт"
    )


def test_an_unreadable_file_is_an_error_of_the_field(upload):
    _client, page = upload("Слова без столбцов")

    assert page.status_code == 200
    assert "под ними нет строк" in page.content.decode()


def test_shifts_are_imported_by_the_same_screen(upload, anna):
    client, _page = upload(
        "Сотрудник;День;Начало;Конец", "anna@example.test;24.11.2026;09:00;18:00", kind="shifts"
    )
    client.post(reverse("people_import:index"), {"confirm": "1"})

    assert Shift.objects.filter(employee=anna).count() == 1


@pytest.mark.parametrize("who", ["sergey", "editor"])
def test_the_screen_is_not_for_those_who_do_not_hire(who, request, client_of):
    response = client_of(request.getfixturevalue(who)).get(reverse("people_import:index"))

    assert response.status_code in (302, 404)
