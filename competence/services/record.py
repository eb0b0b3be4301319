"""The only writer of the ledger: one row, or many of many people, with the cache of the touched cells behind it."""

import datetime
import secrets
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.ledger import GENESIS
from competence.choices import EventType
from competence.loading import as_rule_event, local_day
from competence.models import Competence, CompetenceEvent, EventBasis, EventNote
from competence.models.ledger import basis_hash, fingerprint
from competence.refusals import Impossible
from competence.rule.events import ImpossibleEvent
from competence.services.segments import refresh
from people.models import Employee, User

KEPT_VALIDITY = {
    EventType.QUIZ: "knowledge_months",
    EventType.OBSERVATION: "practice_months",
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What shall be written: an event of one employee. ``source`` tells it apart from all others of its cell and type.

    ``on`` left out is the employee's own today; ``basis`` names article versions it rests on; ``valid_months`` left out
    is the validity in force now.
    """

    employee: Employee
    type: EventType
    source: tuple[str, str]
    competence: Competence | None = None
    on: datetime.date | None = None
    recorded_at: datetime.datetime | None = None
    level: int | None = None
    rating: int | None = None
    passed: bool | None = None
    covers_changes: bool = False
    call: str = ""
    valid_months: int | None = None
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None
    withdraws: CompetenceEvent | None = None
    by: User | None = None
    second: User | None = None
    basis: Sequence[tuple[uuid.UUID, int]] = field(default_factory=tuple)
    note: str = ""


@transaction.atomic
def record(entry: Entry, *, now: datetime.datetime) -> CompetenceEvent:
    """Write one event and judge the touched cells anew, in one transaction.

    The same source again finds the event that stands there. Raises Impossible, with the rule's sentence.
    """
    known = _standing(entry)
    if known is not None:
        return known
    values, salt = _values(entry, now)
    try:
        with transaction.atomic():
            event = CompetenceEvent.append(recorded_at=entry.recorded_at or now, **values)
    except IntegrityError:
        # Somebody recorded the same source a moment ago.
        known = _standing(entry)
        if known is None:
            raise
        return known
    _write_beside([(event, entry, salt)])
    competence_ids = None if entry.competence is None else [entry.competence.pk]
    refresh(employees=[entry.employee], now=now, competence_ids=competence_ids)
    return event


@transaction.atomic
def record_many(
    entries: Iterable[Entry], *, now: datetime.datetime, judge: bool = True
) -> list[CompetenceEvent]:
    """Write many events at once, each person's in the order given; sources that stand already are passed over.

    For imports and histories: nobody else may write meanwhile. Withdrawals are not written this way.
    Raises Impossible. With ``judge`` off, whoever calls rebuilds the cache.
    """
    entries = list(entries)
    employees = {entry.employee.pk: entry.employee for entry in entries}
    ends = _ends_of_chains(employees)
    taken = set(
        CompetenceEvent.objects.filter(employee__in=employees).values_list(
            "source_kind", "source_id", "employee_id", "competence_id", "type"
        )
    )
    rows: list[tuple[CompetenceEvent, Entry, str]] = []
    for entry in entries:
        identity = (*entry.source, entry.employee.pk, _id(entry.competence), entry.type.value)
        if identity in taken:
            continue
        taken.add(identity)
        seq, previous = ends.get(entry.employee.pk, (0, GENESIS))
        values, salt = _values(entry, now)
        row = CompetenceEvent(
            seq=seq + 1,
            previous_hash=previous,
            recorded_at=entry.recorded_at or now,
            **values,
        )
        row.row_hash = row.compute_hash()
        ends[entry.employee.pk] = (row.seq, row.row_hash)
        rows.append((row, entry, salt))
    CompetenceEvent.objects.bulk_create([row for row, _entry, _salt in rows], batch_size=200)
    _write_beside(rows)
    if judge:
        refresh(employees=list(employees.values()), now=now)
    return [row for row, _entry, _salt in rows]


def _id(competence: Competence | None) -> int | None:
    return competence.pk if competence else None


def _standing(entry: Entry) -> CompetenceEvent | None:
    kind, source_id = entry.source
    return CompetenceEvent.objects.filter(
        source_kind=kind,
        source_id=source_id,
        employee=entry.employee,
        competence=entry.competence,
        type=entry.type,
    ).first()


def _values(entry: Entry, now: datetime.datetime) -> tuple[dict, str]:
    """The columns of the row, and the salt of its text. Raises Impossible for what the rule refuses."""
    known_on = local_day(entry.recorded_at or now, entry.employee.tz)
    salt = secrets.token_hex(16) if entry.note else ""
    values = {
        "employee_id": entry.employee.pk,
        "competence_id": _id(entry.competence),
        "type": entry.type.value,
        "on": entry.on or known_on,
        "known_on": known_on,
        "level": entry.level,
        "rating": entry.rating,
        "passed": entry.passed,
        "covers_changes": entry.covers_changes,
        "call": entry.call,
        "first_day": entry.first_day,
        "last_day": entry.last_day,
        "valid_months": _valid_months(entry),
        "source_kind": entry.source[0],
        "source_id": entry.source[1],
        "actor_id": entry.by.pk if entry.by else None,
        "second_actor_id": entry.second.pk if entry.second else None,
        "withdraws_id": entry.withdraws.pk if entry.withdraws else None,
        "basis_sha256": basis_hash(entry.basis),
        "note_fingerprint": fingerprint(entry.note, salt) if entry.note else "",
    }
    try:
        as_rule_event(CompetenceEvent(**values))
    except ImpossibleEvent as error:
        raise Impossible(_("This cannot be: %(reason)s.") % {"reason": error}) from None
    return values, salt


def _valid_months(entry: Entry) -> int | None:
    months = KEPT_VALIDITY.get(entry.type)
    if not months or not entry.competence:
        return None
    return entry.valid_months or getattr(entry.competence, months)


def _ends_of_chains(employees: Collection[int]) -> dict[int, tuple[int, str]]:
    ends = {}
    rows = CompetenceEvent.objects.filter(employee__in=employees).order_by("employee", "seq")
    for employee_id, seq, row_hash in rows.values_list("employee_id", "seq", "row_hash"):
        ends[employee_id] = (seq, row_hash)
    return ends


def _write_beside(rows: list[tuple[CompetenceEvent, Entry, str]]) -> None:
    EventNote.objects.bulk_create(
        [EventNote(event=row, salt=salt, text=entry.note) for row, entry, salt in rows if salt],
        batch_size=500,
    )
    EventBasis.objects.bulk_create(
        [
            EventBasis(event=row, article_uuid=article, number=number)
            for row, entry, _salt in rows
            for article, number in entry.basis
        ],
        batch_size=500,
    )
