"""Controlled copies: what whose copy shows, and what the code on an old one says."""

import uuid

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from kb.choices import Audience
from kb.models import ArticlePage
from kb.printing.articles import article_pdf
from kb.printing.pieces import Box, Code, Heading, Inside, Table, Text, pieces_of
from kb.printing.rich_text import paragraphs
from kb.selectors.copies import copy_of
from kb.services.archiving import archive
from people.viewer import ANONYMOUS

pytestmark = pytest.mark.django_db

STEP = {"name": "начало", "text": "<p>Спросите код</p>", "say": "СКРИПТ", "outcome": "solved"}
BODY = [
    {"type": "heading", "value": "Как включить"},
    {
        "type": "text",
        "value": "<p>Откройте <b>кабинет</b>.</p><ul><li>раз<ul><li>два</li></ul></li></ul>",
    },
    {"type": "steps", "value": {"title": "Порядок", "items": ["<p>Первый</p>", "<p>Второй</p>"]}},
    {"type": "callout", "value": {"tone": "warning", "text": "<p>Осторожно</p>"}},
    {
        "type": "faq",
        "value": {"title": "", "questions": [{"question": "Зачем?", "answer": "<p>Затем</p>"}]},
    },
    {
        "type": "table",
        "value": {
            "columns": [{"type": "text", "heading": "Код"}, {"type": "text", "heading": "Что"}],
            "rows": [{"values": ["<p>488</p>", "<p>кодеки</p>"]}] * 3,
            "caption": "Ошибки",
        },
    },
    {"type": "code", "value": {"language": "sip", "code": "INVITE sip:100 " + "x" * 4000}},
    {"type": "say", "value": "СКАЖИТЕ"},
    {"type": "script", "value": {"title": "", "steps": [{**STEP, "choices": []}]}},
    {"type": "internal", "value": [{"type": "text", "value": "<p>ТАЙНА</p>"}]},
]


@pytest.fixture
def article(write_article):
    """Version 1, for customers too, with something for employees in it."""
    return write_article(publish=True, audience=Audience.PUBLIC, body=BODY)


def on_paper(article, viewer) -> list:
    copy = copy_of(article.uuid, viewer, timezone.now())
    return list(pieces_of(copy.reading.blocks, copy.reading.links))


def checked(client, article, number=1):
    client.cookies["language"] = "en"
    return client.get(reverse("copy_check", args=[article.uuid, number]))


def test_an_employees_copy_has_everything_and_says_what_is_for_employees(article, anna, viewer_of):
    pieces = on_paper(article, viewer_of(anna))

    kinds = {type(piece) for piece in pieces}
    assert kinds == {Heading, Text, Box, Table, Code, Inside}
    begins = pieces.index(Inside(begins=True))
    assert "ТАЙНА" in str(pieces[begins + 1])
    assert pieces[begins + 2] == Inside(begins=False)
    assert copy_of(article.uuid, viewer_of(anna), timezone.now()).is_for_staff


def test_a_customers_copy_has_nothing_for_employees(article):
    pieces = on_paper(article, ANONYMOUS)

    words = str(pieces)
    for inside in ("ТАЙНА", "СКАЖИТЕ", "СКРИПТ"):
        assert inside not in words
    assert "кодеки" in words
    assert Inside(begins=True) not in pieces
    assert not copy_of(article.uuid, ANONYMOUS, timezone.now()).is_for_staff


def test_what_one_may_not_read_one_may_not_print(client, write_article):
    inside = write_article(publish=True, audience=Audience.INTERNAL)

    for asked in (inside.uuid, uuid.uuid4()):
        assert client.get(reverse("article_copy", args=[asked])).status_code == 404


def test_a_copy_is_a_file_of_several_pages_if_it_must(
    article, client_of, anna, viewer_of, django_assert_max_num_queries
):
    client = client_of(anna)
    address = reverse("article_copy", args=[article.uuid])
    client.get(address)
    with django_assert_max_num_queries(12):
        reply = client.get(address)
    assert reply["Content-Type"] == "application/pdf"

    copy = copy_of(article.uuid, viewer_of(anna), timezone.now())
    printed = article_pdf(copy, address="https://x.test/", at=timezone.now(), by="Анна")
    assert printed.startswith(b"%PDF-")
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") >= 2


def test_an_old_copy_says_which_version_is_in_force(article, client):
    assert "This copy still holds" in checked(client, article).content.decode()

    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    draft.answer = "Иначе."
    draft.save_revision().publish()

    page = checked(client, article).content.decode()
    assert "This copy holds no more" in page
    assert "It is of version 1; in force is version 2." in page
    assert checked(client, article, 3).status_code == 404


def test_of_what_is_archived_missing_or_for_others_the_page_says_the_same(
    article, write_article, client
):
    inside = write_article(publish=True, audience=Audience.INTERNAL)
    archive(article=article, by=None, now=timezone.now())
    missing = write_article()

    replies = [checked(client, one) for one in (article, inside, missing)]

    assert {reply.status_code for reply in replies} == {404}
    for reply, one in zip(replies, (article, inside, missing), strict=True):
        page = reply.content.decode()
        assert "Do not rely on this copy" in page
        assert one.title not in page


def test_customers_cannot_keep_the_printer_busy(article, client, client_of, anna, monkeypatch):
    cache.clear()
    monkeypatch.setattr("kb.views.copies.MOST_COPIES", 1)
    address = reverse("article_copy", args=[article.uuid])

    assert [client.get(address).status_code for _ in range(2)] == [200, 429]
    assert client_of(anna).get(address).status_code == 200


def test_lists_keep_their_numbers_and_their_depth():
    found = paragraphs("<ol><li>раз<ul><li>два</li></ul></li><li>три &amp; <i>ещё</i></li></ol>")

    assert [(part.mark, part.depth, part.words) for part in found] == [
        ("1.", 1, "раз"),
        ("•", 2, "два"),
        ("2.", 1, "три & ещё"),
    ]
