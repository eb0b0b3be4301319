"""Hiring, assignments on their days, mentors, personal data."""

import datetime

import pytest

from people.emails import UnusableEmail
from people.events import EmployeeHired, MentorChanged, PositionChanged
from people.models import Employee, User
from people.roles import Role
from people.selectors import assignment_on
from people.services.accounts import EmailTaken, ProtectedAccount, roles_of
from people.services.employment import (
    BeforeHiring,
    PersonnelNumberTaken,
    UnknownZone,
    assign,
    change_details,
    hire,
)
from people.services.mentors import UnsuitableMentor, set_mentor
from people.viewer import Viewer

DAY = datetime.timedelta(days=1)


def test_somebody_hired_has_a_login_a_place_and_roles(newcomer, heard, hr, line_one, today):
    with heard(EmployeeHired, PositionChanged) as events:
        employee = hire(new=newcomer(roles=frozenset({Role.OPERATOR, Role.MENTOR})), by=hr.user)

    assert assignment_on(employee, today).team == line_one
    assert roles_of(employee.user) == {Role.OPERATOR, Role.MENTOR}
    assert Viewer.of(employee.user).is_employee
    assert [type(event) for event in events] == [EmployeeHired, PositionChanged]
    assert events[0].employee_id == employee.pk


def test_nobody_can_sign_in_with_a_password_nobody_has_set(newcomer):
    employee = hire(new=newcomer(), by=None)

    assert not employee.user.has_usable_password()


def test_somebody_hired_for_tomorrow_is_nobody_yet(newcomer, today):
    employee = hire(new=newcomer(hired_on=today + DAY), by=None)

    assert not Viewer.of(employee.user).is_authenticated


def test_two_people_do_not_share_an_address_whatever_its_case(newcomer, anna):
    with pytest.raises(EmailTaken):
        hire(new=newcomer(email="ANNA@Example.test"), by=None)

    assert not Employee.objects.filter(full_name="Зоя Лапина").exists()


def test_an_address_with_a_cyrillic_letter_is_refused(newcomer):
    with pytest.raises(UnusableEmail, match="а"):
        hire(new=newcomer(email="аnna@example.test"), by=None)


def test_two_people_do_not_share_a_personnel_number(newcomer):
    hire(new=newcomer(external_id="17"), by=None)

    with pytest.raises(PersonnelNumberTaken):
        hire(new=newcomer(external_id="17", email="other@example.test"), by=None)


def test_an_unknown_time_zone_is_refused(newcomer):
    with pytest.raises(UnknownZone):
        hire(new=newcomer(zone="Europe/Moskow"), by=None)


def test_hr_does_not_make_administrators(newcomer, hr, administrator):
    new = newcomer(roles=frozenset({Role.ADMINISTRATOR}))

    with pytest.raises(ProtectedAccount):
        hire(new=new, by=hr.user)
    assert hire(new=new, by=administrator.user).pk


def test_a_failed_mentor_leaves_nobody_half_hired(newcomer):
    gone = hire(new=newcomer(email="gone@example.test", full_name="Ушёл"), by=None)
    gone.left_on = gone.hired_on
    gone.save()

    with pytest.raises(UnsuitableMentor):
        hire(new=newcomer(), by=None, mentor=gone)
    assert not User.objects.filter(email="zoya@example.test").exists()


def test_any_past_day_knows_where_somebody_worked(anna, line_one, line_two, senior, today, heard):
    with heard(PositionChanged) as events:
        assign(employee=anna, team=line_two, position=senior, starts_on=today - 10 * DAY, by=None)

    assert assignment_on(anna, today - 11 * DAY).team == line_one
    assert assignment_on(anna, today - 10 * DAY).position == senior
    assert assignment_on(anna, anna.hired_on - DAY) is None
    assert [(e.team_id, e.starts_on) for e in events] == [(line_two.pk, today - 10 * DAY)]


def test_an_assignment_that_changes_nothing_writes_nothing(anna, line_one, position, today, heard):
    with heard(PositionChanged) as events:
        assign(employee=anna, team=line_one, position=position, starts_on=today, by=None)

    assert anna.assignments.count() == 1
    assert events == []


def test_an_assignment_of_the_same_day_is_corrected(
    anna, line_one, line_two, position, senior, today
):
    assign(employee=anna, team=line_two, position=position, starts_on=today, by=None)
    assign(employee=anna, team=line_one, position=senior, starts_on=today, by=None)

    assert anna.assignments.filter(starts_on=today).get().position == senior


def test_nobody_is_assigned_before_being_hired(anna, line_one, senior):
    with pytest.raises(BeforeHiring):
        assign(
            employee=anna, team=line_one, position=senior, starts_on=anna.hired_on - DAY, by=None
        )


def test_nobody_is_their_own_mentor(anna):
    with pytest.raises(UnsuitableMentor):
        set_mentor(employee=anna, mentor=anna, by=None)


def test_a_trainee_does_not_mentor_their_mentor(denis, olga, anna):
    set_mentor(employee=olga, mentor=anna, by=None)

    with pytest.raises(UnsuitableMentor, match="Анна"):
        set_mentor(employee=anna, mentor=denis, by=None)


def test_a_change_of_mentor_is_told(denis, anna, heard):
    with heard(MentorChanged) as events:
        set_mentor(employee=denis, mentor=anna, by=None)

    assert events == [MentorChanged(employee_id=denis.pk, mentor_id=anna.pk)]


def test_a_new_address_opens_the_account_and_the_old_one_does_not(anna, hr):
    change_details(employee=anna, email="anna.k@example.test", by=hr.user)

    assert User.objects.get_by_natural_key("Anna.K@example.test") == anna.user
    assert not User.objects.filter(email_key="anna@example.test").exists()


def test_hr_does_not_touch_the_address_of_an_administrator(administrator, hr, superuser):
    with pytest.raises(ProtectedAccount):
        change_details(employee=administrator, email="mine@example.test", by=hr.user)
    change_details(employee=administrator, email="new@example.test", by=superuser)

    assert User.objects.get(pk=administrator.user_id).email == "new@example.test"


def test_details_that_are_as_they_were_change_nothing(anna):
    assert not change_details(
        employee=anna, full_name="Анна  Кравцова", email=anna.user.email, by=None
    )
