"""An article changes, a second editor approves: the operator reads, answers, is current again; the lead sees it."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from competence.choices import StateChoice
from competence.services.segments import refresh
from people.models import Employee
from tests.certification.conftest import (  # noqa: F401
    area,
    article,
    at_level_2,
    calls,
    cell_of,
    happened,
    operator,
    require,
    telephony,
    today,
    write_question,
)
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_article_is_approved import approve, submit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OLD, NEW = "30 секунд", "40 секунд"


def rewrite(page: Page, article) -> None:
    """Write the new text, and say beside it what changed and that it must be confirmed."""
    page.goto(f"/admin/pages/{article.pk}/edit/")
    page.fill("[name=answer]", f"Гудок {NEW}.")
    page.get_by_role("tab", name="Что меняется для людей").click()
    page.locator("[name=change_size][value=confirm]").check()
    page.fill("[name=change_was]", f"Гудок {OLD}")
    page.fill("[name=change_now]", f"Гудок {NEW}")
    page.get_by_role("button", name="Сохранить черновик").click()
    page.wait_for_load_state("networkidle")


def look_at_questions(page: Page, article, question) -> None:
    """One question is rewritten for the new text and published, and the draft says that nothing is left."""
    page.goto(f"/admin/questions/edit/{question.pk}/")
    page.fill("[name=body-0-text]", NEW)
    page.fill("[name=body-1-text]", OLD)
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_url(lambda address: "/edit/" not in address)
    page.goto(f"/admin/pages/{article.pk}/edit/")
    page.get_by_role("tab", name="Что меняется для людей").click()
    expect(page.locator(".kb-questions")).to_contain_text("Подтверждён для этого текста")


def confirm(page: Page) -> None:
    """The operator: from the box at home to the right answer."""
    page.goto("/")
    expect(page.locator(".duty")).to_contain_text(f"Гудок {NEW}")
    page.get_by_role("link", name="Прочитать и проверить себя").click()
    # By its number and Enter, as somebody does between two calls.
    page.keyboard.press(page.get_by_label(NEW).get_attribute("data-key"))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Можно. Проверено по версии 2")


def test_a_changed_article_makes_stale_and_the_answer_makes_current_again(
    open_page,
    sign_in,
    editor,
    second_editor,
    anna,
    sergey,
    article,
    write_question,
    telephony,
    at_level_2,
    cell_of,
    catch_up,
):
    question = write_question(f"Сколько звонит телефон? ({OLD})")
    at_level_2(anna, telephony)
    refresh(employees=list(Employee.objects.all()), now=timezone.now())
    assert cell_of(anna, telephony).state == StateChoice.CURRENT

    writing, approving = open_page(DESK), open_page(DESK)
    sign_in(writing, editor)
    rewrite(writing, article)
    look_at_questions(writing, article, question)
    article.refresh_from_db()
    submit(writing, article)
    sign_in(approving, second_editor)
    approve(approving, article)
    catch_up()

    article.refresh_from_db()
    assert article.version == 2
    assert cell_of(anna, telephony).state == StateChoice.STALE
    leading = open_page(DESK)
    sign_in(leading, sergey)
    expect(leading.locator("main")).to_contain_text("0 из 1")

    reading = open_page(PHONE)
    sign_in(reading, anna)
    confirm(reading)
    catch_up()

    assert cell_of(anna, telephony).state == StateChoice.CURRENT
    reading.goto("/")
    expect(reading.locator(".duty")).to_have_count(0)
    leading.goto("/kb/notices/people/")
    expect(leading.locator("main")).to_contain_text("все, 1")
