"""Who gets on a programme, when, and what of it is left to do."""

import datetime

import pytest

from courses.choices import EnrollmentState
from courses.models import Enrollment, PlanItem, Programme, Step
from courses.refusals import BeginsInThePast, NotOpen, NotYours, ReasonNeeded
from courses.services.ending import stop
from courses.services.enrolling import enroll, enroll_many
from courses.services.following import follow_positions, redate, sweep
from notifications.models import Notification
from people.models import Assignment, Employee, Position
from people.services.absence import record_leave
from people.services.departures import open_handovers
from people.services.employment import NewEmployee, assign
from people.services.employment import hire as take_on

DAY = datetime.timedelta(days=1)


def test_a_plan_has_a_day_for_each_step(plan, today):
    assert [item.due_on for item in plan.items.all()] == [today, today + 2 * DAY]


def test_enrolling_twice_finds_the_first(plan, newcomer, programme, now):
    assert enroll(employee=newcomer, programme=programme, now=now) == plan
    assert Enrollment.objects.count() == 1


def test_hiring_enrols_and_tells_the_newcomer_and_the_mentor(
    programme, operator, line_one, olga, today, now, django_capture_on_commit_callbacks
):
    new = NewEmployee(
        full_name="Юлия Белова",
        email="julia@example.test",
        hired_on=today,
        team=line_one,
        position=operator,
    )
    julia = take_on(new=new, by=None, mentor=olga)

    made = follow_positions(employees=[julia], now=now)

    assert [one.programme for one in made] == [programme]
    told = Notification.objects.values_list("recipient", "kind")
    assert set(told) == {(julia.pk, "courses.enrolled"), (olga.pk, "courses.trainee")}


def test_the_event_of_hiring_is_heard(
    programme, operator, line_one, django_capture_on_commit_callbacks
):
    from django.utils import timezone

    new = NewEmployee(
        full_name="Юлия Белова",
        email="julia@example.test",
        hired_on=timezone.localdate(),
        team=line_one,
        position=operator,
    )
    with django_capture_on_commit_callbacks(execute=True):
        julia = take_on(new=new, by=None)

    assert julia.enrollments.get().programme == programme


def test_the_sweep_enrols_who_was_missed_and_does_nothing_the_second_time(newcomer, programme, now):
    assert sweep(now=now)
    assert newcomer.enrollments.count() == 1

    assert sweep(now=now) == 0


def test_who_held_the_position_before_the_programme_began_is_not_enrolled(
    newcomer, anna, programme, now, today
):
    Programme.objects.filter(pk=programme.pk).update(enrolls_from=today)

    sweep(now=now)

    assert not anna.enrollments.exists()
    assert newcomer.enrollments.exists()


def test_a_stopped_plan_is_not_made_again_by_hiring(plan, sergey, now):
    stop(enrollment=plan, reason="Перешёл в другой отдел", by=sergey.user, now=now)

    sweep(now=now)

    assert plan.employee.enrollments.get().state == EnrollmentState.STOPPED


def test_another_position_ends_the_plan_of_hiring_and_adds_only_what_is_missing(
    plan, task_item, mentor, sign, newcomer, lesson, task, line_one, today, now
):
    sign(task_item, mentor)
    senior = Position.objects.create(name="Старший оператор")
    other = Programme.objects.create(
        name="Старший", position=senior, enrolls_from=datetime.date(2020, 1, 1)
    )
    Step.objects.create(programme=other, task=task, day=2)
    assign(employee=newcomer, team=line_one, position=senior, starts_on=today + DAY, by=None)

    follow_positions(employees=[newcomer], now=now + DAY)

    plan.refresh_from_db()
    assert plan.state == EnrollmentState.STOPPED
    item = PlanItem.objects.get(enrollment__programme=other)
    assert item.repetitions == 2


def test_another_team_changes_nothing_of_the_plan(plan, newcomer, operator, line_two, today, now):
    assign(employee=newcomer, team=line_two, position=operator, starts_on=today + DAY, by=None)

    follow_positions(employees=[newcomer], now=now + DAY)

    assert Enrollment.objects.get() == plan
    assert Enrollment.objects.under_way().exists()


def test_a_leave_moves_what_lies_ahead(plan, newcomer, task_item, today, now):
    record_leave(employee=newcomer, starts_on=today + DAY, ends_on=today + 2 * DAY, by=None)

    redate(employees=[newcomer], now=now)

    task_item.refresh_from_db()
    assert task_item.due_on == today + 4 * DAY


def test_somebody_hired_long_ago_gets_a_plan_from_today(anna, programme, today, now):
    assert enroll(employee=anna, programme=programme, now=now).starts_on == today


def test_a_plan_by_hand_never_begins_in_the_past(anna, sergey, programme, today, now):
    with pytest.raises(BeginsInThePast):
        enroll(employee=anna, programme=programme, starts_on=today - DAY, by=sergey.user, now=now)


def test_a_colleague_enrols_nobody(anna, olga, programme, now):
    with pytest.raises(NotYours):
        enroll(employee=anna, programme=programme, by=olga.user, now=now)


def test_nobody_enrols_themselves(sergey, programme, now):
    with pytest.raises(NotYours):
        enroll(employee=sergey, programme=programme, by=sergey.user, now=now)


def test_stopping_takes_a_reason_and_happens_once(plan, sergey, now):
    with pytest.raises(ReasonNeeded):
        stop(enrollment=plan, reason=" ", by=sergey.user, now=now)
    stop(enrollment=plan, reason="Ушёл", by=sergey.user, now=now)
    with pytest.raises(NotOpen):
        stop(enrollment=plan, reason="Ушёл", by=sergey.user, now=now)


def test_the_plan_of_who_is_gone_ends(plan, newcomer, today, now):
    Employee.objects.filter(pk=newcomer.pk).update(left_on=today)

    sweep(now=now + 2 * DAY)

    plan.refresh_from_db()
    assert plan.state == EnrollmentState.STOPPED


def test_a_mentor_with_waiting_trainees_hands_them_over(plan, task_item, newcomer, olga, now):
    from courses.services.asking import ask

    ask(item=task_item, by=newcomer.user, now=now)

    assert f"{newcomer.full_name}: {task_item.task.name}" in [
        one.title for one in open_handovers(olga)
    ]


def test_a_newcomer_without_a_mentor_gets_one_who_may_sign_and_has_room(
    hire, mentor, programme, today, now, line_two
):
    hire("Пётр Дальний", "petr", "operator", "mentor", team=line_two)
    julia = hire("Юлия Белова", "julia", "operator", hired_on=today)

    follow_positions(employees=[julia], now=now)

    julia.refresh_from_db()
    assert julia.mentor == mentor


def test_a_mentor_with_three_trainees_gets_no_fourth(hire, mentor, programme, today, now):
    people = [hire(f"Юлия {n}", f"julia{n}", "operator", hired_on=today) for n in range(4)]

    follow_positions(employees=people, now=now)

    assert Employee.objects.filter(mentor=mentor).count() == 3


def test_five_hundred_people_are_enrolled_in_the_queries_of_one(
    hire, programme, line_one, operator, today, now, django_assert_max_num_queries
):
    from people.models import User

    users = User.objects.bulk_create(
        User(email=f"p{n}@example.test", email_key=f"p{n}@example.test") for n in range(500)
    )
    people = Employee.objects.bulk_create(
        Employee(user=user, full_name=f"Человек {n}", hired_on=today)
        for n, user in enumerate(users)
    )
    Assignment.objects.bulk_create(
        Assignment(employee=person, team=line_one, position=operator, starts_on=today)
        for person in people
    )
    with django_assert_max_num_queries(30):
        plans = enroll_many(employees=people, programme=programme, now=now)

    assert len(plans) == 500
    assert PlanItem.objects.count() == 1000
