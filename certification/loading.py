"""From rows to what the rules of certification judge."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable

from certification.models import Submission
from certification.rules.retakes import Retake, retake_after
from competence.loading import local_day
from competence.models import CompetenceArticle
from kb.models import ChangeNotice
from people.models import Employee


def failed_days(taken: Iterable[Submission], employee: Employee) -> dict[int, datetime.date]:
    """By competence the local day of its last test, where that was failed.

    ``taken`` are the tests of ``employee``, oldest first, each with the result that counts (``counting()``).
    """
    failed: dict[int, datetime.date] = {}
    for one in taken:
        day = local_day(one.submitted_at, employee.tz)
        for part in one.counted["competences"]:
            if part["passed"]:
                failed.pop(part["competence"], None)
            else:
                failed[part["competence"]] = day
    return failed


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
