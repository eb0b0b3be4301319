"""Whose record a viewer may read: the same shape as the gate of articles."""

import pytest

from people.models import Employee
from people.viewer import ANONYMOUS, Viewer


@pytest.fixture
def visible(viewer_of, now):
    """The names whose records an employee may read."""

    def _visible(employee) -> set[str]:
        people = Employee.objects.visible_to(viewer_of(employee), now)
        return set(people.values_list("full_name", flat=True))

    return _visible


def test_an_operator_reads_only_their_own_record(anna, denis, sergey, visible):
    assert visible(anna) == {"Анна Кравцова"}


def test_a_mentor_reads_the_records_of_their_trainees(denis, olga, anna, visible):
    assert visible(olga) == {"Ольга Рябова", "Денис Мухин"}


def test_a_lead_reads_the_records_of_their_team_only(anna, denis, sergey, hire, line_two, visible):
    hire("Чужой Человек", "stranger", team=line_two)

    assert {"Анна Кравцова", "Денис Мухин", "Сергей Логинов"} <= visible(sergey)
    assert "Чужой Человек" not in visible(sergey)


def test_a_lead_above_reads_all_teams_below(anna, hire, support, line_two, visible):
    head = hire("Марина Белова", "head", "lead", team=support)
    support.lead = head
    support.save()
    hire("Чужой Человек", "stranger", team=line_two)

    assert {"Анна Кравцова", "Чужой Человек"} <= visible(head)


def test_a_lead_without_the_role_reads_nobody_else(anna, hire, line_one, visible):
    deputy = hire("Бывший Руководитель", "deputy")
    line_one.lead = deputy
    line_one.save()

    assert visible(deputy) == {"Бывший Руководитель"}


def test_somebody_who_moved_to_another_team_is_out_of_the_leads_sight(
    anna, sergey, line_two, position, today, visible
):
    from people.services.employment import assign

    assign(employee=anna, team=line_two, position=position, starts_on=today, by=None)

    assert "Анна Кравцова" not in visible(sergey)


@pytest.mark.parametrize("reader", ["hr", "auditor", "administrator"])
def test_hr_auditor_and_administrator_read_everybody(reader, anna, denis, request, visible):
    everybody = set(Employee.objects.values_list("full_name", flat=True))

    assert visible(request.getfixturevalue(reader)) >= everybody


@pytest.mark.parametrize("reader", ["editor", "reviewer", "ilya"])
def test_other_roles_read_only_their_own_record(reader, anna, denis, request, visible):
    employee = request.getfixturevalue(reader)

    assert visible(employee) == {employee.full_name}


def test_the_anonymous_read_nobodys_record(anna, now):
    assert not Employee.objects.visible_to(ANONYMOUS, now).exists()


def test_somebody_who_has_left_reads_nobodys_record(anna, today, now):
    import datetime

    anna.left_on = today - datetime.timedelta(days=1)
    anna.save()

    assert not Employee.objects.visible_to(Viewer.of(anna.user), now).exists()


def test_the_gate_is_one_query(anna, sergey, viewer_of, now, django_assert_num_queries):
    viewer = viewer_of(sergey)

    with django_assert_num_queries(1):
        list(Employee.objects.visible_to(viewer, now))
