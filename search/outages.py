"""The banner of an outage above the results of whoever asks about it."""

import datetime
from dataclasses import dataclass

from kb.models import ArticlePage, Incident
from people.viewer import Viewer
from search import analysis
from search.understanding import Understood

SURE = 0.7
"""Readings of a word from this weight on count as asked: what was typed, its sound, its correction."""


@dataclass(frozen=True, slots=True)
class Outage:
    """An outage as the banner shows it; the article about it only for whoever may read it."""

    line: str
    say: str
    starts_at: datetime.datetime
    promised_at: datetime.datetime | None
    article: ArticlePage | None


def outages_for(*, viewer: Viewer, understood: Understood, at: datetime.datetime) -> list[Outage]:
    """The outages running at ``at`` that ``viewer`` may know of and the query asks about.

    One query, and another if one of them has an article.
    """
    asked = {term for group in understood.groups for term, weight in group.terms if weight >= SURE}
    asked |= {term for phrase in understood.phrases for term in phrase}
    if not asked:
        return []
    running = Incident.objects.visible_to(viewer).running(at).order_by("starts_at", "pk")
    found = [incident for incident in running if _asks_about(asked, incident)]
    ids = [incident.article_id for incident in found if incident.article_id]
    articles = (
        ArticlePage.objects.visible_to(viewer, at).filter(pk__in=ids).in_bulk() if ids else {}
    )
    return [
        Outage(
            incident.line,
            incident.say if viewer.is_employee else "",
            incident.starts_at,
            incident.promised_at,
            articles.get(incident.article_id),
        )
        for incident in found
    ]


def _asks_about(asked: set[str], incident: Incident) -> bool:
    """Whether all words of one of its phrases are asked for, in any form."""
    for phrase in incident.phrases:
        words = [word for word in analysis.words(phrase) if word not in analysis.STOP_WORDS]
        plain = [word for word in words if not analysis.is_compound(word)]
        if plain and {analysis.term(word) for word in plain} <= asked:
            return True
    return False
