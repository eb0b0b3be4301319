"""Deleting, archiving and copying by the screens of the admin; its doors that stay shut."""

import pytest
from django.test import Client
from django.urls import reverse

from kb.models import ArticlePage, SectionPage

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


# --- deleting --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_deleting_an_article_that_was_read_is_refused_in_words(
    write_article, administrator, as_person, fresh, method, words_of
):
    article = write_article(publish=True)

    response = getattr(as_person(administrator), method)(url("delete", article.pk), follow=True)

    assert response.status_code == 200
    assert words_of(response)
    assert fresh(article).live


def test_deleting_in_bulk_and_a_whole_section_is_refused(
    write_article, section, administrator, as_person, fresh
):
    article = write_article(publish=True)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client = as_person(administrator)

    for pk in (article.pk, section.pk):
        address = f"{bulk}?id={pk}&next=/admin/pages/"
        assert client.get(address).status_code == 200
        assert client.post(address, {}, follow=True).status_code == 200
    assert client.post(url("delete", section.pk), follow=True).status_code == 200

    assert fresh(article).live
    assert SectionPage.objects.filter(pk=section.pk).exists()


def test_a_superuser_is_refused_too(write_article, administrator, as_person, fresh):
    administrator.user.is_superuser = True
    administrator.user.save()
    article = write_article(publish=True)

    response = as_person(administrator).post(url("delete", article.pk), follow=True)

    assert response.status_code == 200
    assert fresh(article).live


def test_an_administrator_archives_instead(write_article, administrator, editor, as_person, fresh):
    article = write_article(publish=True)
    address = reverse("kb_archive", args=[article.pk])

    assert as_person(editor).post(address).status_code == 302
    assert fresh(article).live
    assert as_person(administrator).get(address).status_code == 200
    as_person(administrator).post(address)

    assert fresh(article).archived_at
    assert not fresh(article).live


# --- copying ---------------------------------------------------------------------------------------------------------


def test_the_copy_form_offers_neither_alias_nor_publishing(
    write_article, administrator, as_person, section, words_of
):
    article = write_article(publish=True)
    client = as_person(administrator)
    page = client.get(url("copy", article.pk)).content.decode()
    assert 'name="alias"' not in page
    assert 'name="publish_copies"' not in page

    values = {"new_title": "Копия", "new_slug": "copy", "new_parent_page": section.pk}
    client.post(url("copy", article.pk), {**values, "publish_copies": "on"})
    refused = client.post(url("copy", article.pk), {**values, "alias": "on"}, follow=True)

    assert words_of(refused)
    copy = ArticlePage.objects.get(slug="copy")
    assert not copy.live
    assert copy.alias_of is None
    assert ArticlePage.objects.count() == 2


def test_wagtails_privacy_and_api_actions_are_shut(write_article, administrator, as_person):
    administrator.user.is_superuser = True
    administrator.user.save()
    client = as_person(administrator)
    article = write_article()

    assert client.get(url("set_privacy", article.pk)).status_code == 404
    assert client.get(url("convert_alias", article.pk)).status_code == 404
    assert client.post(f"/admin/api/main/pages/{article.pk}/action/publish/").status_code == 404
    assert Client().get("/admin/login/").status_code == 404
