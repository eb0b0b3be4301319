"""The results page and the panel: what a reader sees, types and gets back."""

import datetime
import re
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from kb.choices import Audience
from kb.models import ArticlePage, SectionPage
from search import indexing, log
from search.models import SearchLog
from tests.search.conftest import body

pytestmark = pytest.mark.django_db

PANEL = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "search-panel"}
RESULTS = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "search-results"}


@pytest.fixture
def ask(client, db):
    """Ask as whoever is signed in, with an index that is true; the text of the answer."""

    def _ask(query: str, address: str = "", **headers) -> str:
        indexing.catch_up()
        response = client.get(f"/search/?q={quote(query)}{address}", **headers)
        assert response.status_code == 200
        return response.content.decode()

    return _ask


def words_of(page: str) -> str:
    """What is read of a page."""
    return " ".join(re.sub(r"<template>.*?</template>|<[^>]*>", " ", page, flags=re.S).split())


def test_a_result_shows_its_title_line_and_place_with_marks(write_article, ask):
    write_article(
        "Эхо в трубке", publish=True, audience=Audience.PUBLIC, answer="Убавьте громкость."
    )

    page = ask("эхо громкости")

    assert "<mark>Эхо</mark> в трубке" in page
    assert "Убавьте <mark>громкость</mark>." in page
    assert 'data-answer-text="Убавьте громкость."' in page
    assert "Телефония" in words_of(page)


def test_the_panel_holds_five_results_the_first_chosen_and_a_way_to_all(write_article, ask):
    for number in range(7):
        write_article(f"Роуминг {number}", publish=True, audience=Audience.PUBLIC)

    panel = ask("роуминг", **PANEL)

    assert "<html" not in panel
    assert panel.count('<li class="row result') == 5
    assert panel.count("row--chosen") == 1
    assert "7" in words_of(panel)
    assert "data-preview" in panel


def test_typing_on_the_page_of_results_replaces_them_and_the_address(write_article, client):
    write_article("Роуминг", publish=True, audience=Audience.PUBLIC)
    indexing.catch_up()

    response = client.get("/search/?q=роуминг", **RESULTS)

    assert "<html" not in response.content.decode()
    assert response["HX-Replace-Url"] == f"{reverse('search')}?q={quote('роуминг')}"


def test_a_repair_is_said_with_the_way_back(write_article, ask):
    write_article("Не слышно клиента", publish=True, audience=Audience.PUBLIC)

    page = ask("yt cksiyj rkbtynf", "&language=")

    assert "<h1>Не слышно клиента</h1>" in page
    assert "literal=1" in page
    assert words_of(ask("yt cksiyj rkbtynf", "&literal=1")).count("Не слышно клиента") == 0


def test_tabs_lead_to_sections_with_the_counts_they_show(write_article, root_section, ask):
    other = root_section.add_child(instance=SectionPage(title="Тарифы", slug="tariffs"))
    write_article("Роуминг раз", publish=True, audience=Audience.PUBLIC)
    write_article("Роуминг два", publish=True, audience=Audience.PUBLIC, parent=other)
    write_article("Роуминг три", publish=True, audience=Audience.PUBLIC, parent=other)

    page = ask("роуминг")
    narrowed = ask("роуминг", f"&section={other.pk}")

    assert re.search(r'Тарифы <span class="tabs__count">2</span>', page)
    assert narrowed.count('<li class="row result') == 2
    assert re.search(r'Тарифы <span class="tabs__count">2</span>', narrowed)


def test_a_section_without_results_says_that_there_are_some_elsewhere(
    write_article, root_section, ask
):
    other = root_section.add_child(instance=SectionPage(title="Тарифы", slug="tariffs"))
    write_article("Роуминг", publish=True, audience=Audience.PUBLIC)

    page = ask("роуминг", f"&section={other.pk}")

    assert 'class="empty"' in page
    assert f'href="?q={quote("роуминг")}"' in page


def test_nothing_found_leads_on_to_sections_the_reader_may_see(write_article, root_section, ask):
    secret = root_section.add_child(instance=SectionPage(title="Секреты", slug="secrets"))
    write_article("Роуминг", publish=True, audience=Audience.PUBLIC)
    write_article("Стенд", publish=True, parent=secret)

    words = words_of(ask("абракадабра"))

    assert "абракадабра" in words
    assert "Телефония" in words
    assert "Секреты" not in words


def test_an_operator_sees_what_is_internal_marked_as_such(write_article, anna, client_of, ask):
    client_of(anna)
    write_article(
        "Стенд",
        publish=True,
        audience=Audience.PUBLIC,
        body=body(("internal", [{"type": "text", "value": "<p>Пароль барабашка.</p>"}])),
    )

    assert "icon--lock" in ask("барабашка", **PANEL)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "a" * 10_000,
        "слово " * 2_000,
        "?!.,;:()[]{}",
        "\x00\x01\x1b",
        "🙂🙂🙂",
        "и в на",
        "' OR 1=1 --",
        '"незакрытая кавычка',
        "title:(a AND b) OR *:* ~2 ^4",
        "%_\\",
        "שלום עולם",
        "\u202eкод\u202c",
        "<script>alert(1)</script>",
        "ёЁ́",
        "-",
        "- - -",
        "«»",
        "«»«»" * 100,
    ],
)
def test_any_input_gets_an_answer(write_article, ask, query):
    write_article("Роуминг", publish=True, audience=Audience.PUBLIC)

    for headers in ({}, PANEL, RESULTS):
        page = ask(query, "&section=x&language=xx&kind=nope&tag=-1&all=maybe", **headers)
        assert "<script>alert" not in page


def test_a_file_of_the_mark_up_cannot_be_smuggled_in_by_an_article(write_article, ask):
    write_article(
        "Роуминг <b>сила</b>", publish=True, audience=Audience.PUBLIC, answer="<i>роуминг</i>"
    )

    page = ask("роуминг сила", **PANEL)

    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_the_number_of_queries_does_not_grow_with_the_results(
    write_article, client, django_assert_max_num_queries
):
    for number in range(12):
        write_article(f"Роуминг {number}", publish=True, audience=Audience.PUBLIC)
    indexing.catch_up()
    client.get("/search/?q=роуминг")

    with django_assert_max_num_queries(8):
        client.get("/search/?q=роуминг")


def token_in(page: str) -> str:
    """The token that the browser sends back."""
    return re.search(r'data-search-token="([^"]+)"', page)[1]


def test_a_settled_query_is_logged_without_the_person_and_long_numbers(
    write_article, anna, client_of, client, ask
):
    client_of(anna)
    article = write_article("Роуминг", publish=True)
    token = token_in(ask("роуминг 8 916 123-45-67 anna@example.test", **PANEL))

    response = client.post(
        "/search/log/", {"token": token, "ending": "opened", "opened": str(article.uuid)}
    )
    log.waiting.flush()

    assert response.status_code == 204
    entry = SearchLog.objects.get()
    assert entry.query == "роуминг # ### ###-##-## @"
    assert (entry.hits, entry.ending, entry.opened, entry.staff) == (
        1,
        "opened",
        article.uuid,
        True,
    )
    assert len(entry.who) == 32


def test_an_error_code_stays_readable_in_the_log():
    assert log.masked("ошибка 488") == "ошибка 488"
    assert log.masked("договор 123456") == "договор ######"


@pytest.mark.parametrize(
    "form",
    [
        {"token": "made up", "ending": "opened"},
        {"token": "", "ending": "paused"},
        {},
        {"ending": "paused"},
    ],
)
def test_nothing_made_up_gets_into_the_log(client, db, form):
    assert client.post("/search/log/", form).status_code == 204
    assert log.waiting.flush() == 0
    assert not SearchLog.objects.exists()


def test_a_wrong_ending_or_article_is_not_logged(client, db):
    token = log.token_for(query="эхо", hits=1, milliseconds=2)

    client.post("/search/log/", {"token": token, "ending": "guessed"})
    client.post("/search/log/", {"token": token, "ending": "opened", "opened": "not a uuid"})

    assert log.waiting.flush() == 0


def test_another_site_cannot_write_to_the_log(client, db):
    token = log.token_for(query="эхо", hits=1, milliseconds=2)

    response = client.post(
        "/search/log/", {"token": token, "ending": "paused"}, HTTP_ORIGIN="https://evil.test"
    )

    assert response.status_code == 403


def test_the_first_letters_already_find_and_never_say_that_nothing_was_found(write_article, ask):
    write_article("Роуминг", publish=True, audience=Audience.PUBLIC)

    assert "Роуминг" in words_of(ask("ро", **PANEL))
    assert ask("щ", **PANEL) == ""


def test_nothing_in_the_chosen_language_leads_on_to_every_language(write_article, ask):
    write_article("Роуминг", publish=True, audience=Audience.PUBLIC)

    page = ask("роуминг", "&language=en")

    assert f'href="/search/?q={quote("роуминг")}"' in page


def test_what_is_overdue_for_review_is_marked_for_employees_and_never_in_what_is_copied(
    write_article, ask, anna, client
):
    article = write_article("Переадресация", publish=True, audience=Audience.PUBLIC)
    long_ago = timezone.now() - datetime.timedelta(days=200)
    ArticlePage.objects.filter(pk=article.pk).update(first_published_at=long_ago)
    client.cookies["language"] = "en"
    mark = "overdue for review"

    assert mark not in ask("переадресация")
    client.force_login(anna.user)
    for headers in ({}, PANEL):
        page = ask("переадресация", **headers)
        assert mark in page
        assert not any(mark in copied for copied in re.findall(r'data-answer-\w+="[^"]*"', page))
    ArticlePage.objects.update(verified_at=timezone.now())
    assert mark not in ask("переадресация")
