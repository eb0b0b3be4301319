"""The screens of a test: offered, begun, answered, handed in; and what is nobody else's business."""

import uuid

import pytest
from django.urls import reverse

from certification.models import AnswerSave, Attempt, Quiz, Submission
from tests.certification.conftest import RIGHT

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def sit(client_of, quiz, anna):
    """Anna signed in, in the middle of the quiz: her client and the attempt."""
    client = client_of(anna)
    client.post(reverse("test", args=[quiz.pk]), {"key": uuid.uuid4()})
    return client, Attempt.objects.get()


def ask(attempt, slot=1):
    return reverse("attempt_question", args=[attempt.pk, slot])


def right_key(attempt, slot=1):
    shown = attempt.paper["slots"][slot - 1]["shown"]["choices"]
    return next(choice["key"] for choice in shown if choice["text"] == RIGHT)


def test_the_tests_of_ones_position_are_offered(client_of, quiz, anna):
    other = Quiz.objects.create(name="Не для операторов")

    page = client_of(anna).get(reverse("tests")).content.decode()

    assert quiz.name in page
    assert other.name not in page


def test_the_list_takes_the_same_queries_however_many_tests_there_are(
    client_of, quiz, anna, operator, telephony, django_assert_max_num_queries
):
    for number in range(12):
        more = Quiz.objects.create(name=f"Тест {number}")
        more.lines.create(competence=telephony, level=2, count=5)
        more.positions.add(operator)
        more.save()
    client = client_of(anna)
    client.get(reverse("tests"))

    with django_assert_max_num_queries(20):
        assert client.get(reverse("tests")).content.decode().count("Тест ") >= 12


def test_a_page_of_a_question_never_says_what_is_right(sit):
    client, attempt = sit
    for slot in range(1, 6):
        page = client.get(ask(attempt, slot)).content.decode()
        for word in ("&quot;right&quot;", '"right"', "expected", "keys&quot;"):
            assert word not in page


def test_an_answer_without_a_script_is_saved_and_leads_to_the_next_question(sit):
    client, attempt = sit

    response = client.post(
        ask(attempt), {"client": uuid.uuid4(), "seq": 1, "answer": right_key(attempt)}
    )

    assert response["Location"] == ask(attempt, 2)
    assert "checked" in client.get(ask(attempt)).content.decode()


def test_a_script_hears_what_became_of_its_save(sit):
    client, attempt = sit
    first = {"client": str(uuid.uuid4()), "seq": 1, "answer": "1"}

    assert client.post(ask(attempt), first, **JSON).json()["answered"]
    assert client.post(ask(attempt), first, **JSON).status_code == 200
    assert client.post(ask(attempt), first | {"answer": "2"}, **JSON).status_code == 409
    assert client.post(ask(attempt), first | {"seq": 2, "answer": "77"}, **JSON).status_code == 422
    assert client.post(ask(attempt), first | {"seq": "NaN"}, **JSON).status_code == 422


def test_after_the_deadline_a_script_is_told_so_and_the_page_shows_the_result(sit, now):
    client, attempt = sit
    Attempt.objects.update(started_at=now.replace(year=2024), deadline_at=now.replace(year=2025))
    save = {"client": str(uuid.uuid4()), "seq": 1, "answer": "1"}

    assert client.post(ask(attempt), save, **JSON).status_code == 410
    assert client.get(ask(attempt))["Location"] == reverse("attempt", args=[attempt.pk])
    assert client.get(reverse("attempt", args=[attempt.pk])).status_code == 200
    assert Submission.objects.get().by_deadline


def test_handing_in_twice_shows_one_result(sit):
    client, attempt = sit
    page = reverse("attempt", args=[attempt.pk])
    for slot in range(1, 6):
        client.post(
            ask(attempt, slot),
            {"client": uuid.uuid4(), "seq": 1, "answer": right_key(attempt, slot)},
        )

    for _ in range(2):
        assert client.post(page)["Location"] == page
    shown = client.get(page).content.decode()
    assert Submission.objects.count() == 1
    assert RIGHT in shown


@pytest.mark.parametrize(
    ("review", "right", "shown"),
    [("submitted", 0, True), ("passed", 5, True), ("passed", 0, False), ("never", 5, False)],
)
def test_what_was_right_is_shown_when_the_test_says_so(sit, quiz, review, right, shown):
    client, attempt = sit
    quiz.review = review
    quiz.save()
    for slot in range(1, right + 1):
        client.post(
            ask(attempt, slot),
            {"client": uuid.uuid4(), "seq": 1, "answer": right_key(attempt, slot)},
        )
    client.post(reverse("attempt", args=[attempt.pk]))

    page = client.get(reverse("attempt", args=[attempt.pk])).content.decode()

    assert (RIGHT in page) is shown


def test_the_attempt_of_somebody_else_is_a_missing_page(sit, client_of, olga):
    _client, attempt = sit
    other = client_of(olga)

    for address in (reverse("attempt", args=[attempt.pk]), ask(attempt)):
        for method in (other.get, other.post):
            assert method(address).status_code == 404
    assert not AnswerSave.objects.exists()
    assert not Submission.objects.exists()


def test_a_test_that_is_not_offered_is_a_missing_page(client_of, quiz, anna):
    quiz.positions.clear()
    quiz.save()

    assert client_of(anna).get(reverse("test", args=[quiz.pk])).status_code == 404


def test_customers_have_no_tests(client, quiz):
    assert client.get(reverse("tests")).status_code in (302, 404)
