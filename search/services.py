"""Finding articles for a reader: the one road from a typed query to what may be shown.

The index proposes, the database disposes: every result is asked for again through ``visible_to`` before it
is counted, and nothing that was guessed is said aloud unless it leads to something this viewer may see.
"""

import datetime
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import structlog

from kb.models import ArticlePage, SectionPage
from people.viewer import Viewer
from search import documents, standing
from search.audience import EVERYTHING, PUBLIC, Sight
from search.engines.base import Filters, IndexUnavailable, Scope, Searchable
from search.facets import Facets, Shown
from search.indexing import engine
from search.inquiry import Inquiry, raised
from search.learning import Learned
from search.ranking import Candidate, Title
from search.results import Result, results_of
from search.standing import Helpful
from search.thesaurus import Reading
from search.understanding import Note, Understood, clean

logger = structlog.get_logger(__name__)

FOR_A_PAGE, WHILE_TYPING = 0.3, 0.08
"""Seconds a cluster is given to answer; after that the index of this machine does."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one search."""

    understood: Understood
    filters: Filters
    meant: Understood | None = None
    also: tuple[str, ...] = ()
    pinned: frozenset[int] = frozenset()
    results: tuple[Result, ...] = ()
    total: int = 0
    total_anywhere: int = 0
    facets: Facets | None = None
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
    scope: Scope,
    query: str,
    *,
    literal: bool = False,
    by: Searchable | None = None,
    learned: Learned | None = None,
    helpful: Helpful | None = None,
) -> tuple[Understood, list[Candidate]]:
    """The index's own answer, best first: what the evaluation stands on; ``by`` another engine than readers get.

    ``learned`` is what use may add and ``helpful`` what readers say; without them, words alone decide. Raises
    ``IndexUnavailable``.
    """
    session = (by or engine()).session(scope)
    inquiry = Inquiry(session, query, literal=literal, into=scope.filters.language)
    answers = inquiry.answers()
    if learned or helpful:
        staff = scope.sight.staff
        used = learned.lifts(inquiry.terms(), staff=staff) if learned else {}
        answers = raised(answers, standing.together(used, helpful or Helpful(), staff=staff))
    return inquiry.understood, [answer.candidate for answer in answers]


def _find(viewer: Viewer, query: str, scope: Scope, limit: int, literal: bool) -> Found:
    at, filters = scope.at, scope.filters
    # A language is a choice of its own: what is written in the other must not outrank translations.
    around = Filters(language=filters.language)
    session = engine().session(replace(scope, filters=around))
    settled = session.simplified
    inquiry = Inquiry(session, query, literal=literal, into=filters.language)
    understood = inquiry.understood
    narrow = filters != around
    inside = engine().session(replace(scope, filters=_for_engine(filters))) if narrow else None
    ordered = inquiry.answers(inside)
    if not settled and any(view.simplified for view in (session, inside) if view):
        # Half of it comes from an engine that then fell silent, and scores of two are not on one scale.
        return _find(viewer, query, replace(scope, deadline=0.0), limit, literal)
    pinned = [] if literal else inquiry.wording.pinned(inquiry.terms(), viewer, at)
    ids = [answer.candidate.article for answer in ordered]
    rows = _visible(viewer, at, [*ids, *pinned])
    if any(article not in rows for article in ids) and understood.notes and not literal:
        # The index is a moment behind the database: what was guessed may rest on what is gone.
        return _find(viewer, query, scope, limit, True)
    understood = _with_true_notes(understood, inquiry)
    ordered = [answer for answer in ordered if answer.candidate.article in rows]
    if not literal:
        ordered = raised(ordered, _standing(inquiry, scope, rows))
    shown = [(answer.reading, answer.candidate) for answer in ordered]
    on_top = _on_top(pinned, shown, rows, narrow=narrow)
    kept = {candidate.article for candidate in on_top}
    everything = [*on_top, *(c for _, c in shown if c.article not in kept)]
    facets = Facets({c.article: rows[c.article] for c in everything}, filters)
    listed = [c for c in everything if facets.matches(c.article)]
    return Found(
        understood=understood,
        meant=inquiry.meant(),
        also=tuple(dict.fromkeys(word for reading, _ in shown for word in reading.instead)),
        filters=filters,
        results=tuple(
            results_of(viewer, at, inquiry.meant(), listed[:limit], scope.sight, facets.sections)
        ),
        pinned=frozenset(kept),
        total=len(listed),
        total_anywhere=len(everything),
        facets=facets,
        simplified=session.simplified,
    )


def _standing(inquiry: Inquiry, scope: Scope, rows: dict[int, Shown]) -> Callable[[int], float]:
    """What use, readers' word and freshness add to the articles in ``rows``."""
    staff, wording = scope.sight.staff, inquiry.wording
    return standing.together(
        wording.learned.lifts(inquiry.terms(), staff=staff),
        wording.helpful,
        staff=staff,
        fresh=lambda article: standing.freshness(rows[article].published_at, scope.at),
    )


def _on_top(
    pinned: list[int],
    shown: Sequence[tuple[Reading, Candidate]],
    rows: dict[int, Shown],
    *,
    narrow: bool,
) -> list[Candidate]:
    """The pinned articles this viewer may see; in a narrowed list only those that are found in it anyway."""
    found = {candidate.article: candidate for _, candidate in shown}
    nowhere = Title.of(())
    return [
        found.get(article) or Candidate(article, nowhere)
        for article in pinned
        if article in rows and (article in found or not narrow)
    ]


def _for_engine(filters: Filters) -> Filters:
    """What an engine narrows by; "for employees" is what remains, and is seen in the database."""
    return filters if filters.audience == PUBLIC else replace(filters, audience="")


def _visible(viewer: Viewer, at: datetime.datetime, article_ids: list[int]) -> dict[int, Shown]:
    """Those articles that ``viewer`` may see now, with what they can be narrowed by."""
    if not article_ids:
        return {}
    rows = ArticlePage.objects.visible_to(viewer, at).filter(pk__in=article_ids).order_by()
    return {
        pk: Shown(*rest)
        for pk, *rest in rows.values_list(
            "pk", "path", "language", "kind", "audience", "last_published_at"
        )
    }


def _with_true_notes(understood: Understood, inquiry: Inquiry) -> Understood:
    """Leave out repairs that lead to nothing the viewer may find."""
    if not understood.notes:
        return understood
    kept = tuple(note for note in understood.notes if _leads_somewhere(note, understood, inquiry))
    return replace(understood, notes=kept, text=understood.text if kept else understood.typed)


def _leads_somewhere(note: Note, understood: Understood, inquiry: Inquiry) -> bool:
    if note.repair in ("layout", "phrase"):
        terms = [term for group in understood.groups for term, _ in group.terms]
    else:
        groups = (group for group in understood.groups if group.typed == note.typed)
        terms = [term for group in groups for term, _ in group.terms]
    if any(term in inquiry.vocabulary.borrowed for term in terms):
        others = (reading.understood for reading in inquiry.readings if reading.instead)
        terms += [term for other in others for group in other.groups for term, _ in group.terms]
    return any(inquiry.session.finds(term) for term in terms)


def sections_nearby(*, viewer: Viewer, at: datetime.datetime, limit: int = 6) -> list[SectionPage]:
    """Sections to go on from when nothing was found: the top ones this viewer may see."""
    top = SectionPage.objects.visible_to(viewer, at).filter(depth=documents.TOP_DEPTH)
    return list(top.order_by("path")[:limit])
