"""Material changes: recorded once per competence and version, withdrawn by a later row, never per holder."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from competence.models import (
    CellSegment,
    Competence,
    CompetenceArticle,
    CompetenceEvent,
    MaterialChange,
    PositionRequirement,
)
from competence.services.segments import BATCH, refresh
from people.models import Assignment, Employee, User


def competences_of_article(article_uuid: uuid.UUID) -> Sequence[Competence]:
    """The competences an article teaches, in the order of the matrix."""
    links = CompetenceArticle.objects.filter(article_uuid=article_uuid)
    return list(Competence.objects.filter(pk__in=links.values("competence")))


@transaction.atomic
def record_change(
    *,
    article_uuid: uuid.UUID,
    number: int,
    published_at: datetime.datetime,
    effective_at: datetime.datetime,
    by: User | None,
    now: datetime.datetime,
) -> list[MaterialChange]:
    """Version ``number`` changed what holders must know, in every competence the article teaches.

    Out: one row for each, those that stood already included.
    """
    rows = []
    for competence in competences_of_article(article_uuid):
        identity = {
            "competence": competence,
            "article_uuid": article_uuid,
            "number": number,
            "withdraws": None,
        }
        row = MaterialChange.objects.filter(**identity).first()
        if row is None:
            try:
                with transaction.atomic():
                    row = MaterialChange.append(
                        recorded_at=now,
                        competence_id=competence.pk,
                        article_uuid=article_uuid,
                        number=number,
                        published_at=published_at,
                        effective_at=max(effective_at, published_at),
                        actor_id=by.pk if by else None,
                        withdraws_id=None,
                    )
            except IntegrityError:
                row = MaterialChange.objects.get(**identity)
            refresh_competence(competence=competence, now=now)
        rows.append(row)
    return rows


@transaction.atomic
def withdraw_change(
    *, article_uuid: uuid.UUID, number: int, by: User | None, now: datetime.datetime
) -> list[MaterialChange]:
    """The version was wrongly called material: the cells return. Out: the withdrawing rows; twice is as once."""
    rows = []
    changes = MaterialChange.objects.filter(
        article_uuid=article_uuid, number=number, withdraws__isnull=True
    )
    for change in changes.select_related("competence"):
        row = MaterialChange.objects.filter(withdraws=change).first()
        if row is None:
            row = MaterialChange.append(
                recorded_at=now,
                competence_id=change.competence_id,
                article_uuid=article_uuid,
                number=number,
                published_at=change.published_at,
                effective_at=change.effective_at,
                actor_id=by.pk if by else None,
                withdraws_id=change.pk,
            )
            refresh_competence(competence=change.competence, now=now)
        rows.append(row)
    return rows


def refresh_competence(*, competence: Competence, now: datetime.datetime) -> int:
    """Judge every cell of one competence anew; how many segments there are."""
    asking = PositionRequirement.objects.filter(competence=competence).values("position")
    ids = sorted(
        {
            *Assignment.objects.filter(position__in=asking).values_list("employee", flat=True),
            *CompetenceEvent.objects.filter(competence=competence).values_list(
                "employee", flat=True
            ),
            *CellSegment.objects.filter(competence=competence).values_list("employee", flat=True),
        }
    )
    return sum(
        refresh(
            employees=list(Employee.objects.filter(pk__in=ids[start : start + BATCH])),
            now=now,
            competence_ids=[competence.pk],
        )
        for start in range(0, len(ids), BATCH)
    )
