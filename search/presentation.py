"""What the templates of search are given: words, badges and addresses around the results."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from kb.choices import Audience
from kb.models import ArticlePage, ContentTask
from people.viewer import Viewer
from search import log, outages, services
from search.filters import Asked
from search.services import Found, Result

FRESH_DAYS = 7
TABS = 5
"""Sections that get a tab; the rest are few results each and are reached through the list."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A sign and a word beside a title."""

    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """A result with what only a page knows of it."""

    result: Result
    url: str
    badges: tuple[Badge, ...]
    chosen: bool
    pinned: bool = False


def context(
    request: HttpRequest, asked: Asked, found: Found | None, at: datetime.datetime
) -> dict[str, Any]:
    """Everything the page and the panel show."""
    viewer: Viewer = request.viewer
    shown: dict[str, Any] = {
        "asked": asked,
        "found": found,
        "search_query": asked.query,
        "search_target": "search-results",
    }
    if found is None or not found.results:
        shown["nearby"] = services.sections_nearby(viewer=viewer, at=at)
    if found is None:
        return shown
    return shown | {
        "outages": outages.outages_for(
            viewer=viewer, understood=found.meant or found.understood, at=at
        ),
        "may_report": viewer.is_employee and found.available,
        "rows": [
            Row(
                result=result,
                url=result.article.get_url(request) or "",
                badges=tuple(badges(result.article, viewer, at)),
                chosen=number == 0,
                pinned=result.article.pk in found.pinned,
            )
            for number, result in enumerate(found.results)
        ],
        "tabs": _tabs(asked, found),
        "languages": _languages(asked, found),
        "all_url": asked.address(all="1"),
        "everywhere_url": asked.address(
            section=None, tag=None, language=None, kind=None, audience=None
        ),
        "literal_url": asked.address(literal="1"),
        "repaired_url": asked.address(literal=None),
        "say": spoken(found),
        "token": log.token_for(
            query=asked.query,
            # A filter that leaves nothing is no question without an answer.
            hits=found.total or found.total_anywhere,
            milliseconds=found.milliseconds,
        ),
    }


def gap_words(task: ContentTask) -> str:
    """What is said once a gap was passed on: to whom, without naming what the reader may not see."""
    if task.owner is None:
        return _("Passed on. The editors will see to it.")
    return _("Passed on to %(name)s.") % {"name": task.owner.full_name}


def spoken(found: Found) -> str:
    """The number of results as it is read aloud."""
    if not found.total:
        return _("Nothing found")
    return ngettext("%(n)s result", "%(n)s results", found.total) % {"n": found.total}


def badges(article: ArticlePage, viewer: Viewer, at: datetime.datetime):
    """What a reader must know before opening: for whom it is, whether it is new or due for a look."""
    if viewer.is_employee and article.audience == Audience.PUBLIC:
        yield Badge("", _("customers see it too"))
    elif article.audience == Audience.TEAMS:
        yield Badge("", _("for chosen teams"))
    published = article.last_published_at
    if published is None:
        return
    age = at - published
    if viewer.is_employee and age > datetime.timedelta(days=article.review_days):
        yield Badge("due_soon", _("due for review"))
    elif article.version and article.version > 1 and age < datetime.timedelta(days=FRESH_DAYS):
        yield Badge("stale", _("changed recently"))


def _tabs(asked: Asked, found: Found) -> list[dict[str, Any]]:
    """Everything, then the fullest sections; the chosen one is always among them."""
    chosen = str(asked.filters.section_id or "")
    facets = [f for f in found.sections if f.value == chosen]
    facets += [f for f in found.sections if f.value != chosen]
    facets = sorted(facets[:TABS], key=found.sections.index)
    tabs = [
        {
            "words": facet.name,
            "url": asked.address(section=facet.value, all=None),
            "count": found.total if facet.value == chosen else facet.count,
            "current": facet.value == chosen,
        }
        for facet in facets
    ]
    everything = {
        "words": _("All"),
        "url": asked.address(section=None, all=None),
        "count": found.total_anywhere,
        "current": not chosen,
    }
    return [everything, *tabs] if tabs else []


def _languages(asked: Asked, found: Found) -> list[dict[str, Any]]:
    """The languages to choose from, if the results are in more than one or one was chosen."""
    chosen = asked.filters.language
    if len(found.languages) < 2 and not chosen:
        return []
    return [
        {
            "words": get_language_info(facet.value)["name_local"].capitalize(),
            "url": asked.address(language=None if facet.value == chosen else facet.value, all=None),
            "count": facet.count,
            "current": facet.value == chosen,
        }
        for facet in found.languages
    ]
