"""Certificates: one for each passed test, worth what the ledger says today, telling no more than its holder allows."""

import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from certification.models import Certificate, Submission
from certification.notices.certificates import CertificateRevoked
from certification.refusals import OwnCertificate, RevokedAlready, Unexplained
from certification.rules.certificates import (
    ALPHABET,
    Proof,
    Validity,
    read_number,
    validity_of,
    written,
)
from certification.rules.rescoring import Remedy
from certification.selectors.certificates import certificate_numbered
from certification.services.certificates import issue_missing, new_number, revoke, show_name
from certification.services.rescoring import rescore_all
from certification.services.submitting import submit
from certification.services.suspending import lift, suspend
from competence.models import CompetenceEvent
from competence.services.deciding import withdraw
from notifications.models import Notification
from people.roles import Role

DAY = datetime.timedelta(days=1)


@pytest.fixture
def take(begin, reply):
    """``take(anna)``: she hands a test in; ``wrong`` answers of five are wrong."""

    def _take(employee, *, wrong: int = 0, days_ago: int = 1) -> Submission:
        attempt = begin(employee, days_ago=days_ago)
        for slot in range(1, 6):
            reply(attempt, slot, wrong=slot <= wrong)
        return submit(attempt=attempt, by=employee.user, now=attempt.started_at + DAY / 100)

    return _take


@pytest.fixture
def passed(take, anna) -> Certificate:
    """Anna's certificate of a test that she passed yesterday."""
    return take(anna).certificate


def stands(certificate, at) -> Validity:
    return certificate_numbered(certificate.number, at).validity


# --- the rule --------------------------------------------------------------------------------------------------------


@given(st.text(ALPHABET, min_size=12, max_size=12))
def test_a_number_is_read_however_it_is_typed(symbols):
    number = written(symbols)
    for typed in (
        number,
        number.lower(),
        symbols,
        number.replace("-", " "),
        number.replace("0", "o"),
    ):
        assert read_number(typed) == number
    assert read_number(symbols[:-1]) is None
    assert read_number("Ж" * 12) is None


def test_what_ends_first_ends_the_certificate_and_what_was_withdrawn_revokes_it():
    today = datetime.date(2026, 11, 28)
    long, short = Proof(True, today + DAY), Proof(True, today)
    assert validity_of([long, short], revoked=False, day=today) == (Validity.VALID, today)
    assert validity_of([long, short], revoked=False, day=today + DAY)[0] is Validity.LAPSED
    assert validity_of([long, Proof(False, None)], revoked=False, day=today)[0] is Validity.REVOKED
    assert validity_of([long], revoked=True, day=today)[0] is Validity.REVOKED


# --- issued ----------------------------------------------------------------------------------------------------------


def test_each_passed_test_gives_one_and_a_failed_one_none(
    take, anna, olga, article, telephony, now
):
    certificate = take(anna).certificate
    take(olga, wrong=3)

    assert Certificate.objects.get() == certificate
    assert issue_missing(now=now) == 0
    assert certificate.lines == [
        {
            "competence": telephony.pk,
            "name": telephony.name,
            "level": 2,
            "versions": [[str(article.uuid), 1]],
        }
    ]
    until = certificate_numbered(certificate.number, now).until
    assert certificate.valid_until == until > now.date() + 150 * DAY


def test_what_was_missed_is_issued_by_the_sweep(passed, now):
    Certificate.objects.all().delete()
    assert issue_missing(now=now) == 1


def test_a_result_that_becomes_a_pass_gives_one(take, anna, questions, editor, now):
    submission = take(anna, wrong=2)
    assert not Certificate.objects.exists()
    asked = submission.attempt.paper["slots"][0]["uuid"]
    question = next(one for one in questions if str(one.uuid) == asked)
    suspension = suspend(
        question=question, version=None, remedy=Remedy.CREDITED, reason="Спорный",
        by=editor.user, now=now, key=question.uuid,
    )  # fmt: skip
    rescore_all(now=now)
    certificate = Certificate.objects.get()
    assert stands(certificate, now) is Validity.VALID

    lift(suspension=suspension, reason="Верен", by=editor.user, now=now)
    rescore_all(now=now)
    assert stands(certificate, now) is Validity.REVOKED


# --- what it is worth ------------------------------------------------------------------------------------------------


def test_it_lapses_with_the_pass_and_a_withdrawn_result_revokes_it(passed, hr, now):
    assert stands(passed, now) is Validity.VALID
    assert stands(passed, now + 400 * DAY) is Validity.LAPSED

    event = CompetenceEvent.objects.get(type="quiz", employee=passed.employee)
    withdraw(event=event, reason="Сдавал другой", by=hr.user, now=now)
    assert stands(passed, now) is Validity.REVOKED


def test_it_is_revoked_once_for_a_reason_and_never_by_its_holder(passed, anna, hr, now):
    with pytest.raises(Unexplained):
        revoke(certificate=passed, reason=" ", by=hr.user, now=now)
    with pytest.raises(OwnCertificate):
        revoke(certificate=passed, reason="Моё", by=anna.user, now=now)
    revoke(certificate=passed, reason="Ошибка в имени", by=hr.user, now=now)
    with pytest.raises(RevokedAlready):
        revoke(certificate=passed, reason="Ещё раз", by=hr.user, now=now)

    assert stands(passed, now) is Validity.REVOKED
    assert Notification.objects.get(recipient=anna, kind=CertificateRevoked.name)


# --- the screens -----------------------------------------------------------------------------------------------------


def test_anybody_with_the_number_reads_what_it_is_worth_and_no_name(client, passed, anna, now):
    address = reverse("certificate_check", args=[passed.number])
    page = client.get(address).content.decode()
    assert passed.test in page
    assert "Кравцова" not in page
    assert client.get(reverse("verify"), {"number": passed.number.lower()})["Location"] == address

    show_name(certificate=passed, shown=True)
    assert anna.full_name in client.get(address).content.decode()


def test_who_guesses_numbers_is_stopped_and_learns_nothing(client, passed):
    cache.clear()
    answers = [
        client.get(reverse("certificate_check", args=[new_number()])).status_code
        for _guess in range(21)
    ]
    assert answers == [404] * 20 + [429]
    # Not even a number that there is: else guessing would go on.
    assert client.get(reverse("certificate_check", args=[passed.number])).status_code == 429
    cache.clear()


def test_the_file_is_for_its_holder_and_for_who_reads_the_record(
    client_of, passed, anna, denis, hr, now
):
    address = reverse("certificate_pdf", args=[passed.number])
    assert client_of(denis).get(address).status_code == 404
    for reader in (anna, hr):
        response = client_of(reader).get(address)
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF-")
    revoke(certificate=passed, reason="Ошибка", by=hr.user, now=now)
    assert client_of(anna).get(address).status_code == 302


def test_the_holder_alone_agrees_to_the_name_and_hr_alone_revokes(
    client_of, passed, anna, hr, auditor
):
    consent = reverse("certificate_name", args=[passed.number])
    assert client_of(hr).post(consent, {"shown": "yes"}).status_code == 404
    client_of(anna).post(consent, {"shown": "yes"})
    passed.refresh_from_db()
    assert passed.names_holder

    away = reverse("certificate_revoke", args=[passed.number])
    assert client_of(auditor).post(away, {"reason": "Так"}).status_code in (403, 404)
    client_of(hr).post(away, {"reason": "Ошибка"})
    passed.refresh_from_db()
    assert passed.revoked_because == "Ошибка"


def test_the_list_takes_the_same_queries_however_many_there_are(
    client_of, passed, take, hire, hr, django_assert_max_num_queries
):
    client = client_of(hr)
    address = reverse("certificates_issued")
    client.get(address)
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    for number in range(4):
        take(hire(f"Игорь Новый{number}", f"new{number}", Role.OPERATOR))
    with django_assert_max_num_queries(len(few)):
        assert client.get(address).content.decode().count("Игорь Новый") >= 4
