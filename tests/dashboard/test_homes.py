"""Home by role: what each person has to know or do today, from true rows, and what an empty list says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from competence.choices import GateMode
from competence.services.segments import rebuild
from kb.middleware import PutInForceMiddleware
from kb.services.content_tasks import About, open_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def home_of(client_of):
    """``home_of(anna)``: the page, in English."""

    def _home_of(employee) -> str:
        client = client_of(employee)
        client.cookies["language"] = "en"
        response = client.get("/")
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return _home_of


# --- one's own record ------------------------------------------------------------------------------------------------


def test_an_operator_reads_the_own_record_in_three_words(home_of, anna, required, passes, now):
    passes(anna, required("Тарифы"))
    passes(anna, required("Коды ошибок"), days_ago=165)
    required("Персональные данные")
    rebuild(now=now)

    home = home_of(anna)

    assert "You may<span" in home
    assert "Renew by" in home
    assert "Not begun" in home
    assert "Звонки первой линии: may not" in home


def test_what_one_may_not_do_is_named_with_its_reason(home_of, anna, required, passes, now):
    passes(anna, required("Тарифы"), days_ago=200)
    rebuild(now=now)

    home = home_of(anna)

    assert "Тарифы" in home
    assert "May not: the knowledge was valid until" in home


def test_a_closed_queue_is_told_apart_from_advice(home_of, anna, required, calls, now):
    required("Тарифы")
    rebuild(now=now)
    assert "the queue is closed" not in home_of(anna)

    calls.gate_mode = GateMode.ENFORCE
    calls.save()

    assert "Звонки первой линии: may not, the queue is closed" in home_of(anna)


def test_whose_position_requires_nothing_has_no_record_at_home(home_of, anna):
    assert "My record" not in home_of(anna)


# --- the people one answers for --------------------------------------------------------------------------------------


def test_a_lead_sees_who_may_not_and_what_ends_next(
    home_of, sergey, anna, olga, denis, required, passes, now
):
    tariffs = required("Тарифы")
    passes(anna, tariffs, days_ago=165)
    for mentor_or_lead in (olga, sergey):
        passes(mentor_or_lead, tariffs)
    rebuild(now=now)

    home = home_of(sergey)

    assert "May not take calls: 1" in home
    assert denis.full_name in home
    assert "Ends within 30 days: 1" in home
    assert 'href="/matrix/?state=due_soon"' in home


def test_a_lead_of_people_in_order_is_told_so(home_of, sergey, anna, required, passes, now):
    tariffs = required("Тарифы")
    for person in (anna, sergey):
        passes(person, tariffs)
    rebuild(now=now)

    home = home_of(sergey)

    assert "Everybody who is asked may take calls." in home
    assert "Nothing ends within 30 days." in home


def test_a_lead_of_another_line_is_told_nothing_of_this_one(
    home_of, hire, line_two, anna, required, now
):
    other = hire("Юлия Орлова", "orlova", "lead", team=line_two)
    line_two.lead = other
    line_two.save()
    required("Тарифы")
    rebuild(now=now)

    assert anna.full_name not in home_of(other)


def test_an_operator_and_an_editor_are_not_shown_other_peoples_states(
    home_of, anna, editor, denis, required, now
):
    required("Тарифы")
    rebuild(now=now)

    for person in (anna, editor):
        home = home_of(person)
        assert "Who may do what" not in home
        assert denis.full_name not in home


def test_a_mentor_sees_trainees_with_a_way_to_record_practice(home_of, olga, denis, required, now):
    required("Тарифы")
    rebuild(now=now)

    home = home_of(olga)

    assert denis.full_name in home
    assert "0 of 1 competences" in home
    assert f'href="/record/{denis.pk}/observe/"' in home


def test_a_mentor_without_trainees_is_told_who_names_them(home_of, hire):
    assert "Nobody is with you now." in home_of(hire("Инна Панова", "panova", "mentor"))


def test_hr_sees_new_colleagues_and_who_has_no_mentor(home_of, hr, hire, now):
    hire("Марат Сабиров", "sabirov", "operator", hired_on=now.date())

    home = home_of(hr)

    assert "Марат Сабиров" in home
    assert "no mentor yet" in home


def test_the_auditor_asks_for_a_day(home_of, auditor):
    home = home_of(auditor)

    assert 'name="on"' in home
    assert "A past day is judged by what was known then." in home


# --- tasks -----------------------------------------------------------------------------------------------------------


def test_an_owner_sees_the_tasks_about_the_own_articles(home_of, editor, write_article, now):
    assert "No tasks about your articles." in home_of(editor)
    article = write_article("Перенос номера", content_owner=editor)
    open_task(kind="other", about=About(article=article), title="Срок другой", now=now)

    home = home_of(editor)

    assert "Срок другой" in home
    assert "No tasks about your articles." not in home


# --- cost ------------------------------------------------------------------------------------------------------------


def test_queries_of_a_leads_home_do_not_grow_with_people(
    client_of, sergey, hire, required, passes, now, monkeypatch
):
    monkeypatch.setattr(PutInForceMiddleware, "INTERVAL", 0.0)
    tariffs, codes = required("Тарифы"), required("Коды ошибок")
    client = client_of(sergey)

    def queries(people: range) -> int:
        for number in people:
            person = hire(f"Оператор {number}", f"person{number}")
            passes(person, tariffs, days_ago=165)
            passes(person, codes, days_ago=200)
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/").status_code == 200
        return len(captured)

    queries(range(1))
    few = queries(range(1, 3))
    assert queries(range(3, 12)) == few
