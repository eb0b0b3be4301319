"""Feedback goes round: two keys on a call, an answer with the number of a version, and the way to what changed."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from kb.models import ArticlePage, ContentTask, Feedback
from tests.journeys.test_accessibility import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def article(write_article, olga):
    """In force, for customers too; Olga owns it."""
    return write_article(
        "Переадресация", answer="Гудок 20 с.", publish=True, audience="public", content_owner=olga
    )


def correct(article) -> None:
    """Publish the next version."""
    draft = ArticlePage.objects.get(pk=article.pk)
    draft.answer = "Гудок 30 с."
    draft.save_revision().publish()


def test_an_operator_says_by_two_keys_that_it_is_wrong_and_reads_the_version_that_is_right(
    open_page, sign_in, anna, olga, article
):
    page = open_page()
    sign_in(page, anna)
    page.goto(article.url)
    page.keyboard.press("f")
    expect(page.locator("#feedback-words")).to_be_visible()
    page.keyboard.press("2")

    expect(page.locator("#feedback")).to_contain_text("Ольга Рябова")
    expect(page.locator("#feedback")).to_be_focused()
    task = ContentTask.objects.get()

    correct(article)
    desk = open_page()
    sign_in(desk, olga)
    desk.goto(task.desk_url)
    desk.get_by_role("button", name="Ответить и закрыть").click()
    expect(desk.locator(".messages")).to_be_visible()

    page.goto("/inbox/")
    page.locator(".row", has_text="исправлено в версии 2").locator("a.row__link").click()
    expect(page.locator("main")).to_contain_text("Вы сообщили, исправлено в версии 2")
    page.goto(article.url)
    page.get_by_role("link", name="Изменено с вашего прошлого чтения").click()
    expect(page.locator(".diff ins").first).to_have_text("30")


def test_a_customer_says_on_a_phone_what_is_unclear(open_page, screen, article):
    page = open_page(screen)
    page.goto(article.url)

    page.locator("#feedback summary").click()
    page.fill("#feedback-words", "Не понял, где кнопка, мой номер 89121234567")
    page.get_by_role("button", name="Непонятно").click()

    expect(page.locator("#feedback")).to_contain_text("Спасибо")
    assert Feedback.objects.get().words == "Не понял, где кнопка, мой номер …"


def test_its_pages_are_accessible(open_page, screen, sign_in, anna, editor, article):
    page = open_page(screen)
    sign_in(page, anna)
    page.goto(article.url)
    page.locator("#feedback summary").click()
    page.get_by_role("button", name="Устарело").click()
    expect(page.locator("#feedback")).to_contain_text("Спасибо")
    correct(article)
    task = ContentTask.objects.get()
    pages = [
        article.url,
        reverse("article_history", args=[article.uuid]),
        reverse("article_compare", args=[article.uuid]),
        reverse("feedback_queue"),
        task.desk_url,
        reverse("following"),
    ]
    for address in pages:
        assert_accessible(page, address)

    desk = open_page(screen)
    sign_in(desk, editor)
    for address in (reverse("feedback_queue"), task.desk_url):
        assert_accessible(desk, address)
