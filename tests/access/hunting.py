"""A hunt: one article looked for by every door a reader has, and by which of them something of it was met."""

from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from kb.models import ArticlePage, Document, Image, SectionPage
from search import indexing
from tests.access.replies import body_of

TITLE, SLUG, ANSWER = "Чебурахнуло", "cheburahnulo", "Барабашка молчит."
FILE = "barabashka"
PANEL = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "search-panel"}
WORDS = (TITLE, SLUG, ANSWER, "Барабашк")
DOORS = frozenset(
    {
        "page",
        "old address",
        "search",
        "suggestion",
        "count",
        "link in a text",
        "see also",
        "section",
        "sections above",
        "home",
        "sitemap",
        "image",
        "document",
    }
)


@dataclass
class Prey:
    """An article, what it uses, and the public article that links to it."""

    article: ArticlePage
    section: SectionPage
    image: Image
    document: Document
    pointer: ArticlePage
    old_address: str

    def now(self) -> ArticlePage:
        """The article as it stands."""
        return ArticlePage.objects.get(pk=self.article.pk)


class Hunt:
    """Looks for the prey as one reader; the index follows first, unless it is ``asleep``."""

    def __init__(self, prey: Prey, client: Client, *, asleep: bool = False) -> None:
        self.prey, self.client, self.asleep = prey, client, asleep

    def met(self) -> set[str]:
        """The doors by which something of the article was met."""
        if not self.asleep:
            indexing.catch_up()
        looked = {
            "page": self._tells(self.prey.now().url or ""),
            "old address": self._tells(self.prey.old_address),
            "search": self._tells("/search/?q=чебурахнула"),
            "suggestion": self._tells("/search/?q=чебурах", **PANEL),
            "count": "1 результат" in self._text("/search/?q=барабашка"),
            "link in a text": SLUG in self._body_of_pointer(),
            "see also": TITLE in self._text(self.prey.pointer.url).partition("article-body")[2],
            "section": self._tells(self.prey.section.url),
            "sections above": self.prey.section.title in self._text("/kb/"),
            "home": self._tells("/"),
            "sitemap": self._tells(reverse("sitemap")),
            "image": self._opens(self.prey.image.renditions.first().url),
            "document": self._opens(self.prey.document.url),
        }
        assert looked.keys() == DOORS
        return {door for door, found in looked.items() if found}

    def _tells(self, address: str, **headers) -> bool:
        if not address:
            return False
        response = self.client.get(address, **headers)
        told = f"{response.headers}{body_of(response).decode()}".replace("<mark>", "")
        told = told.replace("</mark>", "")
        return any(word in told for word in WORDS if word.lower() not in address.lower())

    def _text(self, address: str) -> str:
        response = self.client.get(address, HTTP_ACCEPT_LANGUAGE="ru")
        return body_of(response).decode()

    def _opens(self, address: str) -> bool:
        response = self.client.get(address)
        body_of(response)
        return response.status_code == 200

    def _body_of_pointer(self) -> str:
        return (
            self._text(self.prey.pointer.url)
            .partition('id="article-body"')[2]
            .partition("context")[0]
        )
