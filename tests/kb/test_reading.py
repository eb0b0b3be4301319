"""Reading pages: what an operator and a customer get of an article and a section."""

import re
import uuid
from urllib.parse import quote

import pytest
from django.test import Client

from kb.choices import Audience
from kb.services.verifying import verify

pytestmark = pytest.mark.django_db

BODY = [
    {"type": "heading", "value": "Как включить"},
    {"type": "text", "value": "<p>Откройте <b>кабинет</b>.</p>"},
    {"type": "steps", "value": {"title": "", "items": ["<p>Первый шаг</p>", "<p>Второй шаг</p>"]}},
    {"type": "callout", "value": {"tone": "warning", "text": "<p>Осторожно</p>"}},
    {"type": "code", "value": {"language": "sip", "code": "INVITE sip:100 " + "x" * 400}},
    {"type": "say", "value": "Подождите до 30 секунд"},
    {
        "type": "internal",
        "value": [{"type": "text", "value": "<p>Группа «Сеть», метка FWD-30</p>"}],
    },
]


def impersonal(response, address: str) -> str:
    """The page without what differs from request to request: its address and the form tokens."""
    page = response.content.decode().replace(address, "").replace(quote(address, safe=""), "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def test_an_operator_reads_the_answer_the_text_and_the_internal_part(
    write_article, anna, client_of
):
    article = write_article(publish=True, audience=Audience.PUBLIC, body=BODY)

    page = client_of(anna).get(article.url).content.decode()

    for words in ("Включите в кабинете.", "Как включить", "Второй шаг", "INVITE", "FWD-30"):
        assert words in page


def test_a_customer_reads_a_public_article_without_its_internal_part(write_article):
    article = write_article(publish=True, audience=Audience.PUBLIC, body=BODY)

    page = Client().get(article.url).content.decode()

    assert "Второй шаг" in page
    assert "FWD-30" not in page


def test_words_to_be_said_to_the_customer_are_shown_to_staff_only(write_article, anna, client_of):
    article = write_article(publish=True, audience=Audience.PUBLIC, body=BODY)

    assert "Подождите до 30 секунд" not in Client().get(article.url).content.decode()
    assert "Подождите до 30 секунд" in client_of(anna).get(article.url).content.decode()


def test_an_internal_article_and_a_missing_one_give_a_customer_the_same_answer(write_article):
    article = write_article(publish=True)

    forbidden = Client().get(article.url)
    missing = Client().get("/kb/telephony/no-such-article/")

    assert forbidden.status_code == missing.status_code == 404
    assert impersonal(forbidden, article.url) == impersonal(
        missing, "/kb/telephony/no-such-article/"
    )


def test_a_link_to_an_internal_article_is_plain_words_for_a_customer(
    write_article, anna, client_of
):
    secret = write_article("Скрытая статья", publish=True, slug="secret-slug")
    article = write_article(
        publish=True,
        audience=Audience.PUBLIC,
        body=[
            {"type": "text", "value": f'<p><a linktype="page" id="{secret.pk}">подробнее</a></p>'}
        ],
    )

    customer = Client().get(article.url).content.decode()
    operator = client_of(anna).get(article.url).content.decode()

    assert "подробнее" in customer
    assert "secret-slug" not in customer
    assert secret.url in operator


def test_the_section_lists_and_counts_only_what_the_reader_may_see(
    write_article, section, anna, client_of
):
    write_article("Открытая", publish=True, audience=Audience.PUBLIC)
    write_article("Внутренняя", publish=True)

    customer = Client().get(section.url).content.decode()
    operator = client_of(anna).get(section.url).content.decode()

    assert "Открытая" in customer
    assert "Внутренняя" not in customer
    assert "Внутренняя" in operator


def test_an_article_page_takes_at_most_twelve_queries(
    write_article, anna, olga, ilya, client_of, viewer_of, now, django_assert_max_num_queries
):
    for number in range(6):
        write_article(f"Соседняя {number}", publish=True)
    article = write_article(publish=True, body=BODY, content_owner=olga, verifier=ilya)
    key = uuid.uuid4()
    verify(article=article, number=1, how="read", key=key, viewer=viewer_of(ilya), now=now)
    client = client_of(anna)
    client.get(article.url)

    with django_assert_max_num_queries(12):
        client.get(article.url)


def test_the_sitemap_names_public_articles_only(write_article):
    public = write_article("Открытая", publish=True, audience=Audience.PUBLIC)
    internal = write_article("Внутренняя", publish=True)

    page = Client().get("/sitemap.xml").content.decode()

    assert public.url in page
    assert internal.url not in page
