"""Plain text of the corpus: structure only where the text says so."""

import pytest

from kb.importing.context import Context
from kb.importing.plain_text import convert, heading_places, is_code


def blocks(text: str, *headings: str) -> list[tuple]:
    return [(block["type"], block["value"]) for block in convert(text, headings, Context()).blocks]


def test_headings_are_lines_of_the_text():
    assert blocks("До\nШаги\nПосле", "Шаги") == [
        ("text", "<p>До</p>"),
        ("heading", "Шаги"),
        ("text", "<p>После</p>"),
    ]


def test_a_list_of_contents_is_not_taken_for_the_headings():
    lines = ["Один", "Два", "Один", "текст", "Два", "текст"]

    assert heading_places(lines, ("Один", "Два")) == [2, 4]


def test_numbers_from_one_become_steps_and_a_lone_number_stays():
    assert blocks("1. Раз\n2. Два\n7. Семь") == [
        (
            "steps",
            {
                "title": "",
                "items": [
                    {"type": "item", "value": "<p>Раз</p>"},
                    {"type": "item", "value": "<p>Два</p>"},
                ],
            },
        ),
        ("text", "<p>7. Семь</p>"),
    ]


def test_lines_closed_by_semicolons_become_a_list():
    assert blocks("Есть три вида:\nотпуск;\nкомандировка;\nбольничный.\nВсё.") == [
        (
            "text",
            (
                "<p>Есть три вида:</p><ul><li>отпуск;</li><li>командировка;</li><li>больничный.</li></ul>"
                "<p>Всё.</p>"
            ),
        )
    ]


def test_sentences_below_a_colon_stay_paragraphs():
    assert blocks("Сделайте так:\nОткройте кабинет.\nВыберите номер.") == [
        ("text", "<p>Сделайте так:</p><p>Откройте кабинет.</p><p>Выберите номер.</p>")
    ]


@pytest.mark.parametrize(
    ("line", "tone"),
    [
        ("Примечание. Это важно знать.", "info"),
        ("Важно: это важно знать.", "warning"),
        ("> [!IMPORTANT] Это важно знать.", "warning"),
        ("/// note Это важно знать. ///", "info"),
    ],
)
def test_a_labelled_line_becomes_a_note(line, tone):
    assert blocks(line) == [("callout", {"tone": tone, "text": "<p>Это важно знать.</p>"})]


@pytest.mark.parametrize(
    "line",
    [
        "Set-CsTeamsCallingPolicy -Identity Global -AllowCloudRecordingForCalls $True",
        "kubectl get svc",
        '{ "error": "ACCESS_DENIED" }',
        "curl -X POST https://example.org/rest",
    ],
)
def test_commands_and_data_are_code(line):
    assert is_code(line)


@pytest.mark.parametrize(
    "line",
    ["Get started with the product.", "Set up your phone", "Выполните kubectl get svc", "Add-ins"],
)
def test_prose_is_not_code(line):
    assert not is_code(line)


def test_tags_in_the_text_are_text_and_embedded_pictures_go():
    assert blocks("Тег <config> и <img src='data:image/png;base64,AAAA'> тут") == [
        ("text", "<p>Тег &lt;config&gt; и  тут</p>")
    ]


def test_addresses_become_links():
    assert blocks("См. https://example.org/a?b=1&c=2.") == [
        (
            "text",
            '<p>См. <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>.</p>',
        )
    ]
