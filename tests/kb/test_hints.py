"""Hints about a text while it is written: what would make it hard to use during a call."""

import json

import pytest
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from kb.hinting import Draft, hints_about
from kb.models import ArticlePage, Image
from kb.services.archiving import archive
from kb.starters import STARTED, starter_of

FINE = {"title": "Перенос номера к нам", "answer": "Подайте заявление. Ждите восемь дней."}


def kinds(*blocks, **said) -> list[tuple[str, str]]:
    """What is pointed out of a draft with these blocks, each by its kind and what it quotes."""
    body = [{"type": kind, "value": value, "id": f"b{n}"} for n, (kind, value) in enumerate(blocks)]
    found = hints_about(Draft(**{**FINE, **said}, body=body))
    return [(hint.kind, hint.block) for hint in found]


def test_a_good_text_gets_no_hint():
    assert kinds(("heading", "Сроки"), ("text", "<p>Восемь дней.</p>"), ("say", "Ждите.")) == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"answer": "  "}, "no_answer"),
        ({"answer": "Раз. Два. Три. Четыре."}, "long_answer"),
        ({"answer": "Слово " * 80}, "long_answer"),
        ({"title": "Важная информация"}, "vague_title"),
        ({"title": "General guide to the document"}, "vague_title"),
        ({"title": "Инструкция по роутеру"}, None),
        ({"title": "Переадресация"}, "vague_title"),
        ({"answer": "Подробнее: https://opora.example/kb/a-1"}, "only_a_link"),
        ({"answer": "Тариф 1.5 Гб. Цена 3.50 р."}, None),
        ({"answer": "Не обещайте клиенту срок."}, "internal_words"),
        ({"answer": "Порядок описан на http://wiki/sip-7, откройте страницу."}, "internal_words"),
        ({"answer": "Откройте http://192.168.1.1/setup и никому не сообщайте код."}, None),
    ],
)
def test_title_and_answer(said, kind):
    assert kinds(**said) == ([(kind, "")] if kind else [])


def test_what_is_said_to_the_customer_is_looked_at_also_in_scripts_and_internal_parts():
    step = {"name": "Начало", "text": "", "say": "Я эскалирую вопрос.", "choices": []}
    script = {"title": "", "steps": [{"type": "item", "value": step, "id": "s"}]}
    inner = [{"type": "say", "value": "Never tell the customer.", "id": "i"}]

    assert kinds(("say", "Это внутренний регламент."), ("script", script), ("internal", inner)) == [
        ("internal_words", "b0"),
        ("internal_words", "b1"),
        ("internal_words", "i"),
    ]
    assert kinds(("text", "<p>Это внутренний регламент, откройте тикет.</p>")) == []


def test_long_texts_ask_for_paragraphs_and_a_heading():
    paragraph = "<p>" + "слово " * 80 + "</p>"
    assert kinds(("text", paragraph * 4)) == [("no_heading", "")]
    assert kinds(("text", "<h3>Сроки</h3>" + paragraph * 4)) == []
    assert kinds(("text", "<p>" + "слово " * 91 + "</p>")) == [("long_paragraph", "b0")]


def test_what_a_beginning_left_to_be_written_is_pointed_out_once_in_each_block():
    faq = [{"question": "[A question]", "answer": "<p>[The answer]</p>"}]

    assert kinds(
        ("text", "<p>Сначала.</p><p>[Кому передать]</p>"), ("faq", {"questions": faq})
    ) == [
        ("gap", "b0"),
        ("gap", "b1"),
    ]
    assert kinds(("text", "<p>Нажмите [Сохранить].</p><p>[1]</p>")) == []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", STARTED)
def test_every_part_of_a_beginning_that_waits_for_words_is_a_gap(kind):
    body = ArticlePage(body=starter_of(kind)).body
    waiting = [block for block in body.get_prep_value() if "[" in str(block["value"])]

    found = hints_about(Draft(**FINE, body=body.get_prep_value()))

    assert [hint.kind for hint in found] == ["gap"] * len(waiting)


@pytest.mark.django_db
def test_the_form_is_looked_at_as_it_stands_and_nothing_is_stored(
    write_article, editor, administrator, as_person, edit_form, fresh, now
):
    linked = write_article("Старый тариф «Эхо»", publish=True)
    archive(article=linked, by=administrator.user, now=now)
    image = Image.objects.create(title="Схема", file=get_test_image_file())
    told = Image.objects.create(
        title="Роутер", file=get_test_image_file(), default_alt_text="Роутер сзади"
    )
    article = write_article("Переадресация звонков")
    link = {
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": linked.pk}}}
    }
    text = {
        "text": "Старый тариф",
        "type": "unstyled",
        "key": "a",
        "depth": 0,
        "entityRanges": [{"offset": 0, "length": 6, "key": 0}],
        "inlineStyleRanges": [],
    }
    written = {"body-count": "3", "answer": ""}
    for place, (kind, values) in enumerate(
        [
            ("text", {"": json.dumps({**link, "blocks": [text]})}),
            ("image", {"-image": image.pk, "-caption": "", "-alt": ""}),
            ("image", {"-image": told.pk, "-caption": "", "-alt": ""}),
        ]
    ):
        named = f"body-{place}"
        written |= {f"{named}-type": kind, f"{named}-order": place, f"{named}-deleted": ""}
        written |= {f"{named}-id": f"b{place}"}
        written |= {f"{named}-value{name}": value for name, value in values.items()}

    reply = as_person(editor).post(
        reverse("kb_hints", args=[article.pk]), edit_form(article, **written)
    )

    advice = reply.context["advice"]
    assert [one.block for one in advice] == ["", "b0", "b1"]
    assert "Старый тариф «Эхо»" in advice[1].words
    assert fresh(article).get_latest_revision_as_object().answer == "Включите в кабинете."
    assert fresh(article).revisions.count() == 1


@pytest.mark.django_db
def test_a_new_article_is_looked_at_before_it_is_saved_and_only_by_who_may_write_it(
    section, editor, sergey, as_person, new_form
):
    address = reverse("kb_hints_new", args=[section.pk])
    reply = as_person(editor).post(address, new_form(title="Важно"))

    assert len(reply.context["advice"]) == 2
    assert section.get_children().count() == 0
    assert as_person(sergey).post(address, new_form(title="Важно")).status_code != 200


@pytest.mark.django_db
def test_the_panel_of_checks_carries_the_hints_and_submitting_counts_them(
    write_article, editor, as_person, edit_form, words_of
):
    article = write_article("Важно", answer="Раз.")
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    client = as_person(editor)
    page = client.get(address).content.decode()
    assert "kb-hints__row" in page
    assert "kb/hints.js" in page

    reply = client.post(address, {**edit_form(article), "action-submit": "1"}, follow=True)

    assert "1 замечан" in words_of(reply)
