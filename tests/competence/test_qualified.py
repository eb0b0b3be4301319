"""Who was qualified for a competence on a day: judged as known then or now, with proof and versions."""

import datetime
import io
import uuid

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from competence.choices import EventType
from competence.selectors.qualified import Question, asked_for, who_was_qualified
from competence.services.deciding import withdraw
from people.roles import Role
from people.viewer import Viewer

DAY = datetime.timedelta(days=1)


@pytest.fixture
def passed(happened, require, tariffs):
    """``passed(anna, days_ago=40)``: a test of tariffs, resting on version 7 of one article."""
    require(tariffs, 2)
    article = uuid.uuid4()

    def _passed(employee, *, days_ago, number=7):
        return happened(
            employee,
            tariffs,
            EventType.QUIZ,
            level=2,
            passed=True,
            days_ago=days_ago,
            basis=[(article, number)],
        )

    return _passed


def ask(competence, day, viewer, now, **more):
    question = Question(competence=competence, day=day, **more)
    return who_was_qualified(question, Viewer.of(viewer.user), now)


def names(answer):
    return [row.employee.full_name for row in answer.rows if row.qualified]


def test_it_names_who_could_that_day_with_proof_and_versions(
    passed, anna, olga, auditor, tariffs, today, now
):
    passed(anna, days_ago=40, number=7)
    passed(anna, days_ago=5, number=8)
    passed(olga, days_ago=3)

    answer = ask(tariffs, today - 20 * DAY, auditor, now)
    assert names(answer) == [anna.full_name]
    row = answer.rows[0]
    assert [(proof.type, proof.on) for proof in row.proofs] == [("quiz", today - 40 * DAY)]
    assert [version.number for version in row.versions] == [7]
    later = ask(tariffs, today, auditor, now)
    assert names(later) == [anna.full_name, olga.full_name]
    assert [version.number for version in later.rows[0].versions] == [8]


def test_what_was_withdrawn_since_looks_back_only_when_asked_as_known_now(
    passed, anna, hr, auditor, tariffs, today, now
):
    event = passed(anna, days_ago=40)
    withdraw(event=event, reason="Сдавал другой", by=hr.user, now=now)

    day = today - 20 * DAY
    assert names(ask(tariffs, day, auditor, now)) == [anna.full_name]
    assert names(ask(tariffs, day, auditor, now, as_known_now=True)) == []


def test_a_day_ahead_or_of_no_sense_is_today(db, today):
    for text in ("", "2026-02-30", (today + DAY).isoformat(), "0001-01-01"):
        assert asked_for({"on": text}, today).day == today


def test_the_page_and_the_file_say_the_same_and_take_the_same_queries_for_many(
    passed, anna, auditor, hire, tariffs, client_of, django_assert_max_num_queries
):
    passed(anna, days_ago=40)
    client = client_of(auditor)
    address = f"{reverse('qualified')}?competence={tariffs.pk}"
    client.get(address)
    with django_assert_max_num_queries(25) as few:
        assert anna.full_name in client.get(address).content.decode()
    for number in range(5):
        passed(hire(f"Игорь Новый{number}", f"new{number}", Role.OPERATOR), days_ago=9)
    with django_assert_max_num_queries(len(few)):
        assert client.get(address).content.decode().count("Игорь Новый") == 5

    response = client.get(f"{reverse('qualified_xlsx')}?competence={tariffs.pk}")
    sheet = load_workbook(io.BytesIO(response.content), read_only=True).active
    found = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert found[0] == tariffs.name
    assert anna.full_name in found
    assert len(found) == 8


def test_colleagues_do_not_come_in(anna, client_of):
    assert client_of(anna).get(reverse("qualified")).status_code in (403, 404)
