"""The bank of questions and tests in the back office: who writes them, what is refused, what waits for a look."""

import json

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certification.models import Question, Quiz
from kb.models import ArticlePage

pytestmark = pytest.mark.django_db

QUESTION, QUIZ = "wagtailsnippets_certification_question", "wagtailsnippets_certification_quiz"
GIFT = "::Гудок:: Сколько звонит телефон? {=30 секунд ~20 секунд}"


def filled(article, telephony, **fields) -> dict:
    """A question as its form sends it."""
    return {
        "kind": "single",
        "text": "Сколько звонит телефон?",
        "answers": "+ 30 секунд\n- 20 секунд",
        "explanation": "",
        "competence": telephony.pk,
        "level": 2,
        "article": article.pk,
        "paragraph": "",
    } | fields


def blueprint(*lines: tuple[int, int], **fields) -> dict:
    """A test as its form sends it; each line a competence and how many questions of it."""
    data = {
        "name": "Телефония",
        "minutes": 20,
        "review": "submitted",
        "is_active": "on",
        "lines-TOTAL_FORMS": len(lines),
        "lines-INITIAL_FORMS": 0,
        "lines-MIN_NUM_FORMS": 0,
        "lines-MAX_NUM_FORMS": 1000,
    } | fields
    for number, (competence, count) in enumerate(lines):
        data |= {
            f"lines-{number}-competence": competence,
            f"lines-{number}-level": 2,
            f"lines-{number}-count": count,
            f"lines-{number}-ORDER": number + 1,
            f"lines-{number}-DELETE": "",
        }
    return data


# --- who -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [QUESTION, QUIZ])
def test_editors_and_trainers_write_them(name, editor, ilya, client_of):
    for person in (editor, ilya):
        client = client_of(person)
        assert client.get(reverse(f"{name}:list")).status_code == 200
        assert client.get(reverse(f"{name}:add")).status_code == 200


@pytest.mark.parametrize("view", ["list", "add", "confirm", "import", "export"])
def test_who_takes_tests_does_not_see_the_bank(view, anna, sergey, questions, client_of):
    for person in (anna, sergey):
        response = client_of(person).get(reverse(f"{QUESTION}:{view}"))
        assert response.status_code in (302, 403, 404)


def test_nobody_chooses_a_question_by_a_chooser(editor, questions, client_of):
    address = reverse("wagtailsnippetchoosers_certification_question:choose")

    assert client_of(editor).get(address).status_code in (302, 403, 404)


# --- a question ------------------------------------------------------------------------------------------------------


def test_a_question_is_a_draft_until_it_is_published(editor, article, telephony, client_of):
    client = client_of(editor)
    client.post(reverse(f"{QUESTION}:add"), filled(article, telephony))
    question = Question.objects.get()
    assert not question.live

    data = filled(article, telephony) | {"action-publish": "1"}
    client.post(reverse(f"{QUESTION}:edit", args=[question.pk]), data)

    question.refresh_from_db()
    assert question.live
    assert [one["right"] for one in question.body["choices"]] == [True, False]


def test_whoever_publishes_a_question_says_that_it_is_true_now(
    editor, article, telephony, client_of
):
    data = filled(article, telephony) | {"action-publish": "1"}
    client_of(editor).post(reverse(f"{QUESTION}:add"), data)

    assert Question.objects.drawable().count() == 1


@pytest.mark.parametrize(
    ("kind", "answers", "words"),
    [
        ("single", "+ 30\n+ 20", "Exactly one choice is right."),
        ("single", "30 секунд", "Line 1: A choice begins with + or -."),
        ("numeric", "тридцать", "Write a number"),
        ("ordering", "Один шаг", "two to twenty steps"),
        ("matching", "без стрелки\nтоже", "left -&gt; right"),
        ("gap", "Нет пропусков", "one to twenty gaps"),
        ("mark", "Одна строка", "two to sixty lines"),
    ],
)
def test_what_cannot_be_a_question_is_refused_with_its_line(
    editor, article, telephony, client_of, kind, answers, words
):
    client = client_of(editor)
    client.cookies["language"] = "en"

    response = client.post(
        reverse(f"{QUESTION}:add"), filled(article, telephony, kind=kind, answers=answers)
    )

    assert response.status_code == 200
    assert words in response.content.decode()
    assert not Question.objects.exists()


def test_the_form_shows_the_answers_as_they_were_written(editor, write_question, client_of):
    question = write_question()

    page = client_of(editor).get(reverse(f"{QUESTION}:edit", args=[question.pk]))

    assert "+ 30 секунд" in page.content.decode()


def test_the_paragraph_is_chosen_by_its_words(editor, write_article, telephony, client_of):
    body = [{"type": "text", "value": "<p>Гудок 30 секунд.</p>", "id": "a" * 36}]
    article = write_article(body=json.dumps(body), publish=True)
    client = client_of(editor)
    client.post(reverse(f"{QUESTION}:add"), filled(article, telephony))
    question = Question.objects.get()

    page = client.get(reverse(f"{QUESTION}:edit", args=[question.pk])).content.decode()
    assert "Гудок 30 секунд." in page
    client.post(
        reverse(f"{QUESTION}:edit", args=[question.pk]),
        filled(article, telephony, paragraph="a" * 36) | {"action-publish": "1"},
    )

    question.refresh_from_db()
    assert question.paragraph == "a" * 36


def test_a_question_that_somebody_confirmed_is_not_deleted(editor, write_question, client_of):
    question = write_question()

    client_of(editor).post(reverse(f"{QUESTION}:delete", args=[question.pk]))

    assert Question.objects.filter(pk=question.pk).exists()


def test_nor_are_several_at_once(editor, questions, client_of):
    address = reverse("wagtail_bulk_action", args=["certification", "question", "delete"])

    client_of(editor).post(f"{address}?id={questions[0].pk}&id={questions[1].pk}")

    assert Question.objects.count() == len(questions)


@pytest.mark.parametrize("who", ["anna", "sergey", "hr"])
def test_deleting_many_reads_out_no_question(who, request, questions, client_of):
    address = reverse("wagtail_bulk_action", args=["certification", "question", "delete"])

    page = client_of(request.getfixturevalue(who)).get(f"{address}?id={questions[0].pk}")

    assert page.status_code in (302, 403, 404)
    assert questions[0].text not in page.content.decode()


def test_a_draft_of_a_published_question_leaves_what_is_drawn_alone(
    editor, write_question, article, telephony, client_of
):
    question = write_question()
    address = reverse(f"{QUESTION}:edit", args=[question.pk])
    client = client_of(editor)

    client.post(address, filled(article, telephony, text="Совсем другое?"))

    drawn = Question.objects.drawable().get()
    assert (drawn.text, drawn.has_unpublished_changes) == ("Сколько звонит телефон?", True)
    client.post(address, filled(article, telephony, text="Другое?") | {"action-publish": "1"})
    assert Question.objects.drawable().get().text == "Другое?"


def test_the_list_is_narrowed_to_what_waits_for_confirmation(editor, write_question, client_of):
    write_question("Подтверждён")
    write_question("Не подтверждён", confirmed=False)

    page = client_of(editor).get(reverse(f"{QUESTION}:list"), {"state": "waits"}).content.decode()

    assert "Не подтверждён" in page
    assert ">Подтверждён<" not in page


# --- still true? -----------------------------------------------------------------------------------------------------


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


# --- tests -----------------------------------------------------------------------------------------------------------


def test_a_test_is_written_with_its_blueprint(editor, telephony, client_of):
    response = client_of(editor).post(reverse(f"{QUIZ}:add"), blueprint((telephony.pk, 5)))

    assert response.status_code == 302
    assert [line.count for line in Quiz.objects.get().lines.all()] == [5]


def test_an_author_is_told_that_few_questions_give_no_evidence(editor, telephony, client_of):
    client = client_of(editor)
    client.cookies["language"] = "en"

    page = client.post(
        reverse(f"{QUIZ}:add"), blueprint((telephony.pk, 3)), follow=True
    ).content.decode()

    assert "gives no evidence for it" in page
    assert Quiz.objects.exists()


@pytest.mark.parametrize(
    ("lines", "minutes", "words"),
    [
        ((), 20, "at least one competence"),
        ((31,), 20, "less than or equal to 30"),
        ((20, 20), 40, "at most 30 questions"),
        ((5,), 41, "less than or equal to 40"),
    ],
)
def test_a_blueprint_that_nobody_can_sit_is_refused_in_words(
    editor, telephony, tariffs, client_of, lines, minutes, words
):
    competences = (telephony.pk, tariffs.pk)
    client = client_of(editor)
    client.cookies["language"] = "en"

    response = client.post(
        reverse(f"{QUIZ}:add"),
        blueprint(*zip(competences, lines, strict=False), minutes=minutes),
    )

    assert response.status_code == 200
    assert words in response.content.decode()
    assert not Quiz.objects.exists()


# --- files -----------------------------------------------------------------------------------------------------------


def upload(client, content: bytes, name: str = "questions.gift"):
    """Send a file to the import."""
    cache.clear()
    return client.post(reverse(f"{QUESTION}:import"), {"file": SimpleUploadedFile(name, content)})


def test_a_report_comes_first_and_nothing_is_written_before_it_is_confirmed(editor, client_of):
    client = client_of(editor)

    assert upload(client, GIFT.encode()).status_code == 200
    assert not Question.objects.exists()
    client.post(reverse(f"{QUESTION}:import"), {"confirm": "1"})

    assert Question.objects.get().live is False


def test_a_confirmed_file_is_forgotten(editor, client_of):
    client = client_of(editor)
    upload(client, GIFT.encode())
    for _time in range(2):
        response = client.post(reverse(f"{QUESTION}:import"), {"confirm": "1"})

    assert response.url == reverse(f"{QUESTION}:import")
    assert Question.objects.count() == 1


def test_what_cannot_come_is_listed_with_its_line(editor, client_of):
    page = upload(client_of(editor), f"{GIFT}\n\n::Плохой:: Сломан {{=".encode()).content.decode()

    assert "<td>3</td>" in page


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"<xml"])
def test_an_unreadable_file_is_an_error_of_its_field(editor, client_of, content):
    response = upload(client_of(editor), content)

    assert response.status_code == 200
    assert "report" not in response.context
    assert not Question.objects.exists()


@pytest.mark.parametrize("name", ["gift", "moodle_xml", "qti30", "csv", "xlsx"])
def test_an_exported_file_gives_the_same_questions(editor, questions, client_of, name):
    client = client_of(editor)
    before = list(Question.objects.order_by("pk").values_list("uuid", "content_sha256"))
    response = client.get(reverse(f"{QUESTION}:export"), {"format": name})
    assert "attachment" in response["Content-Disposition"]

    upload(client, response.content, response["Content-Disposition"].split('"')[1])
    client.post(reverse(f"{QUESTION}:import"), {"confirm": "1"})

    assert list(Question.objects.order_by("pk").values_list("uuid", "content_sha256")) == before


# --- beside a draft --------------------------------------------------------------------------------------------------


@pytest.fixture
def new_text(article, editor):
    """A draft of the article with another answer."""
    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    draft.answer = "Гудок 40 секунд."
    return draft.save_revision(user=editor.user)


def test_a_question_confirmed_for_the_draft_is_drawn_once_that_text_is_in_force(
    editor, article, write_question, new_text, change, client_of
):
    question = write_question()
    address = reverse(f"{QUESTION}:draft", args=[article.pk])
    client = client_of(editor)
    assert question.text in client.get(address).content.decode()

    client.post(address, {"question": question.pk})
    change("Гудок 40 секунд.")

    assert Question.objects.drawable().get() == question


def test_a_draft_that_is_changed_after_the_word_asks_for_another(
    editor, article, write_question, new_text, change, client_of
):
    question = write_question()
    client_of(editor).post(
        reverse(f"{QUESTION}:draft", args=[article.pk]), {"question": question.pk}
    )

    change("Гудок 50 секунд.")

    assert not Question.objects.drawable().exists()


def test_a_question_of_another_article_is_not_confirmed_here(
    editor, article, write_article, write_question, client_of
):
    question = write_question()
    other = write_article("Другая", publish=True)

    page = client_of(editor).post(
        reverse(f"{QUESTION}:draft", args=[other.pk]), {"question": question.pk}, follow=True
    )

    assert "rests on another article" in page.content.decode() or "другую статью" in (
        page.content.decode()
    )


def test_the_editor_of_an_article_finds_its_questions_from_there(editor, article, client_of):
    page = client_of(editor).get(reverse("wagtailadmin_pages:edit", args=[article.pk]))

    assert reverse(f"{QUESTION}:draft", args=[article.pk]) in page.content.decode()
