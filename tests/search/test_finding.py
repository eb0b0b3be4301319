"""Finding: the words people type lead to the article they mean."""

import uuid

import pytest

from kb.choices import Audience
from kb.models import SectionPage
from search import services
from search.engines.base import Filters
from tests.search.conftest import body

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(write_article, root_section):
    """A handful of articles that resemble each other."""
    write_article("Переадресация звонков: безусловная, по занятости, по неответу", publish=True)
    write_article(
        "Телефон не регистрируется: 401, 403, 408", publish=True, answer="Проверьте пароль."
    )
    write_article("Перенос номера: сроки и документы", publish=True, answer="До восьми дней.")
    write_article(
        "Клиент слышит, его не слышно", publish=True, answer="Выключите SIP ALG на роутере."
    )
    write_article("Call forwarding", publish=True, answer="Use the portal.", language="en")
    write_article(
        "Вебхуки портала",
        publish=True,
        answer="Подпишитесь на событие.",
        body=body(("text", "<p>Метод im_notify_delete удаляет уведомление.</p>")),
    )


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("переадресация звонков", "Переадресация звонков: безусловная, по занятости, по неответу"),
        ("переадресацию звонка", "Переадресация звонков: безусловная, по занятости, по неответу"),
        ("перенести номер", "Перенос номера: сроки и документы"),
        ("gthtyjc yjvthf", "Перенос номера: сроки и документы"),
        ("сфдд ащкцфквштп", "Call forwarding"),
        ("perenos nomera", "Перенос номера: сроки и документы"),
        ("пренос номера", "Перенос номера: сроки и документы"),
        ("перенос ном", "Перенос номера: сроки и документы"),
        ("403", "Телефон не регистрируется: 401, 403, 408"),
        ("im_notify_delete", "Вебхуки портала"),
        ("im notify delete", "Вебхуки портала"),
        ("call forwards", "Call forwarding"),
        ("НЕ СЛЫШНО", "Клиент слышит, его не слышно"),
        ("роутер sip alg", "Клиент слышит, его не слышно"),
    ],
)
def test_what_people_type_finds_what_they_mean(library, titles, query, title):
    assert titles(query)[0] == title


def test_ё_and_е_are_the_same_letter(write_article, titles):
    write_article("Учётная запись", publish=True)
    write_article("Отчет о звонках", publish=True)

    assert titles("учетная запись") == ["Учётная запись"]
    assert titles("отчёт") == ["Отчет о звонках"]


def test_a_phrase_in_quotes_must_stand_as_it_is(write_article, titles):
    write_article("Запись разговора", publish=True, answer="Включите запись разговоров.")
    write_article("Разговор", publish=True, answer="Запись: где она? Вот разговоры.")

    assert titles("«запись разговоров»") == ["Запись разговора"]
    assert len(titles("запись разговоров")) == 2


def test_a_word_with_a_minus_must_not_occur_anywhere_in_the_article(write_article, titles):
    write_article("Перевод звонка", publish=True, answer="Нажмите Transfer.")
    write_article("Перевод на робота", publish=True, answer="Звонок уйдёт роботу.")

    assert titles("перевод -робот") == ["Перевод звонка"]


def test_a_repair_is_said_and_can_be_taken_back(library, find):
    found = find("gthtyjc yjvthf")

    assert found.understood.text == "перенос номера"
    assert [note.repair for note in found.notes] == ["layout"]
    assert find("gthtyjc yjvthf", literal=True).results == ()


def test_a_query_that_is_right_is_left_alone(library, find):
    for query in ("перенос номера", "call forwarding", "403", "im_notify_delete"):
        assert find(query).notes == ()
        assert find(query).understood.text == query


def test_filters_narrow_before_anything_is_cut(write_article, root_section, find, titles):
    other = root_section.add_child(instance=SectionPage(title="Тарифы", slug="tariffs"))
    write_article("Роуминг в телефонии", publish=True)
    write_article("Роуминг в тарифах", publish=True, parent=other, audience=Audience.PUBLIC)
    write_article("Roaming роуминг", publish=True, parent=other, language="en", kind="tariff")
    inside = titles("роуминг", filters=Filters(section_id=other.pk))
    assert sorted(inside) == ["Roaming роуминг", "Роуминг в тарифах"]
    assert titles("роуминг", filters=Filters(language="en")) == ["Roaming роуминг"]
    assert titles("роуминг", filters=Filters(kind="tariff")) == ["Roaming роуминг"]
    assert titles("роуминг", filters=Filters(audience="public")) == ["Роуминг в тарифах"]
    found = find("роуминг", filters=Filters(section_id=other.pk))
    assert (found.total, found.total_anywhere) == (2, 3)
    assert {facet.name: facet.count for facet in found.facets.by_section()} == {
        "Тарифы": 2,
        "Телефония": 1,
    }


def test_the_line_shows_the_words_that_were_found_in_the_original_text(write_article, find):
    text = "Вступление. " * 60 + "Проверьте ёмкость очереди вызовов! Дальше другое."
    write_article("Очередь", publish=True, answer="", body=body(("text", f"<p>{text}</p>")))

    (result,) = find("емкостью").results

    assert [stretch.text for stretch in result.line if stretch.marked] == ["ёмкость"]
    assert len("".join(stretch.text for stretch in result.line)) < 300


def test_the_answer_is_what_is_copied_and_never_holds_marks(write_article, find):
    write_article("Эхо", publish=True, answer="Уменьшите громкость.")

    (result,) = find("громкость").results

    assert result.answer == "Уменьшите громкость."
    assert [stretch.text for stretch in result.line if stretch.marked] == ["громкость"]


def test_without_an_index_the_answer_says_so(db, now, customer):
    found = services.find(viewer=customer, query="эхо", at=now)

    assert not found.available
    assert found.results == ()


def test_a_query_finds_articles_of_the_other_language_if_that_is_asked_for(write_article, titles):
    for number, (russian, english) in enumerate(
        [
            ("Запись звонков", "Call recording"),
            ("Включить запись", "Turn on recording"),
            ("Сменить тариф", "Change the plan"),
        ]
    ):
        group = uuid.UUID(int=number)
        write_article(russian, publish=True, translation_group=group)
        write_article(english, publish=True, translation_group=group, language="en")
    write_article("Recording for leads", publish=True, language="en")

    assert "Recording for leads" in titles("запись", filters=Filters(language="en"))
    assert "Recording for leads" not in titles("запись")


def test_a_phrase_may_hold_a_name_with_a_number(write_article, titles):
    write_article("Кодеки", publish=True, answer="Оставьте кодек G.711 первым.")
    write_article("Прочее", publish=True, answer="Кодек не тот, а 711 рублей, G.")

    assert titles('"кодек g711"') == ["Кодеки"]


def test_a_phrase_that_stands_nowhere_is_said_and_its_words_are_found(write_article, find):
    write_article("Кодеки", publish=True, answer="Первым стоит кодек.")

    found = find("«кодек первым»")

    assert [result.article.title for result in found.results] == ["Кодеки"]
    assert [note.repair for note in found.notes] == ["phrase"]
