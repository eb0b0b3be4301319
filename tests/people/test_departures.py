"""Leaving: what must be handed over first, what closes, and coming back."""

import datetime

import pytest

from people.events import EmployeeLeft, EmployeeReturned
from people.extensions import HandOver, departures
from people.models import Employee, User
from people.services.accounts import ProtectedAccount
from people.services.departures import (
    HandOversOpen,
    LeavesBeforeHiring,
    LeavesOneself,
    deactivate,
    open_handovers,
    reinstate,
)
from people.viewer import Viewer

DAY = datetime.timedelta(days=1)


@pytest.fixture
def keys_of_the_safe():
    """An app above that has something to hand over."""

    def provider(employee):
        return [HandOver(kind="Keys", title="The safe", url="/admin/")]

    departures.register(provider)
    yield
    departures.unregister(provider)


def test_whoever_leaves_can_no_longer_sign_in_and_the_day_is_on_record(anna, hr, now, today, heard):
    with heard(EmployeeLeft) as events:
        deactivate(employee=anna, last_day=today, by=hr.user, now=now)

    anna = Employee.objects.get(pk=anna.pk)
    assert anna.left_on == today
    assert not anna.user.is_active
    assert not anna.user.has_usable_password()
    assert events == [EmployeeLeft(employee_id=anna.pk, left_on=today)]


def test_a_last_day_ahead_leaves_the_login_open_until_it_is_over(anna, now, today):
    deactivate(employee=anna, last_day=today + DAY, by=None, now=now)
    user = User.objects.get(pk=anna.user_id)

    assert user.is_active
    assert Viewer.of(user, now).is_employee
    assert not Viewer.of(user, now + 3 * DAY).is_authenticated


def test_nobody_leaves_while_they_lead_a_team_or_mentor_somebody(sergey, olga, denis, now, today):
    for employee, what in ((sergey, "Линия 1"), (olga, "Денис Мухин")):
        with pytest.raises(HandOversOpen) as refused:
            deactivate(employee=employee, last_day=today, by=None, now=now)
        assert [handover.title for handover in refused.value.handovers] == [what]
        assert Employee.objects.get(pk=employee.pk).left_on is None


def test_apps_above_are_asked_before_somebody_leaves(anna, now, today, keys_of_the_safe):
    with pytest.raises(HandOversOpen) as refused:
        deactivate(employee=anna, last_day=today, by=None, now=now)

    assert refused.value.handovers[0].title == "The safe"


def test_articles_and_sections_must_find_another_owner(anna, editor, section, write_article):
    write_article("Эхо", slug="echo", content_owner=anna)
    write_article("Тишина", slug="silence", verifier=anna)
    section.content_owner = anna
    section.save()

    titles = {handover.title for handover in open_handovers(anna)}

    assert titles == {"Эхо", "Тишина", "Телефония"}
    assert open_handovers(editor) == []


def test_nobody_leaves_before_being_hired(anna, now):
    with pytest.raises(LeavesBeforeHiring):
        deactivate(employee=anna, last_day=anna.hired_on - DAY, by=None, now=now)


def test_nobody_closes_their_own_account(hr, now, today):
    with pytest.raises(LeavesOneself):
        deactivate(employee=hr, last_day=today, by=hr.user, now=now)


def test_hr_does_not_close_the_account_of_an_administrator(hr, administrator, now, today):
    with pytest.raises(ProtectedAccount):
        deactivate(employee=administrator, last_day=today, by=hr.user, now=now)


def test_whoever_comes_back_works_here_but_needs_a_new_password(anna, hr, now, today, heard):
    deactivate(employee=anna, last_day=today, by=hr.user, now=now)

    with heard(EmployeeReturned) as events:
        reinstate(employee=Employee.objects.get(pk=anna.pk), by=hr.user)

    user = User.objects.get(pk=anna.user_id)
    assert Viewer.of(user, now).is_employee
    assert not user.has_usable_password()
    assert len(events) == 1
