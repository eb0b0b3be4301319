"""Importing a folder of Markdown: front matter, directives, links, pictures."""

import pytest

from kb.choices import Audience, Kind, Risk
from kb.models import FileUse, Image
from people.viewer import ANONYMOUS
from tests.kb.importing.conftest import picture

pytestmark = pytest.mark.django_db

ARTICLE = """---
id: echo
title: "Эхо: что делать"
section: Телефония / Качество связи
kind: script
risk: high
audience: public
language: ru
pair: echo-en
tags: [sip, "401", звук]
owner: editor
review_days: 90
answer: >-
  Снизьте громкость.
  Отключите `AEC`.
---

# Эхо: что делать

## Проверка

:::steps По порядку
1. Наберите **555**.
2. Послушайте.
   - себя
:::

:::callout danger
Не трогайте роутер.
:::

:::say
Слышите **эхо**?
:::

:::internal
Панель, `call_id`. См. [другую](article:other).

:::steps
1. Раз
2. Два
:::

| Код | Что |
| --- | --- |
| 401 | пароль |
:::

```sip
:::say
REGISTER
```
"""


def blocks_of(article) -> list[tuple]:
    return [(block["type"], block["value"]) for block in article.body.raw_data]


def test_front_matter_decides_everything_it_names(folder, bring_in, article_of, editor):
    bring_in(folder({"a.md": ARTICLE}), owners={"editor": editor})

    article = article_of("echo")
    assert article.title == "Эхо: что делать"
    assert article.answer == "Снизьте громкость. Отключите AEC."
    assert (article.kind, article.risk) == (Kind.SCRIPT, Risk.HIGH)
    assert (article.audience, article.language) == (Audience.PUBLIC, "ru")
    assert (article.review_interval_days, article.content_owner) == (90, editor)
    assert sorted(article.tags.names()) == ["401", "sip", "звук"]
    assert article.get_parent().title == "Качество связи"


def test_directives_become_blocks(folder, bring_in, article_of):
    bring_in(folder({"a.md": ARTICLE, "b.md": "---\nid: other\n---\n# Другая\n\nТекст."}))

    blocks = blocks_of(article_of("echo"))
    assert [kind for kind, _value in blocks] == [
        *("heading", "steps", "callout", "say", "internal", "code")
    ]
    steps = blocks[1][1]
    assert steps["title"] == "По порядку"
    assert [item["value"] for item in steps["items"]] == [
        "<p>Наберите <b>555</b>.</p>",
        "<p>Послушайте.</p><ul><li>себя</li></ul>",
    ]
    assert blocks[2][1] == {"tone": "danger", "text": "<p>Не трогайте роутер.</p>"}
    assert blocks[3][1] == "Слышите эхо?"
    inner = blocks[4][1]
    assert [block["type"] for block in inner] == ["text", "steps", "table"]
    assert f'<a linktype="page" id="{article_of("other").pk}">другую</a>' in inner[0]["value"]
    assert inner[2]["value"]["columns"][0]["heading"] == "Код"
    assert blocks[5][1] == {"language": "sip", "code": ":::say\nREGISTER"}


def test_the_internal_part_of_a_public_article_is_not_shown_to_a_customer(
    folder, bring_in, article_of, client, now
):
    bring_in(folder({"a.md": ARTICLE}))

    article = article_of("echo")
    assert article in type(article).objects.visible_to(ANONYMOUS, now)
    assert "call_id" not in client.get(article.get_url()).content.decode()


def test_a_file_without_front_matter_is_named_by_heading_and_folder(folder, bring_in, article_of):
    bring_in(folder({"Номера/Перенос/porting.md": "# Перенос *номера*\n\nТри дня."}))

    article = article_of("wiki/Номера/Перенос/porting.md")
    assert article.title == "Перенос номера"
    assert article.get_parent().title == "Перенос"
    assert article.get_parent().get_parent().title == "Номера"
    assert blocks_of(article) == [("text", "<p>Три дня.</p>")]


def test_moving_the_folder_changes_nothing(folder, bring_in, tmp_path):
    root = folder({"a.md": "# А\n\nТекст."})
    bring_in(root)
    moved = tmp_path / "elsewhere" / "wiki"
    moved.parent.mkdir()
    root.rename(moved)

    assert bring_in(moved).unchanged == 1


def test_relative_links_lead_to_articles_and_the_others_become_text(folder, bring_in, article_of):
    report = bring_in(
        folder(
            {
                "a.md": "[б](sub/b.md#x) [нет](nothing.md) [сайт](https://example.org/) [зло](javascript:x)",
                "sub/b.md": "[а](../a.md) [а](/a.md)",
            }
        )
    )

    first, second = article_of("wiki/a.md"), article_of("wiki/sub/b.md")
    assert blocks_of(first) == [
        (
            "text",
            (
                f'<p><a linktype="page" id="{second.pk}">б</a> нет '
                '<a href="https://example.org/">сайт</a> зло</p>'
            ),
        )
    ]
    assert blocks_of(second)[0][1].count(f'id="{first.pk}"') == 2
    assert [problem.reason for problem in report.degraded] == [
        "The link “nothing.md” leads nowhere here; its text stays."
    ]


def test_pictures_come_along_once_and_only_their_readers_get_them(folder, bring_in, article_of):
    red = picture()
    bring_in(
        folder(
            {
                "a.md": 'Вид:\n\n![Экран](img/a.png "Настройки")\n\n:::internal\n![](copy.png)\n:::',
                "img/a.png": red,
                "copy.png": red,
            }
        )
    )

    article = article_of("wiki/a.md")
    assert Image.objects.count() == 1
    image = Image.objects.get()
    assert blocks_of(article)[1] == (
        "image",
        {"image": image.pk, "alt": "Экран", "caption": "Настройки"},
    )
    uses = FileUse.objects.filter(article=article, image=image)
    assert sorted(uses.values_list("internal", flat=True)) == [False, True]


def test_a_second_run_stores_no_picture_again(folder, bring_in):
    root = folder({"a.md": "![x](a.png)", "a.png": picture()})
    bring_in(root)

    assert bring_in(root).unchanged == 1
    assert Image.objects.count() == 1


def test_numbered_lists_become_steps_and_quotes_become_notes(folder, bring_in, article_of):
    text = "1. раз\n2. два\n\n> **Внимание:** горячо\n\n> [!NOTE]\n> знайте\n\n- а\n- б\n"
    bring_in(folder({"a.md": text}))

    assert blocks_of(article_of("wiki/a.md"))[1:] == [
        ("callout", {"tone": "warning", "text": "<p>горячо</p>"}),
        ("callout", {"tone": "info", "text": "<p>знайте</p>"}),
        ("text", "<ul><li>а</li><li>б</li></ul>"),
    ]


def test_a_list_that_goes_on_keeps_its_numbers(folder, bring_in, article_of):
    bring_in(folder({"a.md": "1. раз\n2. два\n\n```\ncode\n```\n\n3. три\n"}))

    assert blocks_of(article_of("wiki/a.md"))[-1] == ("text", "<p>3. три</p>")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("---\ntitle: [\n---\nтекст", "not YAML"),
        ("---\n- a\n---\nтекст", "name: value"),
        ("---\nrisk: huge\n---\nтекст", "Unknown risk"),
        ("---\ntitle: &a [*a]\n---\nтекст", "not YAML"),
        ("  \n", "is empty"),
        ("текст".encode("cp1251"), "not UTF-8"),
    ],
)
def test_a_bad_file_is_refused_by_its_name_and_the_rest_goes_in(folder, bring_in, content, words):
    report = bring_in(folder({"bad.md": content, "good.md": "# Да\n\nТекст."}))

    assert report.imported == 1
    assert [(problem.file, problem.line) for problem in report.refused] == [("bad.md", 1)]
    assert words in report.refused[0].reason


def test_an_unknown_directive_keeps_its_text_and_an_open_one_is_said(folder, bring_in, article_of):
    report = bring_in(folder({"a.md": ":::poem\nстрока\n:::\n\n:::say\nслова\n"}))

    assert blocks_of(article_of("wiki/a.md")) == [("text", "<p>строка</p>"), ("say", "слова")]
    reasons = " ".join(problem.reason for problem in report.degraded)
    assert "“:::poem” is not known" in reasons
    assert "“:::say” is never closed" in reasons


def test_hidden_folders_and_links_out_of_the_folder_are_not_read(folder, bring_in, tmp_path):
    (tmp_path / "secret.md").write_text("# Тайна")
    root = folder({"a.md": "# А\n\n![x](../secret.png)", ".git/b.md": "# Б"})
    (root / "link.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "secret.png").write_bytes(picture())

    report = bring_in(root)

    assert report.imported == 1
    assert "outside the folder" in report.degraded[0].reason
    assert not Image.objects.exists()
