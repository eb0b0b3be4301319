"""Signing for practice and taking it back: who may, what it becomes, and what a bad network cannot do."""

import datetime
import uuid

import pytest

from common.ledger import broken_links
from competence.models import CellSegment, CompetenceEvent
from competence.refusals import MaySignNot, OwnRecord
from competence.refusals import NotYours as NotTheirs
from courses.choices import EnrollmentState, RequestState
from courses.models import PlanItem, SignOff
from courses.refusals import (
    AlreadyWithdrawn,
    CommentNeeded,
    Impossible,
    NothingToSign,
    NotOpen,
    NotYours,
    NumberNeeded,
    ReasonNeeded,
    SameDay,
    WaitsForPrevious,
)
from courses.rule.showing import Showing
from courses.services.asking import ask, take_back
from courses.services.ending import stop
from courses.services.following import hand_to_new_mentor, tell_of_long_waits
from courses.services.signing import withdraw
from notifications.models import Notification
from people.models import Employee

DAY = datetime.timedelta(days=1)
MINUTE = datetime.timedelta(minutes=1)


def inbox(employee, kind):
    """How many messages of a kind somebody has that were not taken back."""
    return Notification.objects.filter(
        recipient=employee, kind=kind, withdrawn_at__isnull=True
    ).count()


def test_a_signature_becomes_one_observation_per_competence(
    task_item, mentor, sign, transfer, task, newcomer
):
    signed = sign(task_item, mentor)

    event = CompetenceEvent.objects.get(employee=newcomer)
    assert (event.competence, event.rating, event.call) == (transfer, 2, "call:4711-0823")
    assert event.source_id == str(signed.row.pk)
    assert broken_links(SignOff) == []


def test_three_days_of_signatures_reach_the_level_of_practice(
    task_item, mentor, sign, newcomer, transfer
):
    for days in range(3):
        sign(task_item, mentor, days=days, reference=f"4711-082{days}")

    cell = CellSegment.objects.filter(employee=newcomer, competence=transfer).first()
    assert cell.state == "learning"
    with pytest.raises(NothingToSign):
        sign(task_item, mentor, days=4)


def test_the_trainee_is_told(task_item, mentor, sign, newcomer):
    sign(task_item, mentor)

    assert inbox(newcomer, "courses.signed") == 1


def test_nobody_signs_their_own_practice(task_item, newcomer, sign):
    with pytest.raises(OwnRecord):
        sign(task_item, newcomer)


def test_a_stranger_signs_nothing(task_item, anna, sign):
    with pytest.raises(NotTheirs):
        sign(task_item, anna)


def test_a_mentor_below_the_target_signs_nothing(task_item, olga, sign):
    with pytest.raises(MaySignNot):
        sign(task_item, olga)


def test_the_same_day_is_refused_where_days_differ(task_item, mentor, sign):
    sign(task_item, mentor)

    with pytest.raises(SameDay):
        sign(task_item, mentor, reference="4711-0900")


def test_below_target_takes_a_comment_and_is_shown_again(task_item, mentor, sign):
    with pytest.raises(CommentNeeded):
        sign(task_item, mentor, rating=1)

    first = sign(task_item, mentor, rating=1, comment="Ещё раз назвать, кому переводит").row
    second = sign(task_item, mentor, days=1).row

    assert first.note.text
    assert (second.repetition, second.round) == (1, 2)


def test_a_number_is_needed(task_item, mentor, sign):
    with pytest.raises(NumberNeeded):
        sign(task_item, mentor, reference=" ")


def test_a_rating_out_of_range_is_refused(task_item, mentor, sign):
    with pytest.raises(Impossible):
        sign(task_item, mentor, rating=4)


def test_a_day_ahead_is_refused(task_item, mentor, sign, today):
    from competence.refusals import Impossible as CannotBe

    with pytest.raises(CannotBe):
        sign(task_item, mentor, observed_on=today + DAY)


def test_the_same_form_twice_signs_once(task_item, mentor, sign):
    key = uuid.uuid4()
    first = sign(task_item, mentor, key=key)
    second = sign(task_item, mentor, key=key)

    assert (second.row, second.was_there) == (first.row, True)
    assert SignOff.objects.count() == 1


def test_two_mentors_sign_the_same_showing_and_the_second_sees_the_first(
    task_item, mentor, reviewer, sign
):
    first = sign(task_item, mentor, showing=Showing(1))
    second = sign(task_item, reviewer, showing=Showing(1), rating=3)

    assert (second.row, second.was_there) == (first.row, True)
    assert second.row.signed_by == mentor.user


def test_an_answer_for_an_old_key_is_never_somebody_elses(task_item, mentor, reviewer, sign):
    key = uuid.uuid4()
    sign(task_item, mentor, key=key)

    with pytest.raises(SameDay):
        sign(task_item, reviewer, key=key)


def test_a_signature_that_waited_offline_counts_for_its_own_day(
    task_item, mentor, sign, today, newcomer
):
    row = sign(task_item, mentor, days=2, observed_on=today).row

    assert row.observed_on == today
    assert CompetenceEvent.objects.get(employee=newcomer).on == today


def test_a_critical_task_takes_a_second_assessor(task_item, task, mentor, reviewer, sign):
    task.needs_second = True
    task.save()
    sign(task_item, mentor, showing=Showing(1))

    second = sign(task_item, reviewer, rating=3).row

    assert (second.repetition, second.place) == (1, 2)


def test_a_plan_that_is_over_takes_no_signature(plan, task_item, mentor, sergey, sign, now):
    stop(enrollment=plan, reason="Ушёл", by=sergey.user, now=now)

    with pytest.raises(NotOpen):
        sign(task_item, mentor)


def test_within_fifteen_minutes_a_signature_is_withdrawn_without_a_word(
    task_item, mentor, sign, now, newcomer
):
    row = sign(task_item, mentor).row

    withdraw(sign_off=row, by=mentor.user, now=now + 10 * MINUTE)

    assert not SignOff.objects.standing().exists()
    assert not CompetenceEvent.objects.standing().filter(rating=2, employee=newcomer).exists()
    assert inbox(newcomer, "courses.signed") == 0
    again = sign(task_item, mentor).row
    assert (again.repetition, again.round) == (1, 2)


def test_later_a_withdrawal_says_why(task_item, mentor, sign, now):
    row = sign(task_item, mentor).row

    with pytest.raises(ReasonNeeded):
        withdraw(sign_off=row, by=mentor.user, now=now + 16 * MINUTE)
    withdraw(sign_off=row, reason="Не тот звонок", by=mentor.user, now=now + 16 * MINUTE)
    with pytest.raises(AlreadyWithdrawn):
        withdraw(sign_off=row, reason="Не тот звонок", by=mentor.user, now=now + 17 * MINUTE)


def test_a_stranger_and_the_trainee_withdraw_nothing(task_item, mentor, anna, newcomer, sign, now):
    row = sign(task_item, mentor).row

    for person in (anna, newcomer):
        with pytest.raises(NotYours):
            withdraw(sign_off=row, reason="Так", by=person.user, now=now)


def test_a_withdrawal_opens_a_completed_plan_again(plan, lesson_item, task_item, mentor, sign, now):
    lesson_item.delete()
    rows = [sign(task_item, mentor, days=n, reference=f"1-{n}").row for n in range(3)]
    plan.refresh_from_db()
    assert plan.state == EnrollmentState.COMPLETED

    withdraw(sign_off=rows[2], by=mentor.user, now=now + 2 * DAY)

    plan.refresh_from_db()
    assert plan.state == EnrollmentState.OPEN


def test_asking_tells_the_mentor_once(task_item, newcomer, olga, now):
    first = ask(item=task_item, by=newcomer.user, now=now)

    assert ask(item=task_item, by=newcomer.user, now=now) == first
    assert inbox(olga, "courses.ready") == 1


def test_a_signature_answers_the_question_and_its_withdrawal_asks_it_again(
    task_item, newcomer, mentor, sign, now
):
    request = ask(item=task_item, by=newcomer.user, now=now)
    row = sign(task_item, mentor).row
    request.refresh_from_db()
    assert request.state == RequestState.ANSWERED
    assert inbox(mentor, "courses.ready") == 0

    withdraw(sign_off=row, by=mentor.user, now=now + MINUTE)

    request.refresh_from_db()
    assert request.state == RequestState.WAITING


def test_only_the_trainee_asks_and_takes_back(task_item, newcomer, olga, now):
    with pytest.raises(NotYours):
        ask(item=task_item, by=olga.user, now=now)
    request = ask(item=task_item, by=newcomer.user, now=now)
    with pytest.raises(NotYours):
        take_back(request=request, by=olga.user, now=now)

    assert take_back(request=request, by=newcomer.user, now=now)
    assert not take_back(request=request, by=newcomer.user, now=now)
    assert inbox(olga, "courses.ready") == 0


def test_a_step_that_waits_for_the_one_before_it_cannot_be_shown(task_item, newcomer, now):
    PlanItem.objects.filter(pk=task_item.pk).update(after_previous=True)
    task_item.refresh_from_db()

    with pytest.raises(WaitsForPrevious):
        ask(item=task_item, by=newcomer.user, now=now)


def test_after_two_working_days_the_lead_hears_of_it_once(task_item, newcomer, sergey, now):
    ask(item=task_item, by=newcomer.user, now=now)

    assert tell_of_long_waits(now=now + DAY) == 0
    assert tell_of_long_waits(now=now + 2 * DAY + MINUTE) == 1
    assert tell_of_long_waits(now=now + 3 * DAY) == 0
    assert inbox(sergey, "courses.waits_long") == 1


def test_another_mentor_mid_way_gets_what_waits(task_item, newcomer, anna, now):
    ask(item=task_item, by=newcomer.user, now=now)
    Employee.objects.filter(pk=newcomer.pk).update(mentor=anna)

    hand_to_new_mentor(employee=newcomer, now=now)

    assert inbox(anna, "courses.ready") == 1
