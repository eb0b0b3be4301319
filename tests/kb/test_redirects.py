"""Old addresses: they lead on, but only to what the reader may see."""

import pytest
from django.test import Client

from kb.choices import Audience
from kb.models import ArticlePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename():
    """Give an article another address by publishing it; the old and the new one come back."""

    def _rename(article: ArticlePage) -> tuple[str, str]:
        old = article.url
        article.slug = "drugoy-adres"
        article.save_revision().publish()
        return old, ArticlePage.objects.get(pk=article.pk).url

    return _rename


def test_the_old_address_of_a_renamed_article_leads_to_the_new_one(
    write_article, rename, django_capture_on_commit_callbacks
):
    article = write_article(publish=True, audience=Audience.PUBLIC)
    with django_capture_on_commit_callbacks(execute=True):
        old, new = rename(article)

    response = Client().get(old)

    assert (response.status_code, response["Location"]) == (302, new)


def test_the_old_address_of_an_internal_article_tells_a_customer_nothing(
    write_article, rename, anna, client_of, django_capture_on_commit_callbacks
):
    article = write_article(publish=True)
    with django_capture_on_commit_callbacks(execute=True):
        old, new = rename(article)

    forbidden = Client().get(old)

    assert forbidden.status_code == 404
    assert "Location" not in forbidden.headers
    assert "drugoy-adres" not in forbidden.content.decode()
    assert client_of(anna).get(old)["Location"] == new
