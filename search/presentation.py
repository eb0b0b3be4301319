"""What the templates of search are given: words, badges and addresses around the results."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kb.choices import Audience
from kb.models import ArticlePage, ContentTask
from people.viewer import Viewer
from search import log, narrowing, outages, services
from search.filters import Asked
from search.services import Found, Result

FRESH = datetime.timedelta(days=7)


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
    """Where it is opened: at the paragraph that was found."""
    link: str
    """What is copied and passed on: the article as a whole."""
    badges: tuple[Badge, ...]
    chosen: bool
    pinned: bool = False


def context(
    request: HttpRequest,
    asked: Asked,
    found: Found | None,
    at: datetime.datetime,
    *,
    whole: bool = True,
    page: str = "search",
) -> dict[str, Any]:
    """Everything a list of results shows; ``whole``: with the ways to narrow it. ``page`` is where links lead."""
    viewer: Viewer = request.viewer
    shown: dict[str, Any] = {
        "asked": asked,
        "found": found,
        "search_query": asked.query,
        "search_target": "search-results",
        "page_url": reverse(page),
        "chosen_filters": narrowing.chosen(asked, found, viewer, at),
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
                url=_at_the_place(result.article.get_url(request) or "", result.anchor),
                link=result.article.get_url(request) or "",
                badges=tuple(badges(result.article, viewer, at)),
                chosen=number == 0,
                pinned=result.article.pk in found.pinned,
            )
            for number, result in enumerate(found.results)
        ],
        "tabs": narrowing.tabs(asked, found),
        "filter_groups": narrowing.groups(asked, found, staff=viewer.is_employee) if whole else (),
        "all_url": asked.address(all="1"),
        "everywhere_url": asked.everywhere,
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


def _at_the_place(url: str, anchor: str) -> str:
    return f"{url}#{anchor}" if url and anchor else url


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
    """What a reader must know before opening: for whom it is, whether it is overdue for a look, or new.

    On screen only: nothing of it is in what is copied, and the API gives none.
    """
    if viewer.is_employee and article.audience == Audience.PUBLIC:
        yield Badge("", _("customers see it too"))
    elif article.audience == Audience.TEAMS:
        yield Badge("", _("for chosen teams"))
    published = article.last_published_at
    if viewer.is_employee and article.is_overdue(at):
        yield Badge("due_soon", _("overdue for review"))
    elif published and article.version and article.version > 1 and at - published < FRESH:
        yield Badge("stale", _("changed recently"))
