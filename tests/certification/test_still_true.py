"""Questions whose article changed: out of the draw until somebody looks, beside the draft or afterwards."""

import pytest
from django.urls import reverse

from certification.models import Question, QuestionConfirmation
from certification.selectors.upkeep import to_confirm_count
from kb.extensions import questions_about
from kb.models import ArticlePage
from tests.kb.conftest import edit_form, words_of  # noqa: F401

pytestmark = pytest.mark.django_db

QUESTION = "wagtailsnippets_certification_question"


def test_a_changed_article_puts_its_questions_into_the_queue_and_a_word_takes_them_out(
    editor, change, write_question, client_of
):
    question = write_question()
    client = client_of(editor)
    assert question.text not in client.get(reverse(f"{QUESTION}:confirm")).content.decode()
    change("Гудок 40 секунд.")
    assert question.text in client.get(reverse(f"{QUESTION}:confirm")).content.decode()
    assert not Question.objects.drawable().exists()

    client.post(reverse(f"{QUESTION}:confirm"), {"question": question.pk})

    assert Question.objects.drawable().get() == question


@pytest.mark.parametrize("sent", ["", "x", "9" * 30])
def test_a_word_on_no_question_changes_nothing(editor, client_of, sent):
    response = client_of(editor).post(reverse(f"{QUESTION}:confirm"), {"question": sent})

    assert response.status_code == 302


# --- beside a draft --------------------------------------------------------------------------------------------------


@pytest.fixture
def save(article, editor, client_of, edit_form):  # noqa: F811
    """``save("Гудок 40 секунд.", tick=[question])``: the editor saves the article's form, with questions ticked."""

    def _save(answer: str, *, tick=(), fields=None, **headers):
        form = edit_form(
            ArticlePage.objects.get(pk=article.pk),
            answer=answer,
            change_question=[str(one.uuid) for one in tick],
            **(fields or {}),
        )
        address = reverse("wagtailadmin_pages:edit", args=[article.pk])
        return client_of(editor).post(address, form, follow=True, headers=headers)

    return _save


def confirmed() -> int:
    """How many words there are for texts that are no versions yet."""
    return QuestionConfirmation.objects.filter(number__isnull=True).count()


def test_the_editor_of_a_text_sees_its_questions_with_what_is_right(
    editor, article, write_question, client_of
):
    question = write_question()

    page = client_of(editor).get(reverse("wagtailadmin_pages:edit", args=[article.pk]))

    assert question.text in page.content.decode()
    assert "30 секунд" in page.content.decode()
    assert reverse(f"{QUESTION}:edit", args=[question.pk]) in page.content.decode()


def test_nobody_sees_what_is_right_who_may_not_publish_questions(article, anna, write_question):
    write_question()

    assert questions_about(article, anna.user) == []


def test_a_question_waits_only_while_what_it_rests_on_is_another(
    article, editor, write_question, save
):
    write_question()

    def waits() -> list[bool]:
        draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
        return [not one.is_confirmed for one in questions_about(draft, editor.user)]

    assert waits() == [False]
    save("Гудок 40 секунд.")
    assert waits() == [True]


def test_a_ticked_question_is_drawn_once_the_saved_text_is_in_force(
    write_question, save, change, article
):
    question = write_question()

    save("Гудок 40 секунд.", tick=[question])
    assert confirmed() == 1
    change("Гудок 40 секунд.")

    assert Question.objects.drawable().get() == question


def test_a_text_that_is_changed_after_the_word_asks_for_another(write_question, save, change):
    save("Гудок 40 секунд.", tick=[write_question()])

    change("Гудок 50 секунд.")

    assert not Question.objects.drawable().exists()


def test_what_is_saved_while_somebody_types_confirms_nothing(write_question, save):
    response = save("Гудок 40 секунд.", tick=[write_question()], accept="application/json")

    assert response.json()["success"]
    assert confirmed() == 0


def test_a_question_about_another_article_is_passed_over(write_question, write_article, save):
    other = write_article("Другая", publish=True)
    question = write_question(article=other)

    save("Гудок 40 секунд.", tick=[question])

    assert confirmed() == 0


def test_who_submits_a_change_to_confirm_is_told_of_questions_nobody_looked_at(
    article,
    editor,
    write_question,
    telephony,
    save,
    words_of,  # noqa: F811
):
    question = write_question()
    said = {"change_size": "confirm", "change_now": "Гудок 40 секунд", "action-submit": "1"}

    assert "не подтверждён для нового текста" in words_of(save("Гудок 40 секунд.", fields=said))
    save("Гудок 40 секунд.", tick=[question])
    assert "не подтверждён" not in words_of(save("Гудок 40 секунд.", fields=said))


# --- rewritten for the new text --------------------------------------------------------------------------------------


def test_a_question_published_while_the_text_is_rewritten_is_asked_once_that_text_is_in_force(
    write_question, save, change
):
    question = write_question()
    save("Гудок 40 секунд.")

    question.text = "Сколько теперь звонит телефон?"
    question.save_revision().publish()
    assert not Question.objects.drawable().exists()
    assert to_confirm_count() == 0
    change("Гудок 40 секунд.")

    assert Question.objects.drawable().get().text == "Сколько теперь звонит телефон?"


def test_it_stays_in_the_draw_where_what_it_rests_on_stays_as_it_was(
    article, editor, write_question, change
):
    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    draft.search_description = "Сколько звонит телефон"
    draft.save_revision(user=editor.user)
    question = write_question()

    question.text = "Сколько секунд звонит телефон?"
    question.save_revision().publish()

    assert Question.objects.drawable().get() == question
