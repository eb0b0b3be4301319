"""From rows to what the rules of certification judge."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection

from certification.models import Submission
from competence.models import CompetenceArticle
from kb.models import ChangeNotice
from people.models import Employee


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
