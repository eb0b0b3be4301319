"""Which competences an article teaches, and what follows: whom its changes concern, and what its risk is."""

import datetime
from collections.abc import Collection

from django.db import transaction
from wagtail.log_actions import log

from competence.models import Competence, CompetenceArticle
from competence.selectors.holders import taught_by
from kb.choices import Risk
from kb.models import ArticlePage, SectionPage
from people.models import User

ORDER = [Risk.LOW.value, Risk.NORMAL.value, Risk.HIGH.value, Risk.CRITICAL.value]


@transaction.atomic
def set_competences(
    *,
    article: ArticlePage,
    competences: Collection[Competence],
    by: User | None,
    now: datetime.datetime,
) -> bool:
    """Let ``article`` teach exactly these; whether that changed anything. Logged; the risk follows.

    Changes that were announced stay what they are: they were of what it taught then.
    """
    wanted = {one.pk for one in competences}
    links = CompetenceArticle.objects.filter(article_uuid=article.uuid)
    before = set(links.values_list("competence_id", flat=True))
    if wanted != before:
        links.exclude(competence__in=wanted).delete()
        CompetenceArticle.objects.bulk_create(
            CompetenceArticle(competence_id=pk, article_uuid=article.uuid)
            for pk in sorted(wanted - before)
        )
        data = {"before": sorted(before), "after": sorted(wanted)}
        log(instance=article, action="kb.teaches", user=by, data=data)
    follow_risk(article=article)
    return wanted != before


def follow_risk(*, article: ArticlePage) -> str:
    """Set the risk of ``article`` to the highest of what it teaches, else to its section's; the risk."""
    competences = taught_by([article.uuid])[article.uuid]
    if competences:
        risk = max((one.risk for one in competences), key=ORDER.index)
    else:
        section = SectionPage.objects.parent_of(article).first()
        risk = section.risk if section else Risk.NORMAL.value
    ArticlePage.objects.filter(pk=article.pk).exclude(risk=risk).update(risk=risk)
    return risk


def follow_risks() -> int:
    """The sweep: after a competence's risk was changed, its articles have it too; how many changed. Three queries."""
    uuids = set(CompetenceArticle.objects.values_list("article_uuid", flat=True))
    taught = taught_by(uuids)
    changed = 0
    for pk, uuid, risk in ArticlePage.objects.filter(uuid__in=uuids).values_list(
        "pk", "uuid", "risk"
    ):
        highest = max((one.risk for one in taught[uuid]), key=ORDER.index)
        if highest != risk:
            changed += ArticlePage.objects.filter(pk=pk).update(risk=highest)
    return changed
