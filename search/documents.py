"""From articles in the database to documents of the index: what is indexed of them, and for whom."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.choices import Audience
from kb.models import ArticlePage, ArticleTag, AudienceTeam, SectionPage
from search import audience, texts
from search.engines import entries
from search.engines.base import Document, Part

CHUNK = 200
STEP = ArticlePage.steplen
TOP_DEPTH = 3
"""The depth of the sections readers see on top: below Wagtail's root and the section the site starts at."""


@dataclass(frozen=True, slots=True)
class Place:
    """The sections above an article, outermost first."""

    ids: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


class Sections:
    """All sections by tree path: one query for any number of articles."""

    def __init__(self) -> None:
        rows = SectionPage.objects.order_by().values_list("path", "pk", "title")
        self._by_path = {path: (pk, title) for path, pk, title in rows}

    def above(self, path: str) -> Place:
        """The sections above the page at ``path``; the root of all is nowhere in particular."""
        ends = range(STEP * TOP_DEPTH, len(path), STEP)
        found = [self._by_path[path[:end]] for end in ends if path[:end] in self._by_path]
        return Place(tuple(pk for pk, _ in found), tuple(title for _, title in found))


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article without reading its text; equal facts, equal documents."""

    article: int
    title: str
    number: int | None
    audience: str
    language: str
    kind: str
    place: Place
    tag_ids: tuple[int, ...]
    tag_names: tuple[str, ...]
    translation_group: str
    expires_at: datetime.datetime | None

    @property
    def version(self) -> str:
        """A name for exactly this document."""
        told = repr((entries.FORMAT, self)).encode()
        return f"{self.number or 0}-{hashlib.sha256(told).hexdigest()[:16]}"


def audience_of(kind: str, team_ids: Iterable[int]) -> str:
    """The index's name for an article's audience."""
    if kind == Audience.PUBLIC:
        return audience.PUBLIC
    if kind == Audience.INTERNAL:
        return audience.INTERNAL
    return audience.teams(team_ids) if kind == Audience.TEAMS else audience.NOBODY


def audience_of_row(article: ArticlePage) -> str:
    """The same for an article at hand; its teams are asked for only if they matter."""
    team_ids = ()
    if article.audience == Audience.TEAMS:
        team_ids = article.audience_teams.values_list("team_id", flat=True)
    return audience_of(article.audience, team_ids)


def facts_in_force(
    at: datetime.datetime, article_ids: Sequence[int] | None = None
) -> Iterator[Facts]:
    """The facts of all articles in force at ``at``, or of those among ``article_ids``."""
    sections = Sections()
    for ids in _chunks(at, article_ids):
        yield from _facts(ids, at, sections).values()


def documents_in_force(
    at: datetime.datetime, article_ids: Sequence[int] | None = None, *, after: int = 0
) -> Iterator[Document]:
    """The documents of all articles in force at ``at``, or of those among ``article_ids``, by their numbers.

    ``after`` goes on behind the article with that number.
    """
    sections = Sections()
    for ids in _chunks(at, article_ids, after):
        facts = _facts(ids, at, sections)
        articles = ArticlePage.objects.filter(pk__in=facts).order_by("pk")
        for article in articles.only("answer", "body"):
            yield _document(facts[article.pk], article)


def _chunks(
    at: datetime.datetime, article_ids: Sequence[int] | None, after: int = 0
) -> Iterator[list[int]]:
    if article_ids is None:
        in_force = ArticlePage.objects.in_force(at).filter(pk__gt=after)
        article_ids = list(in_force.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(article_ids), CHUNK):
        yield list(article_ids[start : start + CHUNK])


def _facts(ids: list[int], at: datetime.datetime, sections: Sections) -> dict[int, Facts]:
    teams: dict[int, list[int]] = {}
    for article_id, team_id in AudienceTeam.objects.filter(article__in=ids).values_list(
        "article_id", "team_id"
    ):
        teams.setdefault(article_id, []).append(team_id)
    tags: dict[int, list[tuple[int, str]]] = {}
    for article_id, *tag in ArticleTag.objects.filter(content_object__in=ids).values_list(
        "content_object_id", "tag_id", "tag__name"
    ):
        tags.setdefault(article_id, []).append(tuple(tag))
    rows = ArticlePage.objects.in_force(at).filter(pk__in=ids).order_by("pk")
    return {
        row["pk"]: Facts(
            article=row["pk"],
            title=row["title"],
            number=row["version"],
            audience=audience_of(row["audience"], teams.get(row["pk"], ())),
            language=row["language"],
            kind=row["kind"],
            place=sections.above(row["path"]),
            tag_ids=tuple(pk for pk, _ in sorted(tags.get(row["pk"], ()))),
            tag_names=tuple(name for _, name in sorted(tags.get(row["pk"], ()))),
            translation_group=str(row["translation_group"]),
            expires_at=row["expire_at"],
        )
        for row in rows.values(
            "pk",
            "title",
            "version",
            "audience",
            "language",
            "kind",
            "path",
            "expire_at",
            "translation_group",
        )
    }


def _document(facts: Facts, article: ArticlePage) -> Document:
    return Document(
        article=facts.article,
        version=facts.version,
        title=facts.title,
        audience=facts.audience,
        parts=parts_of(article, facts.audience),
        language=facts.language,
        kind=facts.kind,
        section_names=facts.place.names,
        section_ids=facts.place.ids,
        tag_ids=facts.tag_ids,
        tag_names=facts.tag_names,
        translation_group=facts.translation_group,
        valid_until=facts.expires_at,
    )


def parts_of(article: ArticlePage, article_audience: str) -> tuple[Part, ...]:
    """The article's text by audience: what all its readers get, and what is for staff only."""
    own, internal = texts.of_body(article.body.raw_data)
    answer = texts.of_html(article.answer)
    own.paragraphs[:0] = answer
    own.anchors[:0] = [""] * len(answer)
    own.questions = [texts.Question(*(at + len(answer) for at in one)) for one in own.questions]
    parts = [_part(article_audience, own)]
    if internal.paragraphs or internal.headings:
        inner_audience = audience.of_internal_part(article_audience)
        parts.append(_part(inner_audience, internal))
    return tuple(parts)


def _part(name: str, text: texts.Text) -> Part:
    return Part(name, str(text), tuple(text.headings), tuple(text.anchors), tuple(text.questions))
