"""What an attempt proves: one event of the ledger for each competence, another in its place when it is judged anew.

What is judged anew is withdrawn and another event written in its place, in the transaction that keeps the new result:
of each competence of an attempt exactly one event stands, or none.
"""

import datetime
import uuid
from collections.abc import Collection, Mapping
from typing import Any

from certification.loading import AGAIN, SOURCE, changed_since_last_pass
from certification.models import Attempt, Rescoring
from certification.rules.rescoring import Change
from certification.rules.scoring import Breakdown, Result
from competence.choices import EventType
from competence.loading import local_day
from competence.models import Competence, CompetenceEvent
from competence.services.learning import quiz as record_quiz
from competence.services.learning import take_back
from people.models import User


def prove(
    *,
    attempt: Attempt,
    result: Result,
    at: datetime.datetime,
    by: User | None,
    now: datetime.datetime,
    left_out: Collection[int] = (),
) -> None:
    """One event for each competence with enough questions to say anything of it. ``left_out`` are slots."""
    telling = [one for one in result.competences if one.evidence]
    covering = _covering(attempt, [one.competence for one in telling], left_out)
    competences = Competence.objects.in_bulk([one.competence for one in telling])
    for one in telling:
        record_quiz(
            employee=attempt.employee,
            competence=competences[one.competence],
            level=one.level,
            passed=one.passed,
            source=(SOURCE, str(attempt.pk)),
            covers_changes=covering[one.competence],
            basis=_basis(attempt.paper, one.competence, left_out),
            on=local_day(at, attempt.employee.tz),
            by=by,
            now=now,
        )


def prove_again(
    *,
    attempt: Attempt,
    rescoring: Rescoring,
    result: Result,
    changed: Collection[Change],
    left_out: Collection[int],
    by: User | None,
    now: datetime.datetime,
) -> None:
    """Put what an attempt proves now in the place of what it proved, where that is something else.

    What a person withdrew stays withdrawn.
    """
    breakdowns = {one.competence: one for one in result.competences}
    competences = Competence.objects.in_bulk([one.competence for one in changed])
    told = _told(attempt)
    for change in changed:
        events = told.get(change.competence, [])
        last, stands = events[-1] if events else (None, False)
        if last is not None and not stands and not _taken_back_by_us(last):
            continue
        source = (AGAIN, str(rescoring.pk))
        if last is not None and stands:
            take_back(event=last, source=source, by=by, now=now)
        if change.after is not None:
            _put_in_its_place(
                attempt,
                breakdowns[change.competence],
                competences[change.competence],
                events[0][0] if events else None,
                left_out=left_out,
                source=source,
                now=now,
            )


def _put_in_its_place(
    attempt: Attempt,
    one: Breakdown,
    competence: Competence,
    first: CompetenceEvent | None,
    *,
    left_out: Collection[int],
    source: tuple[str, str],
    now: datetime.datetime,
) -> None:
    """The event of the day on which the attempt was handed in, with the validity of then.

    It is nobody's word: who suspended the question shall not be able to withdraw the result as their own.
    """
    covers = _covering(attempt, [one.competence], left_out)[one.competence]
    at = attempt.submission.submitted_at
    record_quiz(
        employee=attempt.employee,
        competence=competence,
        level=one.level,
        passed=one.passed,
        source=source,
        # What did not cover a change when it was handed in covers none now.
        covers_changes=covers and (first is None or first.covers_changes),
        basis=_basis(attempt.paper, one.competence, left_out),
        on=first.on if first else local_day(at, attempt.employee.tz),
        valid_months=first.valid_months if first else None,
        now=now,
    )


def _told(attempt: Attempt) -> Mapping[int, list[tuple[CompetenceEvent, bool]]]:
    """By competence what the ledger was told of the attempt so far, in order, each with whether it stands."""
    again = Rescoring.objects.filter(submission__attempt=attempt).values_list("pk", flat=True)
    of_employee = CompetenceEvent.objects.filter(employee=attempt.employee, type=EventType.QUIZ)
    rows = of_employee.filter(source_kind=SOURCE, source_id=str(attempt.pk)) | of_employee.filter(
        source_kind=AGAIN, source_id__in=[str(pk) for pk in again]
    )
    standing = set(rows.standing().values_list("pk", flat=True))
    found: dict[int, list[tuple[CompetenceEvent, bool]]] = {}
    for row in rows.select_related("employee", "competence").order_by("seq"):
        found.setdefault(row.competence_id, []).append((row, row.pk in standing))
    return found


def _taken_back_by_us(event: CompetenceEvent) -> bool:
    """Whether it was withdrawn because the attempt was judged anew, and not by a person."""
    effective = CompetenceEvent.objects.standing().filter(withdraws=event)
    return not effective.exclude(source_kind=AGAIN).exists()


def _covering(
    attempt: Attempt, competences: Collection[int], left_out: Collection[int]
) -> dict[int, bool]:
    """By competence whether the paper asked about everything that had changed since the person's last pass."""
    changed = changed_since_last_pass(competences, attempt.employee, before=attempt.started_at)
    asked = {slot["article"] for slot in _kept(attempt.paper, left_out) if slot["article"]}
    found = {}
    for competence in competences:
        wanted = {str(name) for name in changed.get(competence, ())}
        found[competence] = bool(wanted) and wanted <= asked
    return found


def _basis(
    paper: dict[str, Any], competence: int, left_out: Collection[int]
) -> list[tuple[uuid.UUID, int]]:
    """The article versions that the questions of one competence rested on."""
    rested = {
        (slot["article"], slot["number"])
        for slot in _kept(paper, left_out)
        if slot["competence"] == competence and slot["article"]
    }
    return [(uuid.UUID(article), number) for article, number in sorted(rested)]


def _kept(paper: dict[str, Any], left_out: Collection[int]) -> list[dict[str, Any]]:
    return [slot for number, slot in enumerate(paper["slots"], start=1) if number not in left_out]
