"""The back office: who enters, what each role sees, and that every screen ends in a service."""

import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from people.importing.people_import import import_people
from people.importing.tables import read_table
from people.models import Employee, Leave, Position, Shift, Team
from people.roles import Role
from people.selectors import assignment_on
from people.services.accounts import roles_of
from people.services.employment import assign

LISTS = ("people_employees", "people_teams", "people_positions", "people_leaves", "people_shifts")
DAY = datetime.timedelta(days=1)


def hiring(line_one, position, **fields) -> dict:
    """The hiring form filled in."""
    return {
        "full_name": "Зоя Лапина",
        "email": "zoya@example.test",
        "external_id": "",
        "hired_on": "2026-11-02",
        "team": line_one.pk,
        "position": position.pk,
        "mentor": "",
        "roles": ["operator"],
        "zone": "Europe/Moscow",
        "language": "ru",
    } | fields


def changing(employee, today, **fields) -> dict:
    """The form of a person as it stands, with some fields changed."""
    place = assignment_on(employee, today)
    return {
        "full_name": employee.full_name,
        "email": employee.user.email,
        "external_id": employee.external_id or "",
        "hired_on": employee.hired_on.isoformat(),
        "team": place.team_id,
        "position": place.position_id,
        "place_from": today.isoformat(),
        "mentor": employee.mentor_id or "",
        "roles": sorted(roles_of(employee.user)),
        "zone": employee.zone,
        "language": employee.language,
    } | fields


@pytest.mark.parametrize("name", LISTS)
def test_hr_opens_every_list_and_every_form_for_something_new(name, hr, anna, client_of, today):
    Leave.objects.create(employee=anna, starts_on=today, ends_on=today)
    Shift.objects.create(
        employee=anna,
        starts_at=datetime.datetime.now(datetime.UTC),
        ends_at=datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=9),
    )
    client = client_of(hr)

    for screen in ("index", "index_results", "add"):
        assert client.get(reverse(f"{name}:{screen}")).status_code == 200, screen


@pytest.mark.parametrize("name", [*LISTS, "people_import"])
@pytest.mark.parametrize("who", ["anna", "olga", "reviewer", "auditor"])
def test_roles_without_the_back_office_find_nothing_there(name, who, request, client_of):
    response = client_of(request.getfixturevalue(who)).get(reverse(f"{name}:index"))

    assert response.status_code == 404


def test_the_menu_of_the_admin_shows_people_to_hr(hr, client_of):
    page = client_of(hr).get(reverse("wagtailadmin_home")).content.decode()

    assert reverse("people_employees:index") in page
    assert reverse("people_import:index") in page


def test_the_list_of_people_has_as_many_queries_for_many_as_for_few(
    hr, hire, client_of, django_assert_max_num_queries
):
    client = client_of(hr)
    for number in range(30):
        hire(f"Человек Номер{number}", f"p{number}", Role.OPERATOR)

    with django_assert_max_num_queries(40):
        page = client.get(reverse("people_employees:index"))
    assert "Человек Номер29" in page.content.decode()


def test_people_are_found_by_any_words_and_filtered(hr, anna, denis, line_two, hire, client_of):
    hire("Чужой Человек", "stranger", Role.MENTOR, team=line_two)
    client = client_of(hr)

    def names(**query):
        page = client.get(reverse("people_employees:index_results"), query).content.decode()
        everybody = ("Анна Кравцова", "Денис Мухин", "Чужой Человек")
        return [
            name
            for name in everybody
            if f">{name}<" in page.replace("\n", "").replace("  ", "") or name in page
        ]

    assert "Анна Кравцова" in names(q="кравц анна")
    assert "Чужой Человек" not in names(q="кравц анна")
    assert "Анна Кравцова" not in names(team=line_two.pk)
    assert "Анна Кравцова" not in names(role="mentor")
    assert "Анна Кравцова" not in names(state="gone")
    assert "Анна Кравцова" in names(state="here")


def test_a_lead_sees_their_own_people_and_nobody_else(sergey, anna, hire, line_two, client_of):
    stranger = hire("Чужой Человек", "stranger", team=line_two)
    client = client_of(sergey)

    page = client.get(reverse("people_employees:index")).content.decode()
    assert "Анна Кравцова" in page
    assert "Чужой Человек" not in page
    assert client.get(reverse("people_employees:inspect", args=[anna.pk])).status_code == 200
    assert client.get(reverse("people_employees:inspect", args=[stranger.pk])).status_code == 404
    assert client.get(reverse("people_employees:leave", args=[stranger.pk])).status_code != 200


def test_a_lead_sees_leave_and_shifts_of_their_own_people_only(
    sergey, anna, hire, line_two, client_of, today
):
    stranger = hire("Чужой Человек", "stranger", team=line_two)
    for employee in (anna, stranger):
        Leave.objects.create(employee=employee, starts_on=today, ends_on=today)

    page = client_of(sergey).get(reverse("people_leaves:index")).content.decode()

    assert "Анна Кравцова" in page
    assert "Чужой Человек" not in page


def test_a_lead_changes_nobody(sergey, anna, client_of, today):
    client = client_of(sergey)

    for name in ("edit", "leave", "history"):
        response = client.get(reverse(f"people_employees:{name}", args=[anna.pk]))
        assert response.status_code in (302, 404), name
    client.post(
        reverse("people_employees:edit", args=[anna.pk]), changing(anna, today, full_name="Другая")
    )
    client.post(reverse("people_employees:leave", args=[anna.pk]), {"last_day": today.isoformat()})
    anna.refresh_from_db()
    assert (anna.full_name, anna.left_on) == ("Анна Кравцова", None)


def test_hr_hires_by_a_form(hr, line_one, position, olga, client_of):
    response = client_of(hr).post(
        reverse("people_employees:add"), hiring(line_one, position, mentor=olga.pk)
    )

    zoya = Employee.objects.get(user__email="zoya@example.test")
    assert response.url == reverse("people_employees:inspect", args=[zoya.pk])
    assert zoya.mentor == olga
    assert assignment_on(zoya, zoya.hired_on).team == line_one


def test_what_the_service_refuses_stands_on_the_form_and_what_was_typed_stays(
    hr, anna, line_one, position, client_of
):
    response = client_of(hr).post(
        reverse("people_employees:add"), hiring(line_one, position, email="ANNA@example.test")
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "адрес другого человека" in page
    assert "Зоя Лапина" in page


def test_a_new_team_is_a_new_row_and_the_old_one_stays(
    hr, anna, line_two, position, client_of, today
):
    client = client_of(hr)

    client.post(
        reverse("people_employees:edit", args=[anna.pk]), changing(anna, today, team=line_two.pk)
    )

    assert assignment_on(anna, today).team == line_two
    assert assignment_on(anna, today - DAY).team.name == "Линия 1"
    page = client.get(reverse("people_employees:inspect", args=[anna.pk])).content.decode()
    assert "Линия 1" in page
    assert "Линия 2" in page


def test_a_form_saved_as_it_stands_changes_nothing(hr, denis, client_of, today):
    before = (list(denis.assignments.values()), roles_of(denis.user), denis.mentor_id)

    client_of(hr).post(reverse("people_employees:edit", args=[denis.pk]), changing(denis, today))

    denis = Employee.objects.get(pk=denis.pk)
    assert (list(denis.assignments.values()), roles_of(denis.user), denis.mentor_id) == before


def test_roles_are_given_and_taken_by_the_form(hr, anna, client_of, today):
    client_of(hr).post(
        reverse("people_employees:edit", args=[anna.pk]),
        changing(anna, today, roles=["mentor", "editor"]),
    )

    assert roles_of(anna.user) == {Role.MENTOR, Role.EDITOR}


def test_hr_neither_makes_administrators_nor_takes_one_over(
    hr, anna, administrator, client_of, today
):
    client = client_of(hr)

    client.post(
        reverse("people_employees:edit", args=[anna.pk]),
        changing(anna, today, roles=["administrator"]),
    )
    client.post(
        reverse("people_employees:edit", args=[administrator.pk]),
        changing(administrator, today, email="mine@example.test", roles=["operator"]),
    )

    administrator = Employee.objects.get(pk=administrator.pk)
    assert Role.ADMINISTRATOR not in roles_of(anna.user)
    assert administrator.user.email == "administrator@example.test"
    assert roles_of(administrator.user) == {Role.ADMINISTRATOR}


def test_leaving_leads_to_what_must_be_handed_over_first(hr, olga, denis, client_of, today):
    url = reverse("people_employees:leave", args=[olga.pk])
    client = client_of(hr)

    page = client.get(url).content.decode()
    response = client.post(url, {"last_day": today.isoformat()})

    assert "Денис Мухин" in page
    assert response.status_code == 200
    assert Employee.objects.get(pk=olga.pk).left_on is None


def test_hr_lets_somebody_leave_and_come_back(hr, anna, client_of, today):
    client = client_of(hr)

    client.post(
        reverse("people_employees:leave", args=[anna.pk]),
        {"last_day": today.isoformat(), "close_now": "on"},
    )
    anna = Employee.objects.get(pk=anna.pk)
    assert (anna.left_on, anna.user.is_active) == (today, False)
    assert client.get(reverse("people_employees:inspect", args=[anna.pk])).status_code == 200

    client.post(reverse("people_employees:return", args=[anna.pk]))
    anna = Employee.objects.get(pk=anna.pk)
    assert (anna.left_on, anna.user.is_active) == (None, True)


def test_the_history_says_who_changed_what(hr, anna, line_two, senior, client_of, today):
    assign(employee=anna, team=line_two, position=senior, starts_on=today, by=hr.user)

    page = client_of(hr).get(reverse("people_employees:history", args=[anna.pk])).content.decode()

    assert "Старший оператор" in page
    assert "Елена Климова" in page


def test_people_are_never_deleted(superuser, anna, client):
    client.force_login(superuser)

    for name in ("people_employees", "people_teams", "people_positions"):
        assert client.get(f"/admin/{name.replace('_', '/')}/delete/1/").status_code == 404


def test_a_team_is_not_put_inside_itself(hr, support, line_one, client_of):
    client = client_of(hr)

    page = client.post(
        reverse("people_teams:edit", args=[support.pk]),
        {"name": "Поддержка", "parent": line_one.pk, "lead": ""},
    )

    assert "сама в себя" in page.content.decode()
    assert Team.objects.get(pk=support.pk).parent is None


def test_a_team_gets_a_lead(hr, line_one, olga, client_of):
    client_of(hr).post(
        reverse("people_teams:edit", args=[line_one.pk]),
        {"name": "Линия 1", "parent": line_one.parent_id, "lead": olga.pk},
    )

    assert Team.objects.get(pk=line_one.pk).lead == olga


def test_two_positions_do_not_differ_by_case_only(hr, position, client_of):
    client_of(hr).post(reverse("people_positions:add"), {"name": "ОПЕРАТОР"})

    assert Position.objects.count() == 1


def test_leave_that_overlaps_another_is_refused(hr, anna, client_of, today):
    client = client_of(hr)
    data = {
        "employee": anna.pk,
        "starts_on": today.isoformat(),
        "ends_on": (today + DAY).isoformat(),
    }

    client.post(reverse("people_leaves:add"), data)
    page = client.post(
        reverse("people_leaves:add"), data | {"starts_on": (today + DAY).isoformat()}
    )

    assert Leave.objects.count() == 1
    assert "уже есть" in page.content.decode()


def test_people_go_out_as_a_table_that_comes_back_unchanged(hr, denis, sergey, client_of, now):
    response = client_of(hr).get(reverse("people_employees:index"), {"export": "xlsx"})
    content = b"".join(response.streaming_content)

    report = import_people(read_table(content, name="people.xlsx"), by=hr.user, now=now)

    assert report.refused == ()
    assert (report.imported, report.updated) == (0, 0)
    assert report.unchanged == Employee.objects.count()


def test_a_name_that_begins_like_a_formula_goes_out_as_text(hr, anna, client_of):
    Employee.objects.filter(pk=anna.pk).update(full_name="=HYPERLINK(1)")

    response = client_of(hr).get(reverse("people_employees:index"), {"export": "xlsx"})
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))

    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_lead_exports_their_own_people_only(sergey, anna, hire, line_two, client_of):
    hire("Чужой Человек", "stranger", team=line_two)

    response = client_of(sergey).get(reverse("people_employees:index"), {"export": "csv"})
    text = b"".join(response.streaming_content).decode()

    assert "Анна Кравцова" in text
    assert "Чужой Человек" not in text


def test_a_person_is_chosen_by_words_from_those_who_work_here(editor, anna, hire, client_of, today):
    hire("Ушедший Человек", "gone", left_on=today - DAY)
    url = reverse("people_chooser:choose_results")
    client = client_of(editor)

    assert "Анна Кравцова" in client.get(url, {"q": "анн крав"}).content.decode()
    assert "Ушедший" not in client.get(url, {"q": "ушедший"}).content.decode()
