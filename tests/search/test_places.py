"""A result leads to the paragraph that answers, and a reader never to one that is not theirs."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from kb.choices import Audience
from people.viewer import ANONYMOUS, EVERYTHING
from search import indexing, passages, services, texts

pytestmark = pytest.mark.django_db

FILLER = "<p>" + "Обычный текст о другом предмете без нужного. " * 30 + "</p>"


def blocks(*pairs):
    """Blocks of a body with the ids they would get."""
    return [
        {"type": kind, "value": value, "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{place}"))}
        for place, (kind, value) in enumerate(pairs)
    ]


@pytest.fixture
def long_article(write_article):
    """An article whose third heading answers, and whose internal part says more."""
    stored = blocks(
        ("heading", "Обзор"),
        ("text", FILLER),
        ("heading", "Тарифы"),
        ("text", FILLER),
        ("heading", "Гарнитура молчит"),
        ("text", "<p>Переключите вывод звука на барабашку.</p>"),
        ("text", FILLER),
        ("internal", blocks(("text", "<p>Сторожевой пароль: шлагбаум.</p>"))),
    )
    article = write_article(
        "Настройка рабочего места", publish=True, audience=Audience.PUBLIC, body=stored
    )
    indexing.catch_up()
    return article, stored


def found_by(viewer, query):
    """The first result."""
    return services.find(viewer=viewer, query=query, at=timezone.now()).results[0]


def test_a_result_leads_to_the_heading_above_the_paragraph_that_answers(long_article):
    _, stored = long_article

    assert found_by(EVERYTHING, "барабашка").anchor == f"b-{stored[4]['id']}"


def test_a_word_of_the_title_or_of_the_answer_leads_to_the_top(long_article):
    assert found_by(EVERYTHING, "настройка рабочего места").anchor == ""


def test_the_place_is_on_the_page_and_in_the_link(long_article, client):
    article, _ = long_article

    page = client.get(reverse("search"), {"q": "барабашка"}).content.decode()
    url, anchor = re.search(r'data-result-link href="([^"#]+)#([^"]+)"', page).groups()

    assert f'id="{anchor}"' in client.get(url).content.decode()
    assert f'data-answer-link="{url}"' in page
    assert article.get_url().endswith(url)


def test_an_internal_paragraph_is_led_to_for_employees_only(long_article):
    _, stored = long_article
    inner = stored[7]["value"][0]["id"]

    assert found_by(EVERYTHING, "шлагбаум").anchor == f"b-{inner}"
    assert not services.find(viewer=ANONYMOUS, query="шлагбаум", at=timezone.now()).results


def test_a_heading_of_an_internal_part_names_nothing_outside_of_it():
    stored = blocks(
        ("text", "<p>Начало.</p>"),
        ("internal", blocks(("heading", "Только нам"))),
        ("text", "<p>Дальше для всех.</p>"),
    )

    own, internal = texts.of_body(stored)

    assert own.anchors == ["", f"b-{stored[2]['id']}"]
    assert internal.anchors == [f"b-{stored[1]['value'][0]['id']}"]


def test_a_passage_knows_the_paragraph_it_begins_with():
    lines = [f"слово{number} " * 50 for number in range(9)]

    cut = passages.of_parts(["\n".join(lines), "другое"])

    assert [lines.index(passage.text.split("\n")[0]) for passage in cut[:-1]] == [
        passage.first for passage in cut[:-1]
    ]
    assert (cut[-1].part, cut[-1].first) == (1, 0)


def faq(*pairs, title=""):
    """A block of questions as it is stored."""
    items = [
        {
            "type": "item",
            "id": str(uuid.uuid5(uuid.NAMESPACE_URL, question)),
            "value": {"question": question, "answer": f"<p>{answer}</p>"},
        }
        for question, answer in pairs
    ]
    return "faq", {"title": title, "questions": items}


@pytest.fixture
def article_with_questions(write_article):
    """A long article with two questions for everybody and one for employees."""
    asked = faq(
        ("Почему телефон не звонит?", "Выключите режим «Не беспокоить»."),
        ("Слышно эхо, что делать?", "Убавьте громкость динамика."),
        title="Вопросы о звуке",
    )
    own = faq(("Кому передать заявку о треске?", "Второй линии, группа «Звук»."))
    stored = blocks(("text", FILLER), asked, ("text", FILLER), ("internal", blocks(own)))
    article = write_article(
        "Телефоны на столе", publish=True, audience=Audience.PUBLIC, body=stored, answer="Общее."
    )
    indexing.catch_up()
    return article, stored


def test_a_question_of_an_article_is_answered_by_its_own_answer(article_with_questions, client):
    _, stored = article_with_questions
    asked = stored[1]["value"]["questions"][1]

    result = found_by(ANONYMOUS, "слышно эхо")

    assert result.anchor == f"q-{asked['id']}"
    assert result.answer == "Убавьте громкость динамика."
    assert "".join(piece.text for piece in result.preview.question) == "Слышно эхо, что делать?"
    assert f'id="{result.anchor}"' in client.get(result.article.url).content.decode()


def test_an_internal_question_is_answered_for_employees_and_never_copied(article_with_questions):
    result = found_by(EVERYTHING, "заявку о треске")

    assert (result.preview.internal, result.answer) == (True, "Общее.")
    assert not services.find(viewer=ANONYMOUS, query="треске", at=timezone.now()).results


def test_no_passage_reaches_over_the_end_of_an_answer(article_with_questions):
    _, stored = article_with_questions
    own, _ = texts.of_body(stored)

    cut = passages.of_parts([str(own)], [own.questions])

    assert [p.text.split("\n") for p in cut if p.asks] == [
        ["Почему телефон не звонит?", "Выключите режим «Не беспокоить»."],
        ["Слышно эхо, что делать?", "Убавьте громкость динамика."],
    ]
