"""The tree of sections that an import needs, made as it goes, and places for new articles in it."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii
from wagtail.models import Page

from kb.models import SectionPage
from kb.services.tree import ensure_root_section
from people.models import Employee

MAX_SLUG = 200


class Sections:
    """Sections by the titles from the root down. Titles are compared without regard to case."""

    def __init__(self, owner: Employee | None) -> None:
        self._owner = owner
        self._known: dict[tuple[str, ...], int] = {}

    def ensure(self, titles: tuple[str, ...]) -> int:
        """The primary key of the section, made with all those above it that are missing."""
        key = tuple(title.casefold() for title in titles)
        if key not in self._known:
            self._known[key] = self._find_or_make(titles)
        return self._known[key]

    def _find_or_make(self, titles: tuple[str, ...]) -> int:
        if not titles:
            return ensure_root_section().pk
        parent = SectionPage.objects.get(pk=self.ensure(titles[:-1]))
        for pk, title in children(parent, SectionPage).values_list("pk", "title"):
            if " ".join(title.split()).casefold() == titles[-1].casefold():
                return pk
        return self._make(parent, titles[-1])

    @transaction.atomic
    def _make(self, parent: SectionPage, title: str) -> int:
        slug = free_slug(
            title, "section", set(children(parent, Page).values_list("slug", flat=True))
        )
        section = SectionPage(title=title, slug=slug, content_owner=self._owner)
        return parent.add_child(instance=section).pk


def children(parent: Page, model: type[Page]):
    """The pages right below ``parent``, by the index on paths (LIKE would read the whole table)."""
    interval = Page._get_children_path_interval(parent.path)
    return model.objects.filter(depth=parent.depth + 1, path__range=interval)


def free_slug(title: str, fallback: str, taken: set[str]) -> str:
    """A slug from ``title`` in Latin letters that is not in ``taken``; it is put there."""
    base = slugify(string_to_ascii(title))[:MAX_SLUG].strip("-") or fallback
    slug = base
    number = 2
    while slug in taken:
        slug = f"{base}-{number}"
        number += 1
    taken.add(slug)
    return slug


class Places:
    """Free places below the sections of one batch: paths and slugs. Use inside the batch's transaction."""

    def __init__(self, sections: Iterable[int]) -> None:
        rows = SectionPage.objects.filter(pk__in=set(sections)).select_related("page_ptr")
        locked = rows.order_by("pk").select_for_update(of=("self", "page_ptr"))
        self._parents = {section.pk: section for section in locked}
        self._slugs: dict[int, set[str]] = {}
        self._last: dict[int, int] = {}
        self._added: dict[int, int] = {}
        for pk, parent in self._parents.items():
            taken = children(parent, Page).values_list("path", "slug")
            self._slugs[pk] = {slug for _path, slug in taken}
            last = max((path for path, _slug in taken), default=None)
            self._last[pk] = Page._str2int(last[-Page.steplen :]) if last else 0

    def settle(self, article: Page, section: int) -> None:
        """Give ``article`` the next place below ``section``: path, depth, slug and address."""
        parent = self._parents[section]
        self._last[section] += 1
        self._added[section] = self._added.get(section, 0) + 1
        article.path = Page._get_path(parent.path, parent.depth + 1, self._last[section])
        article.depth = parent.depth + 1
        article.slug = free_slug(article.title, "article", self._slugs[section])
        article.url_path = f"{parent.url_path}{article.slug}/"

    def count(self) -> None:
        """Tell the sections how many children they have got."""
        for pk, number in self._added.items():
            Page.objects.filter(pk=pk).update(numchild=F("numchild") + number)
