"""A derived answer: whole first sentences, or nothing."""

import pytest

from kb.importing.answers import derive, sentences


def answer(*paragraphs: str) -> str:
    return derive([{"type": "text", "value": "".join(f"<p>{each}</p>" for each in paragraphs)}])


def test_the_first_sentences_are_the_answer():
    first = "Переадресация включается в личном кабинете."
    second = "Откройте раздел «Номера» и выберите номер, с которого нужно переадресовать звонки клиентов."
    third = "Сохраните."

    assert answer(f"{first} {second} {third}") == f"{first} {second}"


def test_an_answer_is_never_longer_than_three_hundred_characters_and_never_cut():
    assert answer("Слово " * 60 + ".") == ""
    assert answer("Короткое первое предложение здесь. " + "Слово " * 60 + ".") == (
        "Короткое первое предложение здесь."
    )


@pytest.mark.parametrize(
    "text",
    ["Выполните следующее:", "Дата изменения раздела: 2012-09-29", "Ок.", "Без конца фразы тут"],
)
def test_what_is_no_answer_gives_none(text):
    assert answer(text) == ""


def test_what_many_articles_begin_with_is_passed_over():
    block = {
        "type": "text",
        "value": "<p>Общее начало всех статей.</p><p>Своё предложение этой статьи.</p>",
    }

    assert derive([block], lambda text: text.startswith("Общее")) == "Своё предложение этой статьи."


def test_an_article_that_begins_with_code_has_no_answer():
    assert derive([{"type": "code", "value": {"code": "x", "language": ""}}]) == ""


def test_abbreviations_do_not_end_a_sentence():
    assert sentences("Оплата до 5 тыс. Рублей не берём. Дальше.") == [
        "Оплата до 5 тыс. Рублей не берём.",
        "Дальше.",
    ]
