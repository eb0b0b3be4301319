"""Files of questions in and out: a report first, then the word."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certification.models import Question

pytestmark = pytest.mark.django_db

QUESTION = "wagtailsnippets_certification_question"
GIFT = "::Гудок:: Сколько звонит телефон? {=30 секунд ~20 секунд}"


def upload(client, content: bytes, name: str = "questions.gift"):
    """Send a file to the import."""
    cache.clear()
    return client.post(reverse(f"{QUESTION}:import"), {"file": SimpleUploadedFile(name, content)})


def test_a_report_comes_first_and_nothing_is_written_before_it_is_confirmed(editor, client_of):
    client = client_of(editor)

    assert upload(client, GIFT.encode()).status_code == 200
    assert not Question.objects.exists()
    client.post(reverse(f"{QUESTION}:import"), {"confirm": "1"})

    assert Question.objects.get().live is False


def test_a_confirmed_file_is_forgotten(editor, client_of):
    client = client_of(editor)
    upload(client, GIFT.encode())
    for _time in range(2):
        response = client.post(reverse(f"{QUESTION}:import"), {"confirm": "1"})

    assert response.url == reverse(f"{QUESTION}:import")
    assert Question.objects.count() == 1


def test_what_cannot_come_is_listed_with_its_line(editor, client_of):
    page = upload(client_of(editor), f"{GIFT}\n\n::Плохой:: Сломан {{=".encode()).content.decode()

    assert "<td>3</td>" in page


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"<xml"])
def test_an_unreadable_file_is_an_error_of_its_field(editor, client_of, content):
    response = upload(client_of(editor), content)

    assert response.status_code == 200
    assert "report" not in response.context
    assert not Question.objects.exists()


@pytest.mark.parametrize("name", ["gift", "moodle_xml", "qti30", "csv", "xlsx"])
def test_an_exported_file_gives_the_same_questions(editor, questions, client_of, name):
    client = client_of(editor)
    before = list(Question.objects.order_by("pk").values_list("uuid", "content_sha256"))
    response = client.get(reverse(f"{QUESTION}:export"), {"format": name})
    assert "attachment" in response["Content-Disposition"]

    upload(client, response.content, response["Content-Disposition"].split('"')[1])
    client.post(reverse(f"{QUESTION}:import"), {"confirm": "1"})

    assert list(Question.objects.order_by("pk").values_list("uuid", "content_sha256")) == before
