"""What readers find at home: the articles that changed last, and the sections; only what they may read."""

import datetime
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Substr
from wagtail.models import Site

from kb.models import ArticlePage, SectionPage
from people.viewer import Viewer

RECENT = 8
SECTIONS = 12
NEW_FOR = datetime.timedelta(days=14)
STEP = SectionPage.steplen


@dataclass(frozen=True)
class Change:
    """An article whose text changed; ``is_new`` while its first version is young."""

    article: ArticlePage
    is_new: bool


@dataclass(frozen=True)
class SectionCount:
    """A section and how many of its articles, at any depth, the viewer may read."""

    section: SectionPage
    articles: int


def recently_changed(
    viewer: Viewer, at: datetime.datetime, *, preferring: str = ""
) -> list[Change]:
    """The articles the viewer may read whose text changed last, newest first. Two queries.

    With ``preferring``, those in that language go first.

    Keys are sorted first, rows fetched then: sorting twelve thousand whole articles takes three times as long.
    """
    newest = list(
        ArticlePage.objects.visible_to(viewer, at)
        .newest_first(preferring=preferring)
        .values_list("pk", flat=True)[:RECENT]
    )
    found = ArticlePage.objects.visible_to(viewer, at).defer("body").in_bulk(newest)
    articles = [found[pk] for pk in newest if pk in found]
    return [
        Change(
            article=article,
            is_new=article.version == 1
            and article.last_published_at is not None
            and at - article.last_published_at < NEW_FOR,
        )
        for article in articles
    ]


def sections_to_browse(viewer: Viewer, at: datetime.datetime, site: Site) -> list[SectionCount]:
    """The sections below the root with what is in them for the viewer, fullest first. Two queries."""
    width = len(site.root_page.path) + STEP
    counts = dict(
        ArticlePage.objects.visible_to(viewer, at)
        .descendant_of(site.root_page)
        .order_by()
        .values_list(Substr("path", 1, width))
        .annotate(Count("pk"))
    )
    tops = SectionPage.objects.filter(live=True).child_of(site.root_page)
    if not viewer.edits_knowledge:
        tops = tops.filter(path__in=list(counts))
    found = [SectionCount(section, counts.get(section.path, 0)) for section in tops]
    return sorted(found, key=lambda item: (-item.articles, item.section.title))[:SECTIONS]
