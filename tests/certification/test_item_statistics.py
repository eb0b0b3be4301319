"""What attempts say of questions: taken in once, counted by cohort, shown to who writes questions and nobody else."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certification.models import (
    Attempt,
    ItemResponse,
    ItemStatistic,
    Question,
    QuizLine,
    Submission,
)
from certification.papers import freeze
from certification.results import as_plain
from certification.services.collecting import collect
from certification.services.submitting import submit
from common.ledger import sha256_of
from people.models import Assignment, Employee, Position, User
from tests.certification.conftest import RIGHT, WRONG

MINUTE = datetime.timedelta(minutes=1)
REPORT = "/admin/reports/questions/"
STATISTICS = "wagtailsnippets_certification_question:statistics"


@pytest.fixture
def crowd(line_one, line_two, operator):
    """``crowd(24)``: so many operators, every second one in line two."""

    def _crowd(count: int) -> list[Employee]:
        since = timezone.localdate() - datetime.timedelta(days=400)
        found = []
        for number in range(count):
            user = User.objects.create(email=f"crowd{number}@example.test")
            one = Employee.objects.create(
                user=user, full_name=f"Сотрудник {number}", hired_on=since, zone="Europe/Moscow"
            )
            Assignment.objects.create(
                employee=one,
                team=line_two if number % 2 else line_one,
                position=operator,
                starts_on=since,
            )
            found.append(one)
        return found

    return _crowd


@pytest.fixture
def sat(quiz, questions, now):
    """``sat(anna, missed={0})``: she handed in a test of the first five questions and missed the first."""
    from certification import papers

    def _sat(employee, *, missed=frozenset(), asked=None, ago_days: int = 1) -> Submission:
        asked = asked or questions[:5]
        frozen = [
            {
                "uuid": str(one.uuid), "kind": one.kind, "text": one.text, "body": one.body,
                "explanation": "", "competence": one.competence_id, "level": one.level,
                "counts": True, "article": str(one.article.uuid), "number": 1,
            }
            for one in asked
        ]  # fmt: skip
        lines = QuizLine.objects.filter(quiz=quiz).values_list("competence", "level")
        paper = freeze(lines=list(lines), questions=frozen, seed=employee.pk)
        answers = {}
        for slot, one in enumerate(paper["slots"], start=1):
            text = WRONG if slot - 1 in missed else RIGHT
            shown = one["shown"]["choices"]
            answers[slot] = [choice["key"] for choice in shown if choice["text"] == text]
        at = now - datetime.timedelta(days=ago_days)
        _scores, result = papers.score(paper, answers)
        attempt = Attempt.objects.create(
            employee=employee, quiz=quiz, seed=1, paper=paper, paper_sha256=sha256_of(paper),
            started_at=at - 5 * MINUTE, deadline_at=at + 5 * MINUTE, state="submitted", key=uuid.uuid4(),
        )  # fmt: skip
        return Submission.objects.create(
            attempt=attempt, submitted_at=at, by_deadline=False,
            answers={str(slot): given for slot, given in answers.items()},
            result=as_plain(result), passed=result.passed,
        )  # fmt: skip

    return _sat


def overall(question: Question) -> ItemStatistic:
    """Everybody's figures of a question as it is asked now."""
    return ItemStatistic.objects.get(
        version__question=question, version__sha256=question.content_sha256, cohort_kind="all"
    )


def test_an_attempt_is_taken_in_once_however_often_it_is_collected(sat, crowd, now):
    for one in crowd(3):
        sat(one)

    assert (collect(now=now), collect(now=now)) == (3, 0)
    assert ItemResponse.objects.count() == 15


def test_a_run_that_was_killed_before_it_counted_is_made_up_for(sat, crowd, questions, now):
    for one in crowd(12):
        sat(one, missed={0})
    collect(now=now)
    ItemStatistic.objects.all().delete()

    collect(now=now)

    assert (overall(questions[0]).people, overall(questions[0]).facility) == (12, 0)


def test_a_question_that_the_better_ones_miss_is_flagged_and_one_of_few_people_is_not(
    sat, crowd, questions, now
):
    people = crowd(24)
    for number, one in enumerate(people):
        sat(one, missed={0} if number < 14 else {1, 2, 3, 4})
    collect(now=now)

    worst = overall(questions[0])
    assert worst.discrimination == pytest.approx(-1)
    assert [flag.weakness for flag in worst.flagged][:2] == ["negative", "beats_key"]
    assert overall(questions[1]).discrimination > 0.9


def test_cohorts_are_team_position_and_half_year_of_the_day_it_was_taken(
    sat, crowd, questions, now, line_two
):
    people = crowd(24)
    for number, one in enumerate(people):
        sat(one, missed={0} if number % 2 else set())
    # Who moves later leaves the past as it was.
    Assignment.objects.create(
        employee=people[0],
        team=line_two,
        position=Position.objects.create(name="Старший"),
        starts_on=now.date() + datetime.timedelta(days=1),
    )
    collect(now=now)

    by_cohort = {
        (row.cohort_kind, row.cohort): row.facility
        for row in ItemStatistic.objects.filter(version__question=questions[0])
    }
    assert len(by_cohort) == 5
    assert by_cohort["team", str(line_two.pk)] == 0
    assert by_cohort["all", ""] == 0.5


def test_another_text_is_another_version_with_figures_of_its_own(sat, crowd, questions, now):
    people = crowd(20)
    for one in people[:10]:
        sat(one, missed={0})
    questions[0].text = "Сколько секунд?"
    questions[0].save()
    for one in people[10:]:
        sat(one)
    collect(now=now)

    assert (overall(questions[0]).people, overall(questions[0]).facility) == (10, 1)
    assert ItemStatistic.objects.filter(
        version__question=questions[0], cohort_kind="all"
    ).count() == 2  # fmt: skip


def test_the_time_of_a_question_is_what_passes_between_two_saves(begin, reply, anna, now):
    attempt = begin(anna)
    for slot in range(1, 6):
        reply(attempt, slot, at=attempt.started_at + slot * MINUTE)
    submit(attempt=attempt, by=anna.user, now=attempt.started_at + 6 * MINUTE)
    collect(now=now)

    assert set(ItemResponse.objects.values_list("seconds", flat=True)) == {60}


def test_the_page_of_a_question_says_what_is_the_matter_and_what_was_chosen(
    sat, crowd, questions, editor, client_of, now, django_assert_max_num_queries
):
    for one in crowd(12):
        sat(one, missed={0})
    sat(Employee.objects.get(full_name="Сотрудник 1"), asked=questions[1:])
    collect(now=now)
    client = client_of(editor)
    client.get(reverse(STATISTICS, args=[questions[1].pk]))

    with django_assert_max_num_queries(20):
        page = client.get(reverse(STATISTICS, args=[questions[0].pk])).content.decode()
    lonely = client.get(reverse(STATISTICS, args=[questions[5].pk])).content.decode()

    assert f"«{WRONG}»" in page or f"“{WRONG}”" in page
    assert "Henrysson" in page
    assert "1 of the 10" in lonely or "1 из 10" in lonely


def test_the_report_lists_weak_questions_first_by_cohort_and_as_a_spreadsheet(
    sat, crowd, questions, editor, client_of, now, line_two, django_assert_max_num_queries
):
    people = crowd(24)
    client = client_of(editor)
    sat(people[0], asked=questions[5:])
    collect(now=now)
    client.get(REPORT)
    with CaptureQueriesContext(connection) as of_one_row:
        client.get(REPORT)
    for number, one in enumerate(people):
        sat(one, missed={4} if number % 2 else set())
    collect(now=now)

    # The names of teams and positions in the filter are all that comes with more.
    with django_assert_max_num_queries(len(of_one_row) + 2):
        page = client.get(REPORT).content.decode()
    assert page.index(questions[4].text) < page.index(questions[0].text)
    assert page.index(questions[0].text) < page.index(questions[5].text)
    of_line_two = client.get(REPORT, {"cohort": f"team:{line_two.pk}", "matter": "too_hard"})
    assert questions[4].text in of_line_two.content.decode()
    assert questions[0].text not in of_line_two.content.decode()
    for name in ("csv", "xlsx"):
        assert client.get(REPORT, {"export": name, "versions": "all"}).status_code == 200
    assert client.get(REPORT, {"matter": "nonsense", "cohort": "team:x"}).status_code == 200


def test_whoever_sits_tests_sees_no_figures(anna, sergey, questions, client_of):
    for person in (anna, sergey):
        client = client_of(person)
        for address in (REPORT, reverse(STATISTICS, args=[questions[0].pk])):
            assert client.get(address).status_code in (302, 403, 404)
