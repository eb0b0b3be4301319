"""A suspended question: its price said first, every attempt judged anew once, the ledger never short or double."""

import datetime
import uuid
from fractions import Fraction

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from certification.models import Question, QuestionSuspension, QuizLine, Rescoring, Submission
from certification.notices.results import JudgedAnew
from certification.refusals import NothingToLift, OwnResult, SuspendedAlready, Unexplained
from certification.rules.rescoring import Effect, Remedy, changes, effect, gentler
from certification.rules.scoring import SlotScore, score_paper
from certification.services.collecting import collect
from certification.services.foreseeing import effects_of_suspending
from certification.services.rescoring import rescore, rescore_all, waiting
from certification.services.standings import holding_for
from certification.services.submitting import submit
from certification.services.suspending import lift, suspend
from competence.models import CompetenceEvent
from competence.services.deciding import may_withdraw, withdraw
from kb.models import ArticleVersion
from notifications.models import Notification
from people.viewer import Viewer

MINUTE = datetime.timedelta(minutes=1)
SUSPEND = "wagtailsnippets_certification_question:suspend"
SUSPENSION = "wagtailsnippets_certification_question:suspension"


@pytest.fixture
def take(quiz, begin, reply):
    """``take(anna, questions[0])``: she hands in a test of all six questions and misses those named."""

    def _take(employee, *missed, days_ago: float = 1) -> Submission:
        QuizLine.objects.filter(quiz=quiz).update(count=6)
        names = {str(one.uuid) for one in missed}
        attempt = begin(employee, days_ago=days_ago)
        for slot, asked in enumerate(attempt.paper["slots"], start=1):
            reply(attempt, slot, wrong=asked["uuid"] in names)
        at = attempt.started_at + 6 * MINUTE
        return submit(attempt=attempt, by=employee.user, now=at)

    return _take


@pytest.fixture
def put_away(editor, now):
    """``put_away(question)``: an editor suspends it and every attempt follows; the suspension."""

    def _put_away(question, remedy=Remedy.LEFT_OUT) -> QuestionSuspension:
        suspension = suspend(
            question=question, version=None, remedy=remedy, reason="Ключ неверен",
            by=editor.user, now=now, key=uuid.uuid4(),
        )  # fmt: skip
        rescore_all(now=now)
        return suspension

    return _put_away


def told(employee) -> list[tuple[str, bool | None, str]]:
    """What the ledger holds of somebody, in order: type, passed, source."""
    rows = CompetenceEvent.objects.filter(employee=employee).order_by("seq")
    return list(rows.values_list("type", "passed", "source_kind"))


def standing(employee) -> list[CompetenceEvent]:
    """The results of tests that stand."""
    rows = CompetenceEvent.objects.standing().filter(employee=employee, type="quiz")
    return list(rows.order_by("seq"))


# --- the rule --------------------------------------------------------------------------------------------------------

LINES = ((1, 2),)
SCORES = st.lists(st.integers(0, 2).map(lambda n: Fraction(n, 2)), min_size=1, max_size=12)


@given(SCORES, st.integers(0, 11))
def test_giving_everybody_the_point_costs_nobody_a_pass(scores, place):
    place %= len(scores)
    before = score_paper(LINES, [SlotScore(1, 2, one) for one in scores])
    scores[place] = Fraction(1)
    after = score_paper(LINES, [SlotScore(1, 2, one) for one in scores])

    found = effect([(7, changes(before.competences, after.competences))])
    assert (found.lose, found.silenced) == (frozenset(), 0)


@given(SCORES, st.integers(0, 11))
def test_what_is_left_out_and_comes_back_changes_the_same_the_other_way_round(scores, place):
    place %= len(scores)
    with_it = score_paper(LINES, [SlotScore(1, 2, one) for one in scores])
    rest = scores[:place] + scores[place + 1 :]
    without = score_paper(LINES, [SlotScore(1, 2, one) for one in rest])

    forth = changes(with_it.competences, without.competences)
    back = changes(without.competences, with_it.competences)
    assert [(one.before, one.after) for one in forth] == [(one.after, one.before) for one in back]
    assert effect([(7, forth)]).gain == effect([(7, back)]).lose


def test_the_remedy_that_keeps_results_is_proposed():
    def found(silenced):
        return Effect(9, frozenset(), frozenset(), silenced)

    assert gentler({Remedy.LEFT_OUT: found(0), Remedy.CREDITED: found(0)}) is Remedy.LEFT_OUT
    assert gentler({Remedy.LEFT_OUT: found(2), Remedy.CREDITED: found(0)}) is Remedy.CREDITED


# --- out of use ------------------------------------------------------------------------------------------------------


def test_a_suspended_question_is_in_no_paper_and_no_check_until_it_is_another(
    questions, article, put_away, editor
):
    version = ArticleVersion.objects.of_article(article.uuid).last()
    put_away(questions[0])
    assert questions[0] not in Question.objects.drawable()
    assert questions[0] not in holding_for(version)
    # It is confirmed all the same: nobody is asked to look at it again.
    assert not Question.objects.out_of_draw().exists()

    questions[0].text = "Другой вопрос?"
    questions[0].save()
    assert not Question.objects.suspended().exists()


# --- the ledger ------------------------------------------------------------------------------------------------------


def test_who_missed_the_question_gains_and_who_knew_it_loses(
    take, questions, anna, olga, denis, put_away, editor, now
):
    bad, other, third = questions[:3]
    take(anna, bad, other)  # 4 of 6, left out: 4 of 5
    take(olga, other)  # 5 of 6, left out: 4 of 5
    take(denis, other, third)  # 4 of 6, left out: 3 of 5
    found = effects_of_suspending(None)[Remedy.LEFT_OUT]
    assert found.attempts == 0

    put_away(bad)

    assert [event.passed for event in standing(anna)] == [True]
    assert told(anna) == [
        ("quiz", False, "attempt"),
        ("withdrawal", None, "rescoring"),
        ("quiz", True, "rescoring"),
    ]
    assert told(olga) == [("quiz", True, "attempt")]
    assert told(denis) == [("quiz", False, "attempt")]
    assert Rescoring.objects.count() == 3


def test_the_preview_says_what_then_happens(take, questions, anna, olga, put_away, now):
    bad, other = questions[:2]
    take(anna, bad, other)
    take(olga, questions[3], questions[4])
    collect(now=now)
    version = bad.asked_versions.get()
    left_out = effects_of_suspending(version)[Remedy.LEFT_OUT]
    credited = effects_of_suspending(version)[Remedy.CREDITED]

    put_away(bad)

    assert (left_out.attempts, left_out.gain, left_out.lose) == (2, {anna.pk}, frozenset())
    assert credited.gain == {anna.pk}
    assert [row.changes != [] for row in Rescoring.objects.order_by("pk")] == [True, False]


def test_an_attempt_that_no_statistic_has_taken_in_is_foreseen_too(take, questions, anna, now):
    take(anna, questions[1])
    collect(now=now)
    version = questions[0].asked_versions.get()
    take(anna, questions[1], days_ago=0.5)

    assert effects_of_suspending(version)[Remedy.LEFT_OUT].attempts == 2


def test_a_pass_of_too_few_questions_that_are_left_counts_no_longer_and_comes_back_with_the_question(
    take, questions, anna, put_away, editor, now
):
    first, second = questions[:2]
    take(anna)
    put_away(first)
    suspension = put_away(second)
    assert standing(anna) == []
    assert told(anna)[-1] == ("withdrawal", None, "rescoring")

    lift(suspension=suspension, reason="Всё верно", by=editor.user, now=now)
    rescore_all(now=now)

    assert [event.passed for event in standing(anna)] == [True]
    assert Rescoring.objects.filter(submission__attempt__employee=anna).count() == 3


def test_the_new_event_is_of_the_day_of_the_test_with_the_validity_of_then(
    take, questions, anna, telephony, put_away
):
    take(anna, questions[0], questions[1], days_ago=9)
    (before,) = standing(anna)
    telephony.knowledge_months = 1
    telephony.save()

    put_away(questions[0])

    (after,) = standing(anna)
    assert (after.on, after.level, after.valid_months) == (before.on, before.level, 6)
    assert list(after.basis.values_list("number", flat=True)) == [1]


def test_suspended_lifted_and_suspended_again_leaves_one_event_that_stands(
    take, questions, anna, put_away, editor, now
):
    take(anna, questions[0], questions[1])
    for _round in range(2):
        suspension = put_away(questions[0])
        assert [event.passed for event in standing(anna)] == [True]
        lift(suspension=suspension, reason="Верен", by=editor.user, now=now)
        rescore_all(now=now)
        assert [event.passed for event in standing(anna)] == [False]


def test_a_run_that_dies_leaves_nothing_half_done_and_the_next_one_finishes_it(
    take, questions, anna, olga, editor, now
):
    first, second = (take(one, questions[0], questions[1]) for one in (anna, olga))
    suspension = suspend(
        question=questions[0], version=None, remedy=Remedy.CREDITED, reason="Ключ",
        by=editor.user, now=now, key=uuid.uuid4(),
    )  # fmt: skip
    collect(now=now)
    rescore(submission_id=first.pk, now=now)
    with transaction.atomic():
        rescore(submission_id=second.pk, now=now)
        transaction.set_rollback(True)
    assert list(waiting(suspension)) == [second]

    assert (rescore_all(now=now), rescore_all(now=now)) == (1, 0)
    assert rescore(submission_id=second.pk, now=now) == 0
    for one in (anna, olga):
        assert [event.passed for event in standing(one)] == [True]
        assert len(told(one)) == 3


def test_who_hands_in_while_it_is_suspended_is_judged_without_it_at_once(
    quiz, begin, reply, questions, anna, put_away, now
):
    QuizLine.objects.filter(quiz=quiz).update(count=6)
    attempt = begin(anna, days_ago=0)
    names = {str(one.uuid) for one in questions[:2]}
    for slot, asked in enumerate(attempt.paper["slots"], start=1):
        reply(attempt, slot, wrong=asked["uuid"] in names)
    put_away(questions[0], Remedy.CREDITED)

    submission = submit(attempt=attempt, by=anna.user, now=now + 2 * MINUTE)

    assert not submission.passed
    assert Submission.objects.counting().get().counted_passed
    assert told(anna) == [("quiz", True, "attempt")]
    assert rescore_all(now=now) == 0


def test_what_a_person_withdrew_stays_withdrawn(take, questions, anna, sergey, put_away, now):
    take(anna, questions[0], questions[1])
    withdraw(event=standing(anna)[0], reason="Списывала", by=sergey.user, now=now)

    put_away(questions[0])

    assert standing(anna) == []
    assert [kind for kind, _passed, _source in told(anna)] == ["quiz", "withdrawal"]


def test_nobody_undoes_by_hand_what_follows_from_a_suspension(
    take, questions, anna, sergey, editor, put_away
):
    take(anna, questions[0], questions[1])
    put_away(questions[0])

    event = CompetenceEvent.objects.get(employee=anna, type="withdrawal")
    assert not may_withdraw(event, Viewer.of(sergey.user), decides=True)
    # The result that came in its place is its person's, not the editor's to take back.
    assert not may_withdraw(standing(anna)[0], Viewer.of(editor.user), decides=False)


def test_a_retake_is_free_once_the_fail_is_none(take, questions, anna, begin, put_away):
    take(anna, questions[0], questions[1])
    put_away(questions[0])

    assert begin(anna).is_open


def test_whoever_took_the_test_is_told_once_that_it_says_something_else(
    take, questions, anna, olga, put_away, editor, client_of, now
):
    take(anna, questions[0], questions[1])
    take(olga)
    suspension = put_away(questions[0])
    rescore_all(now=now)
    told_of = Notification.objects.filter(kind="certification.judged_anew")
    assert [one.recipient for one in told_of] == [anna]
    inbox = client_of(anna).get("/inbox/").content.decode()
    assert "IP-телефония" in inbox
    assert "сдан" in inbox or "passed" in inbox

    lift(suspension=suspension, reason="Верен", by=editor.user, now=now)
    rescore_all(now=now)
    viewer = Viewer.of(anna.user)
    rendered = JudgedAnew().render(
        [one.params for one in told_of.order_by("pk")], viewer=viewer, at=now
    )
    assert [one is not None for one in rendered][-1:] == [True]
    assert sum(one is not None for one in rendered) == 1


# --- who may -----------------------------------------------------------------------------------------------------


def test_nobody_decides_on_a_question_that_changes_their_own_result(take, questions, editor, now):
    take(editor, questions[0], questions[1])
    collect(now=now)

    def by(version):
        return suspend(
            question=questions[0], version=version, remedy=Remedy.LEFT_OUT, reason="Мне не понравился",
            by=editor.user, now=now, key=uuid.uuid4(),
        )  # fmt: skip

    with pytest.raises(OwnResult):
        by(questions[0].asked_versions.get())
    with pytest.raises(OwnResult):
        by(None)


def test_a_reason_is_needed_a_second_click_is_one_and_a_second_person_is_told(
    questions, editor, now
):
    key = uuid.uuid4()
    said = {
        "question": questions[0], "version": None, "remedy": Remedy.LEFT_OUT, "by": editor.user,
        "now": now,
    }  # fmt: skip
    with pytest.raises(Unexplained):
        suspend(**said, reason="  ", key=key)
    first = suspend(**said, reason="Ключ", key=key)

    assert suspend(**said, reason="Ключ", key=key) == first
    with pytest.raises(SuspendedAlready):
        suspend(**said, reason="И я", key=uuid.uuid4())
    lift(suspension=first, reason="Верен", by=editor.user, now=now)
    with pytest.raises(NothingToLift):
        lift(suspension=first, reason="Верен", by=editor.user, now=now)


# --- screens -----------------------------------------------------------------------------------------------------


def test_an_editor_reads_the_price_suspends_and_reads_what_it_did(
    take, questions, anna, editor, client_of, now, django_capture_on_commit_callbacks,
    django_assert_max_num_queries,
):  # fmt: skip
    take(anna, questions[0], questions[1])
    collect(now=now)
    client = client_of(editor)
    address = reverse(SUSPEND, args=[questions[0].pk])
    page = client.get(address).content.decode()
    assert "1 человек получит зачёт" in page or "1 person gains a pass" in page
    form = {"remedy": "left_out", "reason": "Ключ неверен", "key": uuid.uuid4()}
    assert client.post(address, {**form, "reason": ""}).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, form)

    suspension = QuestionSuspension.objects.get()
    with django_assert_max_num_queries(30):
        log = client.get(reverse(SUSPENSION, args=[suspension.pk])).content.decode()
    assert "Ключ неверен" in log
    # An editor reads no records: how many, and not whose.
    assert anna.full_name not in log
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(SUSPENSION, args=[suspension.pk]), {"reason": "Верен"})
    assert [event.passed for event in standing(anna)] == [False]


def test_the_person_reads_both_results_and_the_record_says_why(
    take, questions, anna, put_away, client_of
):
    submission = take(anna, questions[0], questions[1])
    put_away(questions[0])
    client = client_of(anna)

    page = client.get(reverse("attempt", args=[submission.attempt_id])).content.decode()
    record = client.get(reverse("own_record")).content.decode()

    assert "Ключ неверен" in page
    assert ("4 of 6" in page and "4 of 5" in page) or ("4 из 6" in page and "4 из 5" in page)
    assert "judged anew" in record or "пересчитан" in record


def test_the_reason_is_kept_back_where_the_test_shows_nothing_of_what_was_right(
    take, questions, quiz, anna, put_away, client_of
):
    submission = take(anna, questions[0], questions[1])
    quiz.review = "never"
    quiz.save()
    put_away(questions[0])

    page = client_of(anna).get(reverse("attempt", args=[submission.attempt_id])).content.decode()

    assert "Ключ неверен" not in page
    assert "4 of 5" in page or "4 из 5" in page


def test_leads_and_operators_suspend_nothing(anna, sergey, questions, client_of):
    for person in (anna, sergey):
        client = client_of(person)
        client.post(
            reverse(SUSPEND, args=[questions[0].pk]),
            {"remedy": "left_out", "reason": "Ключ", "key": uuid.uuid4()},
        )
    assert not QuestionSuspension.objects.exists()
