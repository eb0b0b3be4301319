"""Home says what one has to do today: the plan, signatures, tests, changes to confirm, who is late."""

import pytest
import time_machine

from certification.models import Question
from courses.services.asking import ask
from kb.choices import ChangeSize
from kb.services.changes import describe
from tests.courses.conftest import (  # noqa: F401
    calls,
    lesson,
    lesson_item,
    may_sign,
    mentor,
    newcomer,
    now,
    operator,
    plan,
    programme,
    task,
    task_item,
    today,
    transfer,
)
from tests.kb.changes.conftest import teach  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_monday(now):
    """The site's clock stands at the Monday of hiring."""
    with time_machine.travel(now, tick=False) as clock:
        yield clock


@pytest.fixture
def home_of(client):
    """``home_of(anna)``: the page, in English."""

    def _home_of(employee) -> str:
        client.force_login(employee.user)
        client.cookies["language"] = "en"
        return " ".join(client.get("/").content.decode().split())

    return _home_of


def test_a_new_hire_reads_the_day_and_the_next_steps(home_of, newcomer, plan, lesson_item):
    home = home_of(newcomer)

    assert "Day 1 of 15" in home
    assert f'href="/lessons/{lesson_item.lesson_id}/"' in home


def test_whoever_has_no_plan_is_shown_none(home_of, hire, programme):
    home = home_of(hire("Борис Ли", "boris"))

    assert "Whole plan" not in home


def test_a_mentor_reads_who_waits_for_a_signature(home_of, newcomer, mentor, task_item, now):
    ask(item=task_item, reference="4711-0001", by=newcomer.user, now=now)

    home = home_of(mentor)

    assert f'href="/practice/{task_item.pk}/"' in home


def test_a_lead_reads_whose_plan_is_late(home_of, sergey, newcomer, plan, that_monday, now):
    assert "Who is late" not in home_of(sergey)

    that_monday.shift(7 * 24 * 3600)

    home = home_of(sergey)
    assert "Who is late" in home
    assert f'href="/plan/{newcomer.pk}/"' in home


def test_somebody_elses_lead_reads_nothing_of_it(
    home_of, hire, line_two, newcomer, plan, that_monday
):
    other = hire("Юлия Орлова", "orlova", "lead", team=line_two)
    line_two.lead = other
    line_two.save()

    that_monday.shift(7 * 24 * 3600)

    assert newcomer.full_name not in home_of(other)


def test_a_change_to_confirm_is_the_first_thing_one_reads(
    home_of, anna, editor, write_article, teach, transfer, may_sign, now
):
    may_sign(anna, transfer)
    article = write_article(answer="Подождите 20 секунд.", publish=True)
    teach(article, transfer)
    describe(
        article=article,
        size=ChangeSize.CONFIRM,
        was="20 секунд",
        now_holds="30 секунд",
        say="",
        by=editor.user,
        now=now,
    )
    draft = article.get_latest_revision_as_object()
    draft.answer = "Подождите 30 секунд."
    draft.save_revision(user=editor.user).publish()

    home = home_of(anna)

    assert "30 секунд" in home
    assert "Read and confirm" in home


def test_an_editor_reads_how_many_questions_wait_for_a_look(
    home_of, editor, anna, transfer, write_article
):
    Question.objects.create(
        text="Что дальше?",
        body={"choices": [{"text": "Да", "right": True}, {"text": "Нет", "right": False}]},
        competence=transfer,
        article=write_article(publish=True),
        live=True,
    )

    assert "1 question to be confirmed" in home_of(editor)
    assert "to be confirmed" not in home_of(anna)
