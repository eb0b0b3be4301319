"""The ways to narrow a list of results, as the page offers them: tabs, groups of filters, what is chosen."""

import datetime
from dataclasses import dataclass

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from kb.choices import Kind
from kb.models import ArticlePage, SectionPage, Tag
from people.viewer import Viewer
from search import audience
from search.facets import Facet
from search.filters import Asked
from search.services import Found

TABS = 5
"""Sections that get a tab; the rest are few results each and are reached through the list."""

TAGS = 12


@dataclass(frozen=True, slots=True)
class Way:
    """A link that narrows the list, or takes a filter off again if it is chosen."""

    words: str
    url: str
    count: int = 0
    current: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Ways of one kind under their name."""

    words: str
    ways: tuple[Way, ...]


def tabs(asked: Asked, found: Found) -> list[Way]:
    """Everything, then the fullest sections; the chosen one is always among them."""
    sections = found.facets.by_section() if found.facets else ()
    chosen = str(asked.filters.section_id or "")
    kept = [f for f in sections if f.value == chosen]
    kept += [f for f in sections if f.value != chosen]
    kept = sorted(kept[:TABS], key=sections.index)
    ways = [
        Way(f.name, asked.address(section=f.value, all=None), f.count, f.value == chosen)
        for f in kept
    ]
    # An article that stands in no section is among all of them still.
    everything = max(sum(facet.count for facet in sections), 0 if chosen else found.total)
    return (
        [Way(_("All"), asked.address(section=None, all=None), everything, not chosen), *ways]
        if ways
        else []
    )


def groups(asked: Asked, found: Found, *, staff: bool) -> list[Group]:
    """Kind, audience, language and tags, where there is something to choose."""
    if found.facets is None:
        return []
    filters, facets = asked.filters, found.facets
    offered = [
        ("kind", _("Kind"), filters.kind, facets.by_kind()),
        ("audience", _("For whom"), filters.audience, facets.by_audience() if staff else ()),
        ("language", _("Language"), filters.language, facets.by_language()),
        ("tag", _("Tags"), str(filters.tag_id or ""), facets.by_tag()[:TAGS]),
    ]
    return [
        Group(words, tuple(_way(asked, name, chosen, facet) for facet in ways))
        for name, words, chosen, ways in offered
        if chosen or len(ways) > 1
    ]


def _way(asked: Asked, name: str, chosen: str, facet: Facet) -> Way:
    is_chosen = facet.value == chosen
    url = asked.address(**{name: None if is_chosen else facet.value, "all": None})
    return Way(_word(name, facet), url, facet.count, is_chosen)


def _word(name: str, facet: Facet) -> str:
    if name == "language":
        return language_name(facet.value)
    if name == "audience":
        return side_name(facet.value)
    return facet.name


def language_name(code: str) -> str:
    """A language by its own name."""
    return get_language_info(code)["name_local"].capitalize()


def side_name(side: str) -> str:
    """Whose articles."""
    return _("Customers too") if side == audience.PUBLIC else _("Employees only")


def chosen(asked: Asked, found: Found | None, viewer: Viewer, at: datetime.datetime) -> list[Way]:
    """The filters that are set, by name, each with the way to take it off. What is not for the viewer has no name."""
    filters = asked.filters
    names: list[tuple[str, str]] = []
    if filters.section_id:
        names.append(("section", _section_name(filters.section_id, found, viewer, at)))
    if filters.tag_id:
        names.append(("tag", _tag_name(filters.tag_id, found, viewer, at)))
    if filters.kind:
        names.append(("kind", str(Kind(filters.kind).label)))
    if filters.audience:
        names.append(("audience", side_name(filters.audience)))
    if filters.language:
        names.append(("language", language_name(filters.language)))
    return [Way(words, asked.address(**{name: None, "all": None})) for name, words in names]


def _section_name(
    section_id: int, found: Found | None, viewer: Viewer, at: datetime.datetime
) -> str:
    shown = found.facets.sections.values() if found and found.facets else ()
    for section in shown:
        if section.pk == section_id:
            return section.title
    section = SectionPage.objects.visible_to(viewer, at).filter(pk=section_id).first()
    return section.title if section else _("a section")


def _tag_name(tag_id: int, found: Found | None, viewer: Viewer, at: datetime.datetime) -> str:
    tags = found.facets.by_tag() if found and found.facets else ()
    for facet in tags:
        if facet.value == str(tag_id):
            return facet.name
    visible = ArticlePage.objects.visible_to(viewer, at).order_by().values("pk")
    tag = Tag.objects.filter(pk=tag_id, tagged_articles__content_object__in=visible).first()
    return tag.name if tag else _("a tag")
