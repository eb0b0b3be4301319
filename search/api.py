"""Search for other programs: with a person's key, what that person may find."""

import datetime
from typing import Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from kb.models import ArticlePage
from search import facets as ways
from search import services, texts
from search.filters import Asked
from search.results import Result

SUGGESTED = 8
MOST = 50

router = Router(tags=["search"])


class Context(Schema):
    """How the search is narrowed; a value that says nothing to the caller narrows nothing."""

    section: str = Field("", description="number, or name in its address")
    tag: str = Field("", description="number, name, or name in its address")
    language: Literal["", "ru", "en"] = ""
    kind: str = ""
    audience: Literal["", "public", "internal"] = ""


class Asking(Context):
    """A question."""

    q: str = Field(max_length=10_000)
    limit: int = Field(20, ge=1, le=MOST)
    literal: bool = Field(False, description="exactly as typed: nothing corrected, no synonyms")


class Suggesting(Context):
    """A question that may not be finished."""

    q: str = Field(max_length=10_000)


class Piece(Schema):
    """A piece of text; marked if it answers a word of the question."""

    text: str
    marked: bool


class Suggestion(Schema):
    """An article, as short as it gets."""

    id: UUID
    title: str
    url: str
    answer: str


class Hit(Suggestion):
    """An article that was found."""

    anchor: str = Field(description="where in the page the found paragraph stands; may be empty")
    line: list[Piece]
    place: list[str]
    language: str
    kind: str
    audience: str
    version: int | None
    published_at: datetime.datetime | None
    pinned: bool


class Count(Schema):
    """A way to narrow the list, and how many it would leave."""

    value: str
    name: str
    count: int


class Repair(Schema):
    """What was typed, and how it was read."""

    kind: str
    typed: str
    read: str


class Answer(Schema):
    """What was found."""

    query: str
    understood: str
    repairs: list[Repair]
    also: list[str] = Field(description="synonyms that were searched for too")
    total: int
    results: list[Hit]
    sections: list[Count]
    kinds: list[Count]
    tags: list[Count]
    languages: list[Count]


class Article(Suggestion):
    """An article as the caller may read it, as plain text."""

    text: str
    internal_text: str = Field(description="what only employees read")
    language: str
    kind: str
    version: int | None
    published_at: datetime.datetime | None


@router.get("/search", response=Answer, operation_id="search")
def search(request: HttpRequest, asked: Query[Asking]):
    """Find articles: the same answers, in the same order, as on the page."""
    found = _find(request, asked, limit=asked.limit, literal=asked.literal)
    narrowed = found.facets or ways.Facets({}, found.filters)
    return {
        "query": found.understood.typed,
        "understood": found.understood.text,
        "repairs": [
            {"kind": note.repair, "typed": note.typed, "read": note.read} for note in found.notes
        ],
        "also": list(found.also),
        "total": found.total,
        "results": [_hit(request, result, found.pinned) for result in found.results],
        "sections": narrowed.by_section(),
        "kinds": narrowed.by_kind(),
        "tags": narrowed.by_tag(),
        "languages": narrowed.by_language(),
    }


@router.get("/suggest", response=list[Suggestion], operation_id="suggest")
def suggest(request: HttpRequest, asked: Query[Suggesting]):
    """The first few articles, while somebody types."""
    found = _find(request, asked, limit=SUGGESTED, literal=False)
    return [_suggestion(request, result.article, result.answer) for result in found.results]


@router.get("/articles/{uuid:article_id}", response=Article, operation_id="article")
def article(request: HttpRequest, article_id: UUID):
    """One article; one that is not for the caller does not exist."""
    viewer = request.viewer
    found = ArticlePage.objects.visible_to(viewer, timezone.now()).filter(uuid=article_id).first()
    if found is None:
        raise Http404
    own, internal = texts.of_body(found.body.raw_data)
    return _suggestion(request, found, found.answer) | {
        "text": str(own),
        "internal_text": str(internal) if viewer.is_employee else "",
        "language": found.language,
        "kind": found.kind,
        "version": found.version,
        "published_at": found.last_published_at,
    }


def _find(request: HttpRequest, asked: Context, *, limit: int, literal: bool) -> services.Found:
    at = timezone.now()
    values = asked.model_dump(include={"q", "section", "tag", "language", "kind", "audience"})
    understood = Asked.from_query_string(values, request.viewer, at)
    found = services.find(
        viewer=request.viewer,
        query=understood.query,
        at=at,
        filters=understood.filters,
        limit=limit,
        literal=literal,
    )
    if not found.available:
        raise HttpError(503, "Search is being prepared.")
    return found


def _suggestion(request: HttpRequest, article: ArticlePage, answer: str) -> dict:
    return {
        "id": article.uuid,
        "title": article.title,
        "url": request.build_absolute_uri(article.get_url(request) or "/"),
        "answer": answer,
    }


def _hit(request: HttpRequest, result: Result, pinned: frozenset[int]) -> dict:
    article = result.article
    return _suggestion(request, article, result.answer) | {
        "anchor": result.anchor,
        "line": [{"text": piece.text, "marked": piece.marked} for piece in result.line],
        "place": list(result.place),
        "language": article.language,
        "kind": article.kind,
        "audience": ways.side_of(article.audience),
        "version": article.version,
        "published_at": article.last_published_at,
        "pinned": article.pk in pinned,
    }
