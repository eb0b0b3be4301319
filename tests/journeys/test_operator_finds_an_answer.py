"""An operator on a call: finds the answer and copies it, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from kb.choices import Audience

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ANSWER = "Откройте на роутере порты RTP 10000-20000 или включите STUN."


@pytest.fixture
def articles(write_article, wait_for_index):
    """Two articles the search must tell apart."""
    write_article("Не слышно собеседника", answer=ANSWER, publish=True)
    write_article("Перенос номера", answer="До восьми дней.", publish=True)
    wait_for_index()


def copied(page) -> str:
    """What is on the clipboard."""
    return page.evaluate("navigator.clipboard.readText()")


def test_an_operator_types_a_few_letters_and_copies_the_answer_without_the_mouse(
    open_page, sign_in, anna, articles
):
    page = open_page()
    sign_in(page, anna)

    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("не слышн")
    expect(page.locator("#search-panel [data-result]").first).to_contain_text(
        "Не слышно собеседника"
    )
    page.keyboard.press("Control+c")

    expect(page.locator("#say")).to_contain_text("Ответ скопирован")
    assert copied(page) == ANSWER


def test_the_wrong_keyboard_layout_is_understood_and_said_aloud(open_page, sign_in, anna, articles):
    page = open_page()
    sign_in(page, anna)

    page.keyboard.press("Control+k")
    page.keyboard.type("yt cksiyj")

    panel = page.locator("#search-panel")
    expect(panel.locator("[data-result]").first).to_contain_text("Не слышно собеседника")
    expect(panel).to_contain_text("yt cksiyj")


def test_arrows_and_enter_open_the_article_and_one_key_copies_its_answer(
    open_page, sign_in, anna, articles
):
    page = open_page()
    sign_in(page, anna)

    page.keyboard.press("/")
    page.keyboard.type("собеседник")
    expect(page.locator("#search-panel [data-result]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Не слышно собеседника")
    page.keyboard.press("c")

    expect(page.locator("#say")).to_contain_text("Ответ скопирован")
    assert copied(page) == ANSWER


def test_enter_in_the_field_opens_the_chosen_result(open_page, sign_in, anna, articles):
    page = open_page()
    sign_in(page, anna)

    page.keyboard.press("/")
    page.keyboard.type("перенос номеров")
    expect(page.locator("#search-panel [data-result]").first).to_contain_text("Перенос номера")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Перенос номера")


def test_keys_work_in_a_cyrillic_layout_too(open_page, sign_in, anna, articles):
    page = open_page()
    sign_in(page, anna)
    page.goto("/kb/telephony/ne-slyshno-sobesednika/")

    # The key that is "c" on a Latin keyboard types "с" on a Russian one.
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'с', code: 'KeyC', bubbles: true}))"
    )

    expect(page.locator("#say")).to_contain_text("Ответ скопирован")


def test_the_results_page_works_without_javascript(browser, site, articles, client_of, anna):
    session = client_of(anna).cookies["sessionid"].value
    context = browser.new_context(java_script_enabled=False, base_url=site, locale="ru-RU")
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page = context.new_page()

    page.goto("/")
    page.fill("#q", "перенос номеров")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_contain_text("Перенос номера")
    context.close()


def test_a_customer_finds_public_articles_only(open_page, write_article, wait_for_index, screen):
    write_article("Настройка телефона", audience=Audience.PUBLIC, publish=True)
    write_article("Настройка биллинга для своих", publish=True)
    wait_for_index()
    page = open_page(screen)

    page.goto("/search/?q=настройка")

    expect(page.locator("main")).to_contain_text("Настройка телефона")
    expect(page.locator("main")).not_to_contain_text("Настройка биллинга")
