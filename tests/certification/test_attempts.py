"""Taking a test: what is begun, saved, handed in, and what it leaves in the record."""

import datetime
import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from certification.choices import AttemptState
from certification.models import AnswerSave, Attempt, Quiz, QuizLine, Submission
from certification.refusals import (
    AttemptOver,
    NoSuchSlot,
    NotOffered,
    TooEarly,
    TooFewQuestions,
    Unreadable,
)
from certification.services.answering import save_answer
from certification.services.attempts import start
from certification.services.confirming import confirm
from certification.services.submitting import submit, submit_run_out
from competence.models import CompetenceEvent
from kb.services.changes import describe
from people.models import Position

MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def pass_it(reply, now):
    """Answer ``right`` of five questions rightly, the others wrongly, and hand in."""

    def _pass(attempt, right=5):
        for slot in range(1, 6):
            reply(attempt, slot, wrong=slot > right)
        return submit(attempt=attempt, by=attempt.employee.user, now=attempt.started_at + MINUTE)

    return _pass


# --- beginning ---------------------------------------------------------------------------------------------------


def test_the_paper_and_the_deadline_are_fixed_at_the_start(begin, anna, quiz, questions, now):
    attempt = begin(anna)
    quiz.minutes = 5
    quiz.save()
    question = questions[0]
    question.text = "Другой вопрос?"
    question.save()

    attempt.refresh_from_db()
    assert attempt.deadline_at == now + 20 * MINUTE
    assert len(attempt.paper["slots"]) == 5
    assert "Другой вопрос?" not in [slot["text"] for slot in attempt.paper["slots"]]


def test_a_second_click_and_another_tab_find_the_attempt_that_is_under_way(begin, anna):
    key = uuid.uuid4()
    first = begin(anna, key=key)

    assert begin(anna, key=key) == first
    assert begin(anna) == first
    assert Attempt.objects.count() == 1


def test_a_test_of_another_position_is_not_offered(begin, anna, quiz):
    quiz.positions.set([Position.objects.create(name="Тренер")])
    quiz.save()

    with pytest.raises(NotOffered):
        begin(anna)


def test_a_test_that_was_switched_off_is_not_begun_and_whoever_is_in_the_middle_goes_on(
    begin, anna, olga, quiz, reply
):
    attempt = begin(anna)
    quiz.is_active = False
    quiz.save()

    reply(attempt, 1)
    with pytest.raises(NotOffered):
        begin(olga)


def test_after_a_fail_it_is_taken_again_from_the_third_day(begin, anna, pass_it):
    pass_it(begin(anna, days_ago=2), right=3)
    with pytest.raises(TooEarly):
        begin(anna)


def test_another_test_of_a_failed_competence_rests_as_long(begin, anna, pass_it, quiz, operator):
    pass_it(begin(anna, days_ago=2), right=3)
    other = Quiz.objects.create(name="Телефония, ещё раз", minutes=20)
    QuizLine.objects.create(quiz=other, competence=quiz.lines.get().competence, level=2, count=5)
    other.positions.add(operator)
    other.save()

    with pytest.raises(TooEarly):
        start(quiz=other, employee=anna, key=uuid.uuid4(), now=timezone.now())


def test_on_the_third_day_it_may_be_taken_again_with_the_question_not_seen_before(
    begin, anna, pass_it
):
    first = begin(anna, days_ago=3)
    pass_it(first, right=3)

    second = begin(anna)

    seen = {slot["uuid"] for slot in first.paper["slots"]}
    assert {slot["uuid"] for slot in second.paper["slots"]} - seen


def test_questions_that_nobody_has_confirmed_are_in_no_paper(
    begin, anna, questions, write_question
):
    for question in questions[:2]:
        question.text += " Иначе?"
        question.save()

    with pytest.raises(TooFewQuestions):
        begin(anna)


def test_a_question_of_a_changed_text_is_out_until_somebody_confirms_it(
    begin, anna, article, editor, now
):
    describe(article=article, size="notify", now_holds="Гудок 40 секунд", by=editor.user, now=now)
    draft = article.get_latest_revision_as_object()
    draft.answer = "Гудок 40 секунд."
    draft.save_revision(user=editor.user).publish()

    with pytest.raises(TooFewQuestions):
        begin(anna)


# --- saving ------------------------------------------------------------------------------------------------------


def test_the_answer_received_last_counts(begin, anna, reply):
    attempt = begin(anna)
    reply(attempt, 1, wrong=True)
    last = reply(attempt, 1)

    assert [row.pk for row in AnswerSave.objects.current(attempt.pk)] == [last.pk]


def test_the_same_save_sent_again_is_the_row_that_stands(begin, anna, reply):
    attempt = begin(anna)
    first = reply(attempt, 1, seq=1)
    reply(attempt, 1, wrong=True, seq=2)

    assert reply(attempt, 1, seq=1) == first
    assert AnswerSave.objects.current(attempt.pk).get().seq == 2


def test_another_answer_under_a_key_that_is_taken_is_kept_and_never_counts(begin, anna, reply):
    attempt = begin(anna)
    first = reply(attempt, 1, seq=1)

    refused = reply(attempt, 1, wrong=True, seq=1)

    assert refused.refused
    assert AnswerSave.objects.filter(attempt=attempt).count() == 2
    assert AnswerSave.objects.current(attempt.pk).get() == first


def test_two_tabs_save_side_by_side(begin, anna, reply):
    attempt = begin(anna)
    reply(attempt, 1, client="tab-one-0001", seq=1)
    last = reply(attempt, 1, wrong=True, client="tab-two-0002", seq=1)

    assert not last.refused
    assert AnswerSave.objects.current(attempt.pk).get() == last


def test_an_answer_after_the_deadline_is_refused_whatever_the_clock_of_its_sender_says(
    begin, anna, reply
):
    attempt = begin(anna)
    for at in (attempt.deadline_at, attempt.deadline_at + DAY):
        with pytest.raises(AttemptOver):
            reply(attempt, 1, at=at)


def test_a_save_that_arrived_is_confirmed_again_even_after_the_deadline(begin, anna, reply):
    attempt = begin(anna)
    first = reply(attempt, 1, seq=1)

    assert reply(attempt, 1, seq=1, at=attempt.deadline_at + DAY) == first


def test_an_answer_to_an_attempt_that_is_handed_in_is_refused(begin, anna, reply, pass_it):
    attempt = begin(anna)
    pass_it(attempt)

    with pytest.raises(AttemptOver):
        reply(attempt, 1, wrong=True)


def test_what_is_no_answer_and_a_question_that_is_not_there_are_refused(begin, anna, reply):
    attempt = begin(anna)
    for given in (["9"], ["1", "2"], ["x" * 9000]):
        with pytest.raises(Unreadable):
            reply(attempt, 1, given=given)
    for slot in (0, 6, 10**6):
        with pytest.raises(NoSuchSlot):
            save_answer(
                attempt=attempt, slot=slot, given=["1"], client="tab-one-0001", seq=1,
                now=attempt.started_at,
            )  # fmt: skip
    assert not AnswerSave.objects.exists()


def test_taking_an_answer_back_leaves_the_question_open(begin, anna, reply):
    attempt = begin(anna)
    reply(attempt, 1)
    reply(attempt, 1, given=[])

    assert submit(attempt=attempt, by=anna.user, now=attempt.started_at + MINUTE).answers == {
        "1": []
    }


def test_an_answer_is_never_changed_or_deleted(begin, anna, reply):
    row = reply(begin(anna), 1)

    for act in (lambda: AnswerSave.objects.update(given=["2"]), lambda: row.delete()):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            act()


# --- handing in --------------------------------------------------------------------------------------------------


def test_four_of_five_right_is_passed_and_makes_the_level_of_knowledge(
    begin, anna, pass_it, telephony
):
    submission = pass_it(begin(anna), right=4)

    event = CompetenceEvent.objects.get(employee=anna, competence=telephony, type="quiz")
    assert submission.passed
    assert (event.level, event.passed, event.source_kind) == (2, True, "attempt")


def test_three_of_five_right_is_a_fail_that_stands_in_the_record(begin, anna, pass_it, telephony):
    submission = pass_it(begin(anna), right=3)

    event = CompetenceEvent.objects.get(employee=anna, competence=telephony, type="quiz")
    assert not submission.passed
    assert not event.passed


def test_a_paper_with_fewer_than_five_questions_of_a_competence_is_no_evidence_for_it(
    begin, anna, quiz, pass_it, reply
):
    quiz.lines.update(count=4)
    attempt = begin(anna)
    for slot in range(1, 5):
        reply(attempt, slot)
    submission = submit(attempt=attempt, by=anna.user, now=attempt.started_at + MINUTE)

    assert submission.passed
    assert not CompetenceEvent.objects.filter(employee=anna).exists()


def test_handing_in_twice_is_the_same_as_once(begin, anna, pass_it):
    attempt = begin(anna)
    first = pass_it(attempt)

    again = submit(attempt=attempt, by=anna.user, now=attempt.started_at + 2 * MINUTE)

    assert again == first
    assert CompetenceEvent.objects.filter(employee=anna).count() == 1


def test_when_time_is_over_the_sweep_hands_in_what_was_saved_at_the_deadline(begin, anna, reply):
    attempt = begin(anna)
    for slot in range(1, 6):
        reply(attempt, slot)

    assert submit_run_out(now=attempt.deadline_at + DAY) == 1
    assert submit_run_out(now=attempt.deadline_at + DAY) == 0
    submission = Submission.objects.get(attempt=attempt)
    attempt.refresh_from_db()
    assert submission.by_deadline
    assert submission.passed
    assert submission.submitted_at == attempt.deadline_at
    assert attempt.state == AttemptState.EXPIRED


def test_who_leaves_in_the_middle_of_a_test_leaves_what_was_answered(begin, reply, anna, now):
    attempt = begin(anna)
    for slot in range(1, 6):
        reply(attempt, slot)
    type(anna).objects.filter(pk=anna.pk).update(left_on=timezone.localdate(now))

    assert submit_run_out(now=attempt.deadline_at + DAY) == 1
    assert CompetenceEvent.objects.filter(employee=anna, type="quiz", passed=True).count() == 1


def test_the_event_rests_on_the_versions_that_the_questions_rested_on(
    begin, anna, pass_it, article
):
    pass_it(begin(anna))

    event = CompetenceEvent.objects.get(employee=anna)
    assert set(event.basis.values_list("article_uuid", "number")) == {(article.uuid, 1)}


def test_a_full_test_that_covers_a_change_clears_stale(
    begin, anna, at_level_2, telephony, article, editor, questions, quiz, pass_it, now, cell_of
):
    at_level_2(anna, telephony)
    describe(article=article, size="confirm", now_holds="Гудок 30 секунд", by=editor.user, now=now)
    draft = article.get_latest_revision_as_object()
    draft.answer = "Гудок 30 секунд, не 20."
    draft.save_revision(user=editor.user).publish()
    assert cell_of(anna, telephony).state == "stale"
    for question in questions:
        question.article.refresh_from_db()
        confirm(question=question, by=editor.user, now=now)

    attempt = start(quiz=quiz, employee=anna, key=uuid.uuid4(), now=timezone.now())
    pass_it(attempt)

    assert CompetenceEvent.objects.filter(employee=anna, type="quiz").last().covers_changes
    assert cell_of(anna, telephony).state == "current"
