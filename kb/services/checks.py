"""What must never be true of the stored knowledge, and would be repaired or looked into by hand."""

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import Count, Exists, OuterRef, Q
from modelcluster.models import get_serializable_data_for_fields

from kb.choices import Audience, State
from kb.models import ArticlePage, ArticleVersion, SectionPage, VersionState

# A version may wait a little behind its moment while requests and clock race for it.
PATIENCE = datetime.timedelta(minutes=5)
BATCH = 200


def problems(*, now: datetime.datetime) -> Iterator[str]:
    """One sentence for everything that is not as it must be; nothing is changed."""
    in_force = VersionState.objects.filter(article_uuid=OuterRef("uuid"), state=State.IN_FORCE)
    for article in ArticlePage.objects.without_version():
        yield f"Article {article.pk} is live without a version."
    live = ArticlePage.objects.filter(live=True, version__isnull=False)
    for article in live.filter(~Exists(in_force.filter(number=OuterRef("version")))):
        yield f"Article {article.pk} shows version {article.version}, which is not in force."
    for article in ArticlePage.objects.filter(Exists(in_force), live=False):
        yield f"Article {article.pk} is off and still has a version in force."
    yield from _other_texts(live.filter(Exists(in_force.filter(number=OuterRef("version")))))
    overdue = VersionState.objects.filter(
        state=State.ANNOUNCED, effective_at__lte=now - PATIENCE
    ).select_related("version")
    for state in overdue:
        yield (
            f"Version {state.number} of article {state.article_uuid} should be in force since "
            f"{state.effective_at:%Y-%m-%d %H:%M} UTC."
        )
    for page in (*_aliases(ArticlePage), *_aliases(SectionPage)):
        yield f"Page {page.pk} is an alias."
    nobody = ArticlePage.objects.annotate(teams=Count("audience_teams")).filter(
        Q(audience=Audience.TEAMS, teams=0) | ~Q(audience=Audience.TEAMS) & Q(teams__gt=0)
    )
    for article in nobody:
        yield f"Article {article.pk} is for {article.audience} and names {article.teams} teams."


def _other_texts(articles) -> Iterator[str]:
    """Live articles whose row reads otherwise than the version in force. Three queries for a batch."""
    for batch in batched(articles.order_by("pk").iterator(chunk_size=BATCH), BATCH):
        wanted = {(article.uuid, article.version) for article in batch}
        versions = ArticleVersion.objects.filter(article_uuid__in=[uuid for uuid, _seq in wanted])
        approved = {
            (version.article_uuid, version.seq): version.snapshot
            for version in versions.iterator(chunk_size=BATCH)
            if (version.article_uuid, version.seq) in wanted
        }
        for article in batch:
            # Tags are merged and renamed without a new version; and older versions know fewer fields.
            shown = article.snapshot_of(get_serializable_data_for_fields(article))
            kept = approved[article.uuid, article.version]
            if any(shown[name] != kept[name] for name in (shown.keys() & kept.keys()) - {"tags"}):
                yield f"Article {article.pk} reads otherwise than its version {article.version}."


def batched(rows: Iterable, size: int) -> Iterator[list]:
    """``rows`` in lists of at most ``size``."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


def _aliases(model):
    return model.objects.filter(alias_of__isnull=False)
