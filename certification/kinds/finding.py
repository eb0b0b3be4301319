"""Finding it in the base: the answer is an article.

Body: ``{"articles": [{"address": "/kb/…/", "title": "…"}, …]}``; any of them is right. Notation: a line for each:
its address, and after a space its title.
"""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any
from urllib.parse import unquote, urlsplit

from certification.kinds.base import (
    LONGEST_TEXT,
    MOST_PARTS,
    RIGHT,
    WRONG,
    Body,
    Keys,
    Kind,
    Malformed,
    Presented,
    lines_of,
    one_text,
)
from certification.kinds.texts import same_words, words_of


def path_of(text: str) -> str:
    """The path of an address, whatever host, query and anchor stand around it; empty for what is none."""
    try:
        path = unquote(urlsplit(text.strip()).path)
    except ValueError:
        return ""
    return f"/{path.strip('/')}/" if path.startswith("/") and path.strip("/") else ""


class Find(Kind):
    """The article that answers, by its address or its title."""

    name = "find"

    def parse(self, notation: str) -> dict[str, Any]:
        articles = []
        for number, line in lines_of(notation):
            address, _space, title = line.partition(" ")
            if not path_of(address):
                raise Malformed("an_address", number)
            articles.append({"address": path_of(address), "title": title.strip()})
        body = {"articles": articles}
        self.validate(body)
        return body

    def write(self, body: Body) -> str:
        return "\n".join(
            f"{article['address']} {article['title']}".strip() for article in body["articles"]
        )

    def validate(self, body: Body) -> None:
        articles = body.get("articles")
        if not isinstance(articles, list) or not 1 <= len(articles) <= MOST_PARTS:
            raise Malformed("an_address")
        for number, article in enumerate(articles, start=1):
            texts = (
                [article.get("address"), article.get("title")] if isinstance(article, dict) else []
            )
            if len(texts) != 2 or not all(
                isinstance(text, str) and len(text) <= LONGEST_TEXT and "\n" not in text
                for text in texts
            ):
                raise Malformed("an_address", number)
            if " " in texts[0] or path_of(texts[0]) != texts[0]:
                raise Malformed("an_address", number)
            if texts[1] and not words_of(texts[1]):
                raise Malformed("an_address", number)

    def present(self, body: Body, rng: Random) -> Presented:
        return Presented()

    def read(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        text = one_text(given)
        return [text] if text else []

    def score(self, body: Body, keys: Keys, given: Sequence[str]) -> Fraction:
        text = one_text(given)
        path = path_of(text)
        found = any(
            (path and path == article["address"])
            # A title may begin with a stroke too: «/etc/hosts».
            or same_words(text, article["title"])
            for article in body["articles"]
        )
        return RIGHT if text and found else WRONG

    def told(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        return list(given)

    def expected(self, body: Body) -> list[str]:
        return [article["title"] or article["address"] for article in body["articles"][:1]]
