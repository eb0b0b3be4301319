"""The protocol of an examination: whole, for who examines it, and silent where the test is."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from certification.choices import Review
from certification.models import Quiz, Submission
from certification.printing.protocols import protocol_pdf
from certification.selectors.protocols import protocol_of
from certification.services.appealing import appeal, decide
from certification.services.submitting import submit
from competence.models import CompetenceEvent
from people.viewer import Viewer


@pytest.fixture
def handed_in(begin, reply, anna) -> Submission:
    """Anna missed the first of two questions that she answered."""
    attempt = begin(anna, days_ago=1)
    reply(attempt, 1, wrong=True)
    reply(attempt, 2)
    submit(
        attempt=attempt,
        by=anna.user,
        now=attempt.started_at + (timezone.now() - attempt.started_at) / 100,
    )
    return Submission.objects.counting().select_related("attempt__quiz").get()


def test_it_names_every_question_with_its_version_and_every_result(
    handed_in, hr, editor, article, telephony, now
):
    row = appeal(submission=handed_in, slot=1, words="Не согласна", now=now)
    decide(appeal=row, accepted=True, words="", by=editor.user, now=now)

    found = protocol_of(handed_in.attempt_id, Viewer.of(hr.user), now)

    assert found.lines == [(telephony.name, 2, 5)]
    assert [one.uuid for one in found.asked] == [
        slot["uuid"] for slot in handed_in.attempt.paper["slots"]
    ]
    assert {(one.number, len(one.sha256)) for one in found.asked} == {(1, 64)}
    assert [one.score for one in found.asked[:2]] == [0, 1]
    assert [one.points for one in found.results] == [1, 2]
    for language in ("ru", "en"):
        with translation.override(language):
            assert protocol_pdf(found, now).startswith(b"%PDF-")


def test_what_each_answer_was_worth_is_left_out_where_the_test_does_not_tell(handed_in, hr, now):
    Quiz.objects.update(review=Review.NEVER)
    found = protocol_of(handed_in.attempt_id, Viewer.of(hr.user), now)
    assert {one.score for one in found.asked} == {None}
    assert protocol_pdf(found, now).startswith(b"%PDF-")


def test_it_is_for_hr_and_the_auditor_and_never_of_ones_own(
    handed_in, begin, hr, auditor, anna, olga, client_of, now
):
    address = reverse("attempt_protocol", args=[handed_in.attempt_id])
    for reader in (hr, auditor):
        assert client_of(reader).get(address)["Content-Type"] == "application/pdf"
    for other in (anna, olga):
        assert client_of(other).get(address).status_code in (403, 404)
    mine = begin(hr, days_ago=1)
    submit(attempt=mine, by=hr.user, now=now)
    assert client_of(hr).get(reverse("attempt_protocol", args=[mine.pk])).status_code == 404
    running = begin(olga)
    address = reverse("attempt_protocol", args=[running.pk])
    assert client_of(hr).get(address).status_code == 404


def test_the_record_leads_hr_to_it(handed_in, hr, anna, client_of):
    event = CompetenceEvent.objects.get(type="quiz", employee=anna)
    address = f"{reverse('record', args=[anna.pk])}?c={event.competence_id}"
    page = client_of(hr).get(address).content.decode()
    assert reverse("attempt_protocol", args=[handed_in.attempt_id]) in page
