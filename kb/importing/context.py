"""What a conversion may ask of its surroundings: where a link leads, which stored picture a source means."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from django.utils.translation import gettext as _

from kb.sanitising import safe_href


class PictureRefused(Exception):
    """A picture cannot come along; the message says why."""


def _no_picture(source: str) -> int:
    raise PictureRefused(_("The picture “%(name)s” was not brought along.") % {"name": source[:80]})


@dataclass
class Context:
    """The surroundings of one document.

    ``article(href)`` gives the page an address of the source leads to, or None; ``titled(title)`` the page of
    that title; ``picture(src)`` the stored image, or raises PictureRefused. ``degraded`` collects what could not
    be brought along, in words.
    """

    article: Callable[[str], int | None] = lambda href: None
    picture: Callable[[str], int] = _no_picture
    titled: Callable[[str], int | None] = lambda title: None
    degraded: list[str] = field(default_factory=list)

    def link(self, href: str, inner: str) -> str:
        """Rich text that leads where ``href`` led at the source, or only ``inner`` if it cannot."""
        if not inner.strip():
            return inner
        page = self.article(href)
        if page is not None:
            return page_link(page, inner)
        address = safe_href(href)
        if address is None:
            if not href.startswith("#"):
                self.say(
                    _("The link “%(href)s” leads nowhere here; its text stays.")
                    % {"href": href[:80]}
                )
            return inner
        return f'<a href="{escape(address)}">{inner}</a>'

    def say_inner_table(self) -> None:
        """Note that a table stood inside a cell."""
        self.say(_("A table inside a table follows below it."))

    def say(self, reason: str) -> None:
        """Note once what is lost."""
        if reason not in self.degraded:
            self.degraded.append(reason)


def page_link(page: int, inner: str) -> str:
    """A link to a page in Wagtail's stored form."""
    return f'<a linktype="page" id="{page}">{inner}</a>'
