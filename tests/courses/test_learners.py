"""Whoever is on the way: who follows them, putting people on a programme, taking somebody off."""

import pytest
import time_machine
from django.urls import reverse

from courses.choices import EnrollmentState
from courses.models import Enrollment
from courses.services.asking import ask

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_monday(now):
    """The site's clock stands at ``now``."""
    with time_machine.travel(now, tick=False) as clock:
        yield clock


def choice(programme, team) -> str:
    """The address of the people to choose from."""
    return f"{reverse('enroll')}?programme={programme.pk}&team={team.pk}"


def test_a_trainer_follows_everybodys_plan_and_nobodys_record(ilya, plan, client_of):
    client = client_of(ilya)

    page = client.get(reverse("learners")).content.decode()

    assert "Марат Сабиров" in page
    assert client.get(reverse("plan_of", args=[plan.employee_id])).status_code == 200
    record = client.get(reverse("record", args=[plan.employee_id])).content.decode()
    assert "Evidence" not in record


def test_a_lead_follows_their_own_line_only(sergey, hire, line_two, plan, client_of):
    other = hire("Юлия Орлова", "orlova", "lead", team=line_two)
    line_two.lead = other
    line_two.save()

    assert "Марат Сабиров" in client_of(sergey).get(reverse("learners")).content.decode()
    assert "Марат Сабиров" not in client_of(other).get(reverse("learners")).content.decode()


def test_an_operator_follows_nobody(anna, plan, client_of):
    assert client_of(anna).get(reverse("learners")).status_code in (403, 404)
    assert client_of(anna).get(reverse("enroll")).status_code in (403, 404)


def test_whoever_is_held_up_by_a_signature_is_named_first(
    ilya, hire, programme, plan, task_item, newcomer, now, that_monday, client_of
):
    ask(item=task_item, by=newcomer.user, now=now)
    that_monday.shift(7 * 24 * 3600)

    page = client_of(ilya).get(reverse("learners"), headers={"accept-language": "ru"})

    assert "ждёт подписи" in page.content.decode()


def test_several_people_get_a_plan_in_one_go(ilya, anna, olga, line_one, programme, client_of):
    response = client_of(ilya).post(
        choice(programme, line_one),
        {"people": [anna.pk, olga.pk], "starts_on": "2099-01-05"},
    )

    assert response.status_code == 302
    assert Enrollment.objects.filter(programme=programme).count() == 2


def test_who_is_on_it_already_is_not_offered(ilya, plan, line_one, programme, anna, client_of):
    page = client_of(ilya).get(choice(programme, line_one)).content.decode()

    assert anna.full_name in page
    assert "Марат Сабиров" not in page


@pytest.mark.parametrize(
    "sent",
    [{}, {"people": ["0"]}, {"people": ["x"]}, {"starts_on": "2001-01-01"}, {"starts_on": ""}],
)
def test_a_choice_that_cannot_be_is_refused_in_words(
    ilya, anna, line_one, programme, client_of, sent
):
    data = {"people": [anna.pk], "starts_on": "2099-01-05"} | sent if sent else {}

    response = client_of(ilya).post(choice(programme, line_one), data)

    assert response.status_code == 422
    assert not Enrollment.objects.exists()


def test_a_lead_enrolls_nobody_of_another_line(
    hire, line_one, line_two, anna, programme, client_of
):
    other = hire("Юлия Орлова", "orlova", "lead", team=line_two)
    line_two.lead = other
    line_two.save()

    client_of(other).post(
        choice(programme, line_one), {"people": [anna.pk], "starts_on": "2099-01-05"}
    )

    assert not Enrollment.objects.exists()


def test_somebody_is_taken_off_with_a_reason(ilya, plan, client_of):
    address = reverse("plan_stop", args=[plan.pk])

    assert client_of(ilya).post(address, {"reason": " "}).status_code == 422
    assert client_of(ilya).post(address, {"reason": "Перешёл в другую линию"}).status_code == 302

    plan.refresh_from_db()
    assert plan.state == EnrollmentState.STOPPED
    assert client_of(ilya).post(address, {"reason": "Ещё раз"}).status_code == 404


def test_nobody_takes_off_a_person_they_do_not_answer_for(hire, line_two, plan, client_of):
    other = hire("Юлия Орлова", "orlova", "lead", team=line_two)
    line_two.lead = other
    line_two.save()

    response = client_of(other).post(reverse("plan_stop", args=[plan.pk]), {"reason": "Так"})

    assert response.status_code == 404
