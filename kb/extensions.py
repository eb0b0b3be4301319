"""Where kb asks the apps above before it acts."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from common.extensions import ExtensionPoint
from kb.refusals import KnowledgeRefused

if TYPE_CHECKING:
    from kb.models import ArticlePage, ArticleVersion


class PublishingRefused(KnowledgeRefused):
    """An app above objects to this version coming into force; the message says why and what to do."""


class PublishingQuestion(Protocol):
    """May this version come into force? Yields one sentence for each objection."""

    def __call__(self, article: "ArticlePage", version: "ArticleVersion") -> Iterable[str]: ...


publishing: ExtensionPoint[PublishingQuestion] = ExtensionPoint("kb.publishing")
