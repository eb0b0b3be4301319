"""The ledger: written by one service, append-only, in a chain per employee, and found out when forged."""

import uuid

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError

from common.ledger import broken_links
from competence.choices import EventType
from competence.models import CompetenceEvent, EventBasis, EventNote
from competence.refusals import Impossible
from competence.services.learning import quiz
from competence.services.record import Entry, record, record_many


def passed(employee, competence, now, source="1", **fields):
    return quiz(
        employee=employee,
        competence=competence,
        level=2,
        passed=True,
        source=("attempt", source),
        now=now,
        **fields,
    )


def test_events_of_one_person_stand_in_one_chain(anna, denis, telephony, now):
    first = passed(anna, telephony, now, "1")
    second = passed(anna, telephony, now, "2")
    others = passed(denis, telephony, now, "1")

    assert (first.seq, second.seq, others.seq) == (1, 2, 1)
    assert second.previous_hash == first.row_hash
    assert broken_links(CompetenceEvent) == []


def test_the_same_source_again_finds_the_first_event(anna, telephony, now):
    assert passed(anna, telephony, now) == passed(anna, telephony, now)
    assert CompetenceEvent.objects.count() == 1


def test_an_event_about_all_competences_is_unique_by_its_source_too(anna, now, today):
    def suspend():
        return record(
            Entry(
                employee=anna,
                type=EventType.SUSPENSION,
                source=("act", "1"),
                last_day=today,
            ),
            now=now,
        )

    assert suspend() == suspend()


def test_the_ledger_refuses_changes_and_deletions(anna, telephony, now):
    event = passed(anna, telephony, now)
    for forge in (
        lambda: CompetenceEvent.objects.filter(pk=event.pk).update(level=3),
        lambda: CompetenceEvent.objects.filter(pk=event.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            forge()


def test_a_forged_level_is_found(anna, telephony, now, unguarded, capsys):
    event = passed(anna, telephony, now)
    with unguarded(CompetenceEvent):
        CompetenceEvent.objects.filter(pk=event.pk).update(level=3)

    with pytest.raises(SystemExit):
        call_command("verify_ledger")
    assert "content does not match its hash" in capsys.readouterr().err


def test_a_forged_version_beside_an_event_is_found(anna, telephony, now):
    passed(anna, telephony, now, basis=[(uuid.uuid4(), 7)])
    EventBasis.objects.update(number=8)

    assert "versions" in broken_links(CompetenceEvent)[0]


def test_a_forged_reason_is_found_and_an_erased_one_leaves_the_chain_whole(anna, now, today):
    record(
        Entry(
            employee=anna,
            type=EventType.SUSPENSION,
            source=("act", "1"),
            last_day=today,
            note="разбор жалобы",
        ),
        now=now,
    )
    assert broken_links(CompetenceEvent) == []
    EventNote.objects.update(text="другое")
    assert "fingerprint" in broken_links(CompetenceEvent)[0]
    EventNote.objects.all().delete()
    assert broken_links(CompetenceEvent) == []


def test_many_events_at_once_make_the_same_chain(anna, denis, telephony, now):
    passed(anna, telephony, now, "0")
    entries = [
        Entry(
            employee=person,
            type=EventType.QUIZ,
            source=("attempt", source),
            competence=telephony,
            level=2,
            passed=True,
        )
        for person, source in ((anna, "0"), (anna, "1"), (denis, "1"), (anna, "2"))
    ]

    written = record_many(entries, now=now)

    assert [(row.employee_id, row.seq) for row in written] == [
        (anna.pk, 2),
        (denis.pk, 1),
        (anna.pk, 3),
    ]
    assert broken_links(CompetenceEvent) == []
    assert record_many(entries, now=now) == []


def test_a_value_that_cannot_be_is_refused_and_nothing_is_written(anna, telephony, now):
    with pytest.raises(Impossible):
        quiz(
            employee=anna,
            competence=telephony,
            level=7,
            passed=True,
            source=("attempt", "1"),
            now=now,
        )
    assert not CompetenceEvent.objects.exists()


def test_an_event_keeps_the_validity_in_force_when_it_was_recorded(anna, telephony, now):
    first = passed(anna, telephony, now, "1")
    telephony.knowledge_months = 9
    telephony.save()
    second = passed(anna, telephony, now, "2")

    assert (first.valid_months, second.valid_months) == (6, 9)


def test_a_person_of_record_cannot_be_deleted(anna, telephony, now):
    passed(anna, telephony, now)
    with pytest.raises(ProtectedError):
        anna.delete()
