"""Where kb asks the apps above before it acts."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from common.extensions import ExtensionPoint
from kb.refusals import KnowledgeRefused

if TYPE_CHECKING:
    from kb.models import ArticlePage, ArticleVersion
    from people.models import Employee, User


class PublishingRefused(KnowledgeRefused):
    """An app above objects to this version coming into force; the message says why and what to do."""


class PublishingQuestion(Protocol):
    """May this version come into force? Yields one sentence for each objection."""

    def __call__(self, article: "ArticlePage", version: "ArticleVersion") -> Iterable[str]: ...


publishing: ExtensionPoint[PublishingQuestion] = ExtensionPoint("kb.publishing")


@dataclass(frozen=True)
class CheckQuestion:
    """A question of a check as its reader gets it: never with what is right.

    ``kind`` is "single", "multiple" or "short"; ``choices`` are pairs of key and text, none for "short".
    ``ref`` names this question in this version, for nobody but the provider to read.
    """

    ref: str
    kind: str
    text: str
    choices: tuple[tuple[str, str], ...] = ()


class ConfirmationProvider(Protocol):
    """Which check belongs to confirming a version? One to three questions that rest on it, or none."""

    def questions(self, version: "ArticleVersion", employee: "Employee") -> Sequence[CheckQuestion]:
        """The questions somebody has confirmed for this version, the same for ``employee`` at every look."""
        ...

    def answered(self, version: "ArticleVersion", employee: "Employee") -> frozenset[str]:
        """The refs of those that ``employee`` has answered right already."""
        ...

    def answer(
        self,
        *,
        version: "ArticleVersion",
        employee: "Employee",
        ref: str,
        given: Sequence[str],
        key: uuid.UUID,
        by: "User",
        now: datetime.datetime,
    ) -> bool:
        """Record an answer (keys of choices, or the one text) and say whether it is right.

        The same ``key`` again answers as the first time. Raises a refusal for a foreign ref.
        """
        ...


confirmation: ExtensionPoint[ConfirmationProvider] = ExtensionPoint("kb.confirmation")
