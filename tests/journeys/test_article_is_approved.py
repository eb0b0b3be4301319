"""An editor writes, a second one approves, and the customer sees only the public one."""

import pytest
from playwright.sync_api import Page, expect

from kb.models import ArticlePage, ArticleVersion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def write(page: Page, section, title: str, answer: str) -> ArticlePage:
    """Write a draft in the editor and save it."""
    page.goto(f"/admin/pages/add/kb/articlepage/{section.pk}/")
    page.fill("[name=title]", title)
    page.fill("[name=answer]", answer)
    # Wagtail saves by itself while one types; the button makes sure.
    page.get_by_role("button", name="Сохранить черновик").click()
    page.wait_for_url("**/edit/")
    return ArticlePage.objects.get(draft_title=title)


def submit(page: Page, article: ArticlePage) -> None:
    """Send the draft to somebody else."""
    page.goto(f"/admin/pages/{article.pk}/edit/")
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("button[name=action-submit]").click()
    expect(page.locator(".messages")).to_contain_text(article.draft_title)


def approve(page: Page, article: ArticlePage) -> None:
    """Approve what somebody else has sent."""
    page.goto(f"/admin/pages/{article.pk}/edit/")
    button = page.locator("footer button[data-workflow-action-name=approve]").first
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").click()
    button.click()
    page.wait_for_load_state()


def test_a_second_editor_approves_and_the_customer_sees_only_the_public_article(
    open_page, sign_in, editor, second_editor, section, wait_for_index
):
    writing = open_page()
    sign_in(writing, editor)
    public = write(writing, section, "Как включить переадресацию", "В кабинете, раздел «Номера».")
    writing.goto(f"/admin/articles/{public.pk}/audience/")
    writing.check("input[name=audience][value=public]")
    writing.check("input[name=confirmed]")
    writing.locator("main form button[type=submit]").last.click()
    writing.wait_for_url("**/edit/")
    internal = write(writing, section, "Переадресация: что видит биллинг", "Метка FWD-30.")
    submit(writing, public)
    submit(writing, internal)

    approving = open_page()
    sign_in(approving, second_editor)
    approve(approving, public)
    approve(approving, internal)

    public.refresh_from_db()
    internal.refresh_from_db()
    assert (public.version, internal.version) == (1, 1)
    assert ArticleVersion.objects.get(article_uuid=public.uuid).approved_by == second_editor.user
    wait_for_index()
    customer = open_page()
    customer.goto(public.url)
    expect(customer.get_by_role("heading", level=1)).to_have_text("Как включить переадресацию")
    assert customer.goto(internal.url).status == 404
    customer.goto("/search/?q=переадресация")
    expect(customer.locator("main")).to_contain_text("Как включить переадресацию")
    expect(customer.locator("main")).not_to_contain_text("биллинг")


def test_the_author_is_not_offered_to_approve_or_publish(open_page, sign_in, editor, section):
    page = open_page()
    sign_in(page, editor)
    article = write(page, section, "Моя статья", "Ответ.")
    submit(page, article)

    page.goto(f"/admin/pages/{article.pk}/edit/")

    expect(page.locator("button[data-workflow-action-name=approve]")).to_have_count(0)
    expect(page.locator("button[name=action-publish]")).to_have_count(0)
