"""What customers read of changes: only the words written for them, of public articles, once in force."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from kb.choices import Audience, ChangeSize
from kb.models import ArticlePage, ChangeNotice
from kb.services.changes import withdraw_notice

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
WORDS = "Гудок теперь 30 секунд & <ничего> больше"


@pytest.fixture
def public(write_article):
    """A public article in force, version 1."""
    return write_article(answer="Гудок 20 секунд.", publish=True, audience=Audience.PUBLIC)


@pytest.fixture
def told(change):
    """``told(article)``: a change that customers read of; staff is told nothing."""

    def _told(article: ArticlePage, words: str = WORDS, **fields) -> ChangeNotice:
        silent = {"size": ChangeSize.MINOR, "was": "", "now_holds": "", "say": ""}
        return change(article, **{**silent, "for_customers": words, **fields})

    return _told


def page(address: str = "/news/") -> str:
    """The page as a customer gets it."""
    return Client().get(address).content.decode()


def entries(address: str = "/feed/") -> list[ElementTree.Element]:
    """The entries of the feed, read as a reader reads them."""
    return ElementTree.fromstring(Client().get(address).content).findall(f"{ATOM}entry")


def test_customers_read_what_was_written_for_them_and_nothing_that_staff_is_told(public, change):
    change(public, ChangeSize.NOTIFY, for_customers="Ждать до 30 секунд")

    for text in (page(), Client().get("/feed/").content.decode()):
        assert "Ждать до 30 секунд" in text
        assert "Подождите" not in text
        assert "Гудок 20 секунд" not in text


def test_a_change_without_words_for_customers_is_no_news(public, change):
    change(public, ChangeSize.NOTIFY)

    assert "Новостей пока нет" in page()
    assert entries() == []


def test_an_article_that_is_not_public_gives_no_news_whatever_was_written(write_article, told):
    told(write_article(publish=True))

    assert "Гудок" not in page()
    assert entries() == []


def test_news_comes_the_minute_the_version_is_in_force(public, told, later):
    told(public, hours=2)

    assert entries() == []
    with later(hours=3):
        assert len(entries()) == 1


def test_news_of_an_article_that_is_taken_off_goes_with_it(public, told, fresh):
    told(public)
    fresh(public).unpublish()

    assert entries() == []


def test_withdrawn_news_is_gone(public, change, editor, now):
    notice = change(public, ChangeSize.NOTIFY, for_customers=WORDS)
    withdraw_notice(notice=notice, reason="Опечатка", by=editor.user, now=now)

    assert entries() == []


def test_news_of_an_older_version_stays_under_the_newer(public, told):
    told(public, "Первое")
    told(public, "Второе", answer="Гудок 40 секунд.")

    assert [one.find(f"{ATOM}summary").text for one in entries()] == ["Второе", "Первое"]


def test_the_news_of_one_language_can_be_had(write_article, told):
    for language in ("ru", "en"):
        told(
            write_article(publish=True, audience=Audience.PUBLIC, language=language),
            f"in {language}",
        )

    assert "in en" in page("/news/?language=en")
    assert "in ru" not in page("/news/?language=en")
    assert len(entries("/feed/?language=ru")) == 1
    assert len(entries("/feed/?language=tlh")) == 2


def test_the_feed_is_valid_for_a_reader(public, told):
    told(public)
    response = Client().get("/feed/")
    tree = ElementTree.fromstring(response.content)
    entry = tree.find(f"{ATOM}entry")

    assert response["Content-Type"].startswith("application/atom+xml")
    assert tree.find(f"{ATOM}id").text == "http://testserver/news/"
    assert tree.find(f"{ATOM}link[@rel='self']").get("href") == "http://testserver/feed/"
    assert tree.find(f"{ATOM}updated").text
    assert tree.find(f"{ATOM}author")
    assert entry.find(f"{ATOM}id").text.startswith("urn:uuid:")
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{public.url}"
    assert entry.find(f"{ATOM}summary").get("type") == "html"
    assert "&lt;ничего&gt;" in entry.find(f"{ATOM}summary").text


def test_an_entry_keeps_its_name_when_the_article_gets_another_address(public, told, fresh):
    told(public)
    before = entries()[0].find(f"{ATOM}id").text
    draft = fresh(public).get_latest_revision_as_object()
    draft.slug = "another-address"
    draft.save_revision().publish()

    assert entries()[0].find(f"{ATOM}id").text == before


def test_the_page_takes_as_many_queries_for_much_news_as_for_little(
    write_article, told, django_assert_max_num_queries
):
    for _number in range(6):
        told(write_article(publish=True, audience=Audience.PUBLIC))
    client = Client()
    client.get("/news/")

    with django_assert_max_num_queries(5):
        client.get("/news/")


def test_every_page_of_customers_names_the_feed_and_the_news(public):
    text = page(public.url)

    assert '<link rel="alternate" type="application/atom+xml"' in text
    assert 'href="/news/"' in text


def test_an_editor_writes_for_customers_only_of_what_they_may_read(
    public, write_article, editor, as_person
):
    internal = write_article(publish=True)
    client = as_person(editor)

    for article, shown in ((public, True), (internal, False)):
        form = client.get(f"/admin/pages/{article.pk}/edit/").context["form"]
        assert ("change_for_customers" in form.fields) is shown
