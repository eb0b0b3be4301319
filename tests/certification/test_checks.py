"""The short check of a changed article: which questions belong to it, and what an answer to one does."""

import uuid

import pytest
from django.utils import timezone

from certification.models import CheckAnswer, Question, QuestionStanding
from certification.refusals import NotConfirmable
from certification.services.checking import checks
from certification.services.confirming import confirm, confirm_for_draft
from certification.services.standings import derive_all, holding_for
from competence.services.segments import refresh
from kb.models import ArticlePage, ArticleVersion
from kb.refusals import ChangeRefused, KnowledgeRefused
from tests.certification.conftest import RIGHT, WRONG


def again(question):
    return Question.objects.get(pk=question.pk)


def answer(version, employee, question, text, *, key=None):
    (asked,) = [
        one for one in checks.asked(version, employee).questions if one.ref == str(question.uuid)
    ]
    (chosen,) = [value for value, words in asked.choices if words == text]
    return checks.answer(
        version=version,
        employee=employee,
        ref=asked.ref,
        given=[chosen],
        key=key or uuid.uuid4(),
        by=employee.user,
        now=timezone.now(),
    )


def test_a_minor_change_leaves_every_question_standing(questions, change, article):
    change("Гудок 30 секунд, вот.", "minor")

    assert set(QuestionStanding.objects.values_list("number", flat=True)) == {2}
    assert len(Question.objects.drawable()) == 6


def test_a_change_that_people_are_told_of_takes_its_questions_out(questions, change, editor):
    version = change("Гудок 40 секунд.", "notify")
    assert not Question.objects.drawable().exists()

    confirm(question=again(questions[0]), by=editor.user, now=timezone.now())

    assert list(Question.objects.drawable()) == [questions[0]]
    assert holding_for(version) == [questions[0]]


def test_a_question_that_was_rewritten_is_confirmed_anew(questions, editor):
    question = again(questions[0])
    question.text = "Сколько гудков?"
    question.save()
    assert question not in Question.objects.drawable()

    confirm(question=question, by=editor.user, now=timezone.now())

    assert question in Question.objects.drawable()


def test_a_question_on_one_paragraph_stands_while_the_paragraph_does(
    write_question, change, article, editor
):
    block = str(uuid.uuid4())
    page = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    page.body = [
        {"type": "heading", "value": "Гудок", "id": block},
        {"type": "heading", "value": "Прочее", "id": str(uuid.uuid4())},
    ]
    page.save_revision(user=editor.user).publish()
    question = write_question(article=again_page(article), paragraph=block)

    change("Другой ответ.", "notify")

    assert question in Question.objects.drawable()


def again_page(article):
    return ArticlePage.objects.get(pk=article.pk)


def test_confirmed_for_a_draft_it_holds_once_that_very_text_is_approved(
    questions, article, editor, change
):
    draft = again_page(article).get_latest_revision_as_object()
    draft.answer = "Гудок 40 секунд."
    confirm_for_draft(question=again(questions[0]), draft=draft, by=editor.user, now=timezone.now())
    assert len(Question.objects.drawable()) == 6

    version = change("Гудок 40 секунд.")

    assert holding_for(version) == [questions[0]]


def test_a_draft_and_a_question_without_a_text_are_not_confirmed(
    write_question, write_article, editor
):
    unpublished = write_question(confirmed=False, live=False)
    homeless = write_question("Где?", confirmed=False, article=None)
    ahead = write_question("Когда?", confirmed=False, article=write_article("Черновик"))

    for question in (unpublished, homeless, ahead):
        with pytest.raises(NotConfirmable):
            confirm(question=question, by=editor.user, now=timezone.now())


def test_standings_come_true_by_the_sweep(questions):
    QuestionStanding.objects.all().delete()

    assert derive_all() == 6
    assert derive_all() == 0
    assert len(Question.objects.drawable()) == 6


def test_a_check_has_at_most_three_questions_the_same_at_every_look(questions, article, anna):
    version = ArticleVersion.objects.get(article_uuid=article.uuid)

    asked = checks.asked(version, anna).questions

    assert len(asked) == 3
    assert checks.asked(version, anna).questions == asked


def test_what_is_asked_never_says_what_is_right(questions, article, anna):
    version = ArticleVersion.objects.get(article_uuid=article.uuid)

    said = str(checks.asked(version, anna).questions)

    assert "right" not in said
    assert "True" not in said


def test_a_wrong_answer_is_kept_and_asked_again(questions, article, anna):
    version = ArticleVersion.objects.get(article_uuid=article.uuid)
    question = Question.objects.get(uuid=checks.asked(version, anna).questions[0].ref)

    assert not answer(version, anna, question, WRONG)
    assert not checks.asked(version, anna).answered
    assert answer(version, anna, question, RIGHT)
    assert checks.asked(version, anna).answered == {str(question.uuid)}
    assert CheckAnswer.objects.count() == 2


def test_the_same_form_sent_twice_answers_once(questions, article, anna, olga):
    version = ArticleVersion.objects.get(article_uuid=article.uuid)
    question = Question.objects.get(uuid=checks.asked(version, anna).questions[0].ref)
    key = uuid.uuid4()

    assert answer(version, anna, question, RIGHT, key=key)
    assert answer(version, anna, question, WRONG, key=key)
    assert CheckAnswer.objects.count() == 1


def test_a_foreign_question_and_an_unknown_choice_are_refused(questions, article, anna):
    version = ArticleVersion.objects.get(article_uuid=article.uuid)
    asked = checks.asked(version, anna).questions[0].ref
    for ref, given in ((str(uuid.uuid4()), ["1"]), (asked, ["77"])):
        with pytest.raises(KnowledgeRefused):
            checks.answer(
                version=version, employee=anna, ref=ref, given=given,
                key=uuid.uuid4(), by=anna.user, now=timezone.now(),
            )  # fmt: skip
    assert not CheckAnswer.objects.exists()


@pytest.fixture
def risky(telephony, anna):
    """Mistakes in IP telephony are dear, and Anna needs it."""
    telephony.risk = "high"
    telephony.save()
    refresh(employees=[anna], now=timezone.now())


def test_a_risky_change_without_a_question_is_refused_and_a_confirmed_one_lets_it_pass(
    questions, risky, change, article, editor
):
    with pytest.raises(ChangeRefused, match=r"no question rests|вопросов по этой версии нет"):
        change("Гудок 40 секунд.")

    draft = again_page(article).get_latest_revision_as_object()
    draft.answer = "Гудок 40 секунд."
    confirm_for_draft(question=again(questions[0]), draft=draft, by=editor.user, now=timezone.now())
    assert change("Гудок 40 секунд.").number == 2


def test_a_risky_change_goes_without_a_question_for_a_reason_with_a_name(questions, risky, change):
    assert change("Гудок 40 секунд.", waiver="Проверим на летучке").number == 2
