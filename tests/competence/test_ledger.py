"""The ledger: written by one service, append-only, in a chain per employee, and found out when forged."""

import uuid

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from common.ledger import broken_links
from competence.choices import EventType
from competence.models import CompetenceArticle, CompetenceEvent, EventBasis, EventNote
from competence.refusals import Impossible
from competence.services.changes import record_change
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


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE competence_competenceevent SET level = 3",
        "UPDATE competence_competenceevent SET level = level",
        "DELETE FROM competence_competenceevent",
        "UPDATE competence_materialchange SET number = number + 1",
        "DELETE FROM competence_materialchange",
    ],
)
def test_the_database_itself_refuses_to_rewrite_what_happened(anna, telephony, now, statement):
    passed(anna, telephony, now)
    article = uuid.uuid4()
    CompetenceArticle.objects.create(competence=telephony, article_uuid=article)
    record_change(
        article_uuid=article, number=2, published_at=now, effective_at=now, by=None, now=now
    )
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("key", ["id", "seq"])
def test_a_row_put_in_the_place_of_another_is_refused(anna, telephony, now, key):
    """SQLite replaces without asking the trigger on DELETE; PostgreSQL's upsert is an UPDATE."""
    passed(anna, telephony, now)
    event = passed(anna, telephony, now, "2")
    names = [
        field.column
        for field in CompetenceEvent._meta.concrete_fields
        if key != "seq" or field.column != "id"
    ]
    values = ", ".join("3" if name == "level" else f'"{name}"' for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    replace, otherwise = "OR REPLACE", ""
    if connection.vendor == "postgresql":
        place = "id" if key == "id" else "employee_id, seq"
        replace, otherwise = "", f"ON CONFLICT ({place}) DO UPDATE SET level = 3"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"INSERT {replace} INTO competence_competenceevent ({columns}) "
            f"SELECT {values} FROM competence_competenceevent WHERE id = {event.pk} {otherwise}"
        )
    event.refresh_from_db()
    assert event.level == 2


@pytest.mark.postgres
def test_postgresql_refuses_to_empty_the_ledger(anna, telephony, now):
    passed(anna, telephony, now)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("TRUNCATE competence_competenceevent CASCADE")


def test_one_byte_altered_in_a_row_is_found_and_the_row_is_named(
    anna, telephony, now, unguarded, capsys
):
    passed(anna, telephony, now, "1")
    event = passed(anna, telephony, now, "2")
    passed(anna, telephony, now, "3")
    with unguarded(CompetenceEvent), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE competence_competenceevent SET source_id = '9' WHERE id = %s", [event.pk]
        )

    with pytest.raises(SystemExit):
        call_command("verify_ledger")
    told = capsys.readouterr().err.splitlines()
    assert told == [f"competence.CompetenceEvent {anna.pk} row 2: content does not match its hash"]


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
