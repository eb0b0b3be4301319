"""Open answers: written, handed in, waiting for an assessor; assessed once by somebody else; evidence follows."""

import datetime
import uuid

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from certification.choices import Review
from certification.kinds import kind_of
from certification.models import (
    Assessment,
    DrillCard,
    ItemResponse,
    OpenAnswer,
    Question,
    Quiz,
    Rescoring,
    Submission,
)
from certification.notices.assessments import AnswersWait, Assessed
from certification.refusals import (
    AssessedAlready,
    NotAsTheRubric,
    OwnResult,
    StillAssessed,
    TooEarly,
    Unreadable,
)
from certification.rules.rescoring import Remedy
from certification.rules.rubrics import Mark
from certification.services import drilling
from certification.services.answering import save_answer
from certification.services.appealing import appeal, decide, may_appeal
from certification.services.assessing import assess
from certification.services.assessors import remind_assessors
from certification.services.attempts import start
from certification.services.collecting import collect
from certification.services.rescoring import rescore_all
from certification.services.submitting import submit
from certification.services.suspending import lift, suspend
from competence.models import CompetenceEvent
from notifications.models import Notification
from people.viewer import Viewer

DAY = datetime.timedelta(days=1)
CRITERION, ANCHOR, MODEL = (
    "Проверка личности",
    "просит кодовое слово",
    "Образец: сначала кто звонит",
)
RUBRIC = (
    f"# {CRITERION}: 2\n2 = {ANCHOR}\n0 = называет данные сразу\n# Тон: 1\n1 = ровный\n---\n{MODEL}"
)
WORDS = "Сначала спрошу кодовое слово,\nпотом отвечу."
SECRETS = (CRITERION, ANCHOR, MODEL, "ровный")
FULL = [Mark(2), Mark(1)]
POOR = [Mark(0, "Данные названы сразу"), Mark(0, "Резко")]


@pytest.fixture
def open_quiz(questions, quiz, write_question) -> Quiz:
    """The quiz of five questions, of which one is open: four of the six others are away."""
    Question.objects.filter(pk__in=[one.pk for one in questions[4:]]).update(live=False)
    write_question(
        "Клиент просит детализацию. Что скажете?", kind="open", body=kind_of("open").parse(RUBRIC)
    )
    return quiz


@pytest.fixture
def sit(open_quiz, begin, reply):
    """``sit(anna)``: everything but the open answer right, unless told otherwise; the attempt, not handed in."""

    def _sit(employee, *, words: str = WORDS, wrong: int = 0, days_ago: float = 1):
        attempt = begin(employee, days_ago=days_ago)
        for slot, asked in enumerate(attempt.paper["slots"], start=1):
            if asked["kind"] != "open":
                wrong, missed = wrong - 1, wrong > 0
                reply(attempt, slot, wrong=missed)
            elif words:
                save_answer(
                    attempt=attempt, slot=slot, given=[words], client="tab-two-0001", seq=1,
                    now=attempt.started_at + DAY / 1000,
                )  # fmt: skip
        return attempt

    return _sit


@pytest.fixture
def waiting(sit, anna) -> OpenAnswer:
    """Anna handed in yesterday; her open answer waits."""
    attempt = sit(anna)
    submit(attempt=attempt, by=anna.user, now=attempt.started_at + DAY / 100)
    return OpenAnswer.objects.get()


def counting(submission) -> Submission:
    return Submission.objects.counting().select_related("attempt__quiz", "attempt__employee").get(
        pk=submission.pk
    )  # fmt: skip


def results(employee) -> list[bool]:
    rows = CompetenceEvent.objects.standing().filter(employee=employee, type="quiz")
    return list(rows.order_by("seq").values_list("passed", flat=True))


def test_an_open_answer_waits_and_gives_no_evidence_until_it_is_assessed(
    waiting, anna, editor, now
):
    submission = counting(waiting.submission)
    assert (submission.passed, submission.counted["waiting"]) == (False, 1)
    assert results(anna) == []

    assess(answer=waiting, marks=FULL, by=editor.user, now=now)

    submission = counting(submission)
    assert (submission.counted_passed, submission.counted["points"]) == (True, "5")
    assert results(anna) == [True]
    event = CompetenceEvent.objects.get(employee=anna, type="quiz")
    assert event.on == submission.submitted_at.astimezone(anna.tz).date()
    assert event.basis.count() == 1
    assert submission.certificate.employee == anna
    told = Notification.objects.get(recipient=anna)
    (said,) = Assessed().render([told.params], viewer=Viewer.of(anna.user), at=now)
    assert (told.kind, said.url) == (
        "certification.assessed",
        reverse("attempt", args=[submission.attempt_id]),
    )
    assert rescore_all(now=now) == 0


def test_too_few_points_fail_the_competence_and_its_rest_begins_with_the_assessment(
    sit, open_quiz, anna, editor, now
):
    attempt = sit(anna, wrong=1, days_ago=5)
    submission = submit(attempt=attempt, by=anna.user, now=attempt.started_at + DAY / 100)
    with pytest.raises(StillAssessed):
        start(quiz=open_quiz, employee=anna, key=uuid.uuid4(), now=now)

    assess(answer=OpenAnswer.objects.get(), marks=POOR, by=editor.user, now=now)

    assert (counting(submission).counted_passed, results(anna)) == (False, [False])
    with pytest.raises(TooEarly):
        start(quiz=open_quiz, employee=anna, key=uuid.uuid4(), now=now + DAY)
    assert start(quiz=open_quiz, employee=anna, key=uuid.uuid4(), now=now + 3 * DAY)


def test_nothing_written_is_judged_at_once(sit, anna):
    attempt = sit(anna, words="   ")
    submission = submit(attempt=attempt, by=anna.user, now=attempt.started_at + DAY / 100)

    assert not OpenAnswer.objects.exists()
    assert (submission.passed, results(anna)) == (True, [True])


def test_an_answer_is_assessed_once_by_the_rubric_and_never_changed(
    waiting, anna, editor, second_editor, now
):
    for marks in ([FULL[0]], [Mark(3), Mark(1)], [Mark(1), Mark(1)], [*FULL, Mark(1)]):
        with pytest.raises(NotAsTheRubric):
            assess(answer=waiting, marks=marks, by=editor.user, now=now)
    assert not Assessment.objects.exists()

    row = assess(answer=waiting, marks=POOR, by=editor.user, now=now)
    assert assess(answer=waiting, marks=POOR, by=editor.user, now=now) == row
    for by, marks in ((editor, FULL), (second_editor, POOR)):
        with pytest.raises(AssessedAlready):
            assess(answer=waiting, marks=marks, by=by.user, now=now)

    assert (Assessment.objects.count(), Rescoring.objects.count()) == (1, 1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Assessment.objects.update(marks=[[2, ""], [1, ""]])


def test_nobody_assesses_their_own(sit, editor, operator, client_of, now):
    attempt = sit(editor)
    submit(attempt=attempt, by=editor.user, now=attempt.started_at + DAY / 100)
    mine = OpenAnswer.objects.get()

    with pytest.raises(OwnResult):
        assess(answer=mine, marks=FULL, by=editor.user, now=now)
    client = client_of(editor)
    assert client.get(reverse("assessment_item", args=[mine.pk])).status_code == 404
    assert "детализацию" not in client.get(reverse("assessments")).content.decode()


def test_an_answer_of_more_than_two_pages_is_refused_and_lines_stay_lines(open_quiz, begin, anna):
    attempt = begin(anna)
    (slot,) = [n for n, one in enumerate(attempt.paper["slots"], 1) if one["kind"] == "open"]
    key = {"attempt": attempt, "slot": slot, "client": "tab-one-0001", "now": attempt.started_at}

    with pytest.raises(Unreadable):
        save_answer(given=["ы" * 4001], seq=1, **key)

    assert save_answer(given=["раз\r\nдва"], seq=2, **key).given == ["раз\nдва"]


def test_appeals_and_figures_begin_once_all_is_judged(waiting, anna, editor, now):
    slot, submission = waiting.slot, waiting.submission
    collect(now=now)
    assert not ItemResponse.objects.exists()
    assert not may_appeal(counting(submission), now)
    with pytest.raises(StillAssessed):
        appeal(submission=counting(submission), slot=slot, words="Нет", now=now)

    assess(answer=waiting, marks=POOR, by=editor.user, now=now)
    collect(now=now)

    response = ItemResponse.objects.get(slot=slot)
    assert (response.score, response.chosen, response.rest) == (0, [], 1)
    later = now + 7 * DAY
    row = appeal(submission=counting(submission), slot=slot, words="Слово спросила", now=later)
    decide(appeal=row, accepted=True, words="", by=editor.user, now=later)
    assert (counting(submission).counted["points"], results(anna)) == ("5", [True])


def test_a_suspended_open_question_leaves_the_queue_and_comes_back(waiting, anna, editor, now):
    question = Question.objects.get(kind="open")
    row = suspend(
        question=question, version=None, remedy=Remedy.CREDITED, reason="Спорный",
        by=editor.user, now=now, key=question.uuid,
    )  # fmt: skip
    rescore_all(now=now)
    assert results(anna) == [True]
    with pytest.raises(AssessedAlready):
        assess(answer=waiting, marks=FULL, by=editor.user, now=now)

    lift(suspension=row, reason="Верен", by=editor.user, now=now)
    rescore_all(now=now)
    assert (results(anna), OpenAnswer.objects.waiting().count()) == ([], 1)
    assess(answer=waiting, marks=FULL, by=editor.user, now=now)
    assert results(anna) == [True]


def test_no_response_tells_the_rubric_before_the_end(sit, open_quiz, anna, editor, client_of, now):
    attempt, client = sit(anna, days_ago=0), client_of(anna)
    pages = [reverse("attempt_question", args=[attempt.pk, slot]) for slot in range(1, 6)]
    told = [client.get(page).content.decode() for page in pages]
    (slot,) = [n for n, one in enumerate(attempt.paper["slots"], 1) if one["kind"] == "open"]
    assert WORDS.replace("\n", "") in told[slot - 1].replace("\n", "")
    save = {"client": str(uuid.uuid4()), "seq": 1, "answer": WORDS}
    echo = client.post(pages[slot - 1], save, headers={"Accept": "application/json"})
    told += [
        echo.content.decode(),
        client.get(reverse("attempt", args=[attempt.pk])).content.decode(),
    ]
    assert client.post(reverse("attempt", args=[attempt.pk])).status_code == 302
    result = reverse("attempt", args=[attempt.pk])
    told += [client.get(page).content.decode() for page in (result, reverse("tests"))]

    assert not [secret for page in told for secret in SECRETS if secret in page]

    assess(answer=OpenAnswer.objects.get(), marks=POOR, by=editor.user, now=now + DAY)
    shown = client.get(result).content.decode()
    assert all(secret in shown for secret in (CRITERION, MODEL, "Данные названы сразу"))
    Quiz.objects.update(review=Review.NEVER)
    hidden = client.get(result).content.decode()
    assert not [secret for secret in (*SECRETS, "Данные названы сразу") if secret in hidden]


def test_the_queue_is_anonymous_and_leads_from_one_answer_to_the_next(
    sit, anna, olga, editor, client_of, now, django_assert_max_num_queries
):
    for person in (anna, olga):
        attempt = sit(person)
        submit(attempt=attempt, by=person.user, now=attempt.started_at + DAY / 100)
    first, second = OpenAnswer.objects.order_by("pk")
    assert client_of(anna).get(reverse("assessments")).status_code in (403, 404)
    client = client_of(editor)
    client.get(reverse("assessments"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("assessments")).content.decode()
    assert page.count("Клиент просит детализацию") == 2
    address = reverse("assessment_item", args=[first.pk])
    with django_assert_max_num_queries(12):
        sheet = client.get(address).content.decode()
    assert all(words in sheet for words in (*SECRETS, "Сначала спрошу кодовое слово"))
    for person in (anna, olga):
        assert person.full_name not in page + sheet

    lacking = {"points-0": "0", "comment-0": "", "points-1": "1", "comment-1": ""}
    assert client.post(address, lacking).status_code == 422
    answer = client.post(address, lacking | {"comment-0": "Не спросил"})
    assert answer.url == reverse("assessment_item", args=[second.pk])
    assert "Не спросил" in client.get(address).content.decode()
    full = {"points-0": "2", "points-1": "1", "comment-0": "", "comment-1": ""}
    assert client.post(answer.url, full).url == reverse("assessments")


def test_assessors_hear_once_a_day_that_something_waits(waiting, anna, editor, now):
    # A Wednesday, at noon where they work.
    now = now.replace(hour=9) + DAY * ((2 - now.weekday()) % 7 or 7)
    assert remind_assessors(now=now) == 1
    assert remind_assessors(now=now) == 0
    told = Notification.objects.get(recipient=editor)
    viewer = Viewer.of(editor.user)
    assert AnswersWait().render([told.params], viewer=viewer, at=now)[0].url == reverse(
        "assessments"
    )

    assess(answer=waiting, marks=FULL, by=editor.user, now=now)

    assert AnswersWait().render([told.params], viewer=viewer, at=now) == [None]


def test_an_open_question_is_never_repeated_alone_because_nobody_would_assess_it(
    waiting, anna, now
):
    drill = drilling.switch_on(employee=anna, now=now)
    drilling.gather(drill=drill, now=now)
    asked = Question.objects.get(kind="open")
    DrillCard.objects.create(drill=drill, question=asked, due_at=now)  # a single choice before

    assert drill.cards.count() == 1
    assert not drilling.askable(drill, now).exists()
