"""Fixtures of tests of tests: an article in force, confirmed questions on it, a quiz for operators."""

import datetime
import uuid

import pytest
from django.utils import timezone

from certification.models import Attempt, Question, Quiz, QuizLine
from certification.services.answering import save_answer
from certification.services.attempts import start
from certification.services.confirming import confirm
from competence.models import CompetenceArticle
from kb.models import ArticlePage, ArticleVersion
from kb.services.changes import describe
from tests.competence.conftest import (  # noqa: F401
    area,
    at_level_2,
    calls,
    cell_of,
    happened,
    operator,
    require,
    tariffs,
    telephony,
    today,
)

RIGHT, WRONG = "30 секунд", "20 секунд"


@pytest.fixture
def article(write_article, telephony, require):  # noqa: F811
    """An article in force, version 1, that teaches IP telephony, which operators need at level 2."""
    require(telephony, 2)
    article = write_article(answer="Гудок 30 секунд.", publish=True)
    CompetenceArticle.objects.create(competence=telephony, article_uuid=article.uuid)
    return article


@pytest.fixture
def write_question(article, telephony, editor):  # noqa: F811
    """``write_question("Сколько звонит?")``: published, one right choice; confirmed unless told otherwise."""

    def _write(
        text: str = "Сколько звонит телефон?", *, confirmed: bool = True, **fields
    ) -> Question:
        body = {
            "choices": [
                {"text": RIGHT, "right": True},
                {"text": WRONG, "right": False},
                {"text": "Минуту", "right": False},
            ]
        }
        values = {
            "live": True,
            "kind": "single",
            "body": body,
            "competence": telephony,
            "article": article,
        }
        question = Question.objects.create(text=text, **(values | fields))
        if confirmed:
            confirm(question=question, by=editor.user, now=timezone.now())
        return question

    return _write


@pytest.fixture
def questions(write_question) -> list[Question]:
    """Six of them: one more than gives evidence."""
    return [write_question(f"Вопрос {number}?") for number in range(6)]


@pytest.fixture
def quiz(questions, telephony, operator) -> Quiz:  # noqa: F811
    """Five questions of IP telephony at level 2 in twenty minutes, for operators."""
    quiz = Quiz.objects.create(name="IP-телефония", minutes=20)
    QuizLine.objects.create(quiz=quiz, competence=telephony, level=2, count=5)
    quiz.positions.add(operator)
    quiz.save()
    return quiz


@pytest.fixture
def begin(quiz, now):
    """``begin(anna)``: she starts the quiz; ``days_ago`` for an earlier one."""

    def _begin(employee, *, days_ago: float = 0, key: uuid.UUID | None = None) -> Attempt:
        return start(
            quiz=quiz,
            employee=employee,
            key=key or uuid.uuid4(),
            now=now - datetime.timedelta(days=days_ago),
        )

    return _begin


@pytest.fixture
def reply(now):
    """``reply(attempt, 1)``: the right answer to question 1, as one tab saves it; with ``wrong`` a wrong one."""
    counts: dict[tuple[int, str], int] = {}

    def _reply(attempt, slot, *, wrong=False, client="tab-one-0001", at=None, **fields):
        counts[attempt.pk, client] = counts.get((attempt.pk, client), 0) + 1
        text = WRONG if wrong else RIGHT
        shown = attempt.paper["slots"][slot - 1]["shown"]["choices"]
        (key,) = [choice["key"] for choice in shown if choice["text"] == text]
        return save_answer(
            attempt=attempt,
            slot=slot,
            given=fields.pop("given", [key]),
            client=client,
            seq=fields.pop("seq", counts[attempt.pk, client]),
            now=at or attempt.started_at + datetime.timedelta(minutes=1),
            **fields,
        )

    return _reply


@pytest.fixture
def change(article, editor, django_capture_on_commit_callbacks):
    """``change("Гудок 40 секунд.", "confirm")``: the article gets a new version; the version."""

    def _change(answer: str, size: str = "confirm", **said) -> ArticleVersion:
        page = ArticlePage.objects.get(pk=article.pk)
        describe(
            article=page,
            size=size,
            now_holds="Гудок иначе",
            by=editor.user,
            now=timezone.now(),
            **said,
        )
        draft = page.get_latest_revision_as_object()
        draft.answer = answer
        with django_capture_on_commit_callbacks(execute=True):
            draft.save_revision(user=editor.user).publish()
        return ArticleVersion.objects.of_article(article.uuid).last()

    return _change


@pytest.fixture
def question_keys():
    """``question_keys(attempt, 1)``: what somebody who knows answers to question 1."""

    def _keys(attempt, slot: int) -> list[str]:
        shown = attempt.paper["slots"][slot - 1]["shown"]["choices"]
        return [choice["key"] for choice in shown if choice["text"] == RIGHT]

    return _keys
