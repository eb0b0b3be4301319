"""What the reading pages show: an article with its surroundings, a section with what stands in it."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, prefetch_related_objects
from django.db.models.functions import Length, Substr

from kb.models import ArticlePage, Rendition, SectionPage
from kb.querysets import STEP
from kb.reviewers import may_verify
from kb.rich_text import ReaderLinks
from kb.staff_blocks import STAFF_BLOCKS
from people.viewer import Viewer

RELATED = 5
IMAGE_WIDTH = "width-1360|format-webp"
PER_PAGE = 50


@dataclass(frozen=True)
class Heading:
    """A line of the table of contents."""

    words: str
    anchor: str


@dataclass(frozen=True)
class Crumb:
    """A section above, the outermost first."""

    words: str
    url: str


@dataclass(frozen=True)
class ArticleReading:
    """Everything the article page shows to one viewer."""

    article: ArticlePage
    blocks: list
    links: ReaderLinks
    crumbs: list[Crumb]
    contents: list[Heading]
    related: list[ArticlePage]
    translations: list[ArticlePage]
    tags: list
    is_overdue: bool
    may_verify: bool


@dataclass(frozen=True)
class SectionEntry:
    """A section in a list, with the number of articles the viewer may read anywhere below."""

    section: SectionPage
    count: int
    inner: tuple["SectionEntry", ...] = ()


@dataclass(frozen=True)
class SectionReading:
    """Everything a section page shows to one viewer."""

    section: SectionPage
    crumbs: list[Crumb]
    sections: list[SectionEntry]
    articles: Page
    count_below: int


def read_article(
    article: ArticlePage, viewer: Viewer, at: datetime.datetime, *, with_surroundings: bool = True
) -> ArticleReading:
    """The article as ``viewer`` may read it. At most seven queries.

    Customers get no internal parts, and no words that are meant to be said to them.
    """
    blocks = [
        block
        for block in article.body
        if viewer.is_employee or block.block_type not in STAFF_BLOCKS
    ]
    _prefetch_renditions(blocks)
    above = _sections_above(article)
    tags = sorted(article.tags.all(), key=lambda tag: tag.name_key) if article.pk else []
    translations, related = (
        _surroundings(article, tags, viewer, at) if with_surroundings else ([], [])
    )
    return ArticleReading(
        article=article,
        blocks=blocks,
        links=ReaderLinks.in_body(article.body, viewer, at),
        crumbs=[Crumb(one.title, one.url) for one in above],
        contents=_contents(blocks),
        related=related,
        translations=translations,
        tags=tags,
        is_overdue=article.is_overdue(at),
        may_verify=with_surroundings and may_verify(article, viewer, above),
    )


def read_section(
    section: SectionPage, viewer: Viewer, at: datetime.datetime, *, page: str = "1"
) -> SectionReading:
    """The section as ``viewer`` may see it. Six queries, however much stands in it."""
    visible = ArticlePage.objects.visible_to(viewer, at)
    counts = _counts_by_section(visible.filter(path__startswith=section.path))
    below = [
        found for found in _sections_below(section) if counts[found.path] or viewer.edits_knowledge
    ]
    articles = visible.filter(path__startswith=section.path, depth=section.depth + 1)
    return SectionReading(
        section=section,
        crumbs=[Crumb(one.title, one.url) for one in _sections_above(section)],
        sections=[
            SectionEntry(
                child,
                counts[child.path],
                tuple(
                    SectionEntry(inner, counts[inner.path])
                    for inner in below
                    if inner.path[:-STEP] == child.path
                ),
            )
            for child in below
            if child.depth == section.depth + 1
        ],
        articles=Paginator(articles.order_by("title", "pk"), PER_PAGE).get_page(page),
        count_below=counts[section.path],
    )


def _sections_below(section: SectionPage) -> list[SectionPage]:
    below = SectionPage.objects.filter(
        live=True, path__startswith=section.path, depth__in=(section.depth + 1, section.depth + 2)
    )
    return list(below.order_by("title", "pk"))


def _counts_by_section(articles) -> Counter:
    """Articles anywhere below each section, by the section's path. One query."""
    counts: Counter = Counter()
    rows = (
        articles.order_by()
        .annotate(parent_path=Substr("path", 1, Length("path") - STEP))
        .values_list("parent_path")
        .annotate(number=Count("pk"))
    )
    for path, number in rows:
        for end in range(STEP, len(path) + 1, STEP):
            counts[path[:end]] += number
    return counts


def _sections_above(page) -> list[SectionPage]:
    """The sections above ``page``, outermost first. Whoever sees something in a section sees it. One query."""
    if not page.path:
        return []
    paths = [page.path[:end] for end in range(2 * STEP, len(page.path), STEP)]
    return list(SectionPage.objects.filter(path__in=paths).order_by("path"))


def _contents(blocks: list) -> list[Heading]:
    contents = []
    for block in blocks:
        inner = block.value if block.block_type == "internal" else [block]
        contents += [
            Heading(str(part.value), f"b-{part.id}")
            for part in inner
            if part.block_type == "heading"
        ]
    return contents


def _surroundings(
    article: ArticlePage, tags: list, viewer: Viewer, at: datetime.datetime
) -> tuple[list[ArticlePage], list[ArticlePage]]:
    """The translations of ``article``, and what stands near it. One query.

    Near are the articles with the most tags in common, then the neighbours in its section and language.
    """
    visible = ArticlePage.objects.visible_to(viewer, at).exclude(pk=article.pk)
    others = visible.filter(language=article.language).exclude(
        translation_group=article.translation_group
    )
    shared = Count("tagged_items", filter=Q(tagged_items__tag__in=tags))
    tagged = others.filter(tagged_items__tag__in=tags).annotate(shared=shared)
    neighbours = others.filter(path__startswith=article.path[:-STEP], depth=article.depth)
    # Keys first, each by its own index; the few rows behind them are sorted here.
    found = (
        ArticlePage.objects.filter(
            Q(pk__in=visible.filter(translation_group=article.translation_group).values("pk"))
            | Q(pk__in=tagged.order_by("-shared", "title", "pk").values("pk")[:RELATED])
            | Q(pk__in=neighbours.order_by("title", "pk").values("pk")[:RELATED])
        )
        .annotate(shared=shared)
        .defer("body")
        .order_by("-shared", "title", "pk")
    )
    translations = [one for one in found if one.translation_group == article.translation_group]
    related = [one for one in found if one.translation_group != article.translation_group]
    return translations, related[:RELATED]


def _prefetch_renditions(blocks: list) -> None:
    """All pictures' sizes in one query instead of one each."""
    pictures = []
    for block in blocks:
        inner = block.value if block.block_type == "internal" else [block]
        pictures += [
            part.value["image"]
            for part in inner
            if part.block_type == "image" and part.value["image"] is not None
        ]
    if pictures:
        prefetch_related_objects(
            pictures,
            Prefetch(
                "renditions",
                queryset=Rendition.objects.filter(filter_spec=IMAGE_WIDTH),
                to_attr="prefetched_renditions",
            ),
        )
