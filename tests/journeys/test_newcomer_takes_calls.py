"""From a line of a CSV file to “may take calls”: plan, lesson, practice signed on a phone on three days, a test."""

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from certification.models import Question, Quiz, QuizLine
from certification.services.confirming import confirm
from competence.choices import StateChoice
from competence.models import CellSegment
from people.models import Employee
from tests.conftest import PASSWORD
from tests.courses.conftest import (  # noqa: F401
    calls,
    lesson,
    may_sign,
    mentor,
    now,
    operator,
    programme,
    task,
    today,
    transfer,
)
from tests.journeys.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RIGHT = "Дождаться ответа коллеги и представить клиента"


@pytest.fixture
def clock(monkeypatch, now):
    """``clock(days)``: the site's clock stands at noon so many days after the Monday of hiring."""

    def _clock(days: int) -> datetime.datetime:
        moment = now + datetime.timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return _clock


@pytest.fixture
def quiz(transfer, operator, write_article, editor) -> Quiz:
    """Five questions about transferring a call, confirmed for the article that is in force."""
    article = write_article("Удержание и перевод", answer="Ждите ответа.", publish=True)
    body = {
        "choices": [{"text": RIGHT, "right": True}, {"text": "Положить трубку", "right": False}]
    }
    for number in range(5):
        question = Question.objects.create(
            text=f"Перевод, случай {number}: что дальше?",
            kind="single",
            body=body,
            competence=transfer,
            level=2,
            article=article,
            live=True,
        )
        confirm(question=question, by=editor.user, now=timezone.now())
    quiz = Quiz.objects.create(name="Перевод звонка", minutes=20)
    QuizLine.objects.create(quiz=quiz, competence=transfer, level=2, count=5)
    quiz.positions.add(operator)
    quiz.save()
    return quiz


def hire_by_csv(page: Page, today: datetime.date) -> Employee:
    """HR imports one line and confirms the report."""
    cache.clear()
    page.goto("/admin/people/import/")
    rows = "E-mail;Имя и фамилия;Команда;Должность;Принят\n"
    rows += f"marat@example.test;Марат Сабиров;Линия 1;Оператор;{today:%d.%m.%Y}\n"
    page.set_input_files(
        "input[type=file]",
        {"name": "people.csv", "mimeType": "text/csv", "buffer": rows.encode()},
    )
    page.locator("main form button[type=submit]").first.click()
    page.locator("button[name=confirm], input[name=confirm] ~ button").first.click()
    page.wait_for_load_state()
    person = Employee.objects.get(full_name="Марат Сабиров")
    person.user.set_password(PASSWORD)
    person.user.save()
    return person


def ask_for_signature(page: Page, task_name: str, number: str) -> None:
    """The trainee says that they are ready to show."""
    page.goto("/plan/")
    page.get_by_role("link", name=f"Практика: {task_name}").first.click()
    page.fill("input[name=reference]", number)
    page.get_by_role("button", name="Могу показать").click()
    expect(page.locator("main")).to_contain_text("Ждёт подписи")


def sign(page: Page) -> None:
    """The mentor, on a phone: whoever waits, alone, signed."""
    page.goto("/practice/")
    page.get_by_role("link", name="Марат Сабиров").first.click()
    page.get_by_text("Без помощи, обычный случай").click()
    page.get_by_role("button", name="Подписать").click()
    expect(page.locator("main")).to_contain_text("Подписано сегодня")


def pass_test(page: Page, name: str) -> None:
    """Take the test, every answer right."""
    page.goto("/quiz/")
    page.get_by_role("link", name=name).click()
    page.locator("main form button[type=submit]").click()
    for number in range(1, 6):
        expect(page.locator(".quiz-top__name")).to_contain_text(f"{number} из 5")
        page.get_by_text(RIGHT).click()
        expect(page.locator("#save-line")).to_contain_text("сохранено")
        page.locator(".quiz__acts .button--primary").click()
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Сдан")


def test_a_newcomer_goes_from_a_csv_line_to_taking_calls(
    open_page,
    sign_in,
    hr,
    mentor,
    programme,
    quiz,
    transfer,
    task,
    clock,
    today,
    catch_up,
):
    clock(0)
    office = open_page(DESK)
    sign_in(office, hr)
    newcomer = hire_by_csv(office, today)
    catch_up()
    newcomer.refresh_from_db()
    assert newcomer.mentor == mentor

    trainee = open_page(PHONE)
    sign_in(trainee, newcomer)
    trainee.goto("/plan/")
    expect(trainee.locator("h1")).to_have_text("День 1 из 15")
    trainee.locator(".plan-head .button--primary").click()
    trainee.get_by_role("link", name="Следующий шаг").click()
    trainee.get_by_role("button", name="Прочитано").click()
    expect(trainee.locator("main")).to_contain_text("Пройдено")

    for day in range(3):
        clock(day)
        trainee, signing = open_page(PHONE), open_page(PHONE)
        sign_in(trainee, newcomer)
        sign_in(signing, mentor)
        ask_for_signature(trainee, task.name, f"4711-000{day}")
        sign(signing)

    catch_up()
    before = CellSegment.objects.covering(today + datetime.timedelta(days=2))
    assert before.get(employee=newcomer, competence=transfer).gate == "shut"
    pass_test(trainee, quiz.name)
    catch_up()

    cell = before.get(employee=newcomer, competence=transfer)
    assert (cell.state, cell.gate) == (StateChoice.CURRENT, "open")
    trainee.goto("/record/")
    expect(trainee.locator("main")).to_contain_text("Звонки первой линии: можно")
