"""A process killed while it begins a test, answers, hands it in or judges one anew: nothing lost, nothing twice."""

import uuid

import pytest

from certification.models import AnswerSave, Attempt, QuestionSuspension, Rescoring, Submission
from certification.rules.rescoring import Remedy
from certification.services.collecting import known_version
from certification.services.rescoring import rescore_all
from certification.services.submitting import submit
from competence.choices import EventType
from competence.models import CompetenceEvent
from tests.certification.conftest import (  # noqa: F401
    area,
    article,
    at_level_2,
    begin,
    calls,
    cell_of,
    happened,
    operator,
    question_keys,
    questions,
    quiz,
    reply,
    require,
    telephony,
    today,
    write_question,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def attempt(anna, begin):
    """Anna has begun."""
    return begin(anna)


def saved(attempt) -> int:
    """How many answers the server holds."""
    return AnswerSave.objects.filter(attempt=attempt, refused=False).count()


def passed(attempt) -> int:
    """How many events the attempt gave."""
    events = CompetenceEvent.objects.filter(type=EventType.QUIZ, source_id=str(attempt.pk))
    return events.count()


@pytest.mark.parametrize("point", ["before_commit", "after_commit"])
def test_a_start_killed_at_its_commit_is_one_attempt_with_one_paper_when_sent_again(
    killed, quiz, anna, begin, now, point
):
    key = uuid.uuid4()
    killed(point, "begin", quiz=quiz.pk, employee=anna.pk, key=str(key), now=now.isoformat())
    frozen = list(Attempt.objects.values_list("paper_sha256", flat=True))
    assert len(frozen) == int(point == "after_commit")

    for _time in range(2):
        attempt = begin(anna, key=key)

    assert list(Attempt.objects.all()) == [attempt]
    assert attempt.paper_sha256 in frozen or point == "before_commit"


def test_an_answer_killed_before_its_commit_is_not_there_and_the_next_try_saves_it(
    killed, attempt, reply, question_keys, now
):
    killed(
        "before_commit",
        "answer",
        attempt=attempt.pk,
        given=question_keys(attempt, 1),
        now=attempt.started_at.isoformat(),
    )
    assert saved(attempt) == 0

    reply(attempt, 1)

    assert saved(attempt) == 1


def test_an_answer_killed_after_its_commit_is_there_and_the_same_save_again_is_one(
    killed, attempt, reply, question_keys
):
    killed(
        "after_commit",
        "answer",
        attempt=attempt.pk,
        given=question_keys(attempt, 1),
        now=attempt.started_at.isoformat(),
    )
    assert saved(attempt) == 1

    reply(attempt, 1)

    assert saved(attempt) == 1


@pytest.mark.parametrize("point", ["before_commit", "after_commit"])
def test_a_test_killed_while_it_is_handed_in_is_handed_in_once_with_one_event(
    killed, attempt, reply, anna, now, point
):
    for slot in range(1, 6):
        reply(attempt, slot)
    killed(point, "submit", attempt=attempt.pk, now=now.isoformat())
    kept = point == "after_commit"
    assert Submission.objects.filter(attempt=attempt).exists() is kept
    assert passed(attempt) == int(kept)

    for _time in range(2):
        submit(attempt=attempt, by=anna.user, now=now)

    assert Submission.objects.filter(attempt=attempt).count() == 1
    assert passed(attempt) == 1


@pytest.mark.parametrize("point", ["before_commit", "after_commit"])
def test_a_test_killed_while_it_is_judged_anew_is_judged_once_and_one_event_stands(
    killed, attempt, reply, anna, editor, questions, now, point
):
    asked = [slot["uuid"] for slot in attempt.paper["slots"]]
    bad = next(one for one in questions if str(one.uuid) == asked[0])
    for slot in range(1, 6):
        reply(attempt, slot, wrong=slot < 3)
    submission = submit(attempt=attempt, by=anna.user, now=now)
    # The row alone: whoever said it died before the doorbell rang.
    QuestionSuspension.objects.create(
        version=known_version({**bad.content(), "uuid": str(bad.uuid)}, now),
        remedy=Remedy.CREDITED.value, reason="Ключ неверен", by=editor.user, at=now,
    )  # fmt: skip
    killed(point, "rescore", submission=submission.pk, now=now.isoformat())
    kept = point == "after_commit"
    assert Rescoring.objects.count() == int(kept)
    events = CompetenceEvent.objects.filter(employee=anna)
    assert events.count() == (3 if kept else 1)

    for _time in range(2):
        rescore_all(now=now)

    assert Rescoring.objects.count() == 1
    assert events.count() == 3
    assert [event.passed for event in events.standing().filter(type=EventType.QUIZ)] == [True]
