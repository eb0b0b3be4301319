"""The frame in a real browser: every key in both layouts, choices that are kept, and life without script."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Each key as the browser reports it: in the Latin and in the Russian layout.
SEARCH = [("/", "Slash", False), (".", "Slash", False)]
MAP = [("?", "Slash", True), (",", "Slash", True), ("?", "Digit7", True)]
FOLD = [("]", "BracketRight", False), ("ъ", "BracketRight", False)]
TO_KNOWLEDGE = [(("g", "KeyG"), ("k", "KeyK")), (("п", "KeyG"), ("л", "KeyK"))]


def press(page: Page, key: str, code: str, shift: bool = False) -> None:
    """A key press as a keyboard of any layout reports it."""
    page.evaluate(
        """([key, code, shiftKey]) => document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true, cancelable: true }))""",
        [key, code, shift],
    )


@pytest.fixture
def home(open_page, sign_in, anna) -> Page:
    """Anna's home."""
    page = open_page()
    sign_in(page, anna)
    page.goto("/")
    return page


@pytest.mark.parametrize(("key", "code", "shift"), SEARCH)
def test_one_key_goes_to_the_search_in_any_layout(home, key, code, shift):
    press(home, key, code, shift)
    expect(home.locator("#q")).to_be_focused()


@pytest.mark.parametrize(("key", "code", "shift"), MAP)
def test_the_map_of_keys_opens_in_any_layout_and_closes_by_escape(home, key, code, shift):
    press(home, key, code, shift)
    expect(home.locator("#key-map")).to_be_visible()
    home.keyboard.press("Escape")
    expect(home.locator("#key-map")).to_be_hidden()


@pytest.mark.parametrize(("key", "code", "shift"), FOLD)
def test_the_right_column_folds_and_stays_folded(home, key, code, shift):
    press(home, key, code, shift)
    expect(home.locator(".context")).to_be_hidden()
    home.reload()
    expect(home.locator(".context")).to_be_hidden()
    press(home, key, code, shift)
    expect(home.locator(".context")).to_be_visible()


@pytest.mark.parametrize("keys", TO_KNOWLEDGE)
def test_two_keys_go_to_a_screen_of_the_rail_in_any_layout(home, keys):
    for key, code in keys:
        press(home, key, code)
    expect(home).to_have_url(re.compile(r"/kb/$"))


def test_keys_sleep_while_somebody_types(home):
    home.locator("#q").focus()
    home.keyboard.type("g?]/")
    expect(home.locator("#q")).to_have_value("g?]/")
    expect(home.locator("#key-map")).to_be_hidden()


def test_single_keys_can_be_switched_off_and_the_chord_still_works(home):
    home.locator("button.avatar").click()
    home.get_by_role("switch").click()
    expect(home.locator("html")).to_have_attribute("data-single-keys", "off")
    home.keyboard.press("/")
    expect(home.locator("#q")).not_to_be_focused()
    home.keyboard.press("Control+k")
    expect(home.locator("#q")).to_be_focused()


def test_a_theme_shows_at_once_and_is_there_after_a_reload(home):
    home.locator("button.avatar").click()
    with home.expect_response(re.compile("/theme/")):
        home.locator("#account-menu [name=theme][value=dark]").click()
    expect(home.locator("html")).to_have_attribute("data-theme", "dark")
    home.reload()
    expect(home.locator("html")).to_have_attribute("data-theme", "dark")


def test_an_ended_session_is_said_in_a_dialog_and_the_text_stays(home):
    home.route("**/search/**", lambda route: route.fulfill(status=401, body="{}"))
    home.locator("#q").focus()
    home.keyboard.type("номер")
    expect(home.locator("#session-over")).to_be_visible()
    home.keyboard.press("Escape")
    expect(home.locator("#q")).to_have_value("номер")


def test_searching_choosing_a_theme_and_signing_out_work_without_script(
    browser, site, anna, write_article, sign_in
):
    context = browser.new_context(java_script_enabled=False, base_url=site, locale="ru-RU")
    page = context.new_page()
    sign_in(page, anna)
    page.goto("/")
    page.locator("button.avatar").click()
    page.locator("#account-menu [name=theme][value=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.fill("#q", "номер")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q="))
    page.locator("button.avatar").click()
    page.get_by_role("button", name="Выйти").click()
    expect(page.locator(".rail")).to_have_count(0)
    context.close()


def test_a_button_in_a_row_answers_beside_the_link_that_fills_the_row(home, anna, write_article):
    article = write_article("Эхо", slug="echo", publish=True)
    anna.subscriptions.create(page=article, since=timezone.now())

    home.goto("/kb/following/")
    home.locator(".row button").click(timeout=5000)

    expect(home.locator(".row__link")).to_have_count(0)
    assert not anna.subscriptions.exists()
