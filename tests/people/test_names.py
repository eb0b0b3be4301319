"""Which word of a name somebody is addressed by."""

import pytest

from people.names import split_name


@pytest.mark.parametrize(
    ("full_name", "expected"),
    [
        ("Анна Кравцова", ("Анна", "Кравцова")),
        ("Кравцова Анна", ("Анна", "Кравцова")),
        ("Кравцова Анна Сергеевна", ("Анна", "Кравцова")),
        ("Анна Сергеевна Кравцова", ("Анна", "Кравцова")),
        ("Лев Толстой", ("Лев", "Толстой")),
        ("Ирина Соболева", ("Ирина", "Соболева")),
        ("Соболева Ирина", ("Ирина", "Соболева")),
        ("Денис Мухин", ("Денис", "Мухин")),
        ("Jane van der Berg", ("Jane", "van der Berg")),
        ("Мадонна", ("Мадонна", "")),
        ("", ("", "")),
    ],
)
def test_the_first_name_is_found_whichever_word_comes_first(full_name, expected):
    assert split_name(full_name) == expected
