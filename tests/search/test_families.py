"""Families of Russian words: what belongs together, and what has no family."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.families import LEAST_ROOT, family
from search.ranking import Candidate, Title, rerank
from search.understanding import Group, Understood


@pytest.mark.parametrize(
    "relatives",
    [
        "подключить подключение подключать подключиться",
        "настроить настройка настраивать",
        "пересылать пересылка пересылание",
        "удалить удаление удалять",
        "создать создание создатель",
        "отправить отправка отправлять отправитель",
        "добавить добавление добавлять",
        "запустить запуск запускать",
        "переадресация переадресовать переадресовывать",
        "отключить отключение отключать",
        "тариф тарифный",
        "номер номерной",
    ],
)
def test_words_of_one_root_are_one_family(relatives):
    """Verb, noun and adjective meet."""
    assert len({family(word) for word in relatives.split()} - {""}) == 1


def test_a_prefix_makes_another_family():
    """To switch on and to switch off are not relatives."""
    assert family("включить") != family("отключить") != family("подключить")


@pytest.mark.parametrize("word", ["сип", "sip", "im_notify_delete", "488", ""])
def test_short_words_codes_and_other_scripts_have_no_family(word):
    """They are found as they are."""
    assert family(word) == ""


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюя", max_size=30))
def test_a_family_is_named_by_a_root_or_not_at_all(word):
    """No name is so short that strangers share it."""
    assert family(word) == "" or len(family(word)) >= LEAST_ROOT


def test_a_relative_in_the_title_counts_for_less_than_the_word():
    """«Удаление номера» before «Удалить номер» for who typed «удаление»."""
    asked = Understood(
        typed="удаление", text="удаление", groups=(Group("удаление", (("удаление", 1.0),)),)
    )
    candidates = [
        Candidate(number, Title.of(title.split()), article_score=1.0)
        for number, title in enumerate(("добавить номер", "удалить номер", "удаление номера"))
    ]
    order = [candidate.article for _, candidate in rerank(asked, candidates, lambda term: 1.0)]
    assert order == [2, 1, 0]
