"""The bank of questions in the back office: who writes them, how each kind is filled in, what is refused."""

import json

import pytest
from django.urls import reverse

from certification.kinds import KINDS
from certification.models import Question

pytestmark = pytest.mark.django_db

QUESTION, QUIZ = "wagtailsnippets_certification_question", "wagtailsnippets_certification_quiz"


# What an author fills in, by kind, and the body it comes to.
FILLED = {
    "single": (
        {"body-0-text": "30 секунд", "body-2-text": "Минуту", "body-right": "0"},
        {
            "choices": [
                {"text": "30 секунд", "right": True},
                {"text": "Минуту", "right": False},
            ]
        },
    ),
    "multiple": (
        {
            "body-0-text": "A",
            "body-0-right": "on",
            "body-1-text": "B",
            "body-1-right": "on",
            "body-2-text": "C",
            "body-partial": "on",
        },
        {
            "choices": [
                {"text": "A", "right": True},
                {"text": "B", "right": True},
                {"text": "C", "right": False},
            ],
            "partial": True,
        },
    ),
    "true_false": ({"body": "-"}, {"right": False}),
    "short": ({"body": "кодек\r\nкодеки"}, {"accepted": ["кодек", "кодеки"]}),
    "open": (
        {"body": "# Тон: 1\r\n1 = ровный\r\n---\r\nДобрый день!"},
        {
            "criteria": [
                {"text": "Тон", "points": 1, "anchors": [{"points": 1, "text": "ровный"}]}
            ],
            "model": "Добрый день!",
        },
    ),
    "numeric": ({"body": "30 ± 2"}, {"value": "30", "tolerance": "2"}),
    "ordering": ({"body": "Раз\r\nДва"}, {"steps": ["Раз", "Два"]}),
    "matching": (
        {"body": "403 -> пароль\r\n404 -> номер"},
        {
            "pairs": [{"left": "403", "right": "пароль"}, {"left": "404", "right": "номер"}],
            "extra": [],
        },
    ),
    "gap": (
        {"body": "Гудок {#30} секунд"},
        {"passage": "Гудок [[1]] секунд", "gaps": [{"value": "30", "tolerance": "0"}]},
    ),
    "find": (
        {"body": "/kb/a/b/ Гудок"},
        {"articles": [{"address": "/kb/a/b/", "title": "Гудок"}]},
    ),
    "mark": (
        {"body": "Здравствуйте\r\n! Сами виноваты"},
        {
            "lines": [
                {"text": "Здравствуйте", "wrong": False},
                {"text": "Сами виноваты", "wrong": True},
            ]
        },
    ),
    "classify": (
        {"body": "Тема: +Счёт | Сеть"},
        {"fields": [{"name": "Тема", "choices": ["Счёт", "Сеть"], "right": 0}]},
    ),
    "situational": (
        {
            "body-0-text": "Спросить слово",
            "body-0-worth": "100",
            "body-1-text": "Перезвонить",
            "body-1-worth": "50",
            "body-2-text": "Отдать",
            "body-2-worth": "0",
        },
        {
            "choices": [
                {"text": "Спросить слово", "worth": 100},
                {"text": "Перезвонить", "worth": 50},
                {"text": "Отдать", "worth": 0},
            ]
        },
    ),
}


def filled(article, telephony, *, kind: str = "single", **fields) -> dict:
    """A question as the form of its kind sends it."""
    return {
        "kind": kind,
        "text": "Сколько звонит телефон?",
        "explanation": "",
        "competence": telephony.pk,
        "level": 2,
        "article": article.pk,
        "paragraph": "",
        **FILLED[kind][0],
        **fields,
    }


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


def test_who_begins_a_question_chooses_its_kind_first(editor, client_of):
    page = client_of(editor).get(reverse(f"{QUESTION}:add")).content.decode()

    assert all(f"?kind={name}" in page for name in KINDS)


def test_every_kind_has_a_form_that_was_tried():
    assert set(FILLED) == set(KINDS)


@pytest.mark.parametrize("kind", list(FILLED))
def test_each_kind_is_filled_in_seen_as_its_taker_sees_it_and_comes_back_as_it_was(
    kind, editor, article, telephony, client_of
):
    client, sent = client_of(editor), filled(article, telephony, kind=kind)
    assert client.get(reverse(f"{QUESTION}:add"), {"kind": kind}).status_code == 200
    preview = reverse(f"{QUESTION}:preview_on_add")
    assert client.post(preview, sent).json()["is_valid"]
    assert "Сколько звонит телефон?" in client.get(preview).content.decode()

    assert client.post(reverse(f"{QUESTION}:add"), sent).status_code == 302

    question = Question.objects.get()
    edit = reverse(f"{QUESTION}:edit", args=[question.pk])
    assert (question.kind, question.body) == (kind, FILLED[kind][1])
    assert client.get(edit).status_code == 200
    assert client.post(edit, sent).status_code == 302
    assert Question.objects.get().get_latest_revision_as_object().body == FILLED[kind][1]


@pytest.mark.parametrize(
    ("kind", "answers", "words"),
    [
        ("single", {"body-right": ""}, "Exactly one choice is right."),
        ("single", {"body-2-text": ""}, "two to twenty choices"),
        ("multiple", {"body-1-text": "a"}, "Line 2: The same choice stands there twice."),
        ("true_false", {"body": ""}, "Write + or -."),
        ("situational", {"body-1-worth": "lots"}, "Line 2: A choice begins with what it is worth"),
        ("short", {"body": " "}, "one to twenty accepted answers"),
        ("numeric", {"body": "тридцать"}, "Write a number"),
        ("ordering", {"body": "Один шаг"}, "two to twenty steps"),
        ("matching", {"body": "без стрелки\nтоже"}, "left -&gt; right"),
        ("gap", {"body": "Нет пропусков"}, "one to twenty gaps"),
        ("mark", {"body": "Одна строка"}, "two to sixty lines"),
        ("open", {"body": "# Тон: 1\n1 = ровный"}, "write a model answer"),
        ("open", {"body": "# Тон: 2\n1 = ровный\n---\nДа"}, "what earns all its points"),
    ],
)
def test_what_cannot_be_a_question_is_refused_in_words_and_what_was_typed_stays(
    editor, article, telephony, client_of, kind, answers, words
):
    client = client_of(editor)
    client.cookies["language"] = "en"

    response = client.post(
        reverse(f"{QUESTION}:add"), filled(article, telephony, kind=kind, **answers)
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert words in page
    assert answers.get("body", "").split("\n")[0] in page
    assert not Question.objects.exists()


def test_a_preview_shows_nothing_of_what_is_right(editor, article, telephony, client_of):
    client, preview = client_of(editor), reverse(f"{QUESTION}:preview_on_add")
    client.post(preview, filled(article, telephony, explanation="Потому что тридцать"))

    page = client.get(preview).content.decode()

    assert page.count('type="radio"') == 2
    assert " checked" not in page
    assert "Потому что тридцать" not in page


def test_a_line_break_inside_a_step_is_not_lost_by_saving(editor, write_question, client_of):
    body = {"steps": ["Первый\nшаг", "Второй шаг"]}
    question = write_question(kind="ordering", body=body)
    client, edit = client_of(editor), reverse(f"{QUESTION}:edit", args=[question.pk])
    sent = {"kind": "ordering", "text": "Иначе?", "body": "Первый\r\nшаг\r\nВторой шаг"}

    client.post(edit, sent | {"level": 2, "article": question.article_id, "paragraph": ""})

    newest = Question.objects.get().get_latest_revision_as_object()
    assert (newest.text, newest.body) == ("Иначе?", body)


def test_two_versions_are_compared_with_their_answers(
    editor, write_question, article, telephony, client_of
):
    question = write_question()
    question.save_revision()
    client = client_of(editor)
    client.post(
        reverse(f"{QUESTION}:edit", args=[question.pk]),
        filled(article, telephony, **{"body-2-text": "Час"}),
    )

    address = reverse(f"{QUESTION}:revisions_compare", args=[question.pk, "earliest", "latest"])
    page = client.get(address).content.decode()

    assert "addition" in page
    assert "Час" in page


def test_the_form_shows_the_answers_as_they_were_written(editor, write_question, client_of):
    question = write_question()

    page = client_of(editor).get(reverse(f"{QUESTION}:edit", args=[question.pk]))

    assert ">30 секунд</textarea>" in page.content.decode()


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


def test_the_list_is_narrowed_to_what_rests_on_an_article(
    editor, write_question, write_article, client_of
):
    other = write_article(title="О другом", publish=True)
    write_question("О гудке")
    write_question("О тарифах", article=other)
    client, address = client_of(editor), reverse(f"{QUESTION}:list")

    page = client.get(address, {"article": other.pk}).content.decode()

    assert "О тарифах" in page
    assert "О гудке" not in page
