"""An appeal: said in time by its person, decided once by somebody else; what is right stays untold until it may be."""

import datetime

import pytest
from django.urls import reverse

from certification.choices import AppealState, Review
from certification.models import Appeal, Quiz, Rescoring, Submission
from certification.notices.appeals import AppealDecided, Appealed
from certification.refusals import (
    DecidedAlready,
    NothingLost,
    OwnResult,
    TooLateToAppeal,
    Unexplained,
)
from certification.rules.rescoring import Remedy
from certification.services.appealing import appeal, decide
from certification.services.rescoring import rescore_all
from certification.services.submitting import submit
from certification.services.suspending import suspend
from competence.models import CompetenceEvent
from notifications.models import Notification
from people.viewer import Viewer
from tests.certification.conftest import RIGHT, WRONG

DAY = datetime.timedelta(days=1)


@pytest.fixture
def failed(begin, reply, anna) -> Submission:
    """Anna missed questions 1 and 2 of five: 3 of 5, not passed."""
    attempt = begin(anna, days_ago=1)
    for slot in range(1, 6):
        reply(attempt, slot, wrong=slot <= 2)
    return submit(attempt=attempt, by=anna.user, now=attempt.started_at + DAY / 100)


def counting(submission) -> Submission:
    return Submission.objects.counting().select_related("attempt__quiz").get(pk=submission.pk)


def results(employee) -> list[bool]:
    rows = CompetenceEvent.objects.standing().filter(employee=employee, type="quiz")
    return list(rows.order_by("seq").values_list("passed", flat=True))


def test_an_accepted_appeal_counts_for_its_person_and_both_results_stay(failed, anna, editor, now):
    row = appeal(submission=counting(failed), slot=1, words="Гудок и 20 секунд бывает", now=now)
    decide(appeal=row, accepted=True, words="", by=editor.user, now=now)

    again = Rescoring.objects.get()
    assert (failed.result["points"], again.result["points"]) == ("3", "4")
    assert (failed.passed, counting(failed).counted_passed) == (False, True)
    assert results(anna) == [True]
    assert rescore_all(now=now) == 0
    told = Notification.objects.get(recipient=anna)
    assert told.kind == AppealDecided.name
    (said,) = AppealDecided().render([told.params], viewer=Viewer.of(anna.user), at=now)
    assert said.url.endswith(f"/{failed.attempt_id}/#appeals")


def test_a_refused_appeal_says_why_and_changes_nothing(failed, anna, editor, now):
    row = appeal(submission=counting(failed), slot=1, words="Не согласна", now=now)
    with pytest.raises(Unexplained):
        decide(appeal=row, accepted=False, words=" ", by=editor.user, now=now)
    decide(appeal=row, accepted=False, words="Так в статье", by=editor.user, now=now)

    assert not Rescoring.objects.exists()
    assert results(anna) == [False]
    with pytest.raises(DecidedAlready):
        decide(appeal=row, accepted=True, words="", by=editor.user, now=now)
    assert Notification.objects.get(recipient=anna).kind == AppealDecided.name


def test_an_accepted_appeal_stays_accepted_when_its_question_is_suspended_for_all(
    failed, anna, editor, questions, now
):
    """The suspension concerns everybody alike and goes before it; lifted, the appeal counts again."""
    asked = failed.attempt.paper["slots"][0]["uuid"]
    question = next(one for one in questions if str(one.uuid) == asked)
    row = appeal(submission=counting(failed), slot=1, words="Не согласна", now=now)
    decide(appeal=row, accepted=True, words="", by=editor.user, now=now)
    suspend(
        question=question, version=None, remedy=Remedy.CREDITED, reason="Спорный",
        by=editor.user, now=now, key=question.uuid,
    )  # fmt: skip
    rescore_all(now=now)

    assert [one.result["points"] for one in Rescoring.objects.order_by("number")] == ["4", "4"]
    assert results(anna) == [True]


def test_an_appeal_is_made_in_time_once_and_only_about_what_was_lost(failed, anna, now):
    Quiz.objects.update(appeal_days=1)
    submission = counting(failed)
    first = appeal(submission=submission, slot=1, words="Не согласна", now=now)
    assert appeal(submission=submission, slot=1, words="Ещё раз", now=now) == first
    with pytest.raises(NothingLost):
        appeal(submission=submission, slot=3, words="И тут", now=now)
    with pytest.raises(Unexplained):
        appeal(submission=submission, slot=2, words="  ", now=now)
    with pytest.raises(TooLateToAppeal):
        appeal(submission=submission, slot=2, words="Поздно", now=now + 2 * DAY)
    Quiz.objects.update(appeal_days=0)
    with pytest.raises(TooLateToAppeal):
        appeal(submission=counting(failed), slot=2, words="Поздно", now=now)


def test_nobody_decides_their_own(begin, reply, editor, now, client_of):
    attempt = begin(editor, days_ago=1)
    reply(attempt, 1, wrong=True)
    mine = submit(attempt=attempt, by=editor.user, now=attempt.started_at + DAY / 100)
    row = appeal(submission=counting(mine), slot=1, words="Моя", now=now)

    with pytest.raises(OwnResult):
        decide(appeal=row, accepted=True, words="", by=editor.user, now=now)
    client = client_of(editor)
    assert client.get(reverse("appeal_item", args=[row.pk])).status_code == 404
    assert "Моя" not in client.get(reverse("appeals")).content.decode()
    assert not Notification.objects.filter(recipient=editor, kind=Appealed.name).exists()


def test_the_screens_of_a_test_that_hides_what_is_right_hide_it_in_an_appeal_too(
    failed, anna, editor, client_of, now
):
    Quiz.objects.update(review=Review.NEVER)
    client = client_of(anna)
    result = client.get(reverse("attempt", args=[failed.attempt_id])).content.decode()
    for slot in (1, 5):
        address = reverse("appeal", args=[failed.attempt_id, slot])
        assert address in result, "what was right and what was wrong would be told by the links"
        page = client.get(address).content.decode()
        assert (WRONG in page, RIGHT in page) == (slot == 1, slot == 5)
        assert client.post(address, {"words": "Проверьте"}).status_code == 302

    after = client.get(reverse("attempt", args=[failed.attempt_id])).content.decode()
    assert after.count("Проверьте") == 2
    assert RIGHT not in after
    case = client_of(editor).get(reverse("appeal_item", args=[Appeal.objects.first().pk]))
    assert RIGHT in case.content.decode()
    assert anna.full_name not in case.content.decode()


def test_the_queue_is_for_who_writes_questions_and_takes_the_same_queries_however_long(
    failed, anna, editor, client_of, now, django_assert_max_num_queries
):
    for slot in (1, 2):
        appeal(submission=counting(failed), slot=slot, words=f"Апелляция {slot}", now=now)
    assert client_of(anna).get(reverse("appeals")).status_code in (403, 404)
    client = client_of(editor)
    client.get(reverse("appeals"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("appeals")).content.decode()
    assert page.count("Апелляция ") == 2

    row = Appeal.objects.first()
    address = reverse("appeal_item", args=[row.pk])
    assert client.post(address, {"accepted": "no", "words": ""}).status_code == 422
    assert client.post(address, {"accepted": "yes", "words": "Верно"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (AppealState.ACCEPTED, editor.user)
    mine = client_of(anna).get(reverse("attempt", args=[failed.attempt_id])).content.decode()
    assert "Верно" in mine
