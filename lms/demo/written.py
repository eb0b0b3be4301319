"""Answers in the demo that wait for an assessor: two engineers took a test with a letter to a customer."""

import datetime
import uuid

from certification.models import Attempt, Quiz, QuizLine
from certification.services.answering import save_answer
from certification.services.attempts import start
from certification.services.submitting import submit
from competence.models import Competence
from kb.models import ArticlePage
from lms.demo import cast
from lms.demo.competence_catalogue import GATEWAYS
from lms.demo.questions.written import ANSWER, DECT, QUESTIONS
from lms.demo.quizzes import CLIENT, confirm_questions, right_answer, write_question
from people.models import Employee, Position, User

TITLE = "DECT: вопросы и письмо клиенту"
LEVEL = 2
TAKERS = 2
TAKES = datetime.timedelta(minutes=12)


def seed_written_answers(*, by: User, now: datetime.datetime) -> list[Attempt]:
    """Write the test; two engineers handed it in an hour ago. ``by`` is the editor who confirmed its questions."""
    article = ArticlePage.objects.get(source_id=DECT)
    competence = Competence.objects.get(name=GATEWAYS)
    for one in QUESTIONS:
        write_question(one, competence, LEVEL, article)
    confirm_questions(by=by, now=now)
    quiz = Quiz.objects.create(name=TITLE, minutes=20)
    QuizLine.objects.create(quiz=quiz, competence=competence, level=LEVEL, count=len(QUESTIONS))
    engineers = Position.objects.get(name=cast.ENGINEER)
    quiz.positions.set([engineers])
    quiz.save()
    begun = now - datetime.timedelta(hours=1)
    people = Employee.objects.filter(assignments__position=engineers, user__is_active=True)
    takers = people.select_related("user").order_by("pk").distinct()[:TAKERS]
    return [_take(quiz, employee, begun) for employee in takers]


def _take(quiz: Quiz, employee: Employee, begun: datetime.datetime) -> Attempt:
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"{TITLE} {employee.pk}")
    attempt = start(quiz=quiz, employee=employee, key=key, now=begun)
    handed_in = begun + TAKES
    for slot, asked in enumerate(attempt.paper["slots"], start=1):
        given = [ANSWER] if asked["kind"] == "open" else right_answer(asked)
        save_answer(attempt=attempt, slot=slot, given=given, client=CLIENT, seq=slot, now=handed_in)
    submit(attempt=attempt, by=employee.user, now=handed_in)
    return attempt
