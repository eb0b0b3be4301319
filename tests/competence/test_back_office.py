"""The catalogue in the back office: who keeps it, and that a change there judges the cells anew."""

import pytest
from django.urls import reverse

from competence.models import Competence, PositionRequirement, Queue
from competence.services.segments import rebuild

LISTS = ("areas", "competences", "requirements", "queues", "windows")


@pytest.mark.parametrize("name", LISTS)
def test_hr_and_the_administrator_keep_the_catalogue(name, hr, administrator, area, client_of):
    for person in (hr, administrator):
        client = client_of(person)
        assert client.get(reverse(f"competence_{name}:index")).status_code == 200
        assert client.get(reverse(f"competence_{name}:add")).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_an_operator_does_not_enter_and_a_lead_adds_nothing(name, anna, sergey, client_of):
    assert client_of(anna).get(reverse(f"competence_{name}:index")).status_code in (302, 404)
    assert client_of(sergey).get(reverse(f"competence_{name}:add")).status_code == 302


def test_a_new_requirement_judges_everybody_of_the_position(
    hr, anna, telephony, operator, calls, today, cell_of, client_of
):
    response = client_of(hr).post(
        reverse("competence_requirements:add"),
        {
            "position": operator.pk,
            "competence": telephony.pk,
            "level": 2,
            "queue": calls.pk,
            "starts_on": today.isoformat(),
        },
    )
    assert response.status_code == 302
    assert cell_of(anna, telephony).state == "none"

    row = PositionRequirement.objects.get()
    client_of(hr).post(reverse("competence_requirements:delete", args=[row.pk]))
    assert cell_of(anna, telephony) is None


def test_a_band_that_ends_below_its_target_is_refused(hr, telephony, operator, today, client_of):
    response = client_of(hr).post(
        reverse("competence_requirements:add"),
        {
            "position": operator.pk,
            "competence": telephony.pk,
            "level": 2,
            "upper": 1,
            "starts_on": today.isoformat(),
        },
    )
    assert response.status_code == 200
    assert "upper" in response.context["form"].errors


def test_a_competence_is_written_with_its_levels_in_words(hr, area, client_of):
    data = {
        "area": area.pk,
        "name": "Тарифы",
        "kind": "knowledge",
        "risk": "high",
        "knowledge_months": 6,
        "practice_months": 12,
        "order": 0,
        "anchor_2": "Считает счёт",
    }
    client = client_of(hr)
    assert client.post(reverse("competence_competences:add"), data).status_code == 302
    competence = Competence.objects.get()
    assert [(one.level, one.text) for one in competence.anchors.all()] == [(2, "Считает счёт")]

    response = client.post(reverse("competence_competences:add"), data | {"name": "ТАРИФЫ"})
    assert "name" in response.context["form"].errors


def test_a_gate_that_is_off_shuts_nobody_out(anna, sergey, telephony, require, client_of, now):
    require(telephony)
    rebuild(now=now)
    client = client_of(sergey)
    rows = client.get(reverse("matrix")).context["board"].rows
    assert next(row for row in rows if row.employee == anna).shut == 1

    Queue.objects.update(gate_mode="off")

    rows = client.get(reverse("matrix")).context["board"].rows
    assert next(row for row in rows if row.employee == anna).shut == 0
