"""From rows to what the rules of certification judge."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from certification.models import Assessment, Rescoring, Submission
from certification.rules.retakes import Retake, retake_after
from certification.rules.rubrics import Mark
from competence.choices import EventType
from competence.loading import local_day
from competence.models import CompetenceArticle, CompetenceEvent
from kb.models import ChangeNotice
from people.models import Employee

# What the source of an event is called that an attempt gave, or an attempt judged anew.
SOURCE, AGAIN = "attempt", "rescoring"


def failed_days(taken: Iterable[Submission], employee: Employee) -> dict[int, datetime.date]:
    """By competence the local day on which its last test was judged, where that was failed.

    ``taken`` are the tests of ``employee``, oldest first, each with the result that counts (``counting()``).
    What waits for an assessor is neither passed nor failed.
    """
    failed: dict[int, datetime.date] = {}
    for one in taken:
        day = local_day(one.judged_at, employee.tz)
        for part in one.counted["competences"]:
            if part["passed"]:
                failed.pop(part["competence"], None)
            elif not part.get("waiting"):
                failed[part["competence"]] = day
    return failed


def waiting_competences(taken: Iterable[Submission]) -> set[int]:
    """The competences of which an answer in one of ``taken`` waits for an assessor, as the results count now."""
    return {
        part["competence"]
        for one in taken
        for part in one.counted["competences"]
        if part.get("waiting")
    }


def marks_of(submission: Submission) -> dict[int, list[Mark]]:
    """By slot what assessors gave the open answers of ``submission``. One query."""
    rows = Assessment.objects.filter(answer__submission=submission).select_related("answer")
    return {one.answer.slot: one.given for one in rows}


def retake_of(competence_ids: Iterable[int], failed: dict[int, datetime.date]) -> Retake | None:
    """When a test of these competences may be taken again, if one of them was failed, in whichever test that was."""
    days = [failed[one] for one in competence_ids if one in failed]
    return retake_after(max(days)) if days else None


def changed_since_last_pass(
    competence_ids: Collection[int], employee: Employee, *, before: datetime.datetime | None = None
) -> dict[int, set[uuid.UUID]]:
    """By competence the articles that changed materially since ``employee`` last passed a test of it. Three queries.

    ``before`` leaves out what was announced later.
    """
    passed: dict[int, datetime.datetime] = {}
    done = Submission.objects.counting().filter(attempt__employee=employee)
    for at, result in done.order_by("submitted_at").values_list("submitted_at", "counted"):
        if before is None or at < before:
            for one in result["competences"]:
                if one["passed"] and one["evidence"]:
                    passed[one["competence"]] = at
    teaching: dict[uuid.UUID, set[int]] = defaultdict(set)
    for uuid_, competence in CompetenceArticle.objects.filter(
        competence__in=competence_ids
    ).values_list("article_uuid", "competence"):
        teaching[uuid_].add(competence)
    found: dict[int, set[uuid.UUID]] = defaultdict(set)
    notices = ChangeNotice.objects.standing().asking().filter(article_uuid__in=teaching)
    if before is not None:
        notices = notices.filter(announced_at__lte=before)
    for uuid_, at in notices.values_list("article_uuid", "announced_at"):
        for competence in teaching[uuid_]:
            if competence not in passed or passed[competence] < at:
                found[competence].add(uuid_)
    return found


@dataclass(frozen=True)
class Told:
    """What the ledger was told of one competence of an attempt, and whether that stands."""

    event: CompetenceEvent
    stands: bool


def told_of(attempt_ids: Collection[int]) -> dict[int, list[Told]]:
    """By attempt what the ledger was told of it, in order. Two queries, however many."""
    again = {
        str(pk): attempt
        for pk, attempt in Rescoring.objects.filter(
            submission__attempt__in=attempt_ids
        ).values_list("pk", "submission__attempt")
    }
    ids = [str(pk) for pk in attempt_ids]
    rows = CompetenceEvent.objects.filter(type=EventType.QUIZ).filter(
        Q(source_kind=SOURCE, source_id__in=ids) | Q(source_kind=AGAIN, source_id__in=list(again))
    )
    found: dict[int, list[Told]] = defaultdict(list)
    for row in rows.with_stands().order_by("employee", "seq"):
        own = int(row.source_id) if row.source_kind == SOURCE else again[row.source_id]
        found[own].append(Told(row, row.stands))
    return found
