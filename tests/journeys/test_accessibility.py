"""Every page passes axe, holds its width and speaks both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from kb.choices import Audience
from tests.kb.test_reading import BODY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = [
    "/",
    "/kb/",
    "/kb/telephony/",
    "/kb/telephony/pereadresatsiya/",
    "/search/?q=переадресация",
]
PUBLIC += ["/search/?q=ничегонет", "/accounts/login/", "/accounts/password/reset/", "/nope/"]
STAFF = [
    "/",
    "/kb/",
    "/kb/telephony/",
    "/kb/telephony/pereadresatsiya/",
    "/search/?q=переадресация",
]
STAFF += ["/profile/", "/accounts/password/change/", "/styleguide/", "/nope/"]


@pytest.fixture
def article(write_article):
    """An article with every kind of block."""
    return write_article(
        "Переадресация", slug="pereadresatsiya", publish=True, audience=Audience.PUBLIC, body=BODY
    )


# The style guide shows one component several times, landmarks included; no real page does.
RELAXED = {"/styleguide/": {"landmark-unique": {"enabled": False}}}


def assert_accessible(page, address: str) -> None:
    """No violation of WCAG 2.2 AA that axe can see, and nothing sticks out sideways."""
    page.goto(address)
    report = Axe().run(
        page, options={"resultTypes": ["violations"], "rules": RELAXED.get(address, {})}
    )
    assert report.violations_count == 0, f"{address}: {report.generate_report()}"
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0, f"{address} scrolls sideways by {overflow} px"


def test_every_public_page_is_accessible(open_page, screen, article):
    page = open_page(screen)

    for address in PUBLIC:
        assert_accessible(page, address)


def test_every_page_of_the_staff_is_accessible(open_page, screen, article, sign_in, sergey):
    page = open_page(screen)
    sign_in(page, sergey)

    for address in STAFF:
        assert_accessible(page, address)


def test_an_empty_house_is_accessible_too(open_page, screen, sign_in, administrator):
    page = open_page(screen)
    sign_in(page, administrator)

    for address in ("/", "/kb/", "/search/?q=эхо"):
        assert_accessible(page, address)


@pytest.mark.parametrize(
    ("locale", "words"), [("ru-RU", "Найти ответ"), ("en-GB", "Find an answer")]
)
def test_the_browser_decides_the_language_until_somebody_switches(
    open_page, article, locale, words
):
    page = open_page(locale=locale)

    page.goto("/")

    assert page.get_attribute("html", "lang") == locale[:2]
    assert page.get_attribute("#q", "placeholder") == words
