"""The screens: who sees whose record, what the matrix shows and counts, and what is recorded on them."""

import datetime
import io
import uuid

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from competence.choices import EventType, Kind, Risk
from competence.models import Area, CellSegment, Competence, CompetenceEvent, Observation
from competence.services.overriding import propose_override
from competence.services.segments import rebuild
from people.models import Assignment, Employee, User


@pytest.fixture
def lived(anna, denis, sergey, telephony, tariffs, require, at_level_2, happened, now):
    """Anna is current in telephony, her tariffs have lapsed; Denis has nothing."""
    require(telephony)
    require(tariffs, 1)
    at_level_2(anna, telephony)
    happened(anna, tariffs, EventType.QUIZ, level=1, passed=True, days_ago=200)
    rebuild(now=now)


@pytest.mark.parametrize(
    ("reader", "status"),
    [("anna", True), ("sergey", True), ("hr", True), ("auditor", True), ("administrator", True),
     ("denis", False), ("olga", False), ("editor", False), ("reviewer", False)],
)  # fmt: skip
def test_colleagues_see_readiness_only(reader, status, lived, anna, request, client_of):
    client = client_of(request.getfixturevalue(reader))

    page = client.get(reverse("record", args=[anna.pk])).content.decode()

    assert "Звонки первой линии" in page
    assert ("IP-телефония" in page) is status


def test_a_mentor_reads_their_trainee(lived, denis, olga, client_of):
    assert (
        "IP-телефония" in client_of(olga).get(reverse("record", args=[denis.pk])).content.decode()
    )


def test_the_anonymous_and_unknown_ids_get_the_same_answer(lived, anna, client, client_of):
    assert client.get(reverse("record", args=[anna.pk])).status_code == 404
    assert client.get(reverse("matrix")).status_code == 404
    assert client_of(anna).get(reverse("record", args=[999_999])).status_code == 404


def test_own_record_shows_the_worst_cell_first(lived, anna, client_of):
    response = client_of(anna).get(reverse("own_record"))

    assert response.context["cell"].competence.name == "Тарифы"
    assert response.context["cell"].state == "lapsed"
    assert not response.context["may_observe"]


def test_what_ends_within_90_days_lies_ahead(anna, tariffs, require, happened, client_of):
    require(tariffs, 1)
    happened(anna, tariffs, EventType.QUIZ, level=1, passed=True, days_ago=165)

    ahead = client_of(anna).get(reverse("own_record")).context["ahead"]

    assert [one.competence.name for one in ahead] == ["Тарифы"]
    assert 0 < ahead[0].in_days < 30


def test_an_operator_has_no_matrix(lived, anna, client_of):
    for name in ("matrix", "matrix_cell", "matrix_xlsx"):
        assert client_of(anna).get(reverse(name)).status_code == 404


def test_a_lead_sees_their_teams_in_the_matrix_only(lived, hire, line_two, sergey, client_of):
    hire("Чужой Человек", "stranger", team=line_two)

    page = client_of(sergey).get(reverse("matrix")).content.decode()

    assert "Анна Кравцова" in page
    assert "Чужой Человек" not in page


def test_the_matrix_shows_levels_and_counts_states(lived, sergey, client_of):
    response = client_of(sergey).get(reverse("matrix"))
    page = response.content.decode()

    assert '<td class="v">2</td>' in page
    assert '<td class="x">0/1</td>' in page
    counts = response.context["board"].counts
    assert (counts["current"], counts["lapsed"]) == (1, 1)


def test_a_chip_filters_to_the_people_who_have_such_a_cell(lived, sergey, client_of):
    response = client_of(sergey).get(reverse("matrix"), {"state": "lapsed"})

    assert [row.employee.full_name for row in response.context["board"].rows] == ["Анна Кравцова"]


def test_target_and_area_and_nonsense_in_the_address(lived, sergey, area, client_of):
    client = client_of(sergey)
    assert (
        '<td class="g">2</td>' in client.get(reverse("matrix"), {"show": "target"}).content.decode()
    )
    for query in (
        {"area": area.pk},
        {"area": "x", "on": "yesterday", "team": "9" * 40, "state": "?"},
    ):
        assert client.get(reverse("matrix"), query).status_code == 200


def test_a_past_day_is_judged_as_it_was_known_then(lived, sergey, anna, today, client_of):
    past = today - datetime.timedelta(days=100)

    rows = client_of(sergey).get(reverse("matrix"), {"on": past.isoformat()}).context["board"].rows
    cells = next(row for row in rows if row.employee == anna).cells

    assert {cell.state for cell in cells.values()} == {"current", "none"}


def test_the_explanation_says_why_and_only_to_those_who_may_read(
    lived, sergey, anna, telephony, hire, line_two, client_of
):
    stranger = hire("Чужой Человек", "stranger", team=line_two)
    client = client_of(sergey)
    where = reverse("matrix_cell")

    said = client.get(where, {"person": anna.pk, "competence": telephony.pk}).content.decode()
    assert "Анна Кравцова: IP-телефония" in said
    for person in (stranger.pk, 999_999, "x"):
        assert client.get(where, {"person": person, "competence": telephony.pk}).status_code == 404


def test_the_explanation_of_a_past_day_speaks_of_that_day(
    lived, sergey, anna, tariffs, today, client_of
):
    past = (today - datetime.timedelta(days=100)).isoformat()
    asked = {"person": anna.pk, "competence": tariffs.pk}
    client = client_of(sergey)

    then = client.get(reverse("matrix_cell"), asked | {"on": past}).context["cell"].state
    now = client.get(reverse("matrix_cell"), asked).context["cell"].state

    assert (then, now) == ("current", "lapsed")


def test_the_workbook_holds_words_and_no_formula(lived, anna, sergey, client_of):
    Employee.objects.filter(pk=anna.pk).update(full_name="=2+2")

    content = client_of(sergey).get(reverse("matrix_xlsx")).content
    sheet = load_workbook(io.BytesIO(content)).active

    names = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in names} == {"s"}
    assert "=2+2" in {cell.value for cell in names}


def test_two_hundred_people_by_a_hundred_competences_take_at_most_12_queries(
    db, sergey, line_one, operator, calls, area, today, client_of, django_assert_max_num_queries
):
    other = Area.objects.create(name="Общение", order=1)
    competences = Competence.objects.bulk_create(
        Competence(area=other if n % 2 else area, name=f"Компетенция {n}", kind=Kind.SKILL)
        for n in range(100)
    )
    users = User.objects.bulk_create(
        User(email=f"p{n}@example.test", email_key=f"p{n}@example.test") for n in range(200)
    )
    people = Employee.objects.bulk_create(
        Employee(user=user, full_name=f"Человек {user.pk}", hired_on=today) for user in users
    )
    Assignment.objects.bulk_create(
        Assignment(employee=one, team=line_one, position=operator, starts_on=today)
        for one in people
    )
    CellSegment.objects.bulk_create(
        (
            CellSegment(
                employee=one,
                competence=competence,
                first_day=today,
                last_day=today + datetime.timedelta(days=400),
                level=2,
                target=2,
                state="current",
                gate="open",
                queue=calls,
                reason="current",
            )
            for one in people
            for competence in competences
        ),
        batch_size=2000,
    )
    client = client_of(sergey)
    client.get(reverse("matrix"))

    with django_assert_max_num_queries(12):
        page = client.get(reverse("matrix")).content.decode()
    assert page.count('<td class="v">') == 20_000


def form_key(client, address) -> str:
    return client.get(address).context["form"]["key"].value()


def test_an_observation_is_recorded_in_one_form_and_once(
    lived, denis, sergey, telephony, today, client_of
):
    client = client_of(sergey)
    where = reverse("observe", args=[denis.pk])
    data = {
        "key": form_key(client, where),
        "competence": telephony.pk,
        "rating": 2,
        "channel": "call",
        "reference": "4711-0823",
        "observed_on": today.isoformat(),
    }
    for _click in range(2):
        assert client.post(where, data).status_code == 302

    assert Observation.objects.get().rating == 2
    assert CompetenceEvent.objects.filter(type=EventType.OBSERVATION, employee=denis).count() == 1


def test_a_refusal_keeps_the_form_and_says_why(lived, denis, olga, telephony, today, client_of):
    client = client_of(olga)
    where = reverse("observe", args=[denis.pk])
    response = client.post(
        where,
        {
            "key": uuid.uuid4(),
            "competence": telephony.pk,
            "rating": 2,
            "channel": "call",
            "reference": "4711-0823",
            "observed_on": today.isoformat(),
        },
    )

    assert response.status_code == 422
    assert "4711-0823" in response.content.decode()
    assert response.context["form"].non_field_errors()


def test_forms_about_people_who_are_not_yours_are_not_there(
    lived, anna, denis, olga, hr, client_of
):
    assert client_of(olga).get(reverse("observe", args=[anna.pk])).status_code == 404
    assert client_of(olga).get(reverse("suspend", args=[denis.pk])).status_code == 404
    assert client_of(hr).get(reverse("suspend", args=[hr.pk])).status_code == 404
    assert client_of(denis).get(reverse("override", args=[anna.pk])).status_code == 404


def test_a_suspension_and_its_withdrawal_on_screens(
    lived, anna, sergey, today, cell_of, telephony, client_of
):
    client = client_of(sergey)
    client.post(
        reverse("suspend", args=[anna.pk]),
        {"key": uuid.uuid4(), "until": today.isoformat(), "reason": "жалоба"},
    )
    assert cell_of(anna, telephony).state == "suspended"
    assert "жалоба" in client.get(reverse("record", args=[anna.pk])).content.decode()

    event = CompetenceEvent.objects.get(type=EventType.SUSPENSION)
    where = reverse("withdraw", args=[event.pk])
    assert client.get(where).status_code == 200
    client.post(where, {"key": uuid.uuid4(), "reason": "разобрались"})
    assert cell_of(anna, telephony).state == "current"


def test_nobody_withdraws_in_their_own_record_or_in_a_strangers(lived, anna, denis, client_of):
    event = CompetenceEvent.objects.filter(employee=anna).first()
    for person in (anna, denis):
        assert client_of(person).get(reverse("withdraw", args=[event.pk])).status_code == 404


def test_a_critical_override_waits_for_a_second_person(
    lived, anna, sergey, hr, telephony, today, now, client_of
):
    telephony.risk = Risk.CRITICAL
    telephony.save()
    client = client_of(sergey)
    client.post(
        reverse("override", args=[anna.pk]),
        {
            "key": uuid.uuid4(),
            "competence": telephony.pk,
            "level": 3,
            "until": today.isoformat(),
            "reason": "замена",
        },
    )
    assert not CompetenceEvent.objects.filter(type=EventType.OVERRIDE).exists()
    proposal = client.get(reverse("record", args=[anna.pk])).context["proposals"][0]

    client_of(hr).post(reverse("decide_override", args=[proposal.pk]), {"decision": "agree"})

    assert CompetenceEvent.objects.get(type=EventType.OVERRIDE).second_actor == hr.user


def test_a_declined_proposal_leaves_the_list(
    lived, anna, sergey, hr, telephony, today, now, client_of
):
    proposal = propose_override(
        employee=anna,
        competence=telephony,
        level=3,
        until=today,
        reason="замена",
        by=sergey.user,
        now=now,
    )
    client = client_of(hr)
    client.post(reverse("decide_override", args=[proposal.pk]), {"decision": "decline"})

    assert client.get(reverse("record", args=[anna.pk])).context["proposals"] == []
