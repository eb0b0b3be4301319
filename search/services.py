"""Finding articles for a reader: the one road from a typed query to what may be shown.

The index proposes, the database disposes: every result is asked for again through ``visible_to`` before it
is counted, and nothing that was guessed is said aloud unless it leads to something this viewer may see.
"""

import datetime
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from kb.models import ArticlePage, SectionPage
from people.viewer import Viewer
from search import documents, ranking
from search.audience import EVERYTHING, Sight
from search.engines.base import Filters, IndexUnavailable, Scope, Searchable, Session
from search.facets import Facet, Facets
from search.indexing import engine
from search.ranking import Candidate
from search.results import Result, results_of
from search.understanding import Note, Understood, clean, understand, without_phrases

logger = structlog.get_logger(__name__)

WORTH_SHOWING = 0.4
"""Articles with less than this share of the best score are noise; on the measured queries none is wanted."""

FOR_A_PAGE, WHILE_TYPING = 0.3, 0.08
"""Seconds a cluster is given to answer; after that the index of this machine does."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one search."""

    understood: Understood
    filters: Filters
    results: tuple[Result, ...] = ()
    total: int = 0
    total_anywhere: int = 0
    sections: tuple[Facet, ...] = ()
    languages: tuple[Facet, ...] = ()
    available: bool = True
    simplified: bool = False
    """Whether the index of this machine had to answer because the cluster did not."""
    milliseconds: int = 0

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was repaired and has led somewhere."""
        return self.understood.notes

    @property
    def has_more(self) -> bool:
        """Whether there are more results than are listed."""
        return self.total > len(self.results)


def sight_of(viewer: Viewer) -> Sight:
    """What ``viewer`` may find, as the index compares it."""
    if viewer.sees_everything:
        return EVERYTHING
    return Sight(staff=viewer.is_employee, team_ids=viewer.team_ids)


def find(
    *,
    viewer: Viewer,
    query: str,
    at: datetime.datetime,
    filters: Filters | None = None,
    limit: int = 20,
    literal: bool = False,
    within: float = FOR_A_PAGE,
) -> Found:
    """Find articles for ``viewer``: at most ``limit`` results, and counts of all that may be shown.

    ``literal`` looks for the query exactly as typed; ``within`` so many seconds the engine must answer, or the index
    of this machine does. Never fails: whatever stands in ``query`` is a question,
    and without an index the answer says so (``available``). Three queries to the database.
    """
    started = time.perf_counter()
    filters = filters or Filters()
    try:
        scope = Scope(sight_of(viewer), at, filters, deadline=time.monotonic() + within)
        found = _find(viewer, query, scope, limit, literal)
    except IndexUnavailable as reason:
        logger.warning("search_unavailable", reason=str(reason))
        nothing = Understood(typed=clean(query), text=clean(query))
        found = Found(nothing, filters, available=False)
    return replace(found, milliseconds=round((time.perf_counter() - started) * 1000))


def ranked(
    scope: Scope, query: str, *, literal: bool = False, by: Searchable | None = None
) -> tuple[Understood, list[Candidate]]:
    """The index's own answer, best first: what the evaluation stands on; ``by`` another engine than readers get.

    Raises ``IndexUnavailable``.
    """
    session = (by or engine()).session(scope)
    understood = understand(query, session.vocabulary, literal=literal, into=scope.filters.language)
    candidates = session.candidates(understood)
    if understood.phrases and not candidates and not literal:
        understood = without_phrases(understood)
        candidates = session.candidates(understood)
    return understood, _rank(understood, candidates, session)


def _rank(
    understood: Understood, candidates: Sequence[Candidate], session: Session
) -> list[Candidate]:
    scored = ranking.rerank(understood, candidates, session.weight_of)
    if not scored:
        return []
    least = WORTH_SHOWING * scored[0][0]
    return [candidate for score, candidate in scored if score >= least]


def _find(viewer: Viewer, query: str, scope: Scope, limit: int, literal: bool) -> Found:
    filters = scope.filters
    # A language is a choice of its own: what is written in the other must not outrank translations.
    around = Filters(language=filters.language)
    session = engine().session(replace(scope, filters=around))
    understood = understand(query, session.vocabulary, literal=literal, into=filters.language)
    candidates = {c.article: c for c in session.candidates(understood)}
    if understood.phrases and not candidates and not literal:
        understood = without_phrases(understood)
        candidates = {c.article: c for c in session.candidates(understood)}
    narrowed: set[int] | None = None
    if filters != around:
        # One pool and one scale: the counts on the tabs and the narrowed list then agree.
        inner = engine().session(scope)
        inside = inner.candidates(understood)
        if inner.simplified and not session.simplified:
            # The scores of two engines are not on one scale: once more, without the one that fell silent.
            return _find(viewer, query, replace(scope, deadline=0.0), limit, literal)
        narrowed = {candidate.article for candidate in inside}
        candidates = {c.article: c for c in inside} | candidates
    ordered = _rank(understood, list(candidates.values()), session)
    rows = _visible(viewer, scope.at, [candidate.article for candidate in ordered])
    if len(rows) < len(ordered) and understood.notes and not literal:
        # The index is a moment behind the database: what was guessed may rest on what is gone.
        return _find(viewer, query, scope, limit, True)
    understood = _with_true_notes(understood, session)
    shown = [c for c in ordered if c.article in rows]
    listed = shown if narrowed is None else [c for c in shown if c.article in narrowed]
    facets_of = Facets(rows[candidate.article] for candidate in shown)
    return Found(
        understood=understood,
        filters=filters,
        results=tuple(
            results_of(
                viewer, scope.at, understood, listed[:limit], scope.sight, facets_of.sections
            )
        ),
        total=len(listed),
        total_anywhere=len(shown),
        sections=facets_of.by_section(),
        languages=facets_of.by_language(),
        simplified=session.simplified,
    )


def _visible(
    viewer: Viewer, at: datetime.datetime, article_ids: list[int]
) -> dict[int, tuple[str, str]]:
    """Path and language of those articles that ``viewer`` may see now."""
    if not article_ids:
        return {}
    rows = ArticlePage.objects.visible_to(viewer, at).filter(pk__in=article_ids).order_by()
    return {
        pk: (path, language) for pk, path, language in rows.values_list("pk", "path", "language")
    }


def _with_true_notes(understood: Understood, session: Session) -> Understood:
    """Leave out repairs that lead to nothing the viewer may find."""
    if not understood.notes:
        return understood
    kept = tuple(note for note in understood.notes if _leads_somewhere(note, understood, session))
    return replace(understood, notes=kept, text=understood.text if kept else understood.typed)


def _leads_somewhere(note: Note, understood: Understood, session: Session) -> bool:
    if note.repair in ("layout", "phrase"):
        terms = [term for group in understood.groups for term, _ in group.terms]
    else:
        groups = (group for group in understood.groups if group.typed == note.typed)
        terms = [term for group in groups for term, _ in group.terms]
    return any(session.finds(term) for term in terms)


def sections_nearby(*, viewer: Viewer, at: datetime.datetime, limit: int = 6) -> list[SectionPage]:
    """Sections to go on from when nothing was found: the top ones this viewer may see."""
    top = SectionPage.objects.visible_to(viewer, at).filter(depth=documents.TOP_DEPTH)
    return list(top.order_by("path")[:limit])
