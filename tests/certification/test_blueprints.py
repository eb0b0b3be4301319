"""Tests in the back office: what a blueprint asks, what is refused, what its author is told."""

import pytest
from django.urls import reverse

from certification.models import Quiz

pytestmark = pytest.mark.django_db

QUIZ = "wagtailsnippets_certification_quiz"


def blueprint(*lines: tuple[int, int], **fields) -> dict:
    """A test as its form sends it; each line a competence and how many questions of it."""
    data = {
        "name": "Телефония",
        "minutes": 20,
        "review": "submitted",
        "appeal_days": 7,
        "is_active": "on",
        "lines-TOTAL_FORMS": len(lines),
        "lines-INITIAL_FORMS": 0,
        "lines-MIN_NUM_FORMS": 0,
        "lines-MAX_NUM_FORMS": 1000,
    } | fields
    for number, (competence, count) in enumerate(lines):
        data |= {
            f"lines-{number}-competence": competence,
            f"lines-{number}-level": 2,
            f"lines-{number}-count": count,
            f"lines-{number}-ORDER": number + 1,
            f"lines-{number}-DELETE": "",
        }
    return data


def test_a_test_is_written_with_its_blueprint(editor, telephony, client_of):
    response = client_of(editor).post(reverse(f"{QUIZ}:add"), blueprint((telephony.pk, 5)))

    assert response.status_code == 302
    assert [line.count for line in Quiz.objects.get().lines.all()] == [5]


def test_an_author_is_told_that_few_questions_give_no_evidence(editor, telephony, client_of):
    client = client_of(editor)
    client.cookies["language"] = "en"

    page = client.post(
        reverse(f"{QUIZ}:add"), blueprint((telephony.pk, 3)), follow=True
    ).content.decode()

    assert "gives no evidence for it" in page
    assert Quiz.objects.exists()


@pytest.mark.parametrize(
    ("lines", "minutes", "words"),
    [
        ((), 20, "at least one competence"),
        ((31,), 20, "less than or equal to 30"),
        ((20, 20), 40, "at most 30 questions"),
        ((5,), 41, "less than or equal to 40"),
    ],
)
def test_a_blueprint_that_nobody_can_sit_is_refused_in_words(
    editor, telephony, tariffs, client_of, lines, minutes, words
):
    competences = (telephony.pk, tariffs.pk)
    client = client_of(editor)
    client.cookies["language"] = "en"

    response = client.post(
        reverse(f"{QUIZ}:add"),
        blueprint(*zip(competences, lines, strict=False), minutes=minutes),
    )

    assert response.status_code == 200
    assert words in response.content.decode()
    assert not Quiz.objects.exists()
