"""Which articles are translations of each other: one group, one article a language. Pure."""

import uuid
from collections.abc import Mapping
from typing import Protocol

from django.utils.translation import gettext as _


class Grouped(Protocol):
    """An article that stands already."""

    translation_group: uuid.UUID
    language: str


class Translations:
    """Groups of translations: those that stand, and those the documents of a source ask for.

    ``taken`` names for every group that stands its languages and the source id behind each ("" where the
    article was not imported).
    """

    def __init__(
        self, taken: dict[uuid.UUID, dict[str, str]], standing: Mapping[str, Grouped]
    ) -> None:
        self._members = taken
        self._groups = {
            source_id: article.translation_group for source_id, article in standing.items()
        }
        self._languages = {source_id: article.language for source_id, article in standing.items()}

    def add(self, source_id: str, language: str) -> None:
        """A document of the source; in a group of its own until it is paired."""
        if source_id in self._groups:
            return
        self._put(source_id, uuid.uuid4(), language)

    def group(self, source_id: str) -> uuid.UUID:
        """The group of a document."""
        return self._groups[source_id]

    def pair(self, one: str, other: str) -> str:
        """Make two documents translations of each other; "" or, in words, why they cannot be."""
        if other not in self._groups:
            return _("Its translation “%(id)s” is not there.") % {"id": other[:60]}
        mine, theirs = self._groups[one], self._groups[other]
        if mine == theirs:
            return ""
        if self._members[mine].keys() & self._members[theirs].keys():
            return _(
                "Not joined with its translation “%(id)s”: one article a language is possible."
            ) % {"id": other[:60]}
        # The group that has an article of somebody else's in it stays; else the other document's.
        if "" in self._members[mine].values():
            mine, theirs = theirs, mine
            if "" in self._members[mine].values():
                return _("Not joined with its translation “%(id)s”: both have others already.") % {
                    "id": other[:60]
                }
        for language, source_id in self._members.pop(mine).items():
            self._put(source_id, theirs, language)
        return ""

    def _put(self, source_id: str, group: uuid.UUID, language: str) -> None:
        self._groups[source_id] = group
        self._languages[source_id] = language
        self._members.setdefault(group, {})[language] = source_id
